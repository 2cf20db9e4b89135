"""The front page tells only what is true, hides small counts, and every number opens."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from biaochi.core.actors import Role
from biaochi.evaluation import actions as evaluation
from biaochi.evaluation.models import Ask
from biaochi.outcome import actions as outcome
from biaochi.outcome.models import Check
from biaochi.people import queries as people
from biaochi.people import vault
from biaochi.people.actions import open_account
from biaochi.task import actions as tasks
from biaochi.trace import front
from biaochi.voice import actions as voices
from biaochi.voice.matters import actions as matters
from biaochi.voice.rules import Channel

DAY = dt.timedelta(days=1)


@pytest.fixture
def speak(city, resident, staff):
    """So many people say something, on a day; gives back their voices."""

    def say(n, text="路灯不亮", *, ago=0, area=None, seen=True, **more):
        at = timezone.now() - ago * DAY
        heard = [
            voices.hear(
                words=voices.Words(f"{text}，{i}号"),
                channel=Channel.WEB,
                area=area or city.east,
                speaker=vault.speaker_for(phone=f"1380000{i:04d}"),
                by=resident,
                now=at,
                **more,
            ).voice
            for i in range(n)
        ]
        if seen:
            voices.mark_seen(voices=heard, by=staff, now=at)
        return heard

    return say


@pytest.fixture
def make(speak, staff):
    def open_one(title, n, **more):
        return matters.open_matter(
            title=title, voices=speak(n, title, **more), by=staff, now=timezone.now()
        )

    return open_one


def text_of(client):
    html = client.get(reverse("home")).content.decode()
    return "".join(re.sub(r"<[^>]+>", "", html.split("<main")[1].split("</main>")[0]).split())


def test_an_empty_site_says_so_and_asks_people_to_speak(client, db):
    text = text_of(client)
    assert "这一周，还没有人说话" in text
    assert "我要说一件事" in text
    assert "%" not in text


def test_the_week_counts_seven_days_and_what_it_went_into(client, make, speak):
    make("路灯不亮", 5)
    speak(3, "孤零零的话", ago=6)
    speak(2, "上周的话", ago=7)
    assert "大家说了8条心里话" in text_of(client)
    assert "是1件事" in text_of(client)


def test_withdrawn_words_are_not_counted_anywhere(client, make, resident):
    matter = make("路灯不亮", 6)
    voice = matter.memberships.first().voice
    matters.withdraw(voice=voice, by=resident, now=timezone.now())
    text = text_of(client)
    assert "大家说了5条心里话" in text
    assert "5人说过" in text


def test_the_hot_list_counts_different_people_of_the_last_weeks(make, speak, staff):
    now = timezone.now()
    old = make("老早说的", 9, ago=40)
    few, many = make("六个人说的", 6), make("七个人说的", 7)
    # The same people again: more messages, not more people.
    matters.join(matter=few, voices=speak(6, "再说一遍"), by=staff, now=now)
    found = front.most_said(now)
    assert [(matter.pk, matter.recent) for matter in found] == [(many.pk, 7), (few.pk, 6)]
    assert old.pk not in {matter.pk for matter in found}


def test_fewer_than_five_people_are_not_told_as_a_number(client, make):
    make("只有两个人说", 2)
    text = text_of(client)
    assert "不足5人说过" in text
    assert "2人说过" not in text


def test_a_street_with_few_voices_hides_and_cannot_be_computed(client, city, speak):
    speak(9, area=city.east)
    speak(2, area=city.north)
    week = front.week(timezone.now())
    assert {tile["name"]: tile["count"] for tile in week.tiles} == {"城东": None, "北关": None}
    speak(6, "别处的话", area=city.east)
    assert "圆越大" in text_of(client)


def through(matter, city, staff, unit, resident, checker, answers):
    """A matter goes the whole short way; those who spoke answer as told, the rest is silent."""
    now = timezone.now() - 9 * DAY
    task = tasks.hand_over(matter=matter, unit=city.roads, what="办", by=staff, now=now)
    tasks.accept(task=task, first_act="先去看", by=unit, now=now)
    lines = {item.pk: ("yes", "换了") for item in task.items.all()}
    tasks.claim(task=task, lines=lines, good="亮了", bad="还有一盏旧的", by=unit, now=now)
    outcome.open_checks(now=now)
    (check,) = Check.objects.filter(claim__task=task)
    outcome.check(
        check=check,
        how="site",
        before="黑着",
        after="亮着",
        matches=dict.fromkeys(lines, "yes"),
        why="去看过",
        true=True,
        by=checker,
        now=now,
    )
    evaluation.open_rounds(now=now, matter=matter)
    asks = Ask.objects.filter(round__matter=matter).order_by("pk")
    for ask, answer in zip(asks, answers, strict=False):
        evaluation.answer(ask=ask, answer=answer, by=resident, now=now)


@pytest.fixture
def checker(city, operator):
    open_account(
        username="second",
        shown_name="second",
        role=Role.STAFF,
        password=city.password,
        by=operator,
        now=timezone.now(),
    )
    return people.actor_named("second")


def test_good_and_bad_news_stand_in_two_columns(client, make, city, staff, unit, resident, checker):
    now = timezone.now()
    late, back = make("超期的", 1), make("退回的", 1)
    good, bad = make("办成的事", 6), make("没办成的事", 6)
    through(good, city, staff, unit, resident, checker, ["solved"] * 4 + ["partly"])
    through(bad, city, staff, unit, resident, checker, ["unsolved"] * 5 + ["solved"])
    deed = {"unit": city.roads, "what": "办", "by": staff}
    tasks.hand_over(matter=late, now=now - 9 * DAY, due=timezone.localdate() - DAY, **deed)
    task = tasks.hand_over(matter=back, now=now, **deed)
    tasks.give_back(task=task, reason="unclear", words="哪一条街？", by=unit, now=now)
    text = text_of(client)
    first, second = text.index("办成了的"), text.index("还没办成的")
    third = text.index("实话实说的数")
    assert "办成的事" in text[first:second]
    assert "5人回话：4人说解决了，1人说解决了一部分" in text[first:second]
    assert all(words in text[second:third] for words in ("没办成的事", "超期的", "退回重办"))
    assert "单位自己报“办完了”50.0%提的人说“解决了”25.0%" in text[third:], "of four handed over"
    assert "两个数差25.0个百分点" in text[third:]


def test_few_answers_are_told_without_numbers(client, make, city, staff, unit, resident, checker):
    few = make("人少的事", 2)
    through(few, city, staff, unit, resident, checker, ["solved", "solved"])
    text = text_of(client)
    assert "人少的事" in text
    assert "回话的人不足5位，不写数" in text


def test_what_waits_is_told_with_the_longest_wait(client, speak):
    speak(1, ago=4, seen=False)
    speak(1, "别的话", ago=1, seen=False)
    text = text_of(client)
    assert "等人看的话2条" in text
    assert "其中等得最久的4天" in text


def test_without_a_judgement_there_is_no_number_of_solved(client, make):
    make("路灯不亮", 5)
    text = text_of(client)
    assert "还没有一件事走到请提的人验收这一步" in text
    assert "满意" not in text


def test_every_link_of_the_front_page_opens(client, make, city, staff):
    matter = make("路灯不亮", 5)
    tasks.hand_over(matter=matter, unit=city.roads, what="办", by=staff, now=timezone.now())
    html = client.get(reverse("home")).content.decode()
    links = set(re.findall(r'href="(/[^"#]*)', html)) - {"/en/"}
    assert len(links) > 15
    for link in links:
        if not link.startswith("/static/"):
            assert client.get(link.replace("&amp;", "&"), follow=True).status_code == 200, link


def test_the_front_page_asks_the_database_little(client, make, django_assert_max_num_queries):
    for n in range(7):
        make(f"第{n}件", 5)
    with django_assert_max_num_queries(25):
        client.get(reverse("home"))


def test_the_front_page_is_read_in_english_too(client, make):
    make("路灯不亮", 5)
    with translation.override("zh-hans"):  # what the page turns on must not stay on
        assert client.get("/en/").status_code == 200
