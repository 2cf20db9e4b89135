"""The rules of carrying out. A unit works and claims; it can never confirm its own work."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.actors import Role
from biaochi.core.refusals import Incomplete

OFFICE = frozenset({Role.STAFF})
UNITS = frozenset({Role.UNIT})
PEOPLE = frozenset({Role.RESIDENT})


class State(TextChoices):
    HANDED = "handed", gettext_lazy("等单位收下")
    ACCEPTED = "accepted", gettext_lazy("在办")
    RETURNED = "returned", gettext_lazy("单位退回了")
    RECALLED = "recalled", gettext_lazy("办公室收回了")
    CLAIMED = "claimed", gettext_lazy("单位说办完了，等核查")
    CHECKED = "checked", gettext_lazy("核查过了，等群众验收")
    CONFIRMED = "confirmed", gettext_lazy("群众验收了")
    UNREACHED = "unreached", gettext_lazy("没有问到人")


MOVES = {
    (None, State.HANDED): OFFICE,
    (State.HANDED, State.ACCEPTED): UNITS,
    (State.HANDED, State.RETURNED): UNITS,
    (State.HANDED, State.RECALLED): OFFICE,
    (State.ACCEPTED, State.RECALLED): OFFICE,
    # Only the office sends it on: a unit may not pass it to another unit by itself.
    (State.RETURNED, State.HANDED): OFFICE,
    (State.RETURNED, State.RECALLED): OFFICE,
    # The unit claims, the office checks, those who spoke confirm: three different hands.
    (State.ACCEPTED, State.CLAIMED): UNITS,
    (State.CLAIMED, State.ACCEPTED): OFFICE | UNITS,  # not as claimed, or the claim is taken back
    (State.CLAIMED, State.CHECKED): OFFICE,
    (State.CHECKED, State.CONFIRMED): PEOPLE,
    (State.CHECKED, State.ACCEPTED): PEOPLE,  # not solved: it is worked on again
    (State.CHECKED, State.UNREACHED): frozenset({Role.CLOCK}),
    (State.UNREACHED, State.CONFIRMED): PEOPLE,
    (State.UNREACHED, State.ACCEPTED): PEOPLE,
    (State.CONFIRMED, State.ACCEPTED): PEOPLE,  # a revisit found it broken again
}
# Where the matter stands while a task is there; what no unit has does not move it.
AT_WORK = (State.HANDED, State.ACCEPTED, State.CLAIMED)
AT_THE_PEOPLE = (State.CHECKED, State.UNREACHED, State.CONFIRMED)
WITH_UNIT = (State.HANDED, State.ACCEPTED)  # a unit has it and has not claimed it done
LIVE = WITH_UNIT  # the clock of the unit runs
UNDER_WAY = (State.HANDED, State.ACCEPTED, State.CLAIMED, State.CHECKED)
WHAT_LENGTH = 200
ITEMS_MOST = 20
OPINION_LENGTH = 2000
EXHIBIT_BYTES_MOST = 20 * 1024 * 1024  # as they come in
LEAST_AFTER_SENT_BACK = 5  # working days that are left at least when a claim is sent back


class Source(TextChoices):
    """Where a task comes from."""

    MATTER = "matter", gettext_lazy("日常的事")
    CLAUSE = "clause", gettext_lazy("提案答复里的一条")
    POINT = "point", gettext_lazy("协商谈拢的一条")


class ReturnReason(TextChoices):
    NOT_OURS = "not_ours", gettext_lazy("不归我单位管")
    IN_COURT = "in_court", gettext_lazy("已在诉讼、仲裁里")
    UNCLEAR = "unclear", gettext_lazy("说得不清，办不了")
    TWICE = "twice", gettext_lazy("和别的件重了")


class Done(TextChoices):
    """What a unit claims of one clause of its task."""

    YES = "yes", gettext_lazy("办了")
    PARTLY = "partly", gettext_lazy("一部分")
    NO = "no", gettext_lazy("没办")


class When(TextChoices):
    """What an exhibit of a claim shows."""

    BEFORE = "before", gettext_lazy("之前")
    AFTER = "after", gettext_lazy("现在")
    PAPER = "paper", gettext_lazy("材料")


class More(TextChoices):
    """A request for more time."""

    ASKED = "asked", gettext_lazy("等办公室回话")
    GRANTED = "granted", gettext_lazy("批了")
    REFUSED = "refused", gettext_lazy("没批")


MORE_MOVES = {
    (None, More.ASKED): UNITS,
    (More.ASKED, More.GRANTED): OFFICE,
    (More.ASKED, More.REFUSED): OFFICE,
}


class Debt(TextChoices):
    """A promise of class B. It is kept only when unit, office and the one who asked agree."""

    OWED = "owed", gettext_lazy("欠着")
    SAID = "said", gettext_lazy("单位说兑现了，等核查")
    CHECKED = "checked", gettext_lazy("核查过了，等提的人认")
    KEPT = "kept", gettext_lazy("兑现了")


DEBT_MOVES = {
    (None, Debt.OWED): frozenset({Role.CLOCK}),
    (Debt.OWED, Debt.SAID): UNITS,
    (Debt.SAID, Debt.OWED): OFFICE,
    (Debt.SAID, Debt.CHECKED): OFFICE,
    (Debt.CHECKED, Debt.KEPT): frozenset({Role.MEMBER}),
    (Debt.CHECKED, Debt.OWED): frozenset({Role.MEMBER}),
}


def check_what(what):
    """Raise unless the office says what is to be done."""
    if not (what or "").strip():
        raise Incomplete(_("请写要办什么。"), "what")
    if len(what) > WHAT_LENGTH:
        raise Incomplete(_("要办什么最多写 %(n)s 个字。") % {"n": WHAT_LENGTH}, "what")


def check_return(reason, words):
    """Raise unless a unit says why it returns a task, in a listed reason and a sentence."""
    if reason not in ReturnReason.values:
        raise Incomplete(_("请选一个退回的原因。"), "reason")
    if not (words or "").strip():
        raise Incomplete(_("请写一句退回的理由，提的人会看到。"), "words")


def check_more_time(until, why, meanwhile, due_on, latest):
    """Raise unless a request for more time names a later day, a reason and what is done until then."""
    if until is None or until <= due_on:
        raise Incomplete(_("要到哪一天？要比现在的期限晚。"), "until")
    if until > latest:
        raise Incomplete(
            _("最长能延到%(year)s年%(month)s月%(day)s日。")
            % {"year": latest.year, "month": latest.month, "day": latest.day},
            "until",
        )
    if not (why or "").strip():
        raise Incomplete(_("请写为什么要更多时间，批没批都公开。"), "why")
    if not (meanwhile or "").strip():
        raise Incomplete(_("请写这段时间先做什么。"), "meanwhile")


def check_claim(lines, items, good, bad, one_sided_why):
    """Raise unless every clause is reported with words, and good and bad are both said.

    :param lines: ``{item key: (Done, words)}``
    :param items: the keys of all clauses of the task
    """
    for position, key in enumerate(items, 1):
        done, words = lines.get(key, ("", ""))
        if done not in Done.values:
            raise Incomplete(
                _("第 %(n)s 条还没报：办了、一部分，还是没办。") % {"n": position}, f"done-{key}"
            )
        if not (words or "").strip():
            raise Incomplete(_("第 %(n)s 条请写一句说明。") % {"n": position}, f"words-{key}")
    if not (good or "").strip() and not (bad or "").strip():
        raise Incomplete(_("做成了什么、没做成什么，都还没写。"), "good")
    one_sided = not (good or "").strip() or not (bad or "").strip()
    if one_sided and not (one_sided_why or "").strip():
        raise Incomplete(_("只写了一栏：请写明另一栏为什么是空的。"), "one_sided_why")


def check_exhibit(when, caption, has_file):
    """Raise unless an exhibit says what it shows; before and after are photos."""
    if when not in When.values:
        raise Incomplete(_("请选是之前、现在，还是材料。"), "when")
    if not (caption or "").strip():
        raise Incomplete(_("请写一句这是什么、在哪里看的。"), "caption")
    if when != When.PAPER and not has_file:
        raise Incomplete(_("之前和现在都要放照片。"), "file")


def check_items(items):
    """Raise unless every clause says what is to be done, and there are not too many.

    :param items: ``[(act, measure)]``
    """
    if len(items) > ITEMS_MOST:
        raise Incomplete(_("一件交办最多分 %(n)s 条。") % {"n": ITEMS_MOST}, "items")
    for position, (act, measure) in enumerate(items, 1):
        if not (act or "").strip():
            raise Incomplete(_("第 %(n)s 条请写办什么。") % {"n": position}, f"act-{position}")
        for name, words in (("act", act), ("measure", measure)):
            if len(words or "") > WHAT_LENGTH:
                raise Incomplete(
                    _("第 %(n)s 条最多写 %(most)s 个字。") % {"n": position, "most": WHAT_LENGTH},
                    f"{name}-{position}",
                )


def check_opinion(opinion):
    """Raise unless a co-unit writes something, and not a book."""
    if not (opinion or "").strip():
        raise Incomplete(_("请写会办意见：您单位能做什么，不能做什么，为什么。"), "opinion")
    if len(opinion) > OPINION_LENGTH:
        raise Incomplete(_("会办意见最多写 %(n)s 个字。") % {"n": OPINION_LENGTH}, "opinion")


def check_said(words, field="words"):
    """Raise unless whoever speaks about a debt says what shows it, or why not."""
    if not (words or "").strip():
        raise Incomplete(_("请写一句凭什么这么说，大家会看到。"), field)


def check_put_off(until, why, after):
    """Raise unless a debt is put off to a later day and with a reason."""
    if until is None or until <= after:
        raise Incomplete(_("改到哪一天？要比现在的日子晚，也要在今天以后。"), "until")
    if not (why or "").strip():
        raise Incomplete(_("请写为什么改，原来的日子会一直留着。"), "why")
