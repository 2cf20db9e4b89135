"""The words for what stands in the record: verbs, things, states and kinds of doers."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.actors import Role
from biaochi.deliberation.rules import State as SessionState
from biaochi.evaluation.rules import State as RoundState
from biaochi.flow import Step
from biaochi.outcome.rules import CheckState, RevisitState
from biaochi.proposal.rules import Report as ReportState
from biaochi.proposal.rules import State as ProposalState
from biaochi.study.rules import State as StudyState
from biaochi.task.rules import Debt as DebtState
from biaochi.task.rules import State as TaskState
from biaochi.topic.rules import State as TopicState
from biaochi.voice.rules import Answer, BatchState, Channel, EventKind, MatterState
from biaochi.voice.rules import State as VoiceState
from biaochi.yardstick.rules import State as AlertState

VERBS = {
    "join round": gettext_lazy("又核过的一起问"),
    "cite": gettext_lazy("引了一处资料"),
    "drop citation": gettext_lazy("去掉一处引文"),
    "begin proposal": gettext_lazy("开了一件提案"),
    "write proposal": gettext_lazy("改了提案文字"),
    "ask to sign": gettext_lazy("请一位委员联名"),
    "answer signing": gettext_lazy("答了联名"),
    "submit proposal": gettext_lazy("递交提案"),
    "withdraw proposal": gettext_lazy("撤回提案"),
    "review proposal": gettext_lazy("审了一件提案"),
    "ask to mend proposal": gettext_lazy("请提案人补一处"),
    "file proposal": gettext_lazy("提案立案"),
    "do not file proposal": gettext_lazy("提案不立案"),
    "hand over proposal": gettext_lazy("提案交给单位"),
    "ask for another reply": gettext_lazy("请单位重新答复"),
    "publish proposal": gettext_lazy("公开提案和答复"),
    "return proposal": gettext_lazy("单位退回提案"),
    "give opinion on proposal": gettext_lazy("会办单位给了意见"),
    "note talk": gettext_lazy("记了一次沟通"),
    "keep reply": gettext_lazy("存了没写完的答复"),
    "reply to proposal": gettext_lazy("单位答复提案"),
    "judge classes": gettext_lazy("提案人说认不认"),
    "rate": gettext_lazy("写了互评"),
    "begin report": gettext_lazy("开了一篇信息"),
    "write report": gettext_lazy("改了信息"),
    "submit report": gettext_lazy("递交信息"),
    "edit report": gettext_lazy("编了信息"),
    "do not use report": gettext_lazy("信息没有采用"),
    "send report": gettext_lazy("信息报上去了"),
    "note answer to report": gettext_lazy("记了信息的回音"),
    "ask questions": gettext_lazy("把该问的都看了一遍"),
    "ask": gettext_lazy("问了一条提醒"),
    "write achievement": gettext_lazy("记了一笔实绩"),
    "tick achievement": gettext_lazy("给一笔实绩打勾"),
    "note spending": gettext_lazy("记了一笔公布的钱"),
    "open study": gettext_lazy("开了一次调研"),
    "write plan": gettext_lazy("写了调研计划"),
    "seal plan": gettext_lazy("封了调研计划"),
    "unseal plan": gettext_lazy("拆开计划重写"),
    "draw sites": gettext_lazy("抽了签"),
    "replace site": gettext_lazy("换了一处"),
    "reveal plan": gettext_lazy("计划拆封"),
    "drop study": gettext_lazy("调研没有做下去"),
    "open sealed plan": gettext_lazy("看了封着的计划"),
    "record visit": gettext_lazy("记了一处现场"),
    "report study": gettext_lazy("写了调研报告"),
    "answer question": gettext_lazy("说明了一条提醒"),
    "settle question": gettext_lazy("核完一条提醒"),
    "call question wrong": gettext_lazy("说一条提醒问错了"),
    "ask anew": gettext_lazy("又问了一遍"),
    "raise topic": gettext_lazy("提出一个候选选题"),
    "decide on topic": gettext_lazy("对一个候选签了意见"),
    "choose topic": gettext_lazy("定了一个选题"),
    "put topic aside": gettext_lazy("一个候选先放一放"),
    "keep topic": gettext_lazy("选题照旧"),
    "bring topic back": gettext_lazy("放下的又拿回来商量"),
    "open session": gettext_lazy("叫了一次协商会"),
    "invite": gettext_lazy("请人到会"),
    "renew seat code": gettext_lazy("换了席位码"),
    "declare interest": gettext_lazy("说明利害"),
    "give notice": gettext_lazy("发了协商通知"),
    "send papers": gettext_lazy("送了协商材料"),
    "call off": gettext_lazy("协商会不开了"),
    "say at session": gettext_lazy("往墙上加了一句"),
    "put up": gettext_lazy("一句话上墙"),
    "hold back": gettext_lazy("一句话没上墙"),
    "open votes": gettext_lazy("开始表态"),
    "vote": gettext_lazy("有人表态"),
    "close votes": gettext_lazy("结束表态"),
    "note who came": gettext_lazy("记谁到了"),
    "note point": gettext_lazy("记纪要的一条"),
    "note stand": gettext_lazy("记一席的话"),
    "close record": gettext_lazy("纪要定稿"),
    "sign record": gettext_lazy("签纪要"),
    "finish session": gettext_lazy("纪要公开"),
    "pass check": gettext_lazy("核查属实"),
    "send back claim": gettext_lazy("核查对不上，退回"),
    "confirm task": gettext_lazy("群众验收"),
    "reopen task": gettext_lazy("群众说没解决，退回重办"),
    "reach nobody": gettext_lazy("没有问到人"),
    "claim": gettext_lazy("单位申报办结"),
    "take back claim": gettext_lazy("单位撤回申报"),
    "add exhibit": gettext_lazy("放了一样照片或材料"),
    "note progress": gettext_lazy("单位记进度"),
    "ask more time": gettext_lazy("单位申请延期"),
    "grant more time": gettext_lazy("批了延期"),
    "refuse more time": gettext_lazy("没批延期"),
    "give co-unit opinion": gettext_lazy("会办单位给意见"),
    "book debt": gettext_lazy("记了一笔欠账"),
    "say debt kept": gettext_lazy("单位说兑现了"),
    "check debt": gettext_lazy("核了一笔欠账，属实"),
    "refuse debt": gettext_lazy("核了一笔欠账，对不上"),
    "acknowledge debt": gettext_lazy("提的人认了兑现"),
    "contest debt": gettext_lazy("提的人没认兑现"),
    "put off debt": gettext_lazy("欠账改了日子"),
    "ask debt": gettext_lazy("到日子问了一声"),
    "open check": gettext_lazy("开了一次核查"),
    "drop check": gettext_lazy("核查不用做了"),
    "check claim": gettext_lazy("核了申报"),
    "ask about side effect": gettext_lazy("问了办完以后的新麻烦"),
    "answer side effect": gettext_lazy("回了新麻烦的问"),
    "plan revisit": gettext_lazy("排了回头看的日子"),
    "replace revisit": gettext_lazy("换了回头看的日子"),
    "start revisit": gettext_lazy("开始回头看"),
    "finish revisit": gettext_lazy("回头看有了结果"),
    "note seen": gettext_lazy("记了现场看到的"),
    "open round": gettext_lazy("请提的人验收"),
    "answer round": gettext_lazy("回了一句"),
    "note try": gettext_lazy("打电话没打通"),
    "decide round": gettext_lazy("验收有了结果"),
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
    "topic": gettext_lazy("选题"),
    "study": gettext_lazy("调研"),
    "proposal": gettext_lazy("提案"),
    "report": gettext_lazy("社情民意信息"),
    "session": gettext_lazy("协商会"),
    "seat": gettext_lazy("席位"),
    "statement": gettext_lazy("墙上的话"),
    "point": gettext_lazy("纪要的一条"),
    "said": gettext_lazy("一席的话"),
    "debt": gettext_lazy("欠账"),
    "check": gettext_lazy("核查"),
    "sideeffect": gettext_lazy("新麻烦的问"),
    "revisit": gettext_lazy("回头看"),
    "round": gettext_lazy("一轮验收"),
    "alert": gettext_lazy("提醒"),
    "alerts": gettext_lazy("提醒"),
    "achievement": gettext_lazy("实绩"),
    "spending": gettext_lazy("公开的花费"),
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
    "topic": TopicState,
    "study": StudyState,
    "proposal": ProposalState,
    "report": ReportState,
    "session": SessionState,
    "debt": DebtState,
    "check": CheckState,
    "revisit": RevisitState,
    "round": RoundState,
    "alert": AlertState,
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
