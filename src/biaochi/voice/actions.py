"""The verbs on one voice: the only writers of what residents said.

Original words are sealed, the plain columns hold redacted words only, and the receipt code
exists only in the answer of ``hear``. Whoever holds the code is the one who spoke: the pages
find the voice by the code and then act as a resident.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core import search
from biaochi.core.actors import Role
from biaochi.core.clock import due_on, local_day
from biaochi.core.moves import check_move
from biaochi.core.profiles import number, span
from biaochi.core.record import record, record_all
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.people import vault
from biaochi.people.models import Speaker
from biaochi.voice import attachments
from biaochi.voice.analysis import cover, names_in
from biaochi.voice.composition import compose
from biaochi.voice.models import Addition, Draft, Notice, Suggested, Voice
from biaochi.voice.originals import (
    Words,
    fresh_code,
    lock_addition,
    mark_of,
    mark_of_nobody,
    mark_of_typed,
    open_words,
)
from biaochi.voice.rules import MOVES, NoticeKind, State, check_reason, check_words

__all__ = ["Heard", "Words"]
CHUNK = 1000


@dataclass(frozen=True)
class Heard:
    """A voice that was taken in, and its receipt code, which is kept nowhere."""

    voice: Voice
    code: str


@transaction.atomic
def hear(*, words, channel, by, now, seen=False, **rest):
    """Take in what somebody said, and give back the receipt code.

    :param words: ``Words`` before redaction
    :param rest: area, groups, urgency, public, speaker, said_at, category, likes, dislikes,
        external_number, fingerprint, batch: see ``composition``
    :param seen: the office has already read it (it was told to them), so it may be shown
    :raises NotYours: this role does not speak for anybody
    :raises Incomplete: nothing said, or too much of it; the place or a choice cannot be read
    """
    check_move(MOVES, None, State.HEARD, by.roles)
    code = _unused_code()
    most = number("words_a_voice")
    voice = compose(
        words=words, mark=mark_of(code), most=most, now=now, channel=channel, seen=seen, **rest
    )
    voice.save()
    search.add("voice", voice.pk, _findable(voice))
    record(by=by, verb="hear", thing=voice, at=now, after=State.HEARD, note=str(channel))
    tell(voices=[voice], kind=NoticeKind.HEARD, params={"channel": str(channel)}, now=now)
    if seen:
        tell(voices=[voice], kind=NoticeKind.SEEN, params={}, now=now)
    return Heard(voice, code)


@transaction.atomic
def hear_many(*, items, batch, by, now):
    """Take in the rows of a spreadsheet: all of them or, if one is refused, none.

    Nobody holds a code for these voices, so they get none. ``items`` carry the keywords of
    ``hear``; each row gets a line in the record of its own.

    :raises NotYours: :raises Incomplete: as ``hear``
    """
    check_move(MOVES, None, State.HEARD, by.roles)
    most, taken = number("words_a_voice"), []
    for start in range(0, len(items), CHUNK):
        rows = [
            compose(mark=mark_of_nobody(), most=most, now=now, batch=batch, **item)
            for item in items[start : start + CHUNK]
        ]
        Voice.objects.bulk_create(rows, batch_size=200)
        for voice in rows:
            search.add("voice", voice.pk, _findable(voice))
        lines = [(voice, "", State.HEARD, voice.channel) for voice in rows]
        record_all(by=by, verb="hear", at=now, lines=lines)
        taken += rows
    return taken


def find_by_code(*, code):
    """Return the voice of a receipt code as a person typed it.

    :raises Incomplete: it cannot be a code
    :raises NotNow: no voice has it (or no longer: an erased voice is not told apart)
    """
    voice = Voice.objects.filter(code_mark=mark_of_typed(code)).exclude(state=State.ERASED).first()
    if voice is None:
        raise NotNow(
            _("没有找到这个查询码。可能有一个字看错了，也可能那件事已经按本人的意思删掉了。")
        )
    return voice


@transaction.atomic
def add_words(*, voice, text, by, now):
    """Keep what a speaker says later, redacted like the first words.

    :raises Incomplete: nothing said, or too much :raises NotNow: the voice is withdrawn or gone
    """
    _check_speaks(by, Role.STAFF)
    voice = _heard(voice)
    check_words(text, number("words_a_voice"))
    text = text.strip()
    shown = cover(text, names_in(open_words(voice).text))
    added = Addition.objects.create(
        voice=voice, at=now, text=shown.text, original_sealed=lock_addition(text)
    )
    voice.redacted_kinds = sorted(shown.kinds | set(voice.redacted_kinds))
    voice.save(update_fields=["redacted_kinds"])
    record(by=by, verb="add words", thing=voice, at=now)
    tell(voices=[voice], kind=NoticeKind.ADDED, params={}, now=now)
    return added


@transaction.atomic
def change_contact(*, voice, phone="", relay="", by, now):
    """Change how the speaker can be reached; with neither given the contact is removed.

    The old contact is gone at once unless the speaker left it with another voice too; who had
    looked at it stays to be read by the speaker.

    :raises Incomplete: the telephone number cannot be one
    """
    _check_speaks(by)
    voice = _heard(voice)
    if not phone.strip() and not relay.strip():
        if vault.can_be_reached(voice.speaker):
            vault.forget_contact(speaker=voice.speaker, by=by, now=now)
        return voice
    old, voice.speaker = voice.speaker, vault.speaker_for(phone=phone.strip(), relay=relay)
    voice.save(update_fields=["speaker"])
    if old and old != voice.speaker:
        _let_go(old, heir=voice.speaker)
    record(by=by, verb="change contact", thing=voice, at=now, after=voice.speaker.kind)
    return voice


@transaction.atomic
def set_public(*, voice, public, by, now):
    """The speaker's own wish whether others may read the (redacted) words."""
    _check_speaks(by)
    voice = _heard(voice)
    if voice.public != public:
        voice.public = public
        voice.save(update_fields=["public"])
        record(by=by, verb="set public" if public else "set not public", thing=voice, at=now)
    return voice


