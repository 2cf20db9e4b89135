"""Writing down what was seen at a place, and what was found in the end: good and bad."""

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.moves import check_move
from biaochi.core.record import record
from biaochi.core.refusals import Incomplete, NotNow
from biaochi.study.models import Cause, Finding, Met, Visit
from biaochi.study.rules import (
    MOVES,
    WORDS_LENGTH,
    Announced,
    Depth,
    Side,
    Sign,
    State,
    check_both_sides,
    check_causes,
    check_met,
    check_times,
    check_visit,
)
from biaochi.study.sealing import check_own, locked, one_newline, tell
from biaochi.voice.analysis import cover

LONGEST = 10_000  # characters of one text about a visit


@transaction.atomic
def record_visit(
    *,
    study,
    site,
    arrived_at,
    left_at,
    announced,
    depth,
    signs,
    observed,
    thought,
    good,
    bad,
    one_sided_why,
    met,
    by,
    now,
):
    """Write down one visit. Names, numbers and addresses of residents are covered before it is kept.

    :param met: ``[(whom, how many, ChosenBy, whether an official was present)]``
    :raises NotNow: the plan is not sealed any more, or the place was not drawn
    :raises Incomplete: what was seen, whom one met, good and bad or why one is missing
    """
    study = locked(study)
    check_own(study, by)
    if study.state != State.SEALED or not study.drawn_at:
        raise NotNow(_("抽过签、还没拆封的时候才能记现场。"))
    if site.study_id != study.pk or not site.drawn:
        raise NotNow(_("这一处没有抽中，不能算在里面。"))
    check_times(arrived_at, left_at, study.drawn_at, now)
    if announced not in Announced.values or depth not in Depth.values:
        raise Incomplete(_("请选走到哪一层、打招呼了没有。"), "announced")
    good, bad = (good or "").strip(), (bad or "").strip()
    check_visit(observed, good, bad, one_sided_why, met)
    check_met(met)
    visit = Visit.objects.create(
        study=study,
        site=site,
        by_id=by.account,
        at=now,
        arrived_at=arrived_at,
        left_at=left_at,
        announced=announced,
        depth=depth,
        signs=[sign for sign in Sign.values if sign in signs],
        observed=covered(observed),
        thought=covered(thought),
        good=covered(good),
        bad=covered(bad),
        one_sided_why=covered(one_sided_why, WORDS_LENGTH),
    )
    Met.objects.bulk_create(
        Met(
            visit=visit,
            whom=covered(whom, 60),
            count=count,
            chosen_by=chosen_by,
            official_present=bool(present),
        )
        for whom, count, chosen_by, present in met
    )
    record(by=by, verb="record visit", thing=study, at=now)
    return visit


@transaction.atomic
def report(*, study, findings, causes, staging, one_sided_why, by, now):
    """Publish what was found. Every finding names the visits on which it was seen.

    :param findings: ``[(Side, text, basis, [visits])]``
    :param causes: ``[(problem, cause, remedy, measure)]``
    :raises Incomplete: only one side without a reason, or a finding without a visit
    """
    study = locked(study)
    check_own(study, by)
    check_move(MOVES, study.state, State.REPORTED, by.roles)
    texts = {side: [one for one in findings if one[0] == side] for side in Side}
    check_both_sides(texts[Side.GOOD], texts[Side.BAD], one_sided_why)
    own = set(study.visits.values_list("pk", flat=True))
    for _side, text, _basis, visits in findings:
        if not (text or "").strip() or not visits or not {one.pk for one in visits} <= own:
            raise Incomplete(_("每一条发现都要写是什么，在哪一处看到的。"), "findings")
    check_causes(causes)
    _write_findings(study, [*texts[Side.GOOD], *texts[Side.BAD]])
    _write_causes(study, causes)
    before, study.state = study.state, State.REPORTED
    study.staging, study.reported_at = covered(staging), now
    study.one_sided_why = covered(one_sided_why, WORDS_LENGTH)
    study.save()
    record(by=by, verb="report study", thing=study, at=now, before=before, after=study.state)
    good, bad = len(texts[Side.GOOD]), len(texts[Side.BAD])
    tell(study, {"what": "study reported", "good": good, "bad": bad}, by, now)
    return study


def covered(text, most=LONGEST):
    """A text as others may read it: whoever could be told from it is covered."""
    return cover(one_newline(text)[:most]).text[:most]


def _write_findings(study, findings):
    for position, (side, text, basis, visits) in enumerate(findings, 1):
        finding = Finding.objects.create(
            study=study,
            side=side,
            position=position,
            text=covered(text),
            basis=covered(basis, WORDS_LENGTH),
        )
        finding.visits.set(visits)


def _write_causes(study, causes):
    Cause.objects.bulk_create(
        Cause(
            study=study,
            position=position,
            problem=covered(problem, WORDS_LENGTH),
            cause=covered(cause, WORDS_LENGTH),
            remedy=covered(remedy, WORDS_LENGTH),
            measure=covered(measure, 200),
        )
        for position, (problem, cause, remedy, measure) in enumerate(causes, 1)
    )
