"""The verbs on documents: take in, describe, publish, take down, put back.

Only texts that everybody may read stand in the search index; each verb leaves it so.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core import search
from biaochi.core.actors import Role
from biaochi.core.moves import check_move
from biaochi.core.record import record
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.library import analysis, originals
from biaochi.library.models import Document, Page
from biaochi.library.rules import MOVES, State, check_document, check_sentence, is_shown
from biaochi.people.models import User

DESCRIBED = (
    "title",
    "genre",
    "rights",
    "author_words",
    "happened_on",
    "compiled_on",
    "category",
    "may_download",
)


@transaction.atomic
def take_in(*, data, name, rights, by, now, as_one=False, **described):
    """Read a file and keep it as a draft: its words as pages, its bytes as they are.

    :param data: the bytes of a docx or a txt
    :param name: the file's own name
    :param described: any of title, genre, author_words, happened_on, compiled_on, category,
        may_download; what is left out or empty comes from the file itself
    :raises NotYours: neither staff nor a member
    :raises NotNow: the same file is here already
    :raises Incomplete: it cannot be read, or it is not said by what right it stands here
    """
    check_move(MOVES, None, State.DRAFT, by.roles)
    originals.check_size(len(data))
    mark = originals.hash_of(data)
    _check_new(mark)
    reading = analysis.read(data, name, as_one=as_one)
    document = Document(
        state=State.DRAFT,
        uploaded_at=now,
        uploaded_by=User.objects.get(pk=by.account),
        source_name=name[-200:],
        source_hash=mark,
        source_size=len(data),
    )
    own = {"title": reading.whole.title, "genre": reading.whole.genre}
    own |= {"compiled_on": reading.compiled_on, "rights": rights}
    _describe(document, own | {key: value for key, value in described.items() if value})
    document.stored_as = originals.keep(data, reading.kind)
    try:
        _lay(document, reading)
        record(by=by, verb="take in document", thing=document, at=now, after=document.state)
    except BaseException:
        originals.remove(document.stored_as)
        raise
    return document


@transaction.atomic
def read_again(*, document, as_one, by, now):
    """Read a draft's original once more, as one text or split into its parts.

    :raises NotNow: it was published; what others may have quoted is not laid out anew
    """
    document = _locked(document)
    check_own_draft(document, by)
    data = originals.kept(document).read_bytes()
    reading = analysis.read(data, document.source_name, as_one=as_one)
    document.parts.all().delete()
    document.pages.all().delete()
    document.genre = reading.whole.genre if reading.parts else document.genre
    _lay(document, reading)
    note = "as one" if as_one else f"{len(reading.parts)} parts"
    record(by=by, verb="read document again", thing=document, at=now, note=note)
    return document


@transaction.atomic
def describe(*, document, by, now, truncated=None, **described):
    """Say anew what a document is, where it comes from and by what right it stands here.

    :param truncated: whether something is missing; a compilation that lacks a part stays so
    :raises NotYours: not staff, and not the member whose own draft it is
    """
    document = _locked(document)
    if not by.has(Role.STAFF):
        check_own_draft(document, by)
    before = {key: getattr(document, key) for key in (*DESCRIBED, "truncated")}
    _describe(document, described)
    if truncated is not None:
        document.truncated = truncated or _lacks(document)
    document.save()
    document.parts.update(category=document.category, compiled_on=document.compiled_on)
    changed = [key for key, value in before.items() if getattr(document, key) != value]
    if changed:
        _record(document, "describe document", by, now, document.state, ", ".join(changed))
    return document


@transaction.atomic
def publish(*, document, by, now):
    """Let everybody read a draft, parts and all.

    :raises NotYours: anybody but staff
    :raises NotNow: it is no draft, or a part, which goes with its compilation
    """
    document = _locked(document)
    if document.parent_id or document.state == State.DOWN:
        raise NotNow(_("只有还没公开的整份资料能公开；下架的要用“放回去”。"))
    return _move(document, State.OPEN, "publish document", by, now)


@transaction.atomic
def take_down(*, document, why, by, now):
    """Nobody may read it any more, and everybody may read why. Nothing is thrown away.

    One part of a compilation can be taken down alone.
    """
    document = _locked(document)
    check_sentence(why, "why", _("请写一句为什么下架，来找它的人会看到。"))
    if document.state == State.DRAFT:
        check_own_draft(document, by)
    document.down_why = why.strip()[:300]
    return _move(document, State.DOWN, "take down document", by, now, document.down_why)


@transaction.atomic
def put_back(*, document, by, now):
    """Let everybody read again what was taken down.

    :raises NotYours: anybody but staff
    """
    document = _locked(document)
    if document.state == State.DRAFT:
        raise NotNow(_("这份资料还没公开过，要用“公开”。"))
    document.down_why = ""
    return _move(document, State.OPEN, "put back document", by, now)


def check_own_draft(document, by):
    """Raise unless it is a draft, and the doer is staff or brought it in."""
    if not by.has(Role.STAFF) and document.uploaded_by_id != by.account:
        raise NotYours(_("这份资料不是您传的。"))
    if document.state != State.DRAFT:
        raise NotNow(_("这份资料已经公开过了，要改请找办公室。"))


def _move(document, state, verb, by, now, note=""):
    check_move(MOVES, document.state, state, by.roles)
    if state == State.OPEN:
        check_document(document.title, document.rights, document.genre)
    shown = _shown_texts(document)
    before, document.state = document.state, state
    if state == State.OPEN:
        document.published_at = document.published_at or now
    document.save(update_fields=["state", "down_why", "published_at"])
    if state == State.OPEN:
        document.parts.filter(state=State.DRAFT).update(state=State.OPEN, published_at=now)
    _index(shown, _shown_texts(document))
    _record(document, verb, by, now, before, note)
    return document


def _record(document, verb, by, now, before, note):
    record(by=by, verb=verb, thing=document, at=now, before=before, after=document.state, note=note)


def _describe(document, described):
    unknown = set(described) - set(DESCRIBED)
    if unknown:
        raise TypeError(f"a document has no {unknown}")
    for key, value in described.items():
        setattr(document, key, value.strip() if isinstance(value, str) else value)
    document.title = document.title[:200]
    check_document(document.title, document.rights, document.genre)


def _check_new(mark):
    """Raise when the same bytes are here already; what was taken down does not slip in again."""
    same = Document.objects.filter(source_hash=mark, parent=None).first()
    if same is None:
        return
    if same.state == State.DOWN:
        raise NotNow(_("这份文件以前下架了：%(why)s") % {"why": same.down_why})
    raise NotNow(_("这份文件已经在库里了：《%(title)s》。") % {"title": same.title})


def _lacks(document):
    return any(note["code"] == "absent" for note in document.notes)


def _lay(document, reading):
    """Write the pages of a reading. They are numbered through the whole compilation."""
    document.truncated = reading.whole.truncated
    document.notes = list(reading.whole.notes)
    document.save()
    number = _write_pages(document, reading.whole.pages, 0)
    for order, text in enumerate(reading.parts, 1):
        part = Document.objects.create(
            title=text.title,
            genre=text.genre,
            state=document.state,
            parent=document,
            order=order,
            uploaded_at=document.uploaded_at,
            uploaded_by=document.uploaded_by,
            source_hash=document.source_hash,
            compiled_on=document.compiled_on,
            category=document.category,
            rights=document.rights,
            page_count=len(text.pages),
            truncated=text.truncated,
            notes=list(text.notes),
        )
        number = _write_pages(part, text.pages, number)
    document.page_count = number
    document.save(update_fields=["page_count"])


def _write_pages(document, pages, number):
    Page.objects.bulk_create(
        [
            Page(document=document, number=n, text="\n".join(page))
            for n, page in enumerate(pages, number + 1)
        ],
        batch_size=200,
    )
    return number + len(pages)


def _shown_texts(document):
    """The pages of a document and its parts that everybody may read: ``{key: text}``."""
    shown = []
    if is_shown(document.state, document.parent.state if document.parent else None):
        shown = [document.pk]
        shown += document.parts.filter(state=State.OPEN).values_list("pk", flat=True)
    return dict(Page.objects.filter(document__in=shown).values_list("pk", "text"))


def _index(before, after):
    for key in before.keys() - after.keys():
        search.remove("library", key, before[key])
    for key in after.keys() - before.keys():
        search.add("library", key, after[key])


def _locked(document):
    found = Document.objects.select_for_update().filter(pk=document.pk).first()
    if found is None:
        raise Incomplete(_("这份资料不在了。"))
    return found
