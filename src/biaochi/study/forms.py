"""What is typed about studies. What must be there is said by the rules, not here."""

import datetime as dt
import re
import unicodedata

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from biaochi.core.days import Day
from biaochi.study.rules import (
    PLAN_LENGTH,
    SOURCE_LENGTH,
    TITLE_LENGTH,
    VALUE_LENGTH,
    WORDS_LENGTH,
    Announced,
    ChosenBy,
    Depth,
    Side,
    Sign,
)

LAYERS = 4  # layers of places in one plan
GROUPS = 5  # groups of people met on one visit
FINDINGS = 4  # of each side, at least as many as there are visits
CAUSES = 3
TIME = re.compile(r"(\d{1,2})[:点时.](\d{2})分?")


class Clock(forms.Field):
    """A time of the day as people write it: 7:08, 07:08, 7点08分."""

    default_error_messages = {"invalid": _("这个时间看不懂，请写成 7:08 这样。")}

    def to_python(self, value):
        bare = re.sub(r"\s", "", unicodedata.normalize("NFKC", value or ""))
        if not bare:
            return None
        found = TIME.fullmatch(bare)
        try:
            return dt.time(*map(int, found.groups()))
        except (AttributeError, ValueError):
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from None


class OpenForm(forms.Form):
    title = forms.CharField(max_length=TITLE_LENGTH, required=False)


class PlanForm(forms.Form):
    plan = forms.CharField(max_length=PLAN_LENGTH, required=False)
    team = forms.CharField(max_length=WORDS_LENGTH, required=False)
    source = forms.CharField(max_length=SOURCE_LENGTH, required=False)
    source_on = Day(required=False)
    reveal_on = Day(required=False)

    def __init__(self, data, companions):
        super().__init__(data)
        self.companions = {str(pk) for pk, _name in companions}
        for n in range(LAYERS):
            self.fields[f"stratum-{n}"] = forms.CharField(max_length=60, required=False)
            self.fields[f"draw-{n}"] = forms.CharField(max_length=4, required=False)
            self.fields[f"sites-{n}"] = forms.CharField(max_length=PLAN_LENGTH, required=False)

    def deed(self):
        """The keyword arguments of ``write_plan`` that the form holds.

        A layer without a name is the only one; two of the same name are one list.
        """
        typed, strata, sites = self.cleaned_data, {}, {}
        for n in range(LAYERS):
            names = [line.strip() for line in typed[f"sites-{n}"].splitlines() if line.strip()]
            name = typed[f"stratum-{n}"].strip()
            if not names and not name:
                continue
            count = unicodedata.normalize("NFKC", typed[f"draw-{n}"]).strip()
            strata[name] = int(count) if count.isdecimal() else 0
            sites[name] = [*sites.get(name, []), *names]
        named = [int(key) for key in self.data.getlist("knowing") if key in self.companions]
        plain = {key: typed[key] for key in ("plan", "team", "source", "source_on", "reveal_on")}
        return {**plain, "strata": strata, "sites": sites, "knowing": named}


class WhyForm(forms.Form):
    why = forms.CharField(max_length=WORDS_LENGTH, required=False)


class DrawForm(forms.Form):
    value = forms.CharField(max_length=VALUE_LENGTH, required=False)


class RevealForm(forms.Form):
    early_why = forms.CharField(max_length=WORDS_LENGTH, required=False)


class VisitForm(forms.Form):
    day = Day(required=False)
    arrived_at = Clock(required=False)
    left_at = Clock(required=False)
    announced = forms.ChoiceField(choices=[("", ""), *Announced.choices], required=False)
    depth = forms.ChoiceField(choices=[("", ""), *Depth.choices], required=False)
    signs = forms.MultipleChoiceField(choices=Sign.choices, required=False)
    observed = forms.CharField(max_length=10_000, required=False)
    thought = forms.CharField(max_length=10_000, required=False)
    good = forms.CharField(max_length=10_000, required=False)
    bad = forms.CharField(max_length=10_000, required=False)
    one_sided_why = forms.CharField(max_length=WORDS_LENGTH, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for n in range(GROUPS):
            self.fields[f"whom-{n}"] = forms.CharField(max_length=60, required=False)
            self.fields[f"count-{n}"] = forms.CharField(max_length=6, required=False)
            self.fields[f"chosen-{n}"] = forms.ChoiceField(
                choices=[("", ""), *ChosenBy.choices], required=False
            )
            self.fields[f"present-{n}"] = forms.BooleanField(required=False)

    def deed(self):
        """The keyword arguments of ``record_visit`` that the form holds."""
        typed = self.cleaned_data
        plain = ("announced", "depth", "signs", "observed", "thought", "good", "bad")
        return {
            **{key: typed[key] for key in (*plain, "one_sided_why")},
            "arrived_at": moment(typed["day"], typed["arrived_at"]),
            "left_at": moment(typed["day"], typed["left_at"]),
            "met": [group for n in range(GROUPS) if (group := self._group(n))],
        }

    def _group(self, n):
        typed = self.cleaned_data
        whom, count = typed[f"whom-{n}"], unicodedata.normalize("NFKC", typed[f"count-{n}"])
        if not whom and not count:
            return None
        number = int(count) if count.isdecimal() else None
        return whom, number, typed[f"chosen-{n}"], typed[f"present-{n}"]


class ReportForm(forms.Form):
    staging = forms.CharField(max_length=5000, required=False)
    one_sided_why = forms.CharField(max_length=WORDS_LENGTH, required=False)

    def __init__(self, data, visits):
        super().__init__(data)
        self.visits = {str(visit.pk): visit for visit in visits}
        self.rows = max(FINDINGS, len(visits))
        for side in Side:
            for n in range(self.rows):
                self.fields[f"{side}-{n}"] = forms.CharField(max_length=5000, required=False)
                self.fields[f"{side}-basis-{n}"] = forms.CharField(
                    max_length=WORDS_LENGTH, required=False
                )
        for n in range(CAUSES):
            for part in ("problem", "cause", "remedy"):
                self.fields[f"{part}-{n}"] = forms.CharField(max_length=300, required=False)
            self.fields[f"measure-{n}"] = forms.CharField(max_length=200, required=False)

    def deed(self):
        """The keyword arguments of ``report`` that the form holds."""
        typed = self.cleaned_data
        findings = []
        for side in Side:
            for n in range(self.rows):
                if typed[f"{side}-{n}"]:
                    keys = self.data.getlist(f"{side}-visit-{n}")
                    seen = [self.visits[key] for key in keys if key in self.visits]
                    findings.append((side, typed[f"{side}-{n}"], typed[f"{side}-basis-{n}"], seen))
        causes = [
            tuple(typed[f"{part}-{n}"] for part in ("problem", "cause", "remedy", "measure"))
            for n in range(CAUSES)
        ]
        return {
            "findings": findings,
            "causes": [parts for parts in causes if any(parts)],
            "staging": typed["staging"],
            "one_sided_why": typed["one_sided_why"],
        }


def moment(day, time):
    """A day and a time of the day as a moment here, or None when one is missing."""
    return timezone.make_aware(dt.datetime.combine(day, time)) if day and time else None
