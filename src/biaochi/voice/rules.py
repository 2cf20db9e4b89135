"""The rules of the first stage: states, moves, and what a voice needs to be heard."""

import re
import secrets

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.actors import Role
from biaochi.core.refusals import Incomplete


class State(TextChoices):
    """A single voice."""

    HEARD = "heard", gettext_lazy("听到了")
    WITHDRAWN = "withdrawn", gettext_lazy("本人撤回了")
    RECALLED = "recalled", gettext_lazy("整批导入撤回了")
    ERASED = "erased", gettext_lazy("删掉了")


MOVES = {
    (None, State.HEARD): frozenset({Role.RESIDENT, Role.STAFF, Role.MEMBER}),
    # Only the person who spoke withdraws or erases: the code is the proof. No office may.
    (State.HEARD, State.WITHDRAWN): frozenset({Role.RESIDENT}),
    (State.WITHDRAWN, State.HEARD): frozenset({Role.RESIDENT}),
    (State.HEARD, State.ERASED): frozenset({Role.RESIDENT}),
    (State.WITHDRAWN, State.ERASED): frozenset({Role.RESIDENT, Role.CLOCK}),
    # A spreadsheet that went in by mistake comes out as a whole, and can go back.
    (State.HEARD, State.RECALLED): frozenset({Role.STAFF}),
    (State.RECALLED, State.HEARD): frozenset({Role.STAFF}),
    (State.RECALLED, State.ERASED): frozenset({Role.CLOCK}),
}


class MatterState(TextChoices):
    OPEN = "open", gettext_lazy("在走")
    MERGED = "merged", gettext_lazy("并到别的事里了")
    DISSOLVED = "dissolved", gettext_lazy("拆散了")


MATTER_MOVES = {
    (None, MatterState.OPEN): frozenset({Role.STAFF}),
    (MatterState.OPEN, MatterState.MERGED): frozenset({Role.STAFF}),
    (MatterState.MERGED, MatterState.OPEN): frozenset({Role.STAFF}),
    (MatterState.OPEN, MatterState.DISSOLVED): frozenset({Role.STAFF}),
    (MatterState.DISSOLVED, MatterState.OPEN): frozenset({Role.STAFF}),
}


class Answer(TextChoices):
    """What people said to a suggestion of the machine."""

    OPEN = "open", gettext_lazy("等人定")
    YES = "yes", gettext_lazy("是一回事")
    NO = "no", gettext_lazy("不是一回事")
    LATER = "later", gettext_lazy("以后再看")
    STALE = "stale", gettext_lazy("过时了")


ANSWER_MOVES = {
    (None, Answer.OPEN): frozenset({Role.CLOCK, Role.STAFF}),
    (Answer.OPEN, Answer.YES): frozenset({Role.STAFF}),
    (Answer.OPEN, Answer.NO): frozenset({Role.STAFF}),
    (Answer.OPEN, Answer.LATER): frozenset({Role.STAFF}),
    (Answer.LATER, Answer.YES): frozenset({Role.STAFF}),
    (Answer.LATER, Answer.NO): frozenset({Role.STAFF}),
    (Answer.YES, Answer.OPEN): frozenset({Role.STAFF}),
    (Answer.NO, Answer.OPEN): frozenset({Role.STAFF}),
    # The only thing a machine may do to a suggestion: take back one that no longer fits.
    (Answer.OPEN, Answer.STALE): frozenset({Role.CLOCK, Role.STAFF}),
    (Answer.LATER, Answer.STALE): frozenset({Role.CLOCK, Role.STAFF}),
}


class BatchState(TextChoices):
    """A spreadsheet on its way in."""

    TRIED = "tried", gettext_lazy("只是试，一条都还没收")
    TAKING = "taking", gettext_lazy("正在收")
    TAKEN = "taken", gettext_lazy("收完了")
    UNDONE = "undone", gettext_lazy("整批撤回了")


BATCH_MOVES = {
    (None, BatchState.TRIED): frozenset({Role.STAFF}),
    (BatchState.TRIED, BatchState.TAKING): frozenset({Role.STAFF}),
    (BatchState.TAKING, BatchState.TAKEN): frozenset({Role.STAFF, Role.CLOCK}),
    (BatchState.TAKEN, BatchState.UNDONE): frozenset({Role.STAFF}),
    (BatchState.TAKING, BatchState.UNDONE): frozenset({Role.STAFF}),
    (BatchState.UNDONE, BatchState.TAKEN): frozenset({Role.STAFF}),
}


class Channel(TextChoices):
    WEB = "web", gettext_lazy("网页")
    PHONE = "phone", gettext_lazy("电话")
    COUNTER = "counter", gettext_lazy("窗口代填")
    MEMBER = "member", gettext_lazy("委员走访")
    SHEET = "sheet", gettext_lazy("表格导入")


