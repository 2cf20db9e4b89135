"""The rules that the office sets itself: clocks and numbers of the profiles, to read and edit."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core import profiles
from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete

BOOKS = {
    "everyday": gettext_lazy("日常的事"),
    "xinfang_2022": gettext_lazy("信访"),
    "deputy_suggestion_2025": gettext_lazy("代表建议"),
    "proposal": gettext_lazy("提案"),
    "consultation": gettext_lazy("协商"),
    "hotline": gettext_lazy("热线"),
}
SOURCES = {"everyday": gettext_lazy("出厂的，各办公室照本地文件改")}
UNITS = (
    ("wd", gettext_lazy("工作日")),
    ("d", gettext_lazy("天")),
    ("m", gettext_lazy("个月")),
    ("h", gettext_lazy("小时")),
)
CLOCKS = {
    "first_look": gettext_lazy("新来的话，多久有人看"),
    "urgent_look": gettext_lazy("标了“急”的话，多久有人看"),
    "unit_accepts": gettext_lazy("单位收下"),
    "unit_returns": gettext_lazy("单位退回，过了不能退"),
    "handled": gettext_lazy("从交办到办完"),
    "urgent_handled": gettext_lazy("急事从交办到办完"),
    "co_unit_opinion": gettext_lazy("会办单位给意见"),
    "extended_at_most": gettext_lazy("延期最长"),
    "checked": gettext_lazy("单位申报以后，多久核完"),
    "answered_by_people": gettext_lazy("等提的人回话"),
    "answer_changed": gettext_lazy("回了话还能改"),
    "watched_after": gettext_lazy("办完以后，看同一个地方有没有新麻烦"),
    "debt_asked_before": gettext_lazy("欠账到期前，多久先问一声"),
    "debt_asked_again": gettext_lazy("欠账过期以后，隔多久再问"),
    "alert_answered": gettext_lazy("单位说明一条提醒"),
    "regret_withdrawal": gettext_lazy("撤回以后可以反悔"),
    "undo_import": gettext_lazy("导入的表格可以整批撤回"),
    "draft_kept": gettext_lazy("没写完的留多久"),
    "contact_kept_after_close": gettext_lazy("办完以后联系方式留多久"),
    "register_and_route": gettext_lazy("登记、转送"),
    "tell_person": gettext_lazy("告诉本人"),
    "unit_objects": gettext_lazy("单位提出不归它管"),
    "decide": gettext_lazy("办结"),
    "extend_max": gettext_lazy("最多延长"),
    "ask_review_within": gettext_lazy("多久以内可以要求复查"),
    "review_done": gettext_lazy("复查办完"),
    "reply": gettext_lazy("答复"),
    "reply_hard": gettext_lazy("难办的，最长"),
    "reply_hard_max": gettext_lazy("难办的，最长"),
    "take_back": gettext_lazy("交了以后还能撤回"),
    "review": gettext_lazy("两个人审完提案"),
    "reply_again": gettext_lazy("答复不对题，重新答"),
    "refuse": gettext_lazy("退回交办"),
    "first_contact": gettext_lazy("第一次和提的人见面"),
    "proposer_feedback": gettext_lazy("提的人说满不满意"),
    "publish_after_reply": gettext_lazy("答复公开"),
    "notice_before": gettext_lazy("提前通知"),
    "papers_before": gettext_lazy("提前送材料"),
    "minutes_after": gettext_lazy("会后出纪要"),
    "emergency": gettext_lazy("紧急的"),
    "utility": gettext_lazy("水电气热"),
    "ordinary": gettext_lazy("一般的"),
    "complex": gettext_lazy("复杂的"),
    "web_intake": gettext_lazy("网上来的，多久接"),
}
NUMBERS = {
    "half_life_days": gettext_lazy("热度过多少天减一半"),
    "hot_window_days": gettext_lazy("“近几周说得最多”看多少天"),
    "suggest_min_probability": gettext_lazy("把握到多少才提归并的建议（0 到 1）"),
    "bulk_min_probability": gettext_lazy("把握到多少才能一起归并（0 到 1）"),
    "smallest_cell": gettext_lazy("少于几个人就不显示"),
    "confirm_share": gettext_lazy("回话的人里，超过多少说解决了才算（0.5 到 1）"),
    "confirm_least": gettext_lazy("至少几位回了话才定（问的人更少时，按问的人数）"),
    "watch_least": gettext_lazy("核查过后，同一个地方至少几个人又说别的事，才问办公室一句"),
    "false_alarm_share": gettext_lazy("提醒里碰巧亮的，平均不超过多少（0 到 1）"),
    "green_from": gettext_lazy("多少以上亮绿灯（0 到 1）"),
    "red_under": gettext_lazy("多少以下亮红灯（0 到 1）"),
    "ask_least": gettext_lazy("至少多少件才查一查要不要提醒"),
    "money_apart_from": gettext_lazy("钱和话错开多少才问（0 到 1）"),
    "topic_back_growth": gettext_lazy("放下的选题，说的人翻几倍就自己拿回来"),
    "photos_a_voice": gettext_lazy("一次最多几张照片"),
    "exhibits_a_claim": gettext_lazy("一次申报最多放几样照片和材料"),
    "recording_minutes": gettext_lazy("录音最长几分钟"),
    "words_a_voice": gettext_lazy("一次最多多少字"),
    "max_representatives": gettext_lazy("最多几位代表"),
    "proposal_words": gettext_lazy("一件提案，建议不超过多少字"),
    "connect_rate_min": gettext_lazy("接通率至少（0 到 1）"),
}


@door(Role.STAFF, Role.OPERATOR)
def settings_page(request):
    """Read one book of rules, and change it. Tasks under way keep the days they were given."""
    name = request.GET.get("book", "")
    name = name if name in profiles.shipped() else "everyday"
    content, error = profiles.profile(name), None
    if request.method == "POST":
        try:
            content = typed_content(request.POST, content)
            profiles.edit(name=name, content=content, by=request.actor, now=timezone.now())
            messages.success(request, _("改好了，从现在起新交办的按新规则走，老的不变。"))
            return redirect(f"{request.path}?book={name}")
        except Incomplete as wrong:
            error = wrong
    shipped = profiles.shipped()[name]
    seen = {
        "here": "desk-settings",
        "book": name,
        "books": [(key, str(BOOKS.get(key, key))) for key in profiles.shipped()],
        "source": SOURCES.get(name) or content.get("source", ""),
        "clocks": clock_lines(content, shipped, request.POST),
        "numbers": number_lines(content, shipped, request.POST),
        "units": [(key, str(words)) for key, words in UNITS],
        "error": error,
        "may_manage": request.actor.has(Role.OPERATOR),
        "messages": list(messages.get_messages(request)),
    }
    return render(request, "web/pages/settings.html", seen, status=422 if error else 200)


def typed_content(typed, content):
    """The book with what was typed put in.

    :raises Incomplete: not a number; ``field`` names the field of the page
    """
    clocks = {
        key: [whole(typed.get(f"clock-{key}"), f"clock-{key}"), typed.get(f"unit-{key}", unit)]
        for key, (_amount, unit) in content["clocks"].items()
    }
    numbers = {
        key: number(typed.get(f"number-{key}"), f"number-{key}") for key in content["numbers"]
    }
    return {**content, "clocks": clocks, "numbers": numbers}


def whole(typed, field):
    if not (typed or "").strip().isdecimal():
        raise Incomplete(_("多久要写一个整数，例如 3。"), field)
    return int(typed.strip())


def number(typed, field):
    try:
        value = float((typed or "").strip())
    except ValueError:
        raise Incomplete(_("这里要写一个数。"), field) from None
    return int(value) if value.is_integer() else value


def clock_lines(content, shipped, typed):
    """The clocks as the page shows them; what was typed wins."""
    return [
        {
            "key": key,
            "words": str(CLOCKS.get(key, key)),
            "amount": typed.get(f"clock-{key}", amount),
            "unit": typed.get(f"unit-{key}", unit),
            "changed": [amount, unit] != list(shipped["clocks"].get(key, [])),
        }
        for key, (amount, unit) in content["clocks"].items()
    ]


def number_lines(content, shipped, typed):
    return [
        {
            "key": key,
            "words": str(NUMBERS.get(key, key)),
            "value": typed.get(f"number-{key}", value),
            "changed": value != shipped["numbers"].get(key),
        }
        for key, value in content["numbers"].items()
    ]
