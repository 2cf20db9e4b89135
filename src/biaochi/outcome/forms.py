"""What the office types about checks, new trouble at a place, and revisits."""

from django import forms

from biaochi.outcome.rules import How


class CheckForm(forms.Form):
    """One check. The clauses come as ``match-<key>`` and ``seen-<key>``, one pair for each."""

    how = forms.ChoiceField(choices=How.choices, required=False)
    before = forms.CharField(max_length=1000, required=False)
    after = forms.CharField(max_length=1000, required=False)
    why = forms.CharField(max_length=300, required=False)
    true = forms.ChoiceField(choices=[("yes", ""), ("no", "")], required=False)

    def __init__(self, *args, items=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = list(items)
        for key in self.keys:
            self.fields[f"match-{key}"] = forms.CharField(max_length=10, required=False)
            self.fields[f"seen-{key}"] = forms.CharField(max_length=300, required=False)

    def deed(self):
        """The keyword arguments of ``check`` that the form holds."""
        typed = self.cleaned_data
        told = {"yes": True, "no": False}
        return {
            **{name: typed.get(name, "") for name in ("how", "before", "after", "why")},
            "true": told.get(typed.get("true")),
            "matches": {key: typed.get(f"match-{key}", "") for key in self.keys},
            "seen": {key: typed.get(f"seen-{key}", "") for key in self.keys},
        }


class AnswerForm(forms.Form):
    answer = forms.CharField(max_length=300, required=False)


class SeenForm(forms.Form):
    seen = forms.CharField(max_length=1000, required=False)
