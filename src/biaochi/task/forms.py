"""What units and the office type about tasks."""

from django import forms

from biaochi.core.days import Day
from biaochi.people import queries as people
from biaochi.task.rules import ReturnReason


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
