"""Whatever is brought together or taken apart: undone in reverse, everything is as before."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biaochi.core import search
from biaochi.core.refusals import Refused
from biaochi.voice.matters import actions
from biaochi.voice.matters.counting import COUNTED
from biaochi.voice.models import Matter, Membership, Verdict, Voice
from biaochi.voice.rules import MatterState, State

VOICES = 7
deeds = st.lists(
    st.tuples(
        st.sampled_from(["open", "join", "merge", "split", "take_out"]),
        st.integers(0, 9),
        st.integers(0, 9),
        st.sets(st.integers(0, VOICES - 1), min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=7,
)


def snapshot():
    """Everything an undo has to restore: open matters with counts, memberships, decisions."""
    fields = ("pk", "title", "place", "state", "merged_into", "needs_care", *COUNTED)
    return (
        list(Matter.objects.filter(state=MatterState.OPEN).order_by("pk").values(*fields)),
        list(
            Membership.objects.order_by("voice").values(
                "voice", "matter", "at", "how", "score", "reasons"
            )
        ),
        list(Verdict.objects.order_by("one", "other").values("one", "other", "same", "at")),
        sorted(search.matching(Matter.objects, "matter", "事").values_list("pk", flat=True)),
    )


def do(kind, a, b, chosen, voices, by, now):
    """One deed with whatever the numbers point at; a refusal changes nothing."""
    matters = list(Matter.objects.order_by("pk"))
    one, other = matters[a % len(matters)], matters[b % len(matters)]
    some = [voices[n] for n in sorted(chosen)]
    inside = [v for v in some if Membership.objects.filter(matter=one, voice=v).exists()]
    if kind == "open":
        actions.open_matter(title="新事", voices=some, by=by, now=now)
    elif kind == "join":
        actions.join(matter=one, voices=some, by=by, now=now)
    elif kind == "merge":
        actions.merge(into=one, matters=[other], by=by, now=now)
    elif kind == "split":
        actions.split(matter=one, voices=inside, by=by, now=now, title="拆出来的事")
    else:
        actions.take_out(matter=one, voices=inside, by=by, now=now)


@pytest.fixture
def town(say, staff, now):
    voices = [say(f"第 {n} 句话") for n in range(VOICES)]
    for start in (0, 2, 4):
        actions.open_matter(
            title=f"旧事 {start}", voices=voices[start : start + 2], by=staff, now=now
        )
    return voices


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sequence=deeds)
def test_undone_in_reverse_order_any_deeds_leave_no_trace_and_no_voice_is_lost(
    sequence, town, staff, now
):
    from django.db import transaction

    from biaochi.voice.models import Regroup

    with transaction.atomic():
        start, done = snapshot(), Regroup.objects.latest("pk").pk
        for kind, a, b, chosen in sequence:
            before = snapshot()
            try:
                do(kind, a, b, chosen, town, staff, now)
            except Refused:
                assert snapshot() == before
            assert Voice.objects.filter(state=State.HEARD).count() == VOICES
            closed = Membership.objects.exclude(matter__state=MatterState.OPEN)
            assert not closed.exists()
        for regroup in Regroup.objects.filter(pk__gt=done).order_by("-pk"):
            actions.undo(regroup=regroup, by=staff, now=now)
        assert snapshot() == start
        transaction.set_rollback(True)
