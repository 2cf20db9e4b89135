"""The words for what stands in the record: verbs, things, states and kinds of doers."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.actors import Role
from biaochi.flow import Step
from biaochi.task.rules import State as TaskState
from biaochi.voice.rules import Answer, BatchState, Channel, EventKind, MatterState
from biaochi.voice.rules import State as VoiceState

VERBS = {
    "suggest new": gettext_lazy("把新来的话和等着的比了一遍"),
    "suggest full": gettext_lazy("把等着的话全部重新比了一遍"),
    "take in document": gettext_lazy("收进一份资料"),
    "read document again": gettext_lazy("重新读了一遍资料"),
    "describe document": gettext_lazy("改了资料的说明"),
    "publish document": gettext_lazy("公开了一份资料"),
    "take down document": gettext_lazy("下架了一份资料"),
    "put back document": gettext_lazy("放回了一份资料"),
    "complain": gettext_lazy("说一份资料不该放在这里"),
    "answer complaint": gettext_lazy("答复了一条意见"),
    "make reading list": gettext_lazy("编了一张书单"),
    "change reading list": gettext_lazy("改了书单"),
    "put on list": gettext_lazy("往书单里放了一份"),
    "take off list": gettext_lazy("从书单里拿掉一份"),
    "accept task": gettext_lazy("单位收下交办"),
    "add area": gettext_lazy("加街道、乡镇"),
    "add category": gettext_lazy("加事项类别"),
    "add sector": gettext_lazy("加界别"),
    "add unit": gettext_lazy("加承办单位"),
    "add words": gettext_lazy("补充了话"),
    "answer": gettext_lazy("回答归并建议"),
    "begin sheet": gettext_lazy("开始收表格"),
    "care": gettext_lazy("标出人少但要紧"),
    "categorise": gettext_lazy("定事项类别"),
    "change category": gettext_lazy("改事项类别"),
    "change contact": gettext_lazy("改联系方式"),
    "change matter": gettext_lazy("改了事的状态"),
    "change password": gettext_lazy("改自己的密码"),
    "close account": gettext_lazy("停用账号"),
    "come back": gettext_lazy("撤回的话又恢复"),
    "drop intake": gettext_lazy("丢掉没交的代填"),
    "drop sheet": gettext_lazy("丢掉试过的表格"),
    "edit profile": gettext_lazy("改规则"),
    "erase": gettext_lazy("删掉一条话"),
    "forget contact": gettext_lazy("删掉联系方式"),
    "go on with sheet": gettext_lazy("接着收表格"),
    "hand over": gettext_lazy("交给承办单位"),
    "hand over again": gettext_lazy("重新交办"),
    "hear": gettext_lazy("听到一条话"),
    "hide": gettext_lazy("一条话不公开"),
    "hold sheet": gettext_lazy("表格先停一停"),
    "import categories": gettext_lazy("导入职责目录"),
    "look at contact": gettext_lazy("看联系方式"),
    "mark seen": gettext_lazy("看过一条话"),
    "open account": gettext_lazy("开账号"),
    "open original": gettext_lazy("看原话"),
    "reach": gettext_lazy("走到哪一步"),
    "recall": gettext_lazy("整批导入撤回"),
    "recall task": gettext_lazy("收回交办"),
    "redo sheet": gettext_lazy("表格恢复收进来"),
    "remap sheet": gettext_lazy("改表格的列"),
    "rename": gettext_lazy("改标题"),
    "return": gettext_lazy("整批导入恢复"),
    "return task": gettext_lazy("单位退回交办"),
    "set not public": gettext_lazy("本人不让公开"),
    "set public": gettext_lazy("本人让公开"),
    "show again": gettext_lazy("一条话又公开"),
    "take sheet": gettext_lazy("表格收完"),
    "try sheet": gettext_lazy("试读表格"),
    "undo sheet": gettext_lazy("整批撤回表格"),
    "suggest": gettext_lazy("找像是一回事的话"),
    "take back answer": gettext_lazy("收回对建议的回答"),
    "uncare": gettext_lazy("取消单独标出"),
    "undo regroup": gettext_lazy("撤销一次归并"),
}
REGROUPS = {f"regroup {kind.value}": kind.label for kind in EventKind}
THINGS = {
    "document": gettext_lazy("资料"),
    "complaint": gettext_lazy("意见"),
    "readinglist": gettext_lazy("书单"),
    "voice": gettext_lazy("一条话"),
    "matter": gettext_lazy("一件事"),
    "regroup": gettext_lazy("一次归并"),
    "suggestion": gettext_lazy("一条建议"),
    "suggestions": gettext_lazy("归并建议"),
    "batch": gettext_lazy("一批导入"),
    "task": gettext_lazy("一件交办"),
    "speaker": gettext_lazy("提的人"),
    "user": gettext_lazy("账号"),
    "unit": gettext_lazy("承办单位"),
    "area": gettext_lazy("街道、乡镇"),
    "sector": gettext_lazy("界别"),
    "category": gettext_lazy("事项类别"),
    "profile": gettext_lazy("规则"),
}
STATES = {
    "voice": VoiceState,
    "matter": MatterState,
    "task": TaskState,
    "suggestion": Answer,
    "batch": BatchState,
}


def verb_words(verb):
    """What a verb of the record means; an unknown one stays as it is written."""
    return str(VERBS.get(verb) or REGROUPS.get(verb) or verb)


def state_words(kind, value):
    """What a state of a thing means; ``reach`` writes steps of the ruler in its place."""
    if not value:
        return ""
    states = STATES.get(kind)
    if states and value in states.values:
        return str(states(value).label)
    if kind == "matter" and value.upper() in Step.__members__:
        return str(Step[value.upper()].label)
    return value


def note_words(verb, note):
    """A note is what an official wrote, or the key of a channel or of an event."""
    keys = {"hear": Channel, "reach": EventKind, "change matter": EventKind}.get(verb)
    return str(keys(note).label) if keys and note in keys.values else note


def actor_words(name):
    """A doer in words: residents and the clock stand in the record by role only."""
    if name == Role.RESIDENT:
        return _("居民")
    if name == Role.CLOCK:
        return _("系统时钟")
    return name
