"""What is typed about topics. What must be there is said by the rules, not here."""

from django import forms

from biaochi.core.days import Day
from biaochi.topic.rules import TITLE_LENGTH, WORDS_LENGTH, Choice, Criterion, GoesTo


class RaiseForm(forms.Form):
    title = forms.CharField(max_length=TITLE_LENGTH, required=False)
    question = forms.CharField(max_length=WORDS_LENGTH, required=False)
    matter = forms.CharField(required=False)
    find = forms.CharField(max_length=60, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for criterion in Criterion:
            self.fields[f"grade-{criterion}"] = forms.CharField(required=False)
            self.fields[f"{criterion}"] = forms.CharField(max_length=WORDS_LENGTH, required=False)

    def deed(self):
        """The keyword arguments of ``raise_topic`` that the form holds."""
        typed = self.cleaned_data
        return {
            "title": typed.get("title", ""),
            "question": typed.get("question", ""),
            "criteria": {
                criterion: (typed.get(f"grade-{criterion}", ""), typed.get(f"{criterion}", ""))
                for criterion in Criterion
            },
        }


class DecideForm(forms.Form):
    choice = forms.ChoiceField(choices=[("", ""), *Choice.choices], required=False)
    why = forms.CharField(max_length=WORDS_LENGTH, required=False)
    goes_to = forms.ChoiceField(choices=[("", ""), *GoesTo.choices], required=False)
    where = forms.CharField(max_length=WORDS_LENGTH, required=False)
    review_on = Day(required=False)

    def deed(self):
        """The keyword arguments of ``decide`` that the form holds."""
        typed = self.cleaned_data
        return {
            "choice": typed.get("choice", ""),
            "why": typed.get("why", ""),
            "goes_to": typed.get("goes_to", ""),
            "goes_where": typed.get("where", ""),
            "review_on": typed.get("review_on"),
        }


class BackForm(forms.Form):
    why = forms.CharField(max_length=WORDS_LENGTH, required=False)
