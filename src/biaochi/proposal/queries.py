"""The readers of proposals and reports: who sees which, the lists, and what waits for whom."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.refusals import NotYours
from biaochi.people.models import User
from biaochi.proposal.analysis import KINDS, REASONS, read_reply, read_report, read_typed
from biaochi.proposal.citing import cited
from biaochi.proposal.models import Citation, Handling, Proposal, Report
from biaochi.proposal.reading import (
    HANDLINGS,
    changed_words,
    classes_of,
    clock_of,
    compare,
    covered,
    draft_of,
    found_links,
    key_days,
    letters_of,
    links_of,
    ratings_of,
    readiness,
    reviewed,
    seen,
    similar,
    take_back_words,
    units_of,
    words_of,
    working_days_left,
)
from biaochi.proposal.rules import OUT, WITH_UNIT, Part, Signing, State
from biaochi.proposal.rules import Report as ReportState
from biaochi.proposal.waits import waiting

PAGE = 20
TABS = {
    "review": (State.SUBMITTED,),
    "filed": (State.FILED,),
    "handed": (State.HANDED,),
    "returned": (State.RETURNED,),
    "replied": (State.REPLIED,),
    "published": (State.PUBLISHED,),
    "not_filed": (State.NOT_FILED,),
    "away": (State.DRAFT, State.WITHDRAWN),
}
PUBLIC_TABS = {
    "doing": (State.FILED, State.HANDED, State.RETURNED),
    "answered": (State.REPLIED, State.PUBLISHED),
    "not_filed": (State.NOT_FILED,),
}
UNIT_TABS = {
    "doing": (State.HANDED,),
    "returned": (State.RETURNED,),
    "answered": (State.REPLIED, State.PUBLISHED),
}


@dataclass(frozen=True)
class OnMatter:
    """One proposal as the public page of a matter shows it: facts, no person."""

    pk: int
    number: str
    title: str
    state: str
    state_words: str
    members: int
    unit: str
    filed_at: object
    reply_by: object
    replied_at: object
    clauses: int
    a: int
    b: int
    c: int
    late: bool


def visible_to(actor):
    """Whom a proposal is open to.

    The office and auditors read all that was ever submitted; a member the own ones, those to
    sign and all filed ones; a unit what was handed to it; everybody else what was filed.
    """
    proposals = Proposal.objects.select_related("lead__sector")
    if actor.has(Role.STAFF, Role.AUDITOR):
        return proposals.exclude(submitted_at=None)
    if actor.has(Role.MEMBER):
        mine = Q(lead_id=actor.account)
        asked = Q(cosigners__member_id=actor.account)
        return proposals.filter(mine | asked | Q(state__in=OUT)).distinct()
    if actor.has(Role.UNIT):
        handled = Q(handlings__unit_id=actor.unit or 0, state__in=WITH_UNIT)
        return proposals.filter(handled).distinct()
    return proposals.filter(state__in=OUT)


def get(actor, pk):
    """One proposal.

    :raises NotYours: it is not open to this doer, or there is none; which is not said
    """
    found = visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotYours(_("没有这件提案，或者不是给您看的。"))
    return found


def public(pk):
    """A proposal that everybody may read, or None."""
    return _counted(Proposal.objects.filter(state__in=OUT, pk=pk)).first()


def public_page(tab, query, page):
    """One page of the public list: filed proposals, or those that were not filed."""
    found = _counted(Proposal.objects.filter(state__in=PUBLIC_TABS[tab]))
    if query and tab != "not_filed":  # words of a refused title are not for everybody to try
        found = found.filter(Q(title__icontains=query) | Q(number__icontains=query))
    found = found.order_by(F("decided_at").desc(nulls_last=True), "-pk")
    return Paginator(found.prefetch_related(HANDLINGS, "clauses"), PAGE).get_page(page)


def public_counts():
    return _state_counts(Proposal.objects.all(), PUBLIC_TABS)


def office_page(actor, tab, query, page):
    """One drawer of the office, the most pressing day first."""
    found = _counted(visible_to(actor).filter(state__in=TABS[tab]))
    if query:
        found = found.filter(Q(title__icontains=query) | Q(number__icontains=query))
    found = found.annotate(seen=Count("reviews", filter=_standing_review(), distinct=True))
    day = {"review": "review_by", "handed": "reply_by", "replied": "publish_by"}.get(tab)
    order = (F(day).asc(nulls_last=True), "pk") if day else ("-submitted_at", "-pk")
    found = found.prefetch_related(HANDLINGS, "clauses").order_by(*order)
    return Paginator(found, PAGE).get_page(page)


def office_counts(actor):
    return _state_counts(visible_to(actor), TABS)


def of_member(actor):
    """A member's own proposals, what waits for a signature, and what came of them."""
    mine = _counted(Proposal.objects.filter(lead_id=actor.account))
    return list(mine.prefetch_related("clauses"))


