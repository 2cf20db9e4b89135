"""Writing, sealing and opening a plan, and the lot: what makes a visit unannounced and provable."""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.clock import local_day
from biaochi.core.moves import check_move
from biaochi.core.record import record
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.core.seal import seal as lock
from biaochi.core.seal import unseal as unlock
from biaochi.flow import Step
from biaochi.study.analysis import draw as draw_lot
from biaochi.study.analysis import fingerprint, list_text
from biaochi.study.models import Seal, Site, Study
from biaochi.study.rules import (
    BAR,
    CLOSED,
    MOVES,
    PLAN_LENGTH,
    SOURCE_LENGTH,
    TEAM,
    TITLE_LENGTH,
    VALUE_LENGTH,
    WORDS_LENGTH,
    Announced,
    State,
    check_list,
    check_plan,
    check_reveal_day,
)
from biaochi.topic.models import Topic
from biaochi.topic.rules import State as TopicState
from biaochi.voice.matters.actions import reach
from biaochi.voice.rules import EventKind, MatterState

PLAN, SEALED = "study plan", "study seal"  # what the locked values are for


@transaction.atomic
def open_study(*, topic, title, by, now):
    """Begin a study of a topic that was chosen. The doer leads it.

    :raises NotNow: the topic is not chosen
    :raises Incomplete: no title
    """
    check_move(MOVES, None, State.PLANNING, by.roles)
    topic = Topic.objects.select_for_update().get(pk=topic.pk)
    if topic.state != TopicState.CHOSEN:
        raise NotNow(_("只有定下来的选题才去调研。"))
    if not (title or "").strip():
        raise Incomplete(_("请给这次调研起个名字。"), "title")
    study = Study.objects.create(
        topic=topic, title=title.strip()[:TITLE_LENGTH], led_by_id=by.account, opened_at=now
    )
    record(by=by, verb="open study", thing=study, at=now, after=State.PLANNING)
    return study


@transaction.atomic
def write_plan(
    *, study, plan, team, strata, sites, source, source_on, reveal_on, by, now, knowing=None
):
    """Keep a draft of the plan. What is missing is said when it is sealed.

    :param strata: ``{stratum: how many are drawn}``
    :param sites: ``{stratum: [names]}``
    :param knowing: further accounts that may read the sealed plan and write down visits
    :raises NotNow: it is sealed, or the lot was drawn and the list would change
    """
    study = locked(study)
    check_own(study, by)
    if study.state != State.PLANNING:
        raise NotNow(_("计划已经封好了，不能再改。要改，请先写明为什么拆开重写。"))
    sites = {name.strip(): [one.strip() for one in names] for name, names in sites.items()}
    strata = {name.strip(): int(count) for name, count in strata.items()}
    check_list(strata, sites)
    source = (source or "").strip()[:SOURCE_LENGTH]
    if study.drawn_at:
        _check_same_list(study, strata, sites, source, source_on)
    else:
        study.strata, study.source, study.source_on = strata, source, source_on
        study.sites.all().delete()
        Site.objects.bulk_create(
            Site(study=study, stratum=stratum, name=name)
            for stratum, names in sites.items()
            for name in names
        )
    study.plan = one_newline(plan)[:PLAN_LENGTH]
    study.team, study.reveal_on = (team or "").strip()[:WORDS_LENGTH], reveal_on
    study.save()
    if knowing is not None:
        study.knowing.set(knowing)
    record(by=by, verb="write plan", thing=study, at=now)
    return study


@transaction.atomic
def seal(*, study, by, now):
    """Lock the plan away and publish its fingerprint and that of the list, at once.

    :raises Incomplete: the plan, the list, the source or the days are not complete
    """
    study = locked(study)
    check_own(study, by)
    check_move(MOVES, study.state, State.SEALED, by.roles)
    sites = sites_of(study)
    if not study.drawn_at:
        layers = [(name, len(names), study.strata[name]) for name, names in sites.items()]
        check_plan(study.plan, layers, study.source, study.source_on, local_day(now))
    elif not study.plan:
        raise Incomplete(_("请写计划：去哪儿看、怎么去、谁去、问谁。"), "plan")
    check_reveal_day(study.reveal_on, study.source_on)
    salt = secrets.token_hex(16)
    listed = list_text(study.source, study.source_on, study.strata, sites)
    made = Seal.objects.create(
        study=study,
        at=now,
        plan_hash=fingerprint(study.plan, salt),
        sites_hash=fingerprint(listed, salt),
        kept=lock({"plan": study.plan, "sites": listed, "salt": salt}, SEALED),
    )
    study.plan_sealed = lock({"plan": study.plan, "salt": salt, "team": study.team}, PLAN)
    before, study.state = study.state, State.SEALED
    study.plan = study.team = study.salt = ""
    study.save()
    note = f"{made.plan_hash} {made.sites_hash}"
    record(
        by=by, verb="seal plan", thing=study, at=now, before=before, after=study.state, note=note
    )
    tell(study, {"what": "plan sealed", "hash": made.plan_hash}, by, now)
    return study


