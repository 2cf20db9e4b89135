"""What units, the office and members type about tasks and debts."""

from django import forms

from biaochi.core.days import Day
from biaochi.people import queries as people
from biaochi.task.rules import OPINION_LENGTH, WHAT_LENGTH, Done, ReturnReason, When

ROWS = 6  # clauses that the form of a hand-over offers
CLAIM_WORDS = 2000


class AcceptForm(forms.Form):
    first_act = forms.CharField(max_length=200, required=False)


class ReturnForm(forms.Form):
    reason = forms.ChoiceField(choices=[("", ""), *ReturnReason.choices], required=False)
    words = forms.CharField(max_length=1000, required=False)
    suggested_unit = forms.CharField(max_length=60, required=False)


class ProgressForm(forms.Form):
    progress = forms.CharField(max_length=300, required=False)


class MoreTimeForm(forms.Form):
    until = Day(required=False)
    more_why = forms.CharField(max_length=300, required=False)
    meanwhile = forms.CharField(max_length=300, required=False)


class OpinionForm(forms.Form):
    opinion = forms.CharField(max_length=OPINION_LENGTH, required=False)


class RecallForm(forms.Form):
    why = forms.CharField(max_length=300, required=False)


class AnswerMoreForm(forms.Form):
    more_why = forms.CharField(max_length=300, required=False)


class HandOverForm(forms.Form):
    """One hand-over. In bulk each matter has a form of its own, told apart by its prefix."""

    unit = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    what = forms.CharField(max_length=WHAT_LENGTH, required=False)
    why = forms.CharField(max_length=300, required=False)
    due = Day(required=False)
    helpers = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = people.units()
        named = [(unit.pk, unit.name) for unit in self.units]
        self.fields["unit"].choices = [("", ""), *named]
        self.fields["helpers"].choices = named
        for n in range(1, ROWS + 1):
            self.fields[f"act-{n}"] = forms.CharField(max_length=WHAT_LENGTH, required=False)
            self.fields[f"measure-{n}"] = forms.CharField(max_length=WHAT_LENGTH, required=False)

    def rows(self):
        """The clauses as bound fields: ``[(number, act, measure)]``."""
        return [(n, self[f"act-{n}"], self[f"measure-{n}"]) for n in range(1, ROWS + 1)]

    def deed(self):
        """The keyword arguments of ``hand_over`` that the form holds."""
        typed = self.cleaned_data
        chosen = next((unit for unit in self.units if unit.pk == typed.get("unit")), None)
        pairs = [(typed[f"act-{n}"], typed[f"measure-{n}"]) for n in range(1, ROWS + 1)]
        return {
            "unit": chosen,
            "what": typed.get("what", ""),
            "why": typed.get("why", ""),
            "due": typed.get("due"),
            "helpers": [unit for unit in self.units if unit.pk in typed.get("helpers", [])],
            "items": [pair for pair in pairs if any(pair)] or None,
        }


class ClaimForm(forms.Form):
    """A claim: a line for every clause, both sides, costs, and up to two photos and a paper."""

    good = forms.CharField(max_length=CLAIM_WORDS, required=False)
    bad = forms.CharField(max_length=CLAIM_WORDS, required=False)
    one_sided_why = forms.CharField(max_length=300, required=False)
    once_cost = forms.CharField(max_length=60, required=False)
    yearly_cost = forms.CharField(max_length=60, required=False)
    paid_by = forms.CharField(max_length=120, required=False)

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = [item.pk for item in items]
        for key in self.keys:
            choices = [("", ""), *Done.choices]
            self.fields[f"done-{key}"] = forms.ChoiceField(choices=choices, required=False)
            self.fields[f"words-{key}"] = forms.CharField(max_length=300, required=False)
        for when in When.values:
            self.fields[f"{when}-caption"] = forms.CharField(max_length=200, required=False)
            self.fields[f"{when}-on"] = Day(required=False)
            if when != When.PAPER:
                self.fields[f"{when}-file"] = forms.FileField(required=False, allow_empty_file=True)

    def deed(self):
        """The keyword arguments of ``claim`` that the form holds."""
        typed = self.cleaned_data
        return {
            "lines": {
                key: (typed[f"done-{key}"], typed[f"words-{key}"])
                for key in self.keys
                if typed[f"done-{key}"]
            },
            "costs": {name: typed[name] for name in ("once_cost", "yearly_cost", "paid_by")},
            "exhibits": self.exhibits(),
            **{name: typed[name] for name in ("good", "bad", "one_sided_why")},
        }

    def exhibits(self):
        found = []
        for when in When.values:
            typed = {name: self.cleaned_data.get(f"{when}-{name}") for name in ("caption", "file")}
            if any(typed.values()):
                day = self.cleaned_data.get(f"{when}-on")
                found.append({"when": when, "taken_on": day, **typed})
        return found


class ExhibitForm(forms.Form):
    when = forms.ChoiceField(choices=[("", ""), *When.choices], required=False)
    caption = forms.CharField(max_length=200, required=False)
    taken_on = Day(required=False)
    file = forms.FileField(required=False, allow_empty_file=True)


class ClauseTaskForm(forms.Form):
    """A task that comes from a clause of a reply or from a point of a session."""

    key = forms.IntegerField()
    matter = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    unit = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    what = forms.CharField(max_length=WHAT_LENGTH, required=False)
    due = Day(required=False)

    def __init__(self, *args, matters, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["matter"].choices = [("", ""), *((m.pk, m.title) for m in matters)]
        self.fields["unit"].choices = [("", ""), *((unit.pk, unit.name) for unit in units)]


class SayForm(forms.Form):
    """One sentence about a debt."""

    words = forms.CharField(max_length=300, required=False)


class PutOffForm(forms.Form):
    until = Day(required=False)
    why = forms.CharField(max_length=300, required=False)