@transaction.atomic
def withdraw(*, voice, by, now):
    """Take a voice back. It counts no longer; for some days the speaker may think better of it.

    Its matter must be recounted: pages call ``voice.matters.actions.withdraw``.
    """
    voice = _moved(voice, State.WITHDRAWN, "withdraw", by, now, withdrawn_at=now)
    search.remove("voice", voice.pk, _findable(voice))
    tell(voices=[voice], kind=NoticeKind.WITHDRAWN, params={}, now=now)
    return voice


@transaction.atomic
def come_back(*, voice, by, now):
    """Undo a withdrawal.

    :raises NotNow: it is not withdrawn, or the days to think better of it are over
    """
    locked = _locked(voice)
    last = locked.withdrawn_at and due_on(locked.withdrawn_at, span("regret_withdrawal"))
    if last and local_day(now) > last:
        raise NotNow(_("反悔的日子已经过了，这条话收不回来了。您可以重新说一遍。"))
    voice = _moved(voice, State.HEARD, "come back", by, now, withdrawn_at=None)
    search.add("voice", voice.pk, _findable(voice))
    tell(voices=[voice], kind=NoticeKind.RETURNED, params={}, now=now)
    return voice


@transaction.atomic
def erase(*, voice, by, now):
    """Remove words, files, notices and, unless another voice has it, the speaker: for good.

    The row stays as “one voice was removed”; only its fingerprint is kept, so that the same row
    of a spreadsheet does not come in again. The code is void. Residents, and the clock for
    withdrawn and recalled voices; pages call ``voice.matters.actions.erase``.
    """
    voice = _locked(voice)
    before, speaker, found = voice.state, voice.speaker, _findable(voice)
    check_move(MOVES, before, State.ERASED, by.roles)
    if before == State.HEARD:
        search.remove("voice", voice.pk, found)
    attachments.remove_all(voice=voice)
    for table in (Addition, Notice, Suggested):
        table.objects.filter(voice=voice).delete()
    Draft.objects.filter(sent_as=voice).delete()
    voice.text = voice.title = voice.place = voice.external_number = ""
    voice.hidden_why = voice.urgency = ""
    voice.groups, voice.redacted_kinds = [], []
    voice.original_sealed = voice.area = voice.category = voice.speaker = None
    voice.code_mark, voice.state, voice.public = mark_of_nobody(), State.ERASED, False
    voice.save()
    if speaker:
        _let_go(speaker)
    record(by=by, verb="erase", thing=voice, at=now, before=before, after=State.ERASED)
    return voice


@transaction.atomic
def mark_seen(*, voices, by, now):
    """Note that the office has read these voices; from now on they may be shown."""
    _check_office(by)
    keys = [voice.pk for voice in voices]
    fresh = list(
        Voice.objects.select_for_update().filter(pk__in=keys, seen_at=None, state=State.HEARD)
    )
    Voice.objects.filter(pk__in=[voice.pk for voice in fresh]).update(seen_at=now)
    lines = [(voice, "", "", "") for voice in fresh]
    record_all(by=by, verb="mark seen", at=now, lines=lines)
    tell(voices=fresh, kind=NoticeKind.SEEN, params={}, now=now)
    return len(fresh)