@transaction.atomic
def unseal(*, study, why, by, now):
    """Take the plan out to change it. The fingerprint that was published stays, with the reason.

    :raises Incomplete: no reason
    """
    study = locked(study)
    check_own(study, by)
    check_move(MOVES, study.state, State.PLANNING, by.roles)
    if not (why or "").strip():
        raise Incomplete(_("请写为什么要改计划，会公开。"), "why")
    why = why.strip()[:WORDS_LENGTH]
    study.seals.filter(broken_at=None).update(broken_at=now, changed_why=why)
    content = unlock(study.plan_sealed, PLAN)
    study.plan, study.team, study.plan_sealed = content["plan"], content["team"], None
    before, study.state = study.state, State.PLANNING
    study.save()
    record(
        by=by, verb="unseal plan", thing=study, at=now, before=before, after=study.state, note=why
    )
    tell(study, {"what": "plan changed", "why": why}, by, now)
    return study


@transaction.atomic
def draw(*, study, value, by, now):
    """Enter the public value when it is out, and draw. It is drawn once and for all.

    :raises NotNow: not sealed, the value is not out yet, or another value was entered before
    :raises Incomplete: no value, or one that cannot be hashed
    """
    study = locked(study)
    check_own(study, by)
    value = (value or "").strip()[:VALUE_LENGTH]
    if study.state != State.SEALED:
        raise NotNow(_("计划封好以后才能抽签。"))
    if study.drawn_at and value == study.drawn_value:
        return study
    if study.drawn_at:
        raise NotNow(
            _("已经抽过了，用的是%(value)s。抽签只有一次。") % {"value": study.drawn_value}
        )
    if local_day(now) < study.source_on:
        raise NotNow(
            _("号码要到%(month)s月%(day)s日才公布，还不能抽。")
            % {"month": study.source_on.month, "day": study.source_on.day}
        )
    if not value or BAR in value:
        raise Incomplete(_("请照公布的样子写号码，里面不能有竖线。"), "value")
    _write_lot(study, value)
    study.drawn_value, study.drawn_at = value, now
    study.save(update_fields=["drawn_value", "drawn_at"])
    record(by=by, verb="draw sites", thing=study, at=now, note=value)
    return study


@transaction.atomic
def replace_site(*, site, why, by, now):
    """A drawn place cannot be seen, or knew of the visit: the next of its layer takes its turn.

    :raises NotNow: it was not drawn, was seen already without notice, or no other is left
    :raises Incomplete: no reason
    """
    study = locked(site.study)
    check_own(study, by)
    site = Site.objects.select_for_update().get(pk=site.pk)
    if study.state != State.SEALED or not site.drawn or site.left_out_why:
        raise NotNow(_("这一处没有抽中，或者已经换过了。"))
    if site.visits.filter(announced=Announced.NO).exists():
        raise NotNow(_("这一处已经看过了，没有走漏，不能换。"))
    if not (why or "").strip():
        raise Incomplete(_("请写为什么换，会公开。"), "why")
    rest = Site.objects.filter(study=study, stratum=site.stratum, drawn=False)
    following = rest.order_by("digest").first()
    if following is None:
        raise NotNow(_("这一层没有别的地方可换了。"))
    site.left_out_why = why.strip()[:WORDS_LENGTH]
    site.save(update_fields=["left_out_why"])
    Site.objects.filter(pk=following.pk).update(drawn=True)
    record(by=by, verb="replace site", thing=study, at=now)  # the reason may name the place
    following.refresh_from_db()
    return following


@transaction.atomic
def look(*, study, by, now):
    """Somebody of the office who did not make the plan asks to know it before it is opened.

    It is allowed, for the one who leads may fall ill. From then on this person counts among those
    who know, and the public page says how many asked.

    :raises NotYours: not of the office
    :raises NotNow: everybody can read it already
    """
    study = locked(study)
    check_own(study, by)
    if study.state not in CLOSED:
        raise NotNow(_("计划已经打开了，谁都能看。"))
    if not knows(study, by):
        study.knowing.add(by.account)
        record(by=by, verb="open sealed plan", thing=study, at=now)
    return study


