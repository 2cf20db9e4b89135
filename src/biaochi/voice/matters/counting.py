"""The counts that a matter carries, made anew from the voices that are in it.

They are kept beside the matter so that no page has to count a hundred thousand voices. Nothing
is ever added to them: every deed makes them new, and so undoing a deed gives the same numbers.
"""

from collections import Counter, defaultdict

from django.db.models import Case, Count, Max, Min, Sum, TextField, Value, When
from django.db.models.functions import Cast, Concat

from biaochi.core.profiles import number
from biaochi.voice.matters import analysis
from biaochi.voice.models import Matter, Membership
from biaochi.voice.rules import State, Urgency

COLD = -1e9
SEVERITY = list(Urgency.values)
COUNTED = (
    "people_count",
    "voice_count",
    "like_count",
    "first_at",
    "last_at",
    "heat_log",
    "areas",
    "groups",
    "urgency",
)


def person(voice=""):
    """Who spoke, as an expression over rows of Voice, or of what holds one (``voice="voice__"``).

    One person is one speaker. Who left nothing is told apart by the words alone, so that a text
    sent a hundred times is one person; a voice without words (a photo) counts by itself.
    """

    def named(mark, field):
        return Concat(Value(mark), Cast(f"{voice}{field}", TextField()))

    return Case(
        When(**{f"{voice}speaker__isnull": False}, then=named("speaker ", "speaker_id")),
        When(**{f"{voice}text": ""}, then=named("voice ", "id")),
        default=named("words ", "text"),
        output_field=TextField(),
    )


PERSON = person("voice__")


def recount(*, matters):
    """Make the counts of some matters (rows or keys) anew."""
    keys = sorted({getattr(matter, "pk", matter) for matter in matters} - {None})
    half_life = number("half_life_days")
    for start in range(0, len(keys), 400):
        _recount(keys[start : start + 400], half_life)


def _recount(keys, half_life):
    heard = Membership.objects.filter(matter__in=keys, voice__state=State.HEARD)
    totals, heats, tags = _totals(heard), _heats(heard, half_life), _tags(heard)
    matters = list(Matter.objects.filter(pk__in=keys))
    for matter in matters:
        for name, value in {**_nothing(), **totals.get(matter.pk, {})}.items():
            setattr(matter, name, value)
        matter.heat_log = heats.get(matter.pk, COLD)
        for name in ("areas", "groups", "urgency"):
            setattr(matter, name, _ordered(name, tags[name].get(matter.pk, Counter())))
    Matter.objects.bulk_update(matters, COUNTED, batch_size=60)


def _nothing():
    return {
        "people_count": 0,
        "voice_count": 0,
        "like_count": 0,
        "first_at": None,
        "last_at": None,
    }


def _totals(heard):
    rows = heard.values("matter").annotate(
        people_count=Count(PERSON, distinct=True),
        voice_count=Count("pk"),
        like_count=Sum("voice__likes"),
        first_at=Min("voice__said_at"),
        last_at=Max("voice__said_at"),
    )
    return {row.pop("matter"): row for row in rows}


def _heats(heard, half_life):
    """A person counts once, from the first time: saying it again does not make it hotter."""
    moments = defaultdict(list)
    rows = heard.annotate(person=PERSON).values_list("matter", "person")
    for matter, _person, first in rows.annotate(first=Min("voice__said_at")).order_by("first"):
        moments[matter].append(first)
    return {matter: analysis.heat_log(said, half_life) for matter, said in moments.items()}


def _tags(heard):
    found = {"areas": {}, "groups": {}, "urgency": {}}
    rows = heard.values_list(
        "matter", "voice__area__name", "voice__groups", "voice__urgency"
    ).annotate(n=Count("pk"))
    for matter, area, groups, urgency, n in rows:
        for name, values in (
            ("areas", [area] if area else []),
            ("groups", groups),
            ("urgency", [urgency] if urgency else []),
        ):
            counter = found[name].setdefault(matter, Counter())
            for value in values:
                counter[value] += n
    return found


def _ordered(name, counter):
    """Most voices first; ties in a fixed order, so that the same voices give the same list."""
    if name == "urgency":
        ranked = sorted(counter, key=lambda value: (-counter[value], SEVERITY.index(value)))
        return ranked[0] if ranked else ""
    return sorted(counter, key=lambda value: (-counter[value], value))