@transaction.atomic
def hide(*, voice, reason, by, now):
    """Keep a voice from the public; the speaker is told why. It is still worked on and counted."""
    _check_office(by)
    check_reason(reason)
    voice = _heard(voice)
    voice.hidden_why = reason.strip()[:200]
    voice.save(update_fields=["hidden_why"])
    record(by=by, verb="hide", thing=voice, at=now, note=voice.hidden_why)
    tell(voices=[voice], kind=NoticeKind.HIDDEN, params={"why": voice.hidden_why}, now=now)
    return voice


@transaction.atomic
def show_again(*, voice, by, now):
    """Undo ``hide``. The speaker's own wish not to be public stays."""
    _check_office(by)
    voice = _heard(voice)
    if not voice.hidden_why:
        raise NotNow(_("这条话没有被藏起来。"))
    voice.hidden_why = ""
    voice.save(update_fields=["hidden_why"])
    record(by=by, verb="show again", thing=voice, at=now)
    tell(voices=[voice], kind=NoticeKind.SHOWN, params={}, now=now)
    return voice


@transaction.atomic
def open_original(*, voice, why, by, now):
    """Return the original ``Words``. The look and its reason are kept and shown to the speaker.

    :raises NotYours: anybody but staff :raises Incomplete: no reason :raises NotNow: gone
    """
    if not by.has(Role.STAFF) or by.has(Role.UNIT):
        raise NotYours(_("只有办公室工作人员能看原话，看一次记一次。"))
    if not (why or "").strip():
        raise Incomplete(_("请写一句为什么要看，本人看得到。"), "why")
    voice = _locked(voice)
    if not voice.original_sealed:
        raise NotNow(_("原话已经按本人的意思删掉了。"))
    record(by=by, verb="open original", thing=voice, at=now, note=why.strip()[:200])
    return open_words(voice)


@transaction.atomic
def recall_batch(*, batch, by, now):
    """Take out every voice of a spreadsheet that went in by mistake; returns them."""
    voices = _move_batch(batch, State.HEARD, State.RECALLED, "recall", by, now)
    for voice in voices:
        search.remove("voice", voice.pk, _findable(voice))
    return voices


@transaction.atomic
def return_batch(*, batch, by, now):
    """Undo ``recall_batch``; returns the voices that came back."""
    voices = _move_batch(batch, State.RECALLED, State.HEARD, "return", by, now)
    for voice in voices:
        search.add("voice", voice.pk, _findable(voice))
    return voices


def tell(*, voices, kind, params, now):
    """Tell speakers what became of their voices: one notice each."""
    rows = [Notice(voice=voice, at=now, kind=kind, params=params) for voice in voices]
    Notice.objects.bulk_create(rows, batch_size=500)


def _unused_code():
    while True:
        code = fresh_code()
        if not Voice.objects.filter(code_mark=mark_of(code)).exists():
            return code


def _findable(voice):
    return f"{voice.title}\n{voice.text}"


def _locked(voice):
    return Voice.objects.select_for_update().get(pk=voice.pk)


def _heard(voice):
    voice = _locked(voice)
    if voice.state != State.HEARD:
        raise NotNow(_("这条话已经撤回了，先恢复再改。"))
    return voice


def _moved(voice, state, verb, by, now, **changes):
    voice = _locked(voice)
    before = voice.state
    check_move(MOVES, before, state, by.roles)
    voice.state = state
    for field, value in changes.items():
        setattr(voice, field, value)
    voice.save(update_fields=["state", *changes])
    record(by=by, verb=verb, thing=voice, at=now, before=before, after=state)
    return voice


def _move_batch(batch, before, after, verb, by, now):
    check_move(MOVES, before, after, by.roles)
    voices = list(Voice.objects.select_for_update().filter(batch=batch, state=before))
    Voice.objects.filter(batch=batch, state=before).update(state=after)
    lines = [(voice, before, after, "") for voice in voices]
    record_all(by=by, verb=verb, at=now, lines=lines)
    for voice in voices:
        voice.state = after
    return voices


def _let_go(speaker, heir=None):
    if Voice.objects.filter(speaker=speaker).exists():
        return
    if heir:
        vault.pass_on(old=speaker, new=heir)
    else:
        Speaker.objects.filter(pk=speaker.pk).delete()


def _check_speaks(by, *others):
    if not by.has(Role.RESIDENT, *others):
        raise NotYours(_("这条话由说的人自己做主，凭查询码改。"))


def _check_office(by):
    if not by.has(Role.STAFF):
        raise NotYours(_("只有办公室工作人员能做这件事。"))
