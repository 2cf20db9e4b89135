"""What members, the office and units type about proposals. Read here, checked by the verbs."""

from django import forms

from biaochi.core.days import Day
from biaochi.core.refusals import Incomplete
from biaochi.people import queries as people
from biaochi.proposal.rules import QUESTIONS, Look, ReplyClass

TEXTS = ("title", "situation", "analysis", "gains", "gains_when", "pays", "loses", "no_link_why")
CLAUSE = ("doer", "act", "due_on", "measure")
ANSWER = ("letter", "answer", "proof", "promised_on", "promise", "blocked_by", "can_do")
# How the fields of one answer are called on the page; the verb names them so when one is missing.
FIELD_OF = {
    "letter": "class",
    "answer": "words",
    **{name: name for name in ANSWER[2:]},
}
MOST_ROWS = 40
LONG = 20_000


class Draft:
    """A draft as it was typed: kept word for word, whatever is wrong with it."""

    def __init__(self, typed):
        self.texts = {name: typed.get(name, "")[:LONG] for name in TEXTS}
        count = min(whole(typed.get("rows")) or 0, MOST_ROWS)
        self.clauses = [
            {name: typed.get(f"clause-{n}-{name}", "").strip()[:LONG] for name in CLAUSE}
            for n in range(1, count + 1)
        ]
        self.matters = wholes(typed.getlist("matter"))
        self.studies = wholes(typed.getlist("study"))

    def without(self, number):
        """Take one recommendation out (counted from 1)."""
        self.clauses = [one for n, one in enumerate(self.clauses, 1) if n != number]

    def deed(self):
        """The recommendations with their days read.

        :raises Incomplete: a day that cannot be read; ``field`` is its place on the page
        """
        read, position = [], 0
        for n, one in enumerate(self.clauses, 1):
            position += any(one.values())
            day = day_of(one["due_on"], f"clause-{n}-due_on")
            read.append({**one, "due_on": day})
        return {**self.texts, "clauses": read}


class ReplyForm:
    """A reply as it was typed, clause by clause."""

    def __init__(self, typed, positions):
        self.number = typed.get("number", "").strip()[:60]
        self.typed = {
            position: {
                name: typed.get(f"{FIELD_OF[name]}-{position}", "").strip()[:LONG]
                for name in ANSWER
            }
            for position in positions
        }

    def answers(self):
        """The answers with their days read.

        :raises Incomplete: a day that cannot be read
        """
        return {
            position: {
                **given,
                "promised_on": day_of(given["promised_on"], f"promised_on-{position}")
                if given["letter"] == ReplyClass.B
                else None,
            }
            for position, given in self.typed.items()
        }


class ReviewForm:
    """A review as it was typed."""

    def __init__(self, typed):
        self.looks = {look: typed.get(f"look-{look}", "") for look in Look.values}
        self.decision = typed.get("decision", "")
        self.whys = {name: typed.get(name, "")[:1000] for name in ("file_why", "why", "mend_why")}
        self.category = typed.get("category", "")
        self.units = Units(typed)
        self.is_key = "is_key" in typed
        self.case, self.passed_to = typed.get("case", ""), typed.get("passed_to", "")
        self.where = typed.get("where", "")[:300]

    def deed(self):
        """The keyword arguments of ``review``."""
        by = {"not_file": "why", "mend": "mend_why"}
        return {
            "looks": self.looks,
            "decision": self.decision,
            "why": self.whys[by.get(self.decision, "file_why")],
            "details": {
                "category": self.category,
                "lead": self.units.lead,
                "co": self.units.co,
                "is_key": self.is_key,
                "case": self.case,
                "passed_to": self.passed_to,
                "where": self.where,
            },
        }


class Units:
    """The lead unit and the co-units that were chosen."""

    def __init__(self, typed):
        self.lead = whole(typed.get("lead")) or 0
        self.co = wholes(typed.getlist("co"))


class ContactForm(forms.Form):
    on = Day(required=False)
    how = forms.CharField(max_length=20, required=False)
    talked = forms.CharField(max_length=500, required=False)


def rating_of(typed, side):
    """What was typed of one side's rating: ``({question: (how, sentence)}, words)``."""
    answers = {
        key: (typed.get(f"how-{key}", ""), typed.get(f"say-{key}", "").strip()[:300])
        for key in QUESTIONS[side]
    }
    return answers, typed.get("words", "").strip()[:1000]


def takes_of(typed, positions):
    """Which classes the member takes: ``{position: bool}``; an open one is left out."""
    said = {position: typed.get(f"take-{position}", "") for position in positions}
    return {position: said[position] == "yes" for position in said if said[position]}


def unit_choices():
    """All units that work, to choose from: ``[(key, name)]``."""
    return [(unit.pk, unit.name) for unit in people.units()]


def day_of(typed, field):
    try:
        return Day(required=False).clean(typed)
    except forms.ValidationError as wrong:
        raise Incomplete(wrong.messages[0], field) from None


def whole(typed):
    return int(typed) if (typed or "").isdecimal() and len(typed) < 10 else None


def wholes(typed):
    return list(dict.fromkeys(key for key in map(whole, typed[:100]) if key))
