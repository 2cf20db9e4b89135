"""The pages of topics: what everybody reads, how the office decides, and every unhappy path."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from biaochi.core.actors import Role
from biaochi.topic import actions, queries
from biaochi.topic.models import Topic
from biaochi.topic.rules import Choice, Criterion, State

WHOLE = {
    "title": "校门口三百米",
    "question": "早晚堵在哪里",
    "deed": "raise",
    **{f"grade-{key}": "yes" for key in Criterion},
    **{f"{key}": f"凭{key}" for key in Criterion},
}


@pytest.fixture
def office(enter):
    return enter("staff")


def page(client, name, *args, **sent):
    return client.get(reverse(name, args=args or None), sent).content.decode()


def test_the_form_shows_what_is_counted_and_the_matter(office, matter):
    html = page(office, "desk-topic-new", matter=matter.pk)
    assert "小学门口接孩子没处停车" in html
    assert "现在数出来的：6 人说过" in html
    assert "照职责目录，归市城管局管" in html


def test_the_office_puts_a_matter_forward(office, matter):
    answer = office.post(reverse("desk-topic-new"), WHOLE | {"matter": matter.pk}, follow=True)
    assert "放进候选了" in answer.content.decode()
    topic = Topic.objects.get()
    assert topic.measures.count() == 4
    assert list(topic.matters.all()) == [matter]


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"title": ""}, "请给选题起个名字", "title"),
        ({"question": ""}, "去了要弄清楚什么", "question"),
        ({"grade-whom": ""}, "还没有选够不够", "whom"),
        ({"narrow": " "}, "请写一句凭什么", "narrow"),
        ({"matter": ""}, "请先选一件事", "find"),
        ({"matter": "999999"}, "请先选一件事", "find"),
        ({"title": "长" * 121}, "121", "title"),
    ],
)
def test_what_is_missing_is_said_with_a_way_to_it_and_nothing_typed_is_lost(
    office, matter, changed, sentence, field
):
    typed = WHOLE | {"matter": matter.pk, "strong": "写了很久的一句话"} | changed
    answer = office.post(reverse("desk-topic-new"), typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert f'href="#{field}"' in html
    assert "写了很久的一句话" in html
    assert not Topic.objects.exists()


def test_a_search_in_the_form_keeps_everything_typed(office, matter, speak):
    other = speak("北门也没处停车", 1)
    answer = office.post(
        reverse("desk-topic-new"),
        WHOLE | {"matter": matter.pk, "deed": "find", "find": "停车", "question": "还没写完"},
    )
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "还没写完" in html
    assert f'value="{other.pk}"' in html
    assert f'value="{matter.pk}" checked' in html
    assert not Topic.objects.exists()


def test_a_member_puts_a_matter_forward_and_sees_no_small_number(enter, speak):
    few = speak("盲道断了", 3)
    client = enter("member")
    html = page(client, "member-topic-new", matter=few.pk)
    assert "不足 5 人说过" in html
    assert "3 人" not in html
    answer = client.post(reverse("member-topic-new"), WHOLE | {"matter": few.pk}, follow=True)
    assert "校门口三百米" in answer.content.decode()
    assert Topic.objects.get().raised_by.username == "member"


def test_the_desk_shows_candidates_beside_four_criteria(office, topic, matter):
    html = page(office, "desk-topics")
    for words in (
        "校门口三百米",
        "说的人一直在涨",
        "接送的多是老人",
        "6 人说过",
        "等两个人",
        "等您",
    ):
        assert words in html


def test_a_decision_stays_closed_to_the_second_person_until_it_is_made(
    office, enter, topic, second
):
    address = reverse("desk-topic-decide", args=[topic.pk])
    answer = office.post(address, {"choice": "take", "why": "第一个人写的"}, follow=True)
    assert "谁也看不到您写的" in answer.content.decode()
    assert "第一个人写的" in answer.content.decode()
    colleague = enter("second")
    blind = page(colleague, "desk-topic", topic.pk)
    assert "签了，封着" in blind
    assert "第一个人写的" not in blind
    assert "第一个人写的" not in page(colleague, "desk-topics")
    answer = colleague.post(address, {"choice": "take", "why": "第二个人写的"}, follow=True)
    shown = answer.content.decode()
    assert "定为调研选题了" in shown
    assert "第一个人写的" in shown


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"choice": ""}, "请选“定”还是“放下”"),
        ({"why": ""}, "请写一句为什么"),
        ({"goes_to": ""}, "放下不等于不管"),
        ({"where": ""}, "请写清转给谁"),
        ({"review_on": ""}, "请写哪天再回来看一次"),
        ({"review_on": "2020-1-1"}, "要在今天以后"),
        ({"review_on": "过阵子"}, "这个日期看不懂"),
    ],
)
def test_to_put_aside_needs_everything_and_keeps_what_was_typed(office, topic, changed, sentence):
    typed = {
        "choice": "aside",
        "why": "切口太大",
        "goes_to": "task",
        "where": "交给城管办",
        "review_on": "2099年3月1日",
    }
    address = reverse("desk-topic-decide", args=[topic.pk])
    answer = office.post(address, typed | changed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    kept = {**typed, **changed}
    assert kept["where"] in html and kept["why"] in html
    assert office.post(address, typed).status_code == 302


def test_the_raiser_finds_no_form_and_is_refused_by_its_address(office, put_forward, staff):
    own = put_forward(by=staff)
    assert "签上我的意见" not in page(office, "desk-topic", own.pk)
    answer = office.post(
        reverse("desk-topic-decide", args=[own.pk]), {"choice": "take", "why": "好"}
    )
    assert answer.status_code == 403
    assert "自己提的" in answer.content.decode()


def test_nobody_outside_reads_of_a_candidate(client, enter, topic):
    assert client.get(reverse("topic", args=[topic.pk])).status_code == 404
    assert "校门口三百米" not in page(client, "topics")
    assert enter("unit").get(reverse("topic", args=[topic.pk])).status_code == 404


def test_chosen_and_put_aside_are_shown_in_equal_form_with_reasons(
    client, put_forward, speak, take, put_aside, staff, second, now
):
    take(staff, why="天天堵")
    take(second, why="看得清")
    other = put_forward(matters=[speak("全市停车", 7)], title="全市停车规划")
    for doer in (staff, second):
        actions.decide(
            topic=other,
            choice=Choice.ASIDE,
            why="切口太大",
            goes_to="report",
            goes_where="报省里",
            review_on=now.date().replace(year=now.year + 1),
            by=doer,
            now=now,
        )
    html = page(client, "topics")
    assert html.count('<article class="bc-topic">') == 2
    assert html.count('<ul class="bc-crit">') == 2
    for words in ("天天堵；看得清", "切口太大", "写成社情民意信息：报省里", "2027年3月2日"):
        assert words in html
    one = page(client, "topic", other.pk)
    assert one.count("切口太大") == 2  # each person's own sentence
    assert "全市停车" in one
    assert staff.name not in one


def test_the_public_page_hides_small_numbers(client, put_forward, speak, staff, second, now):
    few = put_forward(matters=[speak("盲道断了", 3)], title="盲道断在站前")
    for doer in (staff, second):
        actions.decide(topic=few, choice=Choice.TAKE, why="有人摔过", by=doer, now=now)
    for name, args in (("topics", ()), ("topic", (few.pk,))):
        html = page(client, name, *args)
        assert "不足 5 人说过" in html
        assert "3 人" not in html


def test_what_was_put_aside_is_brought_back_from_its_page(office, topic, put_aside, staff, second):
    put_aside(staff)
    put_aside(second)
    address = reverse("desk-topic-back", args=[topic.pk])
    assert office.post(address, {"why": ""}).status_code == 422
    answer = office.post(address, {"why": "又有人摔了"}, follow=True)
    assert "重新由两个人来定" in answer.content.decode()
    topic.refresh_from_db()
    assert topic.state == State.CANDIDATE


def test_while_it_is_decided_anew_the_old_decision_stays_readable(
    client, topic, put_aside, staff, second, now
):
    put_aside(staff)
    put_aside(second)
    actions.bring_back(topic=topic, why="又有人摔了", by=staff, now=now)
    html = page(client, "topic", topic.pk)
    assert "正在重新商量" in html
    assert "切口太大" in html


def test_a_member_reads_what_became_of_the_own_candidates(enter, topic, put_aside, staff, second):
    put_aside(staff)
    client = enter("member")
    html = page(client, "member-topics")
    assert "还没有定" in html
    assert "切口太大" not in html
    put_aside(second)
    assert "切口太大" in page(client, "member-topics")


def test_the_parts_for_the_matters_page_draw(topic, take, staff, second, matter):
    take(staff)
    take(second)
    html = render_to_string("topic/pages/on_matter.html", {"it": queries.of_matter(matter)})
    assert "校门口三百米" in html
    assert reverse("topic", args=[topic.pk]) in html


def test_pages_take_few_queries_however_much_is_on_them(
    client, office, put_forward, speak, staff, second, now, django_assert_max_num_queries
):
    for n in range(4):
        topic = put_forward(matters=[speak(f"事{n}", 2)], title=f"选题{n}")
        for doer in (staff, second):
            actions.decide(topic=topic, choice=Choice.TAKE, why="去看", by=doer, now=now)
    with django_assert_max_num_queries(16):
        page(client, "topics")
    for n in range(4):
        put_forward(matters=[speak(f"候选{n}", 2)], title=f"候选{n}")
    with django_assert_max_num_queries(24):
        page(office, "desk-topics")


def test_a_page_number_that_makes_no_sense_shows_the_first_page(client, office, topic):
    for number in ("0", "x", "-1", "99999999999"):
        assert client.get(reverse("topics"), {"page": number}).status_code == 200
        assert office.get(reverse("desk-topics"), {"page": number}).status_code == 200
    assert client.get(reverse("topic", args=[999999])).status_code == 404


@pytest.mark.parametrize("name", ["desk-topic-decide", "desk-topic-back"])
def test_deeds_are_posted_and_closed_to_all_but_the_office(client, enter, topic, name):
    address = reverse(name, args=[topic.pk])
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 403
    for role in (Role.MEMBER, Role.UNIT, Role.AUDITOR):
        assert enter(role.value).post(address, {"choice": "take", "why": "好"}).status_code == 403
    topic.refresh_from_db()
    assert topic.state == State.CANDIDATE


def test_an_auditor_reads_and_finds_no_form(enter, topic):
    client = enter("auditor")
    assert "校门口三百米" in page(client, "desk-topics")
    assert "签上我的意见" not in page(client, "desk-topic", topic.pk)
