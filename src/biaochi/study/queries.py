"""The readers of studies. While a plan is sealed, where the team goes is read by its makers only."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.models import Entry
from biaochi.core.profiles import number
from biaochi.core.record import label
from biaochi.core.refusals import NotYours
from biaochi.core.seal import unseal
from biaochi.people.models import User
from biaochi.study.models import Finding, Seal, Site, Study, Visit
from biaochi.study.proving import lot_of, seals_of
from biaochi.study.rules import CLOSED, OPENED, Side, State
from biaochi.study.sealing import PLAN, check_own, knows
from biaochi.study.staging import staging_of
from biaochi.topic.models import Topic
from biaochi.topic.queries import chosen_for_study
from biaochi.topic.rules import State as TopicState

PAGE = 12
OFFICE = (Role.STAFF, Role.OPERATOR, Role.AUDITOR)


@dataclass(frozen=True)
class OnMatter:
    """What the public page of a matter shows of the latest study about it, and of older ones."""

    study: Study
    sealed_at: object
    plan_hash: str
    visits: int
    good: tuple
    bad: tuple
    older: tuple  # the reported studies before it, newest first


@dataclass(frozen=True)
class Layer:
    """One layer of the list: how many places there are, how many are drawn, how many replaced."""

    name: str
    sites: int
    drawn: int
    left_out: int


@dataclass(frozen=True)
class Inside:
    """What only the makers of a sealed plan read: the text, and where they go."""

    plan: str
    team: str
    sites: tuple  # the places that were drawn, in the order of the lot


def visible_to(actor):
    """The studies that a doer may know of: office and members all, others what is published."""
    if actor.has(*OFFICE, Role.MEMBER):
        return Study.objects.select_related("topic", "led_by")
    return published_studies()


def get(actor, pk):
    """One study, or None where there is none for this person."""
    return visible_to(actor).filter(pk=pk).first()


def get_published(pk):
    """One study that everybody may read of, whoever asks; None while nothing is published."""
    return published_studies().filter(pk=pk).first()


def check_inside(study, actor):
    """Raise unless this person works on the study and may know where it goes."""
    check_own(study, actor)
    if inside(actor, study) is None:
        raise NotYours(_("只有做计划的人能看。办公室要看，请先在调研页上打开，会留底。"))


def knowing(study):
    """The keys of those who were named as knowing the plan, as a form writes them."""
    return [str(key) for key in study.knowing.values_list("pk", flat=True)]


def listing(actor, page=1, mine=False):
    """Studies, newest first, with how often one went: ``(studies, how many in all)``."""
    studies = visible_to(actor)
    if mine:
        studies = studies.filter(_of(actor)).distinct()
    studies = studies.annotate(times=Count("visits", distinct=True)).order_by("-opened_at", "-pk")
    first = (max(page, 1) - 1) * PAGE
    return list(studies[first : first + PAGE]), studies.count()


def published(page=1):
    """What everybody may read of: ``(studies, how many in all)``."""
    studies = published_studies().annotate(times=Count("visits", distinct=True))
    first = (max(page, 1) - 1) * PAGE
    return list(studies.order_by("-opened_at", "-pk")[first : first + PAGE]), studies.count()


def published_studies():
    """Every study of which a fingerprint was published."""
    sealed = Exists(Seal.objects.filter(study=OuterRef("pk")))
    return Study.objects.select_related("topic", "led_by").filter(sealed)


def topics():
    """Topics of which a study may be opened: ``[(pk, title)]``."""
    return chosen_for_study()


def topic(pk):
    """A chosen topic, or None."""
    return Topic.objects.filter(pk=pk, state=TopicState.CHOSEN).first()


def companions(study):
    """Accounts that may be named as knowing the plan: ``[(pk, name)]``."""
    users = User.objects.filter(role__in=(Role.STAFF, Role.MEMBER), is_active=True)
    return list(users.exclude(pk=study.led_by_id).order_by("pk").values_list("pk", "shown_name"))


def inside(actor, study):
    """The plan and the places, for those who made it or once it is open; otherwise None."""
    if study.state in OPENED or study.revealed_at:
        return Inside(study.plan, study.team, drawn_sites(study))
    if not knows(study, actor):
        return None
    if study.plan_sealed:
        content = unseal(study.plan_sealed, PLAN)
        return Inside(content["plan"], content["team"], drawn_sites(study))
    return Inside(study.plan, study.team, drawn_sites(study))


def drawn_sites(study):
    """The places to go to, with their visits."""
    rows = Site.objects.filter(study=study, drawn=True).prefetch_related("visits")
    return tuple(rows.order_by("stratum", "digest", "pk"))


def listed(study):
    """The list as it stands: ``[(stratum, how many, [names])]``."""
    found = {}
    for site in study.sites.order_by("stratum", "pk"):
        found.setdefault(site.stratum, []).append(site.name)
    return [(name, study.strata.get(name, 0), names) for name, names in found.items()]


def layers(study):
    """The layers of the list without any name of a place."""
    rows = (
        study.sites.order_by()
        .values("stratum")
        .annotate(n=Count("pk"), out=Count("pk", filter=~Q(left_out_why="")))
    )
    return [
        Layer(row["stratum"], row["n"], study.strata.get(row["stratum"], 0), row["out"])
        for row in sorted(rows, key=lambda row: row["stratum"])
    ]


def site(study, pk):
    """A drawn place of this study, or None."""
    return Site.objects.filter(study=study, pk=pk, drawn=True).select_related("study").first()


def visits(study):
    """Every visit with whom one met, in the order of going."""
    rows = Visit.objects.filter(study=study).select_related("site")
    return list(rows.prefetch_related("met").order_by("arrived_at", "pk"))


def findings(study):
    """What was found: ``{side: [finding]}``, each with its visits."""
    rows = Finding.objects.filter(study=study).order_by("position")
    found = list(rows.prefetch_related(Prefetch("visits", Visit.objects.select_related("site"))))
    return {side.value: [one for one in found if one.side == side] for side in Side}


def page(study):
    """Everything that the public page shows. Nothing of it says where, before the plan is open."""
    is_open = bool(study.revealed_at)
    went = visits(study) if is_open else []
    reported = study.state == State.REPORTED
    return {
        "study": study,
        "is_open": is_open,
        "reported": reported,
        "seals": seals_of(study),
        "layers": layers(study),
        "lot": lot_of(study) if is_open else None,
        "visits": went,
        "times": study.visits.count(),
        "staging": staging_of(went, number("smallest_cell")),
        "findings": findings(study) if reported else {},
        "causes": list(study.causes.all()) if reported else [],
        "looks": looks(study) if is_open else 0,
        "matters": list(study.topic.matters.all()),
    }


def desk_page(study, actor):
    """What the team's page shows. Who may not know where one goes, sees no place and no visit."""
    known = inside(actor, study)
    went = visits(study) if known else []
    office = actor.has(Role.STAFF)
    return {
        "inside": known,
        "sites": known.sites if known else (),
        "mine": office or (actor.has(Role.MEMBER) and known is not None),
        "may_look": office and known is None,
        "study": study,
        "seals": seals_of(study),
        "layers": layers(study),
        "visits": went,
        "staging": staging_of(went, 0),
        "looks": looks(study),
        "matters": list(study.topic.matters.all()),
    }


