"""The readers of this room: what is being written down, and what is read back."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from biaochi.people import queries as people
from biaochi.voice import queries as voices
from biaochi.voice.intake import drafts
from biaochi.voice.intake.rules import exact_age, letter_hints, sentences, spelled, whole_text
from biaochi.voice.matters import queries as matters

SIMILAR = 3
KIND_WORDS = {
    "identity": lazy("身份证号"),
    "mobile": lazy("手机号"),
    "landline": lazy("电话号码"),
    "card": lazy("银行卡号"),
    "plate": lazy("车牌号"),
    "email": lazy("邮箱"),
    "account": lazy("QQ 或微信号"),
    "name": lazy("姓名"),
    "door": lazy("门牌号"),
    "passport": lazy("护照或通行证号"),
    "officer": lazy("军人证件号"),
}


@dataclass(frozen=True)
class Readback:
    """What will be kept, sentence by sentence, and what to ask before."""

    lines: list
    place: str
    covered: list  # kinds of identity that are hidden, in words
    age: tuple | None  # (as said, blurred)


@dataclass(frozen=True)
class Receipt:
    """The code as written, as it is read out, and how to say its letters."""

    code: str
    spelled: list
    hints: list


@dataclass(frozen=True)
class Open:
    """A call that was put aside: its place, when, and how it begins."""

    place: int
    changed_at: object
    opening: str


def load(by, place):
    """What is written down at a place of this account, or None when there is no open call."""
    draft = drafts.row(by, place)
    return drafts.content_of(draft) if draft and not draft.sent_as_id else None


def open_calls(by):
    """The calls of this account that are not finished, newest first."""
    found = []
    for place in drafts.PLACES:
        draft = drafts.row(by, place)
        if draft and not draft.sent_as_id:
            words = voices.preview(drafts.content_of(draft)["words"]).text
            found.append(Open(place, draft.changed_at, words[:24] or _("（还没写）")))
    return sorted(found, key=lambda call: call.changed_at, reverse=True)


def receipt(by, place, now):
    """The code of the call just finished at a place, or None (also after half an hour)."""
    draft = drafts.row(by, place)
    if draft is None or not draft.sent_as_id or drafts.is_spent(draft, now):
        return None
    code = drafts.content_of(draft)["code"]
    return Receipt(code, spelled(code), letter_hints(code))


def readback(content):
    """What is read back to the person before anything is taken."""
    shown = voices.preview(whole_text(content))
    where = voices.preview(content["place"])
    area = next((area.name for area in people.areas() if str(area.pk) == content["area"]), "")
    kinds = [str(KIND_WORDS[kind]) for kind in sorted(shown.kinds | where.kinds)]
    place = " · ".join(part for part in (area, where.text) if part)
    age = exact_age(content["words"]) if place else None
    return Readback(sentences(shown.text), place, kinds, age)


def similar(content):
    """Matters that may be the same: ``[(matter, probability, reasons)]``."""
    text = whole_text(content)
    return matters.similar(text, SIMILAR, place=content["place"]) if text else []
