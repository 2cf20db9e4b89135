"""What has to be true before voices are brought together or taken apart."""

from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.flow import Step
from biaochi.voice.rules import MatterState, State

REASON_LENGTH = 200


def check_staff(by):
    """Raise unless the doer works in the office: only people group, and only these."""
    if not by.has(Role.STAFF):
        raise NotYours(_("归并、拆开只能由办公室工作人员来做。"))


def check_joiner(by, voices, how):
    """Raise unless it is staff, or a resident choosing for one voice of their own."""
    if by.has(Role.RESIDENT) and how == "self" and len(voices) == 1:
        return
    check_staff(by)


def check_open(matter):
    """Raise unless a matter can still take and give voices."""
    if matter.state != MatterState.OPEN:
        raise NotNow(
            _("“%(title)s”%(state)s，不能再动了。请刷新页面看看最新情况。")
            % {"title": matter.title, "state": MatterState(matter.state).label}
        )


def check_any(voices):
    if not voices:
        raise Incomplete(_("请先勾选要动的话。"), "voices")


def check_some(voices):
    """Raise unless there is at least one voice, and none that is gone."""
    check_any(voices)
    if any(voice.state in {State.ERASED, State.RECALLED} for voice in voices):
        raise NotNow(_("里面有已经删掉或整批撤回的话，请刷新页面再选。"))


def check_inside(voices, members):
    """Raise unless every voice is in the matter (``members`` are keys of voices)."""
    if any(voice.pk not in members for voice in voices):
        raise NotNow(_("有的话已经不在这件事里了，请刷新页面再选。"))


def check_leaves_some(voices, members):
    """Raise if nothing would be left: then it is not a split but a new title."""
    if {voice.pk for voice in voices} == set(members):
        raise Incomplete(_("全部拆走就不是拆了，改个标题就行。"), "voices")


def check_merge(into, matters):
    """Raise unless these matters may go into that one."""
    if not matters:
        raise Incomplete(_("请选要并进来的事。"), "matters")
    if any(matter.pk == into.pk for matter in matters):
        raise Incomplete(_("一件事不能并到自己里。"), "into")
    for matter in (into, *matters):
        check_open(matter)
    for matter in matters:
        if is_handed(matter):
            raise NotNow(
                _("“%(title)s”已经交给单位在办，不能并走。可以把别的事并到它里，或先收回交办。")
                % {"title": matter.title}
            )


def is_handed(matter):
    """From here on a unit works on it, under this number: it may not vanish into another."""
    return matter.step >= Step.HANDED


def check_untouched(untouched):
    """Raise unless nothing happened since to what an undo would put back."""
    if not untouched:
        raise NotNow(_("后来又动过这些话，不能直接撤销这一次。请先撤销后面的，或手工移动。"))


def check_not_undone(regroup):
    if regroup.undone_at:
        raise NotNow(_("这一次已经撤销过了。"))
