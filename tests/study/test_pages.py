"""The pages of studies: the team's way from plan to report, and what everybody can check."""

import csv
import hashlib
import io

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from biaochi.core.actors import Role
from biaochi.study import actions, queries
from biaochi.study.models import Study
from biaochi.study.rules import State
from tests.study.conftest import DAY, NAMES, PLAN, VALUE

PLAN_FORM = {
    "plan": PLAN,
    "team": "沈禾",
    "source": "福彩 3D",
    "stratum-0": "说的人多的",
    "draw-0": "２",
    "sites-0": "第一小学\r\n第二小学\r\n\r\n第三小学",
    "stratum-1": "没人说的",
    "draw-1": "1",
    "sites-1": "山上小学\r\n桥头小学",
}
VISIT_FORM = {
    "arrived_at": "7:08",
    "left_at": "8点41分",
    "announced": "no",
    "depth": "lane",
    "signs": ["paint"],
    "whom-0": "接送的家长",
    "count-0": "14",
    "chosen-0": "chance",
    "whom-1": "值勤老师",
    "count-1": "２",
    "chosen-1": "unit",
    "present-1": "on",
    "observed": "停了 61 辆",
    "thought": "都挤在那十分钟",
    "good": "门卫画了箭头",
    "bad": "只有 17 个位子",
}


@pytest.fixture
def leader(enter):
    return enter("member")


def page(client, name, *args, **sent):
    return client.get(reverse(name, args=args or None), sent).content.decode()


def post(client, name, *args, **sent):
    return client.post(reverse(name, args=args), sent)


@pytest.fixture
def days():
    today = timezone.localdate()
    return {"source_on": (today + DAY).isoformat(), "reveal_on": (today + 9 * DAY).isoformat()}


@pytest.fixture
def recent(study, write, member):
    """A study whose lot was drawn yesterday, by the clock of this computer."""
    now = timezone.now()
    write(source_on=now.date() - DAY, reveal_on=now.date() + 8 * DAY, now=now - 3 * DAY)
    actions.seal(study=study, by=member, now=now - 3 * DAY)
    return actions.draw(study=study, value=VALUE, by=member, now=now - DAY)


def test_a_study_is_opened_from_a_chosen_topic(leader, topic):
    html = page(leader, "desk-study-new", topic=topic.pk)
    assert f'<option value="{topic.pk}" selected>' in html
    wrong = post(leader, "desk-study-new", topic="", title="去看看")
    assert wrong.status_code == 422
    assert "去看看" in wrong.content.decode()
    answer = post(leader, "desk-study-new", topic=topic.pk, title="去看看")
    assert answer.url == reverse("desk-study-plan", args=[Study.objects.get().pk])


