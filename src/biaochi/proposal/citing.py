"""The verbs of quoting: a passage of the library is found in the original before it is kept."""

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.record import record
from biaochi.core.refusals import Incomplete, NotYours
from biaochi.library import searching
from biaochi.library.rules import State as Shelf
from biaochi.proposal.drafting import check_draft, check_own, locked
from biaochi.proposal.models import Citation

WORDS = 300
AS_IT_STANDS = ("exact", "marks")  # letter by letter, or with other punctuation only


@transaction.atomic
def cite(*, proposal, words, by, now):
    """Keep a quotation with the place where it stands, letter by letter, in a published text.

    :raises NotYours: somebody else's draft
    :raises NotNow: it was submitted
    :raises Incomplete: nothing, too long, or not found so in the library
    """
    proposal = locked(proposal)
    check_own(proposal, by)
    check_draft(proposal)
    words = " ".join((words or "").split()).strip('“”"')
    if not words:
        raise Incomplete(_("请贴一句原文。"), "words")
    if len(words) > WORDS:
        raise Incomplete(_("一处最多引 %(n)s 个字。") % {"n": WORDS}, "words")
    found = searching.checked(words)
    if found.kind == "near":
        raise Incomplete(_("文库里有相近的一段，和原文不一样。请照原文引。"), "words")
    if found.kind not in AS_IT_STANDS or not found.places:
        raise Incomplete(_("文库里没有找到这句话。"), "words")
    place = found.places[0]
    kept = Citation.objects.create(
        proposal=proposal,
        page=place.page,
        paragraph=place.paragraph,
        words=words,
        is_exact=found.kind == "exact",
        at=now,
    )
    record(by=by, verb="cite", thing=proposal, at=now, note=f"document:{place.page.document_id}")
    return kept


@transaction.atomic
def drop_citation(*, proposal, citation, by, now):
    """Take a quotation out of an own draft.

    :param citation: its key
    """
    proposal = locked(proposal)
    check_own(proposal, by)
    check_draft(proposal)
    gone = Citation.objects.filter(proposal=proposal, pk=citation).first()
    if gone is None:
        raise NotYours(_("这一处引文不在您的草稿里。"))
    gone.delete()
    record(by=by, verb="drop citation", thing=proposal, at=now)


def cited(proposal):
    """The passages of a proposal that can still be opened, in order."""
    rows = Citation.objects.filter(proposal=proposal, page__document__state=Shelf.OPEN)
    return list(rows.select_related("page__document__parent"))