def asked_to_sign(actor):
    """Drafts that wait for this member's signature."""
    return list(
        Proposal.objects.select_related("lead")
        .filter(state=State.DRAFT)
        .filter(cosigners__member_id=actor.account, cosigners__signing=Signing.ASKED)
    )


def signed_by(actor):
    """What this member signed and somebody else leads."""
    return list(
        _counted(
            Proposal.objects.filter(
                pk__in=Proposal.objects.filter(
                    cosigners__member_id=actor.account, cosigners__signing=Signing.SIGNED
                ).values("pk")
            )
        ).prefetch_related("clauses")
    )


def answered_of(actor):
    """The replies that a member reads: the own proposals and those signed."""
    return [
        one
        for one in [*of_member(actor), *signed_by(actor)]
        if one.state in (State.REPLIED, State.PUBLISHED)
    ]


def unit_page(actor, tab, page):
    """One drawer of a unit's proposals."""
    found = visible_to(actor).filter(state__in=UNIT_TABS[tab])
    found = found.prefetch_related(HANDLINGS, "clauses")
    return Paginator(found.order_by("reply_by", "pk"), PAGE).get_page(page)


def unit_counts(actor):
    return _state_counts(visible_to(actor), UNIT_TABS)


def members_to_ask(proposal):
    """Members who could still be asked to sign: ``[(key, name)]``."""
    asked = proposal.cosigners.values("member_id")
    members = User.objects.filter(role=Role.MEMBER, is_active=True).select_related("sector")
    return [
        (user.pk, f"{user.shown_name}（{user.sector.name}）" if user.sector else user.shown_name)
        for user in members.exclude(pk=proposal.lead_id).exclude(pk__in=asked).order_by("pk")
    ]


def signature_of(actor, proposal):
    """What this member was asked, or None."""
    return proposal.cosigners.filter(member_id=actor.account).first()


def part_of(actor, proposal):
    """The part of this doer's unit, or None."""
    lead, co = units_of(proposal)
    return next((one for one in [lead, *co] if one and one.unit_id == actor.unit), None)


def of_matter(matter):
    """What the public page of a matter shows of its proposals, or None. No person is named."""
    its = Q(matters=matter) | Q(matters__merged_into=matter)
    its |= Q(matters__merged_into__merged_into=matter)
    keys = Proposal.objects.filter(its, state__in=OUT).values("pk")
    lead = Handling.objects.filter(proposal=OuterRef("pk"), part=Part.LEAD).values("unit__name")
    found = _counted(Proposal.objects.filter(pk__in=keys)).order_by("decided_at", "pk")
    found = found.annotate(lead_name=Subquery(lead[:1])).prefetch_related("clauses")
    return tuple(_on_matter(one) for one in found) or None


