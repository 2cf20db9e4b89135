"""The yardstick in 青溪: what lasts, what was spent, what is asked, and what units answer."""

from decimal import Decimal

from biaochi.core.actors import Actor
from biaochi.demo.working import DAY
from biaochi.yardstick import actions as alerts
from biaochi.yardstick import ledger
from biaochi.yardstick.models import Alert
from biaochi.yardstick.rules import Finding, Horizon, Kind, Question, WrongKind

# Key of the story, for whom, what, by what means, kind, when it shows, signs that it lasts, hands.
ACHIEVEMENTS = (
    (
        "elevator",
        "四楼以上的老人和带孩子的人家，约 2,300 户，按楼栋数的",
        "补多少有了公家认的参考价，公积金手机上能取",
        "楼长牵头、三方算账；市级补贴一年 960 万元",
        Kind.LIVELIHOOD,
        Horizon.NOW,
        {"rule": "指导价写成了文件，换了人也照办", "spread": "另外 3 个街道已经照着做"},
        ((0, "政协城建委", "去 5 个小区敲门，报告里写明差 5 部"), (0, "市住建局", "定了参考价")),
    ),
    (
        "beiguan_water",
        "菜市场的摊主和买菜的人，一天约 4,000 人次",
        "大雨不积水了，排水管按 30 年设计",
        "重做 420 米排水，市城管局和水务集团一起",
        Kind.LIVELIHOOD,
        Horizon.LONG,
        {
            "cause": "换的是管子，不是垫高路面",
            "upkeep": "水务集团接管，养护费列进了预算",
            "burden": "没有借钱，当年付清",
        },
        ((0, "北关街道", "报了积水点"), (0, "市城管局", "重做排水"), (0, "市水务集团", "接着养")),
    ),
    (
        "canteen",
        "社区里吃饭不便的老人，每天约 600 人",
        "补贴按吃饭的人次算，不按挂牌算",
        "一餐补 3 元，刷卡记数",
        Kind.POLICY,
        Horizon.YEARS,
        {"hands": "前一任开的 6 家，还开着 5 家", "rule": "补贴办法写进了文件"},
        (
            (3, "政协医药卫生界", "提了建议"),
            (2, "市民政局", "开了 6 家"),
            (0, "市民政局", "改了补法"),
        ),
    ),
)
SPENT = (
    ("滨河亮化一期", "规划建设", "860", "去年的决算公开"),
    ("背街路灯", "路灯照明", "64", "去年的决算公开"),
    ("社区挂号点", "挂号就医", "120", "去年的决算公开"),
    ("农网改造", "供电用电", "300", "去年的决算公开"),
    ("村庄垃圾房", "农村环境", "90", "去年的决算公开"),
    ("公交补贴", "公交出行", "190", "去年的决算公开"),
)
# What is said to a question, and why it may be wrong.
SAID = {
    Question.SURGE: (
        "月底前集中收尾，是把活排在了一起；以后干完一件报一件，不再攒着。",
        "那几天系统停机，之后一起补登的，名单附在办公室",
    ),
    Question.APART: (
        "窗口当面问，大家不好说不满意；下个月起改成事后再问。",
        "同一件事两个科室各报了一遍",
    ),
    Question.MONEY: (
        "亮化的钱是前年定的，今年起先修背街的灯。",
        "亮化一期的钱分三年拨，去年一次记了账，规则没想到",
    ),
}


def measure(office, matters, now):
    """Write the ledger and the spending, ask what is to be asked, and let units answer."""
    clerk, other = office.staff
    for key, for_whom, what, by_what, kind, horizon, ticks, hands in ACHIEVEMENTS:
        if key not in matters:
            continue
        written = ledger.write_achievement(
            matter=matters[key],
            title=matters[key].title,
            for_whom=for_whom,
            what=what,
            by_what=by_what,
            kind=kind,
            horizon=horizon,
            hands=[(now.year - ago, who, did) for ago, who, did in hands],
            by=clerk,
            now=now - 9 * DAY,
        )
        ledger.tick(achievement=written, ticks=ticks, by=other, now=now - 8 * DAY)
    for title, category, amount, source in SPENT:
        ledger.note_spending(
            title=title,
            category_name=category,
            year=now.year - 1,
            amount=Decimal(amount),
            source=source,
            by=clerk,
            now=now - 9 * DAY,
        )
    alerts.ask(now=now - 6 * DAY)
    answer(office, now)


def answer(office, now):
    """The first question is answered, the second called wrong, the third settled on the spot."""
    for place, one in enumerate(Alert.objects.select_related("unit").order_by("pk")[:3]):
        by, (words, why_wrong) = speaker(office, one), SAID[Question(one.question)]
        if place == 1:
            alerts.call_wrong(
                alert=one, kind=WrongKind.REASON, words=why_wrong, by=by, now=now - 4 * DAY
            )
            continue
        alerts.answer(alert=one, words=words, by=by, now=now - 3 * DAY)
        if place == 2:
            alerts.settle(
                alert=one,
                finding=Finding.FINE,
                found="抽了 8 件去看，都在",
                by=office.staff[1],
                now=now - DAY,
            )


def speaker(office, alert) -> Actor:
    """Who answers: the unit it is about, or the office where it is about an area."""
    unit = office.unit_actors.get(alert.unit.name) if alert.unit else None
    return unit or office.staff[0]
