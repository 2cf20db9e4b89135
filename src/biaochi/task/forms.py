"""What units and the office type about tasks."""

import datetime as dt
import re
import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

from biaochi.people import queries as people
from biaochi.task.rules import ReturnReason

DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


class Day(forms.Field):
    """A day as people write it: 2026年3月9日, 2026-3-9, 2026/03/09, 2026.3.9 (also full-width)."""

    default_error_messages = {"invalid": _("这个日期看不懂，请写成 2026年3月9日 这样。")}

    def to_python(self, value):
        bare = re.sub(r"\s", "", unicodedata.normalize("NFKC", value or ""))
        if not bare:
            return None
        found = DAY.fullmatch(bare)
        try:
            return dt.date(*map(int, found.groups()))
        except (AttributeError, ValueError):
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from None


class AcceptForm(forms.Form):
    first_act = forms.CharField(max_length=200, required=False)


class ReturnForm(forms.Form):
    reason = forms.ChoiceField(choices=[("", ""), *ReturnReason.choices], required=False)
    words = forms.CharField(max_length=1000, required=False)
    suggested_unit = forms.CharField(max_length=60, required=False)


class HandOverForm(forms.Form):
    """One hand-over. In bulk each matter has a form of its own, told apart by its prefix."""

    unit = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    what = forms.CharField(max_length=200, required=False)
    why = forms.CharField(max_length=300, required=False)
    due = Day(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = people.units()
        self.fields["unit"].choices = [("", ""), *((unit.pk, unit.name) for unit in self.units)]

    def deed(self):
        """The keyword arguments of ``hand_over`` that the form holds."""
        typed = self.cleaned_data
        chosen = next((unit for unit in self.units if unit.pk == typed.get("unit")), None)
        return {
            "unit": chosen,
            "what": typed.get("what", ""),
            "why": typed.get("why", ""),
            "due": typed.get("due"),
        }


class RecallForm(forms.Form):
    why = forms.CharField(max_length=300, required=False)
