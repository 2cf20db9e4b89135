"""Who said it before? Earlier proposals beside the matters and library texts that `topic` finds.

Of a filed proposal only what everybody may read is held against a draft, covered as on its public
page. A member's own unfiled ones are read for that member alone, at the moment of asking; no
process keeps anything of a draft.
"""

from django.utils.translation import gettext as _

from biaochi.core.clock import local_day
from biaochi.proposal.models import Proposal
from biaochi.proposal.reading import seen
from biaochi.proposal.rules import OUT, State
from biaochi.topic import earlier
from biaochi.topic.analysis import Words
from biaochi.topic.keeping import Kept

PROPOSAL, OWN = "proposal", "own"
OWN_MOST = 30  # of the writer's own, the newest


def found(*, title, text, actor, page, proposal=None, matters=()):
    """What says the like: ``[(name of the kind, [Line, …])]``, the best first.

    :param page: the name of the address under which this reader opens a proposal
    :param proposal: one to leave out, such as the draft itself
    :param matters: matters to leave out
    """
    beside, but = earlier.KEPT.shelf(), [one.pk for one in matters]
    others = earlier.found(title=title, text=text, but=but, shelf=beside)
    lines = _lines(title, text, actor, page, proposal, beside)
    return [
        (_("提案"), lines),
        (_("大家说过的事"), others[earlier.MATTER]),
        (_("学习资料"), others[earlier.LIBRARY]),
    ]


def question_of(text):
    """The words of a draft as a form shows it (``reading.draft_of``): ``(title, text)``."""
    acts = [clause["act"] for clause in text.get("clauses", ())]
    parts = [text.get("situation", ""), text.get("analysis", ""), *acts]
    return text.get("title", ""), "\n".join(part for part in parts if part)


def said(keys=None):
    """Filed proposals as everybody may read them, as ``Words``.

    :param keys: only these (kind, key) pairs
    """
    rows = Proposal.objects.filter(state__in=OUT).order_by("pk").prefetch_related("clauses")
    if keys is not None:
        rows = rows.filter(pk__in=[key for _kind, key in keys])
    return [
        Words(PROPOSAL, one.pk, one.title, _face(one), one.decided_at and local_day(one.decided_at))
        for one in rows
    ]


def touched(things):
    """Which proposals the lines of the record concern: ``{(kind, key)}``."""
    return {(PROPOSAL, key) for key in things["proposal"]}


KEPT = Kept(said, touched)


def _lines(title, text, actor, page, proposal, beside):
    own = {} if actor.account is None else _own(actor, proposal)
    shelf = KEPT.shelf(beside)
    mine = [Words(OWN, one.pk, one.title, _whole(one)) for one in own.values()]
    shelf = shelf.renewed(mine) if mine else shelf
    but = [] if proposal is None else [(PROPOSAL, proposal.pk)]
    near = sorted(shelf.nearest(title, text, earlier.SHOWN, but), key=lambda one: -one.similarity)[
        : earlier.SHOWN
    ]
    keys = [one.key for one in near if one.kind == PROPOSAL]
    filed = Proposal.objects.filter(state__in=OUT).prefetch_related("clauses").in_bulk(keys)
    lines = []
    for one in near:
        row = (own if one.kind == OWN else filed).get(one.key)
        if row is not None:
            words = _whole(row) if one.kind == OWN else _face(row)
            quote = earlier.marked(shelf.quoted(title, text, words), one.reasons)
            lines.append(_line(row, page, quote, earlier.why_words(one.reasons)))
    return lines


def _line(proposal, page, quote, why):
    own = _("您自己的") if proposal.state not in OUT else ""
    return earlier.Line(
        title=proposal.title,
        facts=tuple(
            str(fact) for fact in (own, proposal.number, proposal.get_state_display()) if fact
        ),
        on=proposal.decided_at or proposal.submitted_at or proposal.begun_at,
        page=page,
        args=(proposal.pk,),
        at="",
        quote=quote,
        why=why,
    )


def _own(actor, proposal):
    """What this writer leads and nobody has filed: ``{key: proposal}``."""
    rows = Proposal.objects.filter(lead_id=actor.account).exclude(state__in=OUT)
    rows = rows.exclude(pk=proposal.pk) if proposal is not None else rows
    rows = rows.prefetch_related("clauses").order_by("-begun_at", "-pk")[:OWN_MOST]
    return {one.pk: one for one in rows}


def _face(proposal):
    """The words of a filed proposal that everybody may read."""
    is_open = proposal.state == State.PUBLISHED
    texts = [seen(proposal.situation), seen(proposal.analysis)] if is_open else []
    return "\n".join([*texts, *_acts(proposal), seen(proposal.gains)])


def _whole(proposal):
    return "\n".join([proposal.situation, proposal.analysis, *_acts(proposal), proposal.gains])


def _acts(proposal):
    return [clause.act for clause in proposal.clauses.all()]
