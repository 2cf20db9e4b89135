"""The rules of being judged by those who spoke. Silence is silence; it is never content."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.actors import Role
from biaochi.core.refusals import Incomplete

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

    Solved needs more than ``share`` of those who answered, and at least ``least`` answers if so
    many were asked. Partly is not solved. A round closes early only when those who are silent
    could no longer change it.

    :param share: between 0 and 1, from the profile
    :param over: the time for answering is over
    """
    answered = solved + partly + unsolved
    asked = answered + silent
    if over:
        if answered < min(least, asked) or answered == 0:
            return State.UNREACHED
        return State.SOLVED if solved > share * answered else State.UNSOLVED
    if asked == 0:
        return None
    if silent == 0:
        return State.SOLVED if solved > share * answered else State.UNSOLVED
    # Decided early only if every silent person could say the opposite.
    if solved > share * asked and answered >= min(least, asked):
        return State.SOLVED
    if solved + silent <= share * asked and answered >= min(least, asked):
        return State.UNSOLVED
    return None
