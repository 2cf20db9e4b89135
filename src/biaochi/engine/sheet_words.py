"""The names which columns go by, field by field, in Chinese and English.

`NAMES` holds whole names; a column whose name equals one is almost certainly that field. `PARTS`
holds pieces which merely hint. Both are compared after `plain_name`.
"""

import unicodedata

FIELDS = (
    "number", "person", "title", "text", "at", "likes", "dislikes", "place",
    "category", "status", "channel", "contact", "reply", "replied_at",
)  # fmt: skip

NAMES = {
    "number": (
        "留言编号 编号 序号 工单号 工单编号 信访编号 信件编号 来信编号 受理编号 受理号 办件编号 案号 单号 "
        "流水号 件号 诉求编号 事项编号 提案号 提案编号 id no number requestid servicerequestid "
        "servicerequestnumber casenumber caseid ticket ticketid referenceno reference"
    ),
    "person": (
        "留言用户 用户 用户名 网友 网名 昵称 姓名 来电人 来访人 来信人 反映人 信访人 诉求人 投诉人 联系人 提交人 "
        "申请人 举报人 提案人 第一提案人 群众姓名 留言人 user username author name reporter requester "
        "customer submittedby"
    ),
    "title": (
        "留言主题 主题 标题 题目 诉求标题 信件标题 工单标题 事项名称 案由 提案题目 title subject summary headline"
    ),
    "text": (
        "留言详情 留言内容 详情 内容 正文 诉求内容 问题描述 反映内容 反映问题 信件内容 来信内容 工单内容 事项内容 "
        "诉求描述 描述 情况说明 意见建议 意见 建议 诉求 问题 提案内容 text content body message description "
        "details detail comments comment complaint requestdescription"
    ),
    "at": (
        "留言时间 时间 日期 来电时间 来信时间 受理时间 受理日期 提交时间 登记时间 登记日期 创建时间 反映时间 诉求时间 "
        "发布时间 立案时间 date time datetime creationdate createddate createdat createdtime "
        "requesteddatetime submittedat submitteddate opened openeddate dateopened timestamp"
    ),
    "likes": "点赞数 点赞 支持数 赞成数 支持 赞 顶 likes like upvotes supports",
    "dislikes": "反对数 反对 踩 点踩数 dislikes dislike downvotes",
    "place": (
        "地点 地址 事发地址 事发地点 问题地址 问题地点 发生地点 区域 所在区域 所属区域 所在区 区县 县区 地区 街道 镇街 "
        "乡镇 社区 小区 位置 涉及区域 ward district address location area place borough neighbourhood "
        "neighborhood community"
    ),
    "category": (
        "类别 分类 类型 一级分类 一级标签 一级类别 标签 诉求类型 诉求类别 问题类别 问题类型 问题分类 事项分类 业务类型 "
        "所属领域 领域 label category type class calltype requesttype servicename servicetype topic"
    ),
    "status": "状态 办理状态 处理状态 办件状态 工单状态 当前状态 进度 是否办结 status state stage",
    "channel": (
        "渠道 来源 来源渠道 诉求来源 诉求渠道 受理渠道 受理方式 反映渠道 来件方式 channel source origin "
        "method intakechannel"
    ),
    "contact": (
        "联系方式 联系电话 电话 手机 手机号 手机号码 电话号码 来电号码 邮箱 电子邮箱 微信 微信号 phone phonenumber "
        "mobile telephone email contact contactnumber"
    ),
    "reply": (
        "答复意见 答复内容 答复 回复内容 回复 回复意见 办理结果 处理结果 办理情况 办理意见 处理意见 办结意见 reply "
        "response resolution answer outcome statusnotes"
    ),
    "replied_at": (
        "答复时间 答复日期 回复时间 回复日期 办结时间 办结日期 办理时间 处理时间 closeddate closedat dateclosed "
        "updateddatetime repliedat resolvedat resolveddate"
    ),
}

PARTS = {
    "number": "编号 单号 序号 number caseid",
    "person": "用户 姓名 昵称 user author 联系人 反映人",
    "title": "标题 主题 题目 title subject",
    "text": "内容 详情 描述 正文 诉求 问题 description content text message comment",
    "at": "时间 日期 date time",
    "likes": "点赞 支持 赞 like upvote",
    "dislikes": "反对 dislike downvote",
    "place": "地址 地点 区域 街道 社区 位置 address location ward district",
    "category": "分类 类别 类型 标签 category type label",
    "status": "状态 进度 status",
    "channel": "渠道 来源 方式 channel source",
    "contact": "电话 手机 联系方式 邮箱 phone mobile email",
    "reply": "答复 回复 办理结果 处理结果 reply response",
    "replied_at": "答复时间 回复时间 办结时间 closed resolved",
}

# A column of the answer, not of the question: its name must not win text, at or person.
OF_THE_ANSWER = (
    "答复", "回复", "办结", "办理", "处理", "承办",
    "reply", "response", "closed", "resolved", "updated", "answer",
)  # fmt: skip

# Names of columns that no message has, but a table of categories or units.
OTHER_NAMES = frozenset((
    "一级", "二级", "三级", "四级", "一级类别", "二级类别", "三级类别", "二级分类", "三级分类", "四级分类", "名称",
    "类别名称", "分类名称", "代码", "关键词", "关键字", "说明", "备注", "level1", "level2", "level3", "keywords",
))  # fmt: skip

CHANNEL_VALUES = frozenset((
    "phone", "ccphone", "call", "telephone", "web", "website", "online", "internet", "email",
    "mail", "letter", "app", "mobile", "inperson", "counter", "walkin", "sms", "chat", "fax",
    "social", "电话", "热线", "12345", "12345热线", "来电", "网站", "网络", "网上", "网页", "微信", "小程序",
    "公众号", "微博", "短信", "来访", "走访", "来信", "信件", "邮件", "邮箱", "客户端", "窗口", "现场", "媒体",
    "领导信箱", "市长信箱", "书记信箱",
))  # fmt: skip
STATUS_VALUES = frozenset((
    "open", "closed", "pending", "inprogress", "new", "resolved", "completed", "cancelled",
    "已办结", "办结", "未办结", "办理中", "处理中", "待办理", "待处理", "已受理", "未受理", "已回复", "未回复",
    "已答复", "未答复", "已转办", "已关闭", "是", "否",
))  # fmt: skip


def plain_name(name):
    """Return a column's name without case, width, spaces, marks and what stands in brackets."""
    folded = unicodedata.normalize("NFKC", str(name)).lower().split("(")[0]
    return "".join(letter for letter in folded if letter.isalnum())


WHOLE = {name: field for field in reversed(FIELDS) for name in NAMES[field].split()}
HINTS = {field: tuple(PARTS[field].split()) for field in FIELDS}
