"""The rules of being judged by those who spoke. Silence is silence; it is never content."""

from fractions import Fraction

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.actors import Role
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.outcome.rules import RevisitState

OPENERS = frozenset({Role.STAFF, Role.CLOCK})
PEOPLE = frozenset({Role.RESIDENT})


class State(TextChoices):
    ASKING = "asking", gettext_lazy("正在问提的人")
    SOLVED = "solved", gettext_lazy("提的人说解决了")
    UNSOLVED = "unsolved", gettext_lazy("提的人说没解决，退回重办")
    UNREACHED = "unreached", gettext_lazy("没有问到人")


MOVES = {
    (None, State.ASKING): OPENERS,
    # Only answers move a round; the clock may find that nobody answered, and nothing else.
    (State.ASKING, State.SOLVED): PEOPLE,
    (State.ASKING, State.UNSOLVED): PEOPLE,
    (State.ASKING, State.UNREACHED): frozenset({Role.CLOCK}),
    (State.UNREACHED, State.SOLVED): PEOPLE,
    (State.UNREACHED, State.UNSOLVED): PEOPLE,
}


class Answer(TextChoices):
    SOLVED = "solved", gettext_lazy("解决了")
    PARTLY = "partly", gettext_lazy("解决了一部分")
    UNSOLVED = "unsolved", gettext_lazy("没解决")
    LATER = "later", gettext_lazy("现在还说不好")


class Way(TextChoices):
    """How an answer came in."""

    CODE = "code", gettext_lazy("凭查询码")
    PHONE = "phone", gettext_lazy("电话里说的")
    COUNTER = "counter", gettext_lazy("窗口说的")


COUNTED = (Answer.SOLVED, Answer.PARTLY, Answer.UNSOLVED)
WORDS_LENGTH = 500


def check_answer(answer, words):
    """Raise unless an answer is one of the four, and not too long."""
    if answer not in Answer.values:
        raise Incomplete(_("请选一个：解决了、一部分、没解决，或者现在还说不好。"), "answer")
    if len(words or "") > WORDS_LENGTH:
        raise Incomplete(_("最多写 %(n)s 个字。") % {"n": WORDS_LENGTH}, "words")


def verdict(solved, partly, unsolved, silent, share, least, over):
    """What a round has come to: a state, or None while it is open.

    Solved needs more than ``share`` of those who answered (with a share of 1: all of them), and
    at least ``least`` answers if so many were asked. Partly is not solved, and silence counts for
    neither side. A round closes early only when those who are silent could no longer change it,
    so it never contradicts what it would have come to with all answers.

    :param share: between 0 and 1, from the profile; read as it is written, not as a binary number
    :param over: the time for answering is over
    """
    answered = solved + partly + unsolved
    asked = answered + silent
    enough = answered > 0 and answered >= min(least, asked)
    if over or (silent == 0 and asked > 0):
        if not enough:
            return State.UNREACHED
        return State.SOLVED if mostly(solved, answered, share) else State.UNSOLVED
    if enough and mostly(solved, asked, share):  # also if every silent person says no
        return State.SOLVED
    if enough and not mostly(solved + silent, asked, share):  # also if every one says yes
        return State.UNSOLVED
    return None


def mostly(solved, answered, share):
    """Whether more than ``share`` of the answers say solved. All of them always are."""
    return solved == answered or solved > Fraction(str(share)) * answered


REVISIT_AFTER = {
    State.SOLVED: RevisitState.HOLDS,
    State.UNSOLVED: RevisitState.BROKEN,
    State.UNREACHED: RevisitState.UNREACHED,
}


def check_way(way, roles):
    """Raise unless somebody answers by the code, or the office writes down what it was told."""
    if way == Way.CODE and Role.RESIDENT in roles:
        return
    if way in (Way.PHONE, Way.COUNTER) and Role.STAFF in roles:
        return
    raise NotYours(_("只有提的人自己能答，或者由办公室照他说的记下来。"))


def check_changeable(first_answered, last_day, today):
    """Raise if an answer can be changed no more."""
    if first_answered is not None and today > last_day:
        raise NotNow(
            _("改答案的日子到%(month)s月%(day)s日为止，已经过了。有新情况，请补充几句。")
            % {"month": last_day.month, "day": last_day.day}
        )
