"""What became of one voice, in plain sentences for the one who spoke."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biaochi.core.clock import due_on, local_day
from biaochi.core.profiles import span
from biaochi.voice.rules import Channel, EventKind, NoticeKind, State, Urgency


@dataclass(frozen=True)
class Line:
    """One mark on the way: ``state`` is "", "now", "next" or "late"."""

    when: object
    title: str
    words: str = ""
    state: str = ""


def way(voice, notices, events, *, today, tell=None):
    """Everything that happened to a voice and its matter, oldest first, and what comes next.

    :param tell: how a later stage tells an event (see :func:`of_event`, which it may fall back on)
    """
    tell = tell or of_event
    lines = [(notice.at, 0, *of_notice(notice)) for notice in notices]
    lines += [
        (event.at, 1, *sentence)
        for event in events
        if event.at >= voice.heard_at and (sentence := tell(event))
    ]
    lines.sort(key=lambda line: line[:2])
    return [*(Line(at, title, words) for at, _n, title, words in lines), *ahead(voice, today)]


def ahead(voice, today):
    """What comes next."""
    if voice.state == State.WITHDRAWN:
        last = due_on(voice.withdrawn_at, span("regret_withdrawal"))
        return [Line(last, _("过了这一天，您的话全部删掉"), _("在这之前，随时可以恢复"), "next")]
    lines = []
    if not voice.seen_at:
        last = look_by(voice)
        late = today > last
        lines.append(
            Line(
                last,
                _("说好这一天以前有人看，还没有看") if late else _("最晚这一天，有人看您写的话"),
                _("这是我们晚了，不是您写得不好") if late else _("看了就告诉您归到哪件事里"),
                "late" if late else "next",
            )
        )
    lines.append(Line(None, _("办完以后问您一句：解决了没有？"), _("您说了才算"), "next"))
    return lines


def look_by(voice):
    """The day by which somebody has to have read a voice."""
    clock = "urgent_look" if voice.urgency == Urgency.URGENT else "first_look"
    return due_on(voice.heard_at, span(clock))


def of_notice(notice):
    """``(title, words)`` of what the speaker was told."""
    told = {"title": "", "from_title": "", "why": "", "channel": "", **notice.params}
    sentences = {
        NoticeKind.HEARD: (_("您提了这件事"), heard_words(told["channel"])),
        NoticeKind.SEEN: (_("有人看了您写的话"), _("身份证号、电话、名字都先遮住了再给人看")),
        NoticeKind.JOINED: (
            _("归进“%(title)s”") % told,
            _("您的原话一字没改。觉得不是一回事，可以拆出来"),
        ),
        NoticeKind.MOVED: (
            _("换到“%(title)s”") % told,
            _("原来在“%(from_title)s”里。您的原话一字没改") % told,
        ),
        NoticeKind.PARTED: (
            _("从“%(from_title)s”里拆出来了") % told
            if told["from_title"]
            else _("从“%(title)s”里拆出来了") % told,
            _("您的原话一字没改，照样有人看"),
        ),
        NoticeKind.HIDDEN: (_("您的话没有公开"), _("理由：%(why)s。照样有人办") % told),
        NoticeKind.SHOWN: (_("您的话又公开了"), ""),
        NoticeKind.ADDED: (_("您补充了几句"), ""),
        NoticeKind.WITHDRAWN: (_("您撤回了"), _("不再算您 1 位")),
        NoticeKind.RETURNED: (_("您又恢复了"), _("照样算您 1 位")),
    }
    return sentences[notice.kind]


def heard_words(channel):
    label = dict(Channel.choices).get(channel)
    return _("从%(channel)s提的") % {"channel": label} if label else ""


def of_event(event):
    """``(title, words)`` of what happened to the matter, or None for what needs no telling.

    Joining, moving and splitting are told by the voice's own notices.
    """
    told = {"unit": "", "why": "", "due_on": "", "title": "", "what": "", "first_act": ""}
    told |= {key: value for key, value in event.params.items() if value is not None}
    sentences = {
        EventKind.HANDED: (
            _("交给%(unit)s办") % told,
            _("说好 %(day)s以前办完") % {"day": written(told["due_on"])} if told["due_on"] else "",
        ),
        EventKind.ACCEPTED: (_("%(unit)s收下了，开始办") % told, str(told["first_act"])),
        EventKind.RETURNED: (_("%(unit)s退回来了") % told, str(told["why"])),
        EventKind.RECALLED: (_("办公室把这件事从%(unit)s收回来了") % told, str(told["why"])),
        EventKind.RENAMED: (_("这件事改了个标题"), str(told["title"])),
        EventKind.CARED: (_("人不多，但是要紧，单独标出来了"), str(told["why"])),
    }
    return sentences.get(event.kind)


def written(iso):
    day = dt.date.fromisoformat(str(iso)[:10])
    return _("%(month)s月%(day)s日") % {"month": day.month, "day": day.day}


def state_words(voice, matter, *, today):
    """Where it stands now, in one or two sentences."""
    if voice.state == State.WITHDRAWN:
        return _("您撤回了。这条话已经从网页上拿下来，不再算您 1 位。")
    if voice.hidden_why:
        return _("您的话没有公开，照样有人办。不公开的理由：%(why)s") % {"why": voice.hidden_why}
    if matter and matter.people_count > 1:
        return ngettext(
            "一共有 %(n)s 人说过这件事，都在一起办。",
            "一共有 %(n)s 人说过这件事，都在一起办。",
            matter.people_count,
        ) % {"n": matter.people_count}
    if matter:
        return _("这件事眼下只有您一位说过，一样有人办。")
    if voice.seen_at:
        return _("有人看过了，还没有跟别的话归到一起。")
    days = (look_by(voice) - today).days
    if days < 0:
        return _("说好的日子过了，还没有人看。这是我们晚了。")
    return _("收到了，还没有人看。")


def days_since(voice, now):
    return (local_day(now) - local_day(voice.heard_at)).days
