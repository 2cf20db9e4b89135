"""A voice put together: checked, redacted and sealed, ready for the table."""

from django.utils.translation import gettext as _

from biaochi.core.refusals import Incomplete
from biaochi.voice.analysis import cover, names_in
from biaochi.voice.models import Voice
from biaochi.voice.originals import Words, lock_words
from biaochi.voice.rules import Channel, Group, Urgency, check_words

TITLE_MOST, PLACE_MOST = 200, 120


def compose(
    *,
    words,
    mark,
    most,
    now,
    channel,
    area=None,
    groups=(),
    urgency="",
    public=True,
    speaker=None,
    said_at=None,
    category=None,
    likes=0,
    dislikes=0,
    external_number="",
    fingerprint=None,
    batch=None,
    seen=False,
):
    """Return a voice, not yet in the table, with its words redacted and the original sealed.

    :param mark: the keyed hash of its code
    :param most: how many characters may be said
    :raises Incomplete: see ``hear``
    """
    words = Words(words.text.strip(), words.title.strip(), words.place.strip())
    _check(words, most, channel, groups, urgency)
    names = names_in(words.text) | names_in(words.title)
    text, title, place = (cover(said, names) for said in (words.text, words.title, words.place))
    return Voice(
        code_mark=mark,
        text=text.text,
        title=title.text[:TITLE_MOST],
        place=place.text[:PLACE_MOST],
        original_sealed=lock_words(words),
        redacted_kinds=sorted(text.kinds | title.kinds | place.kinds),
        channel=channel,
        area=area,
        groups=list(groups),
        urgency=urgency,
        public=public,
        category=category,
        said_at=said_at or now,
        heard_at=now,
        seen_at=now if seen else None,
        likes=likes,
        dislikes=dislikes,
        external_number=external_number,
        fingerprint=fingerprint,
        batch=batch,
        speaker=speaker,
    )


def _check(words, most, channel, groups, urgency):
    check_words(words.text, most)
    if len(words.title) > TITLE_MOST:
        raise Incomplete(_("标题最多 %(n)s 个字。") % {"n": TITLE_MOST}, "title")
    if len(words.place) > PLACE_MOST:
        raise Incomplete(_("地点最多 %(n)s 个字。") % {"n": PLACE_MOST}, "place")
    if channel not in Channel.values:
        raise Incomplete(_("请选从哪儿听来的。"), "channel")
    if set(groups) - set(Group.values):
        raise Incomplete(_("请在列出的几样里选。"), "groups")
    if urgency and urgency not in Urgency.values:
        raise Incomplete(_("请在“急、难、愁、盼”里选一样。"), "urgency")
