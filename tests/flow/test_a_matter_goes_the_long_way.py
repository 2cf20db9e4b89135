"""The long way of a matter for which a rule has to change, told through pages alone: neighbours
speak, it is studied, proposed, talked over, carried out, judged, and looked at again for a year."""

from biaochi.core.clock import add_months
from tests.flow import at_the_desks as desks
from tests.flow import chapters
from tests.flow.chapters import MATTER, POINTS, PROMISE, PROMISED_ON, PROPOSAL, STUDY, TOPIC


def test_a_matter_goes_the_long_way(town, say):
    chapters.neighbours_speak(town, say)
    it_is_chosen(town)
    it_is_studied(town)
    it_is_proposed(town)
    it_is_talked_over(town)
    it_is_carried_out(town)
    the_people_say_that_it_is_solved(town)
    it_is_looked_at_again(town, 1, 3, 6)
    a_promise_comes_back(town)
    it_is_looked_at_again(town, 12)
    the_whole_ruler_stands(town)


def it_is_chosen(town):
    chapters.topic_is_chosen(town)
    page = town.public(town.matter)
    assert "走到第2步，选题" in page
    assert "说的人多，一条街就弄得清；老人夜里摔过" in page, "both reasons are public"
    assert TOPIC in town.public("/topics")
    assert "定为调研选题了" in town.mine()


def it_is_studied(town):
    chapters.plan_is_sealed(town)
    study = f"/studies/{desks.number_in(town.study)}"
    page = town.public(study)
    assert "计划的指纹" in page and "名单的指纹" in page
    assert "一盏一盏数" not in page and "菜市口" not in page, "nobody learns where one goes"
    assert "去哪儿靠抽签" in town.mine()

    chapters.places_are_visited(town)
    page = town.public(study)
    assert "用公开的号码抽签：371" in page
    assert "一盏一盏数" in page and "对得上。指纹和封的那天一样" in page
    assert "对得上。用这个号码重新抽" in page and "对不上" not in page.replace("指纹就对不上", "")

    chapters.study_is_reported(town)
    page = town.public(study)
    assert page.index("看到的好") < page.index("灯杆都在")
    assert page.index("看到的不好") < page.index("十二盏亮四盏")
    assert "城管局年底前列进预算" in page
    page = town.public(town.matter)
    assert "走到第3步，调研" in page and STUDY in page
    assert "看到的好2条，不好2条" in town.mine()


def it_is_proposed(town):
    chapters.proposal_is_submitted(town)
    assert PROPOSAL not in town.public("/proposals"), "what is not filed yet is nobody's to read"
    chapters.proposal_is_filed(town)
    public = f"/proposals/{desks.number_in(town.proposal)}"
    assert "市城管局在办，6月8日前答" in town.public(public)
    assert "写成了提案" in town.mine() and "交给市城管局" in town.mine()

    chapters.unit_replies(town)
    page = town.public(public)
    assert "先给提案人看" in page and "后街十二盏灯" not in page
    chapters.reply_is_published(town)
    page = town.public(public)
    for words in ("后街十二盏灯", "拿什么证明：修理单", f"拿“{PROMISE}”算数", "卡在哪：要市财政定"):
        assert words in page
    assert "提案人不认这一类" in page
    assert "第三条接着提" in page and "下回早点约" in page, "both sides open together"
    page = town.public(town.matter)
    assert "说已经解决的1条，列入计划的1条，眼下办不了的1条" in page
    assert PROMISE in page and "答应2026年12月31日前" in page
    assert PROMISE in town.public("/debts")
    assert "市城管局答应了一条" in town.mine()