@transaction.atomic
def reveal(*, study, by, now, early_why=""):
    """Open the plan for everybody: what was planned, the salt, the list and the lot.

    :raises NotNow: nothing was drawn, or nobody has been anywhere yet
    :raises Incomplete: the day has not come, places are left to see, and no reason is given
    """
    study = locked(study)
    check_own(study, by)
    check_move(MOVES, study.state, State.REVEALED, by.roles)
    if not study.drawn_at or not study.visits.exists():
        raise NotNow(_("还没有去看过一处。不去了，请写明为什么不做下去。"))
    left = study.sites.filter(drawn=True, left_out_why="", visits=None).exists()
    early = left and local_day(now) < study.reveal_on
    if early and not (early_why or "").strip():
        raise Incomplete(_("还没到拆封的日子，也没看完：请写为什么提前。"), "early_why")
    study.early_why = (early_why or "").strip()[:WORDS_LENGTH] if early else ""
    before, study.state = study.state, State.REVEALED
    _open(study, now)
    record(
        by=by,
        verb="reveal plan",
        thing=study,
        at=now,
        before=before,
        after=study.state,
        note=study.early_why,
    )
    tell(study, {"what": "plan revealed", "visits": study.visits.count()}, by, now)
    return study


@transaction.atomic
def drop(*, study, why, by, now):
    """Give a study up, with a reason. What was sealed is opened: nobody drops a lot in secret.

    :raises Incomplete: no reason
    """
    study = locked(study)
    check_own(study, by)
    check_move(MOVES, study.state, State.DROPPED, by.roles)
    if not (why or "").strip():
        raise Incomplete(_("请写为什么不做下去，会公开。"), "why")
    before, study.state = study.state, State.DROPPED
    study.dropped_why = why.strip()[:WORDS_LENGTH]
    was_public = study.seals.exists()
    _open(study, now)
    record(
        by=by,
        verb="drop study",
        thing=study,
        at=now,
        before=before,
        after=study.state,
        note=study.dropped_why,
    )
    if was_public:
        tell(study, {"what": "study dropped", "why": study.dropped_why}, by, now)
    return study


def knows(study, actor):
    """Whether this person made the plan or was named in it as one who knows."""
    if actor.account is None:
        return False
    return actor.account == study.led_by_id or study.knowing.filter(pk=actor.account).exists()


def check_own(study, by):
    """Raise unless the doer is of the office, leads the study, or goes along."""
    if not by.has(*TEAM) or not (by.has(Role.STAFF) or knows(study, by)):
        raise NotYours(_("这次调研不是您的：只有领队、同去的人和办公室能动。"))


def sites_of(study):
    """The list as it stands: ``{stratum: [names]}``."""
    found = {}
    for stratum, name in study.sites.order_by("stratum", "name").values_list("stratum", "name"):
        found.setdefault(stratum, []).append(name)
    return found


def locked(study):
    return Study.objects.select_for_update().select_related("topic").get(pk=study.pk)


def one_newline(text):
    """One kind of line end, so that everybody computes the same fingerprint."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def tell(study, params, by, now):
    """Write the timeline of every matter of the topic that is still open."""
    params = {"study": study.pk, "title": study.title, **params}
    for matter in study.topic.matters.filter(state=MatterState.OPEN):
        reach(
            matter=matter,
            step=Step.STUDIED,
            by=by,
            now=now,
            kind=EventKind.STAGE,
            params=params,
        )


def _check_same_list(study, strata, sites, source, source_on):
    same = strata == study.strata and source == study.source and source_on == study.source_on
    was = {name: sorted(names) for name, names in sites_of(study).items()}
    if not same or {name: sorted(names) for name, names in sites.items()} != was:
        raise NotNow(_("已经抽过签了：地方、抽几处、用哪个号码都不能再改，只能改别的。"))


def _write_lot(study, value):
    tickets = draw_lot(value, study.strata, sites_of(study))
    marks = {(ticket.stratum, ticket.name): ticket for ticket in tickets}
    sites = list(study.sites.all())
    for site in sites:
        ticket = marks[site.stratum, site.name]
        site.digest, site.drawn = ticket.digest, ticket.drawn
    Site.objects.bulk_update(sites, ["digest", "drawn"], batch_size=100)


def _open(study, now):
    """Put the plan, the salt and every seal into the open."""
    if study.plan_sealed:
        content = unlock(study.plan_sealed, PLAN)
        study.plan, study.salt, study.team = content["plan"], content["salt"], content["team"]
        study.plan_sealed, study.revealed_at = None, now
    study.save()
    for made in study.seals.exclude(kept=None):
        made.opened, made.kept = unlock(made.kept, SEALED), None
        made.save(update_fields=["opened", "kept"])
