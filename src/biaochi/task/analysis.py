"""What the words of a unit say, read as replies are: for the office to look at, never a verdict."""

from django.utils.translation import gettext as _

from biaochi.proposal.analysis import read, together
from biaochi.task.rules import Done, State

WHO = ("promise_no_body",)  # the unit itself writes here
# A request names its day and why not yet; who gives a task back says that it is another's.
OF_REQUEST = (*WHO, "promise_no_date", "refused")
OF_RETURN = (
    *("only_handed_over", "told_to_ask", "not_ours", "refused"),
    *("promise_no_date", "promise_no_act", *WHO),
)


def read_claim(claim):
    """What was read in a claim: every clause of the task against its words, and both sides.

    :return: a Reading; None where there is nothing to look at, or the claim was taken back
    """
    if claim.taken_back_at:
        return None
    lines = list(claim.lines.all())
    beside = "\n".join([*(line.words for line in lines), claim.good, claim.bad])
    return together(
        [
            *(_line(line, beside) for line in lines),
            read(claim.good, about=_("做成了什么"), settled=WHO),
            read(claim.bad, about=_("没做成、新添的麻烦"), settled=WHO),
        ]
    )


def read_request(extension):
    """What was read in a request for more time that waits for the office; None without one."""
    if extension is None:
        return None
    return together(
        [
            read(extension.why, about=_("为什么"), settled=OF_REQUEST),
            read(extension.meanwhile, about=_("这段时间先做什么"), settled=OF_REQUEST),
        ]
    )


def read_return(task):
    """What was read in the words with which a task was given back; None if it was not."""
    if task.state != State.RETURNED:
        return None
    return together([read(task.return_words, about=_("为什么退"), settled=OF_RETURN)])


def read_progress(notes):
    """What was read in the latest note of progress: earlier ones were overtaken by it."""
    return together([read(notes[-1].words, settled=WHO)]) if notes else None


def _line(line, beside):
    """One clause of a claim. Of what was not done no answer to the clause is looked for."""
    asked = () if line.done == Done.NO else (line.item.act, line.item.measure)
    about = _("第 %(n)s 条") % {"n": line.item.position}
    is_done = line.done == Done.YES
    return read(line.words, about=about, points=asked, beside=beside, settled=WHO, is_done=is_done)