def test_a_plan_is_kept_as_a_draft_and_then_sealed_from_one_page(leader, study, days):
    answer = post(leader, "desk-study-plan", study.pk, **PLAN_FORM, **days, deed="save")
    assert answer.status_code == 302
    html = page(leader, "desk-study-plan", study.pk)
    assert "第三小学东门" in html
    assert 'value="2"' in html
    assert "桥头小学" in html
    post(leader, "desk-study-plan", study.pk, **PLAN_FORM, **days, deed="seal")
    study.refresh_from_db()
    assert study.state == State.SEALED
    assert study.strata == {"说的人多的": 2, "没人说的": 1}
    assert study.sites.count() == 5
    assert study.seals.get().plan_hash in page(leader, "desk-study", study.pk)
    assert leader.get(reverse("desk-study-plan", args=[study.pk])).status_code == 409


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"plan": ""}, "请写计划", "plan"),
        ({"draw-0": "9"}, "对不上", "sites-0"),
        ({"draw-0": "好多"}, "对不上", "sites-0"),
        ({"sites-0": "第一小学\n第一小学"}, "写了两遍", "sites-0"),
        ({"sites-0": "第一|小学"}, "不能有竖线", "sites-0"),
        ({"stratum-0": ""}, "不能空着", "sites-0"),
        ({"source": ""}, "哪个公开的号码", "source"),
        ({"source_on": "2020-1-1"}, "今天以后", "source_on"),
        ({"reveal_on": ""}, "请写哪天拆封", "reveal_on"),
        ({"reveal_on": "下周"}, "看不懂", "reveal_on"),
    ],
)
def test_a_plan_that_cannot_be_sealed_says_why_and_keeps_what_was_typed(
    leader, study, days, changed, sentence, field
):
    typed = {**PLAN_FORM, **days, "deed": "seal", "team": "很长的一句话", **changed}
    answer = post(leader, "desk-study-plan", study.pk, **typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert f'href="#{field}"' in html
    assert "很长的一句话" in html
    study.refresh_from_db()
    assert study.state == State.PLANNING
    assert not study.seals.exists()


def test_the_lot_is_drawn_from_its_page_on_the_day(leader, study, write, member):
    now, today = timezone.now(), timezone.localdate()
    write(source_on=today + DAY, reveal_on=today + 9 * DAY, now=now)
    actions.seal(study=study, by=member, now=now)
    assert "那天再来抽" in page(leader, "desk-study", study.pk)
    early = post(leader, "desk-study-draw", study.pk, value="288")
    assert early.status_code == 409
    Study.objects.update(source_on=today)
    empty = post(leader, "desk-study-draw", study.pk, value="")
    assert empty.status_code == 422
    assert post(leader, "desk-study-draw", study.pk, value="288").status_code == 302
    html = page(leader, "desk-study", study.pk)
    assert "抽中的地方" in html
    again = post(leader, "desk-study-draw", study.pk, value="999")
    assert again.status_code == 409
    assert "抽签只有一次" in again.content.decode()


def test_a_visit_is_written_down_on_the_phones_page(leader, recent):
    site = recent.sites.filter(drawn=True).first()
    html = page(leader, "desk-study-visit", recent.pk, site.pk)
    assert site.name in html
    yesterday = (timezone.localdate() - DAY).isoformat()
    recent.drawn_at = timezone.now() - 4 * DAY
    recent.save()
    answer = post(leader, "desk-study-visit", recent.pk, site.pk, **VISIT_FORM, day=yesterday)
    assert answer.status_code == 302, answer.content.decode()
    visit = recent.visits.get()
    assert [(one.whom, one.count, one.official_present) for one in visit.met.all()] == [
        ("接送的家长", 14, False),
        ("值勤老师", 2, True),
    ]
    assert visit.signs == ["paint"]
    assert (visit.left_at - visit.arrived_at).total_seconds() == 93 * 60


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"arrived_at": "早上"}, "这个时间看不懂", "arrived_at"),
        ({"left_at": ""}, "请写几点到", "arrived_at"),
        ({"announced": ""}, "打招呼了没有", "seg-told"),
        ({"observed": ""}, "请写看到了什么", "observed"),
        ({"bad": ""}, "只有一栏", "one_sided_why"),
        ({"whom-0": "", "count-0": "", "whom-1": "", "count-1": ""}, "见了谁", "whom-0"),
        ({"count-0": "几个"}, "请写一个数", "whom-0"),
        ({"chosen-1": ""}, "谁挑的", "whom-0"),
    ],
)
def test_a_visit_that_is_not_complete_keeps_every_word(leader, recent, changed, sentence, field):
    site = recent.sites.filter(drawn=True).first()
    recent.drawn_at = timezone.now() - 4 * DAY
    recent.save()
    typed = {**VISIT_FORM, "day": (timezone.localdate() - DAY).isoformat(), **changed}
    answer = post(leader, "desk-study-visit", recent.pk, site.pk, **typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert f'href="#{field}"' in html
    assert "都挤在那十分钟" in html
    assert not recent.visits.exists()


def test_a_place_is_replaced_with_a_reason(leader, recent):
    site = recent.sites.filter(drawn=True).first()
    wrong = post(leader, "desk-study-replace", recent.pk, site.pk, why="")
    assert wrong.status_code == 422
    assert f'href="#why-{site.pk}"' in wrong.content.decode()
    post(leader, "desk-study-replace", recent.pk, site.pk, why="停课修路")
    site.refresh_from_db()
    assert site.left_out_why == "停课修路"
    assert "停课修路" in page(leader, "desk-study", recent.pk)


def test_a_plan_is_opened_early_only_with_a_reason_from_the_page(leader, drawn, go):
    go()
    Study.objects.update(reveal_on=timezone.localdate() + 5 * DAY)
    wrong = post(leader, "desk-study-reveal", drawn.pk, early_why="")
    assert wrong.status_code == 422
    assert 'href="#early_why"' in wrong.content.decode()
    post(leader, "desk-study-reveal", drawn.pk, early_why="走漏了")
    drawn.refresh_from_db()
    assert drawn.state == State.REVEALED


@pytest.mark.parametrize(("name", "state"), [("unseal", State.PLANNING), ("drop", State.DROPPED)])
def test_to_change_or_give_up_one_says_why(leader, sealed, name, state):
    wrong = post(leader, f"desk-study-{name}", sealed.pk, why=" ")
    assert wrong.status_code == 422
    assert f'href="#why-{name}"' in wrong.content.decode()
    assert post(leader, f"desk-study-{name}", sealed.pk, why="学校停课").status_code == 302
    sealed.refresh_from_db()
    assert sealed.state == state


def test_the_report_begins_with_what_the_visits_say(leader, revealed):
    html = page(leader, "desk-study-report", revealed.pk)
    assert html.count("门卫自己画了即停即走的箭头") == 3
    visits = list(revealed.visits.values_list("pk", flat=True))
    typed = {
        "good-0": "错开的不堵",
        "good-visit-0": visits[:1],
        "bad-0": "位子少",
        "bad-basis-0": "数了三遍",
        "problem-0": "被占",
    }
    wrong = post(leader, "desk-study-report", revealed.pk, **typed)
    assert wrong.status_code == 422
    assert "在哪一处看到的" in wrong.content.decode()
    assert "数了三遍" in wrong.content.decode()
    typed["bad-visit-0"] = visits
    cause = post(leader, "desk-study-report", revealed.pk, **typed)
    assert cause.status_code == 422
    assert 'href="#problem-0"' in cause.content.decode()
    rest = {"cause-0": "没人管", "remedy-0": "街道清", "measure-0": "个数"}
    assert post(leader, "desk-study-report", revealed.pk, **typed, **rest).status_code == 302
    revealed.refresh_from_db()
    assert revealed.state == State.REPORTED


def test_a_report_is_not_begun_before_the_plan_is_opened(leader, drawn):
    assert leader.get(reverse("desk-study-report", args=[drawn.pk])).status_code == 409


def test_everybody_can_check_the_opened_plan_byte_by_byte(client, write_report):
    study = write_report()
    html = page(client, "study", study.pk)
    seal = study.seals.get()
    for words in (seal.plan_hash, seal.sites_hash, study.salt, "对得上。", VALUE):
        assert words in html
    assert "对不上" not in html.replace("指纹就对不上", "")
    for name, mark in (("study-plan-text", seal.plan_hash), ("study-list-text", seal.sites_hash)):
        answer = client.get(reverse(name, args=[study.pk, seal.pk]))
        assert hashlib.sha256(answer.content).hexdigest() == mark
    rows = list(
        csv.reader(
            io.StringIO(
                client.get(reverse("study-lot", args=[study.pk])).content.decode("utf-8-sig")
            )
        )
    )
    assert len(rows) == 1 + len(NAMES)
    for row in rows[1:]:
        assert hashlib.sha256(row[3].encode()).hexdigest() == row[4]


def test_the_public_page_says_it_when_the_texts_do_not_match(client, revealed):
    seal = revealed.seals.get()
    seal.opened = {**seal.opened, "salt": "0" * 32}
    seal.save()
    assert "对不上！" in page(client, "study", revealed.pk)


def test_the_report_shows_good_and_bad_causes_and_signs_of_staging(client, write_report):
    html = page(client, "study", write_report().pk)
    for words in (
        "错开到校的那拨不堵",
        "报了 40 个接送位，只有 17 个",
        "街道 4月前清出来",
        "量：能用的位子数",
        "新刷的线、新摆的东西，3 处",
        "有单位安排的",
        "东门的线是新刷的",
        "打开以前，除了做计划的人，没有人看过",
    ):
        assert words in html


def test_a_changed_plan_shows_both_seals_and_the_reason(client, sealed, write, member, now):
    actions.unseal(study=sealed, why="学校停课", by=member, now=now)
    html = page(client, "study", sealed.pk)
    assert "学校停课" in html
    assert "计划拆开重写了" in html
    write(plan="改期")
    actions.seal(study=sealed, by=member, now=now)
    html = page(client, "study", sealed.pk)
    for seal in sealed.seals.all():
        assert seal.plan_hash in html


def test_a_dropped_study_stays_in_the_public_list_with_its_reason(client, drawn, member, now):
    actions.drop(study=drawn, why="学校放假了", by=member, now=now + DAY)
    assert "学校放假了" in page(client, "studies")
    html = page(client, "study", drawn.pk)
    assert "学校放假了" in html
    assert "第三小学东门" in html


def test_the_part_for_the_matters_page_draws_at_every_state(sealed, matter, request):
    def part():
        return render_to_string("study/pages/on_matter.html", {"it": queries.of_matter(matter)})

    assert sealed.seals.get().plan_hash in part()
    request.getfixturevalue("revealed")
    assert "报告正在写" in part()
    request.getfixturevalue("write_report")()
    assert "错开到校的那拨不堵" in part()


def test_every_reported_study_of_a_matter_is_reached_from_its_page(
    client, topic, matter, write_report, member, write, now
):
    reported = write_report()
    newer = actions.open_study(topic=topic, title="雨天再看一次", by=member, now=now + 6 * DAY)
    here, told = reverse("study", args=[reported.pk]), reverse("study", args=[newer.pk])
    html = page(client, "matter", matter.pk)
    assert here in html
    assert told not in html  # nothing of it is published
    day = (now + 7 * DAY).date()
    write(study=newer, source_on=day, reveal_on=day + 9 * DAY, now=now + 6 * DAY)
    actions.seal(study=newer, by=member, now=now + 6 * DAY)
    html = page(client, "matter", matter.pk)
    assert html.index(told) < html.index(f'{here}">')
    assert reported.title in html


def test_lists_of_studies(leader, enter, sealed, other_member, city):
    assert "小学门口早晚高峰" in page(leader, "member-studies")
    assert "小学门口早晚高峰" in page(enter("staff"), "desk-studies")
    assert "小学门口早晚高峰" in page(enter("auditor"), "desk-studies")
    assert "小学门口早晚高峰" not in page(enter("other"), "member-studies")


ADDRESSES = ("plan", "unseal", "look", "draw", "reveal", "drop", "report")


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("role", [Role.UNIT, Role.AUDITOR, Role.OPERATOR])
def test_only_office_and_members_do_something(enter, sealed, name, role):
    assert post(enter(role.value), f"desk-study-{name}", sealed.pk, why="x").status_code == 403
    sealed.refresh_from_db()
    assert sealed.state == State.SEALED


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_member_who_does_not_go_along_can_do_nothing(enter, sealed, other_member, name):
    typed = {**PLAN_FORM, "why": "x", "value": "288", "early_why": "x"}
    assert post(enter("other"), f"desk-study-{name}", sealed.pk, **typed).status_code == 403
    sealed.refresh_from_db()
    assert sealed.state == State.SEALED


def test_numbers_that_make_no_sense(client, leader, study):
    for number in ("0", "x", "-1", "99999999999"):
        assert client.get(reverse("studies"), {"page": number}).status_code == 200
        assert leader.get(reverse("member-studies"), {"page": number}).status_code == 200
    assert client.get(reverse("study", args=[study.pk])).status_code == 404  # nothing sealed yet
    assert leader.get(reverse("desk-study", args=[999])).status_code == 404
    assert leader.get(reverse("desk-study-visit", args=[study.pk, 999])).status_code == 404


def test_pages_take_few_queries(client, leader, write_report, django_assert_max_num_queries):
    study = write_report()
    with django_assert_max_num_queries(20):
        page(client, "study", study.pk)
    with django_assert_max_num_queries(28):
        page(leader, "desk-study", study.pk)