class Group(TextChoices):
    """Whom it touches (一老一小一青壮): to see who is in difficulty, never who spoke."""

    OLD = "old", gettext_lazy("家里的老人")
    CHILD = "child", gettext_lazy("孩子")
    ADULT = "adult", gettext_lazy("上班养家的年轻人")
    FRAIL = "frail", gettext_lazy("身体不方便的人")
    ALL = "all", gettext_lazy("街坊四邻都有份")


GROUP_TAGS = {
    Group.OLD: gettext_lazy("一老"),
    Group.CHILD: gettext_lazy("一小"),
    Group.ADULT: gettext_lazy("一青壮"),
    Group.FRAIL: gettext_lazy("行动不便"),
    Group.ALL: gettext_lazy("街坊"),
}


class Urgency(TextChoices):
    """急难愁盼: which kind of need it is."""

    URGENT = "urgent", gettext_lazy("急")
    HARD = "hard", gettext_lazy("难")
    WORRY = "worry", gettext_lazy("愁")
    HOPE = "hope", gettext_lazy("盼")


class NoticeKind(TextChoices):
    """What a speaker is told about their own voice. The sentences are in the pages."""

    HEARD = "heard", gettext_lazy("收到了")
    SEEN = "seen", gettext_lazy("有人看了")
    JOINED = "joined", gettext_lazy("归进一件事")
    MOVED = "moved", gettext_lazy("换到另一件事")
    PARTED = "parted", gettext_lazy("从一件事里拆出来")
    HIDDEN = "hidden", gettext_lazy("没有公开")
    SHOWN = "shown", gettext_lazy("又公开了")
    ADDED = "added", gettext_lazy("补充了")
    WITHDRAWN = "withdrawn", gettext_lazy("撤回了")
    RETURNED = "returned", gettext_lazy("恢复了")


class EventKind(TextChoices):
    """What happened to a matter, for everybody to read."""

    OPENED = "opened", gettext_lazy("归成一件事")
    JOINED = "joined", gettext_lazy("又有人说")
    MERGED = "merged", gettext_lazy("并进了一件相同的事")
    SPLIT = "split", gettext_lazy("拆出了不一样的话")
    UNDONE = "undone", gettext_lazy("撤销了上一次归并")
    RENAMED = "renamed", gettext_lazy("改了标题")
    CARED = "cared", gettext_lazy("人少但要紧，单独标出")
    UNCARED = "uncared", gettext_lazy("取消单独标出")
    HANDED = "handed", gettext_lazy("交给承办单位")
    ACCEPTED = "accepted", gettext_lazy("承办单位收下了")
    RETURNED = "returned", gettext_lazy("承办单位退回了")
    RECALLED = "recalled", gettext_lazy("办公室收回了交办")
    STAGE = "stage", gettext_lazy("又走了一步")  # told by the later stage that wrote it


TITLE_LENGTH = 60
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that look alike
CODE_SHAPE = re.compile(rf"[{CODE_LETTERS}]{{8}}")


def new_code(prefix):
    """A receipt code: 7 random letters (31⁷ ≈ 2.7·10¹⁰) and one that checks them."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _letter in range(7))
    return written_code(prefix, letters + check_letter(letters))


def written_code(prefix, letters):
    return f"{prefix}-{letters[:4]}-{letters[4:]}"


def check_letter(letters):
    """A weighted sum: catches every wrong letter and every swap of neighbours (31 is prime)."""
    total = sum((place + 2) * CODE_LETTERS.index(letter) for place, letter in enumerate(letters))
    return CODE_LETTERS[total % len(CODE_LETTERS)]


def read_code(typed, prefix):
    """Return the code as it is written, from what a person typed.

    :raises Incomplete: it cannot be a code (so it need not be looked up at all)
    """
    bare = re.sub(r"[\s\-—－_]", "", typed or "").upper().removeprefix(prefix.upper())
    if not CODE_SHAPE.fullmatch(bare) or check_letter(bare[:7]) != bare[7]:
        raise Incomplete(
            _("这个查询码不对。它是 %(n)s 位字母和数字，请对着记下的再输一遍。") % {"n": 8}, "code"
        )
    return written_code(prefix, bare)


def check_words(text, most):
    """Raise unless there is something said, and not too much of it."""
    if not (text or "").strip():
        raise Incomplete(_("请用一两句话说说是什么事。"), "text")
    if len(text) > most:
        raise Incomplete(
            _("写得太长了，最多 %(most)s 个字，现在有 %(n)s 个字。请分成几件事来说。")
            % {"most": most, "n": len(text)},
            "text",
        )


def check_title(title):
    """Raise unless a matter's title is short and says something."""
    if not title.strip():
        raise Incomplete(_("请给这件事起个标题。"), "title")
    if len(title) > TITLE_LENGTH:
        raise Incomplete(_("标题最多 %(n)s 个字。") % {"n": TITLE_LENGTH}, "title")


def check_reason(reason):
    """Raise unless somebody said why."""
    if not (reason or "").strip():
        raise Incomplete(_("请写一句为什么，提的人会看到。"), "reason")