def looks(study):
    """How often somebody who had not made the plan read it while it was sealed."""
    return Entry.objects.filter(verb="open sealed plan", thing=label(study)).count()


def seal_texts(study, pk):
    """One opened seal as it was hashed, or None: ``{"plan": …, "sites": …}`` with the salt."""
    proof = next((one for one in seals_of(study) if one.seal.pk == pk and one.is_open), None)
    if proof is None:
        return None
    return {"plan": f"{proof.plan}|{proof.salt}", "sites": f"{proof.sites}|{proof.salt}"}


def lot_rows(study):
    """The lot as rows of a table, or None before the plan is open."""
    lot = lot_of(study) if study.revealed_at else None
    if lot is None:
        return None
    return [
        (stratum, row.place, row.name, row.text, row.digest, row.drawn, row.instead)
        for stratum, _count, rows in lot.layers
        for row in rows
    ]


def of_matter(matter):
    """What the public page of a matter shows of this stage, or None: one query when nothing."""
    studies = published_studies().filter(topic__matters=matter).order_by("-opened_at", "-pk")
    seals = Seal.objects.filter(study=OuterRef("pk")).order_by("-at", "-pk")
    shown = studies.annotate(
        times=Count("visits", distinct=True),
        last_at=Subquery(seals.values("at")[:1]),
        last_hash=Subquery(seals.values("plan_hash")[:1]),
    )
    study, *older = [*shown] or [None]
    if study is None:
        return None
    found = []
    if study.state == State.REPORTED:
        found = list(Finding.objects.filter(study=study).order_by("position"))
    return OnMatter(
        study,
        study.last_at,
        study.last_hash,
        study.times if study.revealed_at else 0,
        tuple(one for one in found if one.side == Side.GOOD),
        tuple(one for one in found if one.side == Side.BAD),
        tuple(one for one in older if one.state == State.REPORTED),
    )


def waiting(actor, today):
    """What the studies of this person wait for, as lines for the workbench."""
    if not actor.has(Role.STAFF, Role.MEMBER):
        return []
    studies = Study.objects.filter(state__in=(*CLOSED, State.REVEALED)).filter(_of(actor))
    unseen = Count("sites", filter=Q(sites__drawn=True, sites__left_out_why="", sites__visits=None))
    found = []
    for study in studies.annotate(unseen=unseen).distinct().order_by("reveal_on", "pk"):
        due_on, state = _due(study, today)
        line = {"words": study.title, "href_name": "desk-study", "href_args": [study.pk]}
        found.append({**line, "due_on": due_on, "state": state})
    return found


def _due(study, today):
    """The next day of a study, and whether it presses."""
    if study.state == State.SEALED and not study.drawn_at:
        return study.source_on, "slow" if study.source_on <= today else ""
    if study.state == State.SEALED:
        late = study.reveal_on < today
        return study.reveal_on, "stop" if late else "" if study.unseen else "slow"
    return None, "slow" if study.state == State.REVEALED else ""


def _of(actor):
    """The studies of one person; the office sees to all of them."""
    if actor.has(Role.STAFF):
        return Q()
    return Q(led_by=actor.account) | Q(knowing=actor.account)
