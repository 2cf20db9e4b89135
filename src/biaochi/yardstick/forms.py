"""What is typed about alerts, achievements and spending. The verbs say what is missing."""

from django import forms
from django.utils.translation import gettext as _

from biaochi.people import queries as people
from biaochi.voice.matters import queries as matters
from biaochi.yardstick.rules import HANDS_AT_MOST, LASTING

HANDS = 5  # blank lines for the chain of hands


class AnswerForm(forms.Form):
    words = forms.CharField(required=False)


class SettleForm(forms.Form):
    finding = forms.CharField(required=False)
    found = forms.CharField(required=False)


class WrongForm(forms.Form):
    kind = forms.CharField(required=False)
    wrong = forms.CharField(required=False)


class AnewForm(forms.Form):
    why = forms.CharField(required=False)


class AchievementForm(forms.Form):
    """The three compulsory answers, the kind, the horizon, a matter by its number, an area."""

    title = forms.CharField(max_length=120, required=False)
    for_whom = forms.CharField(max_length=300, required=False)
    what = forms.CharField(max_length=300, required=False)
    by_what = forms.CharField(max_length=300, required=False)
    kind = forms.CharField(required=False)
    horizon = forms.CharField(required=False)
    number = forms.CharField(max_length=30, required=False)
    area = forms.IntegerField(required=False)

    def clean_number(self):
        """The matter that the number names, or None where nothing was typed."""
        typed = self.cleaned_data["number"].strip()
        if not typed:
            return None
        found = matters.find_matters(typed)
        exact = [matter for matter in found if matter.number == typed]
        if not exact:
            raise forms.ValidationError(_("没有这个编号的事，请到“办到哪了”里看一看编号。"))
        return exact[0]

    def clean_area(self):
        typed = self.cleaned_data["area"]
        return next((area for area in people.areas() if area.pk == typed), None)


class SpendingForm(forms.Form):
    title = forms.CharField(max_length=120, required=False)
    category_name = forms.CharField(max_length=60, required=False)
    year = forms.IntegerField(required=False)
    amount = forms.DecimalField(max_digits=14, decimal_places=2, required=False)
    source = forms.CharField(max_length=200, required=False)
    area = forms.IntegerField(required=False)

    def clean_area(self):
        typed = self.cleaned_data["area"]
        return next((area for area in people.areas() if area.pk == typed), None)


def hands_of(typed):
    """The chain of hands as it was typed: ``[(year or None, who, did)]``."""
    found = []
    for place in range(1, HANDS_AT_MOST + 1):
        year = typed.get(f"year-{place}", "").strip()
        who, did = typed.get(f"who-{place}", ""), typed.get(f"did-{place}", "")
        if not (year or who.strip() or did.strip()) and place > HANDS:
            break
        found.append((year_of(year), who, did))
    return found


def year_of(typed):
    """A year as it was typed, None for none, −1 for something that is no year."""
    if not typed:
        return None
    return int(typed) if typed.isdecimal() and len(typed) == 4 else -1


def ticks_of(typed):
    """The signs that were ticked, each with its sentence: ``{sign: sentence}``."""
    return {
        sign: typed.get(f"why-{sign}", "") for sign in LASTING if typed.get(f"tick-{sign}") == "on"
    }