def it_is_talked_over(town):
    code = chapters.session_is_called(town)
    page = town.public(town.session)
    assert "修灯要花我们的钱" in page, "interests lie on the table first"
    chapters.people_vote(town)
    assert "谁也看不到您怎么投的" in town.public(town.session)
    assert "凭查询码表态" in town.mine()
    town.clock.until(chapters.MEETS_ON)
    assert "表过态的不到5位" in town.public(town.session), "three are too few to show"

    chapters.record_is_written(town)
    chapters.all_sign(town, code)
    page = town.public(town.session)
    for words in ("谈拢1条", "有保留1条", "没谈拢1条", "先出一年，明年再谈", "摔了人，不能等"):
        assert words in page
    assert "灯坏得多的先修" in page and "纪要的指纹" in page
    assert f"{POINTS[2]}（没谈拢）" in town.public(town.matter)
    assert "谈拢1条，谈拢但有保留1条，没谈拢1条" in town.mine()


def it_is_carried_out(town):
    chapters.work_is_handed_over(town)
    page = town.public(town.matter)
    assert "走到第5步，交办落实" in page and "1个单位在办" in page
    assert f"{POINTS[0]}市城管局·4月29日收下，先做：今晚去数灯7月31日前办完" in page
    assert "市城管局收下了" in town.mine()

    chapters.work_is_claimed(town)
    page = town.public(town.matter)
    assert "说办完了，办公室还没核" in page and "这是单位自己说的" in page
    assert "解决了没有？单位说办好了" not in town.mine(), "nobody is asked before somebody looked"

    chapters.work_is_checked(town)
    page = town.public(town.matter)
    assert "没打招呼去了现场" in page and "十二盏亮四盏" in page
    assert "走到第6步，群众验收" in page and "还没算办结" in page


def the_people_say_that_it_is_solved(town):
    # There are two pieces of work, checked on one day: people are asked once about both.
    chapters.people_judge(town)
    town.clock.go(days=1)
    page = town.public(town.matter)
    assert "提的人说解决了" in page and "还没算办结" not in page
    assert page.count("提的人说解决了") >= 2 and "还不算办完" not in page
    assert "回话的人少，不显示" in page, "three are too few to show"
    assert "提的人说解决了" in town.mine()
    town.solved_on = town.clock.today


def it_is_looked_at_again(town, *distances):
    for months in distances:
        passed = "过了1年" if months == 12 else f"过了{months}个月"
        town.clock.until(add_months(town.solved_on, months))
        assert "现在还是好的吗" in town.mine()
        chapters.people_judge(town)
        assert f"{passed}：还是好的" in town.public(town.matter)
        assert f"{passed}。" in town.mine()


def a_promise_comes_back(town):
    town.clock.until(PROMISED_ON)
    assert "12月31日问过单位" in town.public("/debts")
    unit, clerk, author = town.unit_clerk, town.clerk, town.author
    unit.open("/desk/inbox/debts").follow(PROMISE)
    desks.fine(unit.submit("交给办公室去核", words="预算书第 41 页"))
    debt = f"/debts/{desks.number_in(unit.url)}"
    assert "单位12月31日说兑现了，等核" in town.public(debt)

    town.clock.go(days=2)
    clerk.open("/desk/debts").follow(PROMISE)
    desks.fine(clerk.submit("属实", words="翻到第 41 页，有三万元"))
    assert "核过了，等提的人认" in town.public(debt)

    town.clock.go(days=2)
    author.open("/desk").follow(PROMISE)
    desks.fine(author.submit("兑现了，我认", words="看过预算书"))
    page = town.public(debt)
    assert "按时兑现" in page and "单位、办公室、提的人都认了" in page
    assert "市城管局答应的一条兑现了" in town.mine()


def the_whole_ruler_stands(town):
    """One page tells all of it, in the order in which it happened."""
    page = town.public(town.matter)
    said = (
        "1大家说",
        "2选题",
        "3调研",
        "4议提案",
        "5交办落实",
        "核换一个人来核",
        "6群众验收",
        "尺以后再量一次",
    )
    places = [page.index(words) for words in said]
    assert places == sorted(places), dict(zip(said, places, strict=True))
    for words in (TOPIC, STUDY, PROPOSAL, "按时兑现了", "过了1年：还是好的", "2029年"):
        assert words in page
    assert MATTER in town.public("/matters")
