"""The rules of choosing what to study: four criteria, two people, reasons for everybody."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.actors import Role
from biaochi.core.refusals import Incomplete

OFFICE = frozenset({Role.STAFF})
RAISERS = frozenset({Role.STAFF, Role.MEMBER})


class State(TextChoices):
    CANDIDATE = "candidate", gettext_lazy("候选")
    CHOSEN = "chosen", gettext_lazy("定为选题")
    ASIDE = "aside", gettext_lazy("先放一放")


MOVES = {
    (None, State.CANDIDATE): RAISERS,
    (State.CANDIDATE, State.CHOSEN): OFFICE,
    (State.CANDIDATE, State.ASIDE): OFFICE,
    # What was put aside comes back on its review date, or sooner when more people speak.
    (State.ASIDE, State.CANDIDATE): OFFICE | {Role.CLOCK},
    (State.CHOSEN, State.ASIDE): OFFICE,
}


class Criterion(TextChoices):
    """The four questions put to every candidate (the speeches' own words)."""

    STRONG = "strong", gettext_lazy("群众反映强烈")
    WHOM = "whom", gettext_lazy("一老一小一青壮")
    NARROW = "narrow", gettext_lazy("小切口")
    FEASIBLE = "feasible", gettext_lazy("推得动")


class Grade(TextChoices):
    YES = "yes", gettext_lazy("够")
    PARTLY = "partly", gettext_lazy("差一些")
    NO = "no", gettext_lazy("不够")
    NONE = "none", gettext_lazy("不涉及")


class Choice(TextChoices):
    """What one person decides. Two have to decide the same."""

    TAKE = "take", gettext_lazy("定")
    ASIDE = "aside", gettext_lazy("放下")


class GoesTo(TextChoices):
    """Where a matter goes on that is not studied: nothing ends with “not chosen”."""

    TASK = "task", gettext_lazy("直接交办")
    REPORT = "report", gettext_lazy("写成社情民意信息")
    OTHER = "other", gettext_lazy("转给别的单位")
    LATER = "later", gettext_lazy("到日子再议")
    TOLD = "told", gettext_lazy("回话说明，指一条路")


TITLE_LENGTH = 120
WORDS_LENGTH = 300


def check_candidate(title, question, criteria):
    """Raise unless a candidate has a title, a question and a sentence for each criterion.

    :param criteria: ``{Criterion: (Grade, sentence)}``
    """
    if not (title or "").strip():
        raise Incomplete(_("请给选题起个名字，一看就知道说什么事。"), "title")
    if not (question or "").strip():
        raise Incomplete(_("请写一句：去了要弄清楚什么。"), "question")
    for criterion in Criterion:
        grade, sentence = criteria.get(criterion, ("", ""))
        if grade not in Grade.values:
            raise Incomplete(
                _("“%(name)s”这一条还没有选够不够。") % {"name": criterion.label}, criterion.value
            )
        if not (sentence or "").strip():
            raise Incomplete(
                _("“%(name)s”这一条请写一句凭什么。") % {"name": criterion.label}, criterion.value
            )


def check_decision(choice, why, goes_to, where, review_on, today):
    """Raise unless a decision has its public reason; to put aside also needs where and when."""
    if choice not in Choice.values:
        raise Incomplete(_("请选“定”还是“放下”。"), "choice")
    if not (why or "").strip():
        raise Incomplete(_("请写一句为什么，会公开。"), "why")
    if choice == Choice.ASIDE:
        if goes_to not in GoesTo.values:
            raise Incomplete(_("放下不等于不管：请选转到哪儿。"), "goes_to")
        if not (where or "").strip():
            raise Incomplete(_("请写清转给谁、怎么接着办，提的人会看到。"), "where")
        if review_on is None or review_on <= today:
            raise Incomplete(_("请写哪天再回来看一次，要在今天以后。"), "review_on")


def is_decided(choices):
    """What two people decided together, or None while they differ or one has not spoken.

    :param choices: what each person chose, in order; with three, the third one settles it
    """
    if len(choices) == 2 and choices[0] == choices[1]:
        return choices[0]
    return choices[2] if len(choices) == 3 else None


def round_of(opinions):
    """The present round of decisions and what was given in it: ``(number, [opinion])``.

    A round ends when it is decided; a topic that comes back is decided in a new one.

    :param opinions: all opinions on one topic, oldest first, each with ``round`` and ``choice``
    """
    last = max((one.round for one in opinions), default=1)
    given = [one for one in opinions if one.round == last]
    if is_decided([one.choice for one in given]):
        return last + 1, []
    return last, given