def reports_to(actor):
    """The reports that a doer reads: the own ones; the office and auditors what was handed in."""
    reports = Report.objects.select_related("writer")
    if actor.has(Role.STAFF, Role.AUDITOR):
        return reports.filter(~Q(state=ReportState.DRAFT) | Q(writer_id=actor.account))
    if actor.has(Role.MEMBER):
        return reports.filter(writer_id=actor.account)
    return reports.none()


def report(actor, pk):
    """One report.

    :raises NotYours: it is somebody else's, or there is none
    """
    found = reports_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotYours(_("没有这篇信息，或者不是给您看的。"))
    return found


def reports_page(actor, state, page):
    reports = reports_to(actor)
    return Paginator(reports.filter(state=state) if state else reports, PAGE).get_page(page)


def report_counts(actor):
    counted = reports_to(actor).order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in counted}


def _counted(proposals):
    """With how many members stand behind it; the lead is one of them."""
    signed = Q(cosigners__signing=Signing.SIGNED)
    return proposals.select_related("lead").annotate(
        members=Count("cosigners", filter=signed, distinct=True) + 1
    )


def _standing_review():
    return Q(reviews__at__gte=F("submitted_at"))


def _state_counts(proposals, tabs):
    drawers = [
        When(state__in=states, then=Value(number)) for number, states in enumerate(tabs.values())
    ]
    rows = (
        proposals.order_by()
        .annotate(drawer=Case(*drawers, default=Value(-1), output_field=IntegerField()))
        .values("drawer")
        .annotate(n=Count("pk", distinct=True))
    )
    found = {row["drawer"]: row["n"] for row in rows}
    return {tab: found.get(number, 0) for number, tab in enumerate(tabs)}


def _on_matter(proposal):
    counted = letters_of(proposal)
    return OnMatter(
        pk=proposal.pk,
        number=proposal.number or "",
        title=proposal.title,
        state=proposal.state,
        state_words=str(proposal.get_state_display()),
        members=proposal.members,
        unit=(proposal.lead_name or "") if proposal.state != State.RETURNED else "",
        filed_at=proposal.decided_at,
        reply_by=proposal.reply_by,
        replied_at=proposal.replied_at,
        clauses=len(proposal.clauses.all()),
        a=counted["A"],
        b=counted["B"],
        c=counted["C"],
        late=key_days(proposal)["late"],
    )


__all__ = [
    "KINDS",
    "PUBLIC_TABS",
    "REASONS",
    "TABS",
    "UNIT_TABS",
    "OnMatter",
    "answered_of",
    "asked_to_sign",
    "changed_words",
    "classes_of",
    "clock_of",
    "compare",
    "covered",
    "draft_of",
    "found_links",
    "get",
    "key_days",
    "letters_of",
    "links_of",
    "members_to_ask",
    "of_matter",
    "of_member",
    "office_counts",
    "office_page",
    "part_of",
    "public",
    "public_counts",
    "public_page",
    "ratings_of",
    "read_reply",
    "read_report",
    "read_typed",
    "readiness",
    "report",
    "report_counts",
    "reports_page",
    "reports_to",
    "reviewed",
    "seen",
    "signature_of",
    "signed_by",
    "similar",
    "take_back_words",
    "unit_counts",
    "unit_page",
    "units_of",
    "visible_to",
    "waiting",
    "words_of",
    "working_days_left",
]


def citations(proposal):
    """The passages a proposal stands on: ``[(words, title, document, page number, paragraph)]``."""
    return [
        (
            one.words,
            one.page.document.title,
            (one.page.document.parent or one.page.document).pk,
            one.page.number,
            one.paragraph,
            one.pk,
        )
        for one in cited(proposal)
    ]


def citing(page):
    """The public proposals that stand on a page of the library: ``[(paragraph, title, key)]``."""
    rows = Citation.objects.filter(page=page, proposal__state__in=OUT)
    found = rows.values_list("paragraph", "proposal__title", "proposal_id")
    return list(dict.fromkeys(found.order_by("paragraph", "proposal_id")))
