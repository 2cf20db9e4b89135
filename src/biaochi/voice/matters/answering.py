"""What people say to a suggestion: yes, no, later; and taking that back."""

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.moves import check_move
from biaochi.core.profiles import number
from biaochi.core.record import record
from biaochi.core.refusals import NotNow
from biaochi.voice.matters.moving import first_voice
from biaochi.voice.matters.regrouping import join, open_and_keep
from biaochi.voice.matters.rules import check_staff
from biaochi.voice.models import Suggestion, Verdict
from biaochi.voice.rules import ANSWER_MOVES, Answer, MatterState, State

ALL_PAIRS = 8  # up to here a "no" is kept for every pair of a group


@transaction.atomic
def answer(*, suggestion, answer, by, now, without=(), title=""):
    """Answer a suggestion.

    Yes does what is suggested, leaving out the voices in ``without``, and remembers the pairs
    that belong together. No remembers that they do not, so it is never suggested again. Later
    puts it aside. All three can be taken back (``undo`` of the deed, or ``take_back``).

    :param title: a better title than the suggested one, for a new matter
    :returns: the deed (``Regroup``) of a yes, otherwise None
    :raises NotYours: only staff
    :raises NotNow: answered already, or the voices have gone elsewhere since
    """
    check_staff(by)
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    going = Answer(answer)
    check_move(ANSWER_MOVES, Answer(suggestion.answer), going, by.roles)
    regroup = None
    if going == Answer.YES:
        regroup = _do(suggestion, {getattr(x, "pk", x) for x in without}, title, by, now)
    elif going == Answer.NO:
        _keep_apart(_pairs(suggestion), now)
    before, suggestion.answer = suggestion.answer, going
    suggestion.answered_at, suggestion.regroup = now, regroup
    suggestion.save(update_fields=["answer", "answered_at", "regroup"])
    record(by=by, verb="answer", thing=suggestion, at=now, before=before, after=going)
    return regroup


@transaction.atomic
def answer_all(*, suggestions, by, now):
    """Say yes to many at once: only where the machine is sure of every one of them.

    :raises NotNow: one of them is under the threshold of the profile (``bulk_min_probability``)
    """
    least = number("bulk_min_probability")
    if any(suggestion.probability < least for suggestion in suggestions):
        raise NotNow(
            _("里面有把握不到 %(least)s 的建议，这样的要一条一条看，不能一起定。")
            % {"least": f"{least:.0%}"}
        )
    return [
        answer_one
        for suggestion in suggestions
        if (answer_one := answer(suggestion=suggestion, answer=Answer.YES, by=by, now=now))
    ]


@transaction.atomic
def take_back(*, suggestion, by, now):
    """Open a suggestion again that was answered no, and forget what that no had decided.

    :raises NotNow: it was not answered no (a yes is taken back by undoing its deed)
    """
    check_staff(by)
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if suggestion.answer != Answer.NO:
        raise NotNow(_("只有答过“不是一回事”的建议能这样收回；合并过的请撤回那次合并。"))
    check_move(ANSWER_MOVES, Answer.NO, Answer.OPEN, by.roles)
    for one, other in _pairs(suggestion):
        Verdict.objects.filter(one=one, other=other, same=False, at=suggestion.answered_at).delete()
    suggestion.answer, suggestion.answered_at = Answer.OPEN, None
    suggestion.save(update_fields=["answer", "answered_at"])
    record(by=by, verb="take back answer", thing=suggestion, at=now, before=Answer.NO)


def _do(suggestion, without, title, by, now):
    rows = list(suggestion.voices.select_related("voice__membership").order_by("voice_id"))
    waiting = [row for row in rows if row.voice.state == State.HEARD and not _placed(row.voice)]
    chosen = [row for row in waiting if row.voice_id not in without]
    _check_fits(suggestion, chosen)
    about = {
        "voices": [row.voice for row in chosen],
        "scores": {row.voice_id: row.score for row in chosen},
        "reasons": {row.voice_id: row.reasons for row in chosen},
        "how": "suggested",
        "same": True,
        "apart": without & {row.voice_id for row in rows},
        "by": by,
        "now": now,
    }
    if suggestion.matter_id:
        regroup = join(matter=suggestion.matter, **about)
    else:
        named = (title or suggestion.title).strip()
        _matter, regroup = open_and_keep(title=named, place=suggestion.place, **about)
    return regroup


def _placed(voice):
    return hasattr(voice, "membership")


def _check_fits(suggestion, chosen):
    least = 1 if suggestion.matter_id else 2
    gone = suggestion.matter_id and suggestion.matter.state != MatterState.OPEN
    if gone or len(chosen) < least:
        raise NotNow(_("这条建议过时了：里面的话已经归到别处，或者只剩一条。请刷新页面。"))


def _pairs(suggestion):
    """The pairs on which a "no" decides: each with the matter's first voice, or each other."""
    keys = sorted(suggestion.voices.values_list("voice_id", flat=True))
    if suggestion.matter_id:
        first = first_voice(suggestion.matter)
        return [(min(first, key), max(first, key)) for key in keys if first and first != key]
    if len(keys) <= ALL_PAIRS:
        return [(one, other) for place, one in enumerate(keys) for other in keys[place + 1 :]]
    return [(keys[0], key) for key in keys[1:]]


def _keep_apart(pairs, now):
    for one, other in pairs:
        if one != other:
            Verdict.objects.update_or_create(
                one_id=min(one, other),
                other_id=max(one, other),
                defaults={"same": False, "at": now},
            )
