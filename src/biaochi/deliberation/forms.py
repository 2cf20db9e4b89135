"""What the office, the seats and the people who vote type about a session."""

import datetime as dt
import re
import unicodedata

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.days import Day
from biaochi.deliberation import queries
from biaochi.deliberation.rules import Side
from biaochi.people import queries as people

CLOCK = re.compile(r"(\d{1,2})[:点时](\d{1,2})?分?")


class Clock(forms.Field):
    """A time of day as people write it: 14:30, 14：30, 14点半, 9点."""

    default_error_messages = {"invalid": gettext_lazy("这个时间看不懂，请写成 14:30 这样。")}

    def to_python(self, value):
        bare = re.sub(r"\s", "", unicodedata.normalize("NFKC", value or "")).replace("半", "30")
        if not bare:
            return None
        found = CLOCK.fullmatch(bare)
        try:
            return dt.time(int(found[1]), int(found[2] or 0))
        except (TypeError, ValueError):
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from None


def moment_of(day, clock):
    """A day and a time of day, here; None while one of them is missing."""
    if day is None or clock is None:
        return None
    return timezone.make_aware(dt.datetime.combine(day, clock))


class Open(forms.Form):
    title = forms.CharField(required=False)
    question = forms.CharField(required=False)
    place = forms.CharField(required=False)
    day = Day(required=False)
    clock = Clock(required=False)
    proposal = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    numbers = forms.CharField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.proposals = queries.proposals()
        self.fields["proposal"].choices = [
            ("", ""),
            *((one.pk, f"{one.number} {one.title}") for one in self.proposals),
        ]

    def clean_numbers(self):
        """The matters that the numbers name; a number that names none is told."""
        typed = re.split(r"[\s，、,；;]+", self.cleaned_data["numbers"].strip())
        wanted = list(dict.fromkeys(filter(None, typed)))
        found = queries.matters_numbered(wanted)
        missing = set(wanted) - {matter.number for matter in found}
        if missing:
            raise forms.ValidationError(
                _("没有编号是“%(n)s”的事，或者它已经并走了。") % {"n": min(missing)}
            )
        return found

    def deed(self):
        typed = self.cleaned_data
        return {
            "title": typed.get("title", ""),
            "question": typed.get("question", ""),
            "place": typed.get("place", ""),
            "held_at": moment_of(typed.get("day"), typed.get("clock")),
            "proposal": next((p for p in self.proposals if p.pk == typed.get("proposal")), None),
            "matters": typed.get("numbers", []),
        }


class Invite(forms.Form):
    who = forms.CharField(required=False)
    side = forms.ChoiceField(choices=[("", ""), *Side.choices], required=False)
    unit = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    member = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    how = forms.CharField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.units, self.members = people.units(), queries.members()
        self.fields["unit"].choices = [("", ""), *((one.pk, one.name) for one in self.units)]
        self.fields["member"].choices = [
            ("", ""),
            *((one.pk, one.shown_name) for one in self.members),
        ]

    def deed(self):
        typed = self.cleaned_data
        unit = next((one for one in self.units if one.pk == typed.get("unit")), None)
        member = next((one for one in self.members if one.pk == typed.get("member")), None)
        return {**{key: typed.get(key, "") for key in ("who", "side", "how")}, "unit": unit} | {
            "member": member
        }


class Declare(forms.Form):
    interest = forms.CharField(required=False)
    recused = forms.BooleanField(required=False)


class Why(forms.Form):
    """A deed that may need a public reason."""

    why = forms.CharField(required=False)


class Papers(Why):
    papers = forms.CharField(required=False)


class Sentence(forms.Form):
    text = forms.CharField(required=False)
    side = forms.ChoiceField(choices=[("", ""), *Side.choices], required=False)


class HoldBack(forms.Form):
    reason = forms.CharField(required=False)
    why = forms.CharField(required=False)


class Until(forms.Form):
    day = Day(required=False)
    clock = Clock(required=False)


class PointForm(forms.Form):
    text = forms.CharField(required=False)
    doer = forms.CharField(required=False)
    due_on = Day(required=False)
    measure = forms.CharField(required=False)
    options = forms.CharField(required=False)

    def deed(self):
        """One way on a line."""
        typed = self.cleaned_data
        return {**typed, "options": typed.get("options", "").splitlines()}


class Minutes(forms.Form):
    minutes = forms.CharField(required=False)


class Enter(forms.Form):
    code = forms.CharField(required=False, max_length=40)
