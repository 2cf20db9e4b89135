"""What a resident has filled in so far: sealed, found by a cookie's hash, and sent once.

The cookie holds two random tokens: one for the visit (so that the same browser counts as one
person, without knowing whom) and one for the draft. The database has only a keyed hash of the
second. The receipt is locked with the token itself, so the table alone cannot tell the code.
"""

import datetime as dt
import re
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.clock import due_on, local_day
from biaochi.core.profiles import span
from biaochi.core.refusals import NotNow
from biaochi.core.seal import fingerprint, seal, unseal
from biaochi.people import queries as people
from biaochi.people import vault
from biaochi.voice import actions, attachments
from biaochi.voice.actions import Heard, Words
from biaochi.voice.matters import actions as matters
from biaochi.voice.matters import queries as matter_queries
from biaochi.voice.models import Draft
from biaochi.voice.rules import Channel

COOKIE = "say"
SHAPE = re.compile(r"([0-9a-f]{32})([0-9a-f]{32})")
SHOWN_FOR = dt.timedelta(minutes=30)  # how long the receipt can be shown again
EMPTY = {
    "text": "",
    "area": "",
    "place": "",
    "groups": [],
    "urgency": "",
    "reply": "",
    "phone": "",
    "relay": "",
    "public": "yes",
}


@dataclass(frozen=True)
class Key:
    """What the cookie holds."""

    visit: str
    draft: str

    def __str__(self):
        return self.visit + self.draft


def new_key(old=None):
    """A key for a new draft; the visit goes on."""
    return Key(old.visit if old else secrets.token_hex(16), secrets.token_hex(16))


def read_key(cookie):
    """The key in a cookie, or None if it is not one of ours."""
    match = SHAPE.fullmatch(cookie or "")
    return Key(*match.groups()) if match else None


def find(key):
    """The draft of a key that was not sent yet, or None."""
    draft = _row(key)
    return draft if draft and not draft.sent_as_id else None


def content_of(draft):
    """What is filled in so far; everything empty without a draft."""
    return EMPTY | (unseal(draft.content_sealed, "draft") if draft else {})


@transaction.atomic
def save(*, key, changes, now):
    """Put answers into the draft of a key, which is made if it does not stand yet.

    :raises NotNow: it was sent already
    """
    draft, _made = Draft.objects.select_for_update().get_or_create(
        mark=_mark(key), defaults={"content_sealed": seal({}, "draft"), "changed_at": now}
    )
    if draft.sent_as_id:
        raise NotNow(_("这件事已经提交过了。想补充，请凭查询码到“查我的事”里写。"))
    draft.content_sealed = seal(content_of(draft) | changes, "draft")
    draft.changed_at = now
    draft.save(update_fields=["content_sealed", "changed_at"])
    return draft


@transaction.atomic
def attach(*, key, kind, file, now):
    """Keep a file with the draft of a key.

    :raises Incomplete: it is not what it should be; the sentence says what to do
    """
    keep = {"photos": attachments.keep_photo, "recording": attachments.keep_recording}[kind]
    return keep(file=file, draft=save(key=key, changes={}, now=now))


@transaction.atomic
def detach(*, key, pk):
    """Remove one file of the draft of a key."""
    draft = find(key)
    for attachment in draft.attachments.filter(pk=pk) if draft else ():
        attachments.remove(attachment=attachment)


def files_of(draft):
    """The photos and recordings of a draft, oldest first."""
    return list(draft.attachments.all()) if draft else []


@transaction.atomic
def send(*, key, join, by, now):
    """Turn a draft into a voice, once: sending it again gives the same receipt.

    :param join: key of the matter that the resident chose, or None to stand alone
    :raises NotNow: there is no such draft :raises Incomplete: see ``actions.hear``
    """
    draft = Draft.objects.select_for_update().filter(mark=_mark(key)).first()
    if draft is None:
        raise NotNow(_("没有找到写了一半的内容，可能放得太久删掉了。请从第一题重新写。"))
    if draft.sent_as_id:
        return Heard(draft.sent_as, _receipt(draft, key)["code"])
    said = content_of(draft)
    heard = actions.hear(
        words=Words(text=said["text"], place=said["place"]),
        channel=Channel.WEB,
        area=next((area for area in people.areas() if str(area.pk) == said["area"]), None),
        groups=said["groups"],
        urgency=said["urgency"],
        public=said["public"] == "yes",
        speaker=_speaker(said, key),
        by=by,
        now=now,
    )
    attachments.hand_over(draft=draft, voice=heard.voice)
    if join:
        matter = matter_queries.get(by, join)
        matters.join(matter=matter, voices=[heard.voice], how="self", by=by, now=now)
    draft.sent_as, draft.changed_at = heard.voice, now
    draft.content_sealed = seal({"code": heard.code, "reply": said["reply"]}, _purpose(key))
    draft.save()
    return heard


def receipt(*, key, now):
    """The code and the way of reply of what was just sent, or None (also after half an hour)."""
    draft = _row(key)
    if not draft or not draft.sent_as_id or now - draft.changed_at > SHOWN_FOR:
        return None
    return _receipt(draft, key)


@transaction.atomic
def forget(*, key):
    """Remove a draft with its files, at the wish of the one who wrote it."""
    draft = find(key)
    if draft:
        _remove(draft)


def forget_old(*, now):
    """Remove drafts that nobody touched for the time drafts are kept; returns how many."""
    kept = span("draft_kept")
    old = [d for d in Draft.objects.all() if local_day(now) > due_on(d.changed_at, kept)]
    for draft in old:
        _remove(draft)
    return len(old)


@transaction.atomic
def _remove(draft):
    attachments.remove_all(draft=draft)
    draft.delete()


def _row(key):
    return Draft.objects.filter(mark=_mark(key)).select_related("sent_as").first() if key else None


def _mark(key):
    return fingerprint(key.draft, "draft")


def _purpose(key):
    return f"receipt|{key.draft}"


def _receipt(draft, key):
    return unseal(draft.content_sealed, _purpose(key))


def _speaker(said, key):
    if said["reply"] == "phone":
        return vault.speaker_for(phone=said["phone"])
    if said["reply"] == "relay":
        return vault.speaker_for(relay=said["relay"])
    return vault.speaker_for(visit=key.visit)
