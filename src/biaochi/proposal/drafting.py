"""The verbs of a draft: begin, write, ask others to sign, sign, submit, take back.

A draft belongs to the member who began it. Every change is a version, and a signature is for
one version: who signed an earlier text is asked to read the new one.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.clock import due_on, local_day
from biaochi.core.moves import check_move
from biaochi.core.profiles import span
from biaochi.core.record import record
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.people.models import User
from biaochi.proposal.models import Clause, CoSigner, Proposal, Version
from biaochi.proposal.rules import (
    MOVES,
    TITLE_LENGTH,
    Signing,
    State,
    check_clause,
    check_links,
    check_text,
)
from biaochi.voice.analysis import cover

PROFILE = "proposal"
TEXTS = ("title", "situation", "analysis", "gains", "gains_when", "pays", "loses", "no_link_why")
CLAUSE_TEXTS = ("doer", "act", "measure")
MOST_CLAUSES = 30
GUESSED = frozenset({"name", "door"})  # kinds of identity that may be something else


@transaction.atomic
def begin(*, title, by, now, like=None):
    """Begin a draft. It is read by nobody else until others are asked to sign or it is submitted.

    :param like: an own proposal that was taken back or not filed, whose words are taken over
    :raises NotYours: anybody but a member
    :raises Incomplete: no title
    """
    check_move(MOVES, None, State.DRAFT, by.roles)
    title = (title or "").strip()
    if not title:
        raise Incomplete(_("请写题目：看题目就知道要什么。"), "title")
    if len(title) > TITLE_LENGTH:
        raise Incomplete(_("题目最多写 %(n)s 个字。") % {"n": TITLE_LENGTH}, "title")
    proposal = Proposal(title=title, lead_id=by.account, begun_at=now)
    if like is not None:
        like = locked(like)
        check_own(like, by)
        for name in TEXTS[1:]:
            setattr(proposal, name, getattr(like, name))
    proposal.save()
    if like is not None:
        _put_clauses(proposal, text_of(like)["clauses"])
        proposal.matters.set(like.matters.all())
        proposal.studies.set(like.studies.all())
    _keep_version(proposal, by, now, note="")
    record(by=by, verb="begin proposal", thing=proposal, at=now, after=State.DRAFT)
    return proposal


@transaction.atomic
def write(*, proposal, by, now, clauses=None, matters=None, studies=None, **texts):
    """Change a draft. What is not named stays; a changed text is a new version.

    :param clauses: ``[{doer, act, due_on, measure}]`` in their order; empty ones are left out
    :param texts: any of ``title, situation, analysis, gains, gains_when, pays, loses, no_link_why``
    :raises NotYours: somebody else's draft
    :raises NotNow: it was submitted
    :raises Incomplete: a title that is gone, or a text that is too long
    """
    proposal = locked(proposal)
    check_own(proposal, by)
    check_draft(proposal)
    before = text_of(proposal)
    _put_texts(proposal, texts)
    if clauses is not None:
        _put_clauses(proposal, clauses)
    if matters is not None:
        proposal.matters.set(matters)
    if studies is not None:
        proposal.studies.set(studies)
    after = text_of(proposal)
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        proposal.version += 1
        proposal.save()
        _keep_version(proposal, by, now, note=",".join(changed))
        proposal.cosigners.filter(signing=Signing.SIGNED).update(
            signing=Signing.ASKED, answered_at=None
        )
        record(
            by=by,
            verb="write proposal",
            thing=proposal,
            at=now,
            after=f"v{proposal.version}",
            note=",".join(changed),
        )
    return proposal


@transaction.atomic
def ask_to_sign(*, proposal, member, by, now):
    """Ask another member to read the draft and sign it.

    :param member: an account (its key)
    :raises Incomplete: nobody, no member, or oneself
    :raises NotNow: it was submitted, or this member was asked already
    """
    proposal = locked(proposal)
    check_own(proposal, by)
    check_draft(proposal)
    found = User.objects.filter(pk=member or 0, role=Role.MEMBER, is_active=True).first()
    if found is None or found.pk == proposal.lead_id:
        raise Incomplete(_("请选一位别的委员。"), "member")
    if proposal.cosigners.filter(member=found).exists():
        raise NotNow(_("已经请过这位委员了。"))
    asked = CoSigner.objects.create(proposal=proposal, member=found, asked_at=now)
    record(by=by, verb="ask to sign", thing=proposal, at=now, after=Signing.ASKED)
    return asked


@transaction.atomic
def sign(*, proposal, signing, version, by, now, why=""):
    """Answer as a co-signer: sign the version that was read, decline, or recuse with why.

    :raises NotYours: nobody asked this member
    :raises NotNow: the text changed since it was read, or it was submitted
    :raises Incomplete: no answer, or recused without a word
    """
    proposal = locked(proposal)
    asked = CoSigner.objects.select_for_update().filter(proposal=proposal, member_id=by.account)
    asked = asked.first()
    if not by.has(Role.MEMBER) or asked is None:
        raise NotYours(_("没有请您联名这一件。"))
    check_draft(proposal)
    if signing not in (Signing.SIGNED, Signing.DECLINED, Signing.RECUSED):
        raise Incomplete(_("请选：签、不签，还是回避。"), "signing")
    if signing == Signing.SIGNED and version != proposal.version:
        raise NotNow(_("您看的时候文字又改了。请看了新的一版再签。"))
    if signing == Signing.RECUSED and not (why or "").strip():
        raise Incomplete(_("请写一句有什么利害，牵头的人和审查的人会看到。"), "why")
    before, asked.signing = asked.signing, Signing(signing)
    asked.version = proposal.version if signing == Signing.SIGNED else asked.version
    asked.why, asked.answered_at = (why or "").strip()[:200], now
    asked.save()
    record(by=by, verb="answer signing", thing=proposal, at=now, before=before, after=asked.signing)
    return asked


@transaction.atomic
def submit(*, proposal, by, now):
    """Hand the text in. From now on it stands, and the days of the review run.

    :raises Incomplete: something of the text, of a recommendation or of the links is missing
    """
    proposal = locked(proposal)
    check_own(proposal, by)
    check_move(MOVES, proposal.state, State.SUBMITTED, by.roles)
    check_complete(proposal)
    before, proposal.state = proposal.state, State.SUBMITTED
    proposal.submitted_at = now
    proposal.review_by = due_on(now, span("review", PROFILE))
    proposal.save(update_fields=["state", "submitted_at", "review_by"])
    record(
        by=by,
        verb="submit proposal",
        thing=proposal,
        at=now,
        before=before,
        after=proposal.state,
        note=f"v{proposal.version}",
    )
    return proposal


@transaction.atomic
def take_back(*, proposal, by, now):
    """Withdraw an own draft at any time, or what was submitted within the hours of the profile.

    :raises NotNow: the hours are over, or it was decided
    """
    proposal = locked(proposal)
    check_own(proposal, by)
    check_move(MOVES, proposal.state, State.WITHDRAWN, by.roles)
    if proposal.state == State.SUBMITTED and now > last_moment(
        proposal.submitted_at, span("take_back", PROFILE)
    ):
        raise NotNow(_("能撤回的时间过了。要改，请和办公室说一声。"))
    before, proposal.state = proposal.state, State.WITHDRAWN
    proposal.save(update_fields=["state"])
    record(
        by=by, verb="withdraw proposal", thing=proposal, at=now, before=before, after=proposal.state
    )
    return proposal


def check_complete(proposal):
    """Raise the first thing that a submission still lacks."""
    check_text(
        proposal.title,
        proposal.situation,
        proposal.analysis,
        proposal.gains,
        proposal.pays,
        proposal.loses,
    )
    clauses = list(proposal.clauses.all())
    if not clauses:
        raise Incomplete(_("请至少写一条建议。"), "clause-1-doer")
    for clause in clauses:
        check_clause(clause.doer, clause.act, clause.due_on, clause.measure, clause.position)
    _check_nobody_is_named(proposal, clauses)
    linked = proposal.matters.exists() or proposal.studies.exists()
    check_links(linked, proposal.no_link_why)


def last_moment(start, length):
    """Until when a span from ``start`` runs: hours to the minute, anything else by days."""
    if length.unit == "h":
        return start + dt.timedelta(hours=length.amount)
    return start + (due_on(start, length) - local_day(start))


def text_of(proposal):
    """The whole text of a proposal as plain values: what a version keeps."""
    clauses = [
        {
            "doer": clause.doer,
            "act": clause.act,
            "due_on": clause.due_on.isoformat() if clause.due_on else "",
            "measure": clause.measure,
        }
        for clause in proposal.clauses.all()
    ]
    return {
        **{name: getattr(proposal, name) for name in TEXTS},
        "clauses": clauses,
        "matters": sorted(proposal.matters.values_list("pk", flat=True)),
        "studies": sorted(proposal.studies.values_list("pk", flat=True)),
    }


def check_own(proposal, by):
    """Raise unless the doer is the member who leads the proposal."""
    if not by.has(Role.MEMBER) or by.account is None or proposal.lead_id != by.account:
        raise NotYours(_("这不是您牵头的提案。"))


def check_draft(proposal):
    if proposal.state != State.DRAFT:
        raise NotNow(_("已经交了，文字不能再改。"))


def locked(proposal):
    return Proposal.objects.select_for_update().get(pk=proposal.pk)


def _check_nobody_is_named(proposal, clauses):
    """Title and recommendations are public as they stand: no number leads to a person there.

    A name may be a street's; such a guess never hinders, the writer is only reminded of it.
    """
    open_texts = [("title", proposal.title)]
    for clause in clauses:
        open_texts += [
            (f"clause-{clause.position}-{name}", getattr(clause, name)) for name in CLAUSE_TEXTS
        ]
    for field, text in open_texts:
        if cover(text).kinds - GUESSED:
            raise Incomplete(_("题目和建议大家都看得到，请去掉里面的电话、证件号这些。"), field)


def _put_texts(proposal, texts):
    for name, value in texts.items():
        if name not in TEXTS:
            raise TypeError(f"a proposal has no text called {name}")
        value, most = (value or "").strip(), Proposal._meta.get_field(name).max_length
        if most and len(value) > most:
            raise Incomplete(_("这一栏最多写 %(n)s 个字。") % {"n": most}, name)
        setattr(proposal, name, value)
    if not proposal.title:
        raise Incomplete(_("请写题目：看题目就知道要什么。"), "title")


def _put_clauses(proposal, clauses):
    """Replace the recommendations of a draft; those without a single word are left out."""
    filled = [clause for clause in clauses if any(clause.values())][:MOST_CLAUSES]
    proposal.clauses.all().delete()
    for position, clause in enumerate(filled, 1):
        words = {name: (clause.get(name) or "").strip() for name in CLAUSE_TEXTS}
        for name, value in words.items():
            if len(value) > Clause._meta.get_field(name).max_length:
                raise Incomplete(
                    _("第 %(n)s 条建议写得太长了。") % {"n": position}, f"clause-{position}-{name}"
                )
        day = clause.get("due_on") or None
        day = dt.date.fromisoformat(day) if isinstance(day, str) else day
        Clause.objects.create(proposal=proposal, position=position, due_on=day, **words)


def _keep_version(proposal, by, now, note):
    Version.objects.create(
        proposal=proposal,
        number=proposal.version,
        at=now,
        by_id=by.account,
        text=text_of(proposal),
        note=note[:200],
    )
