"""The public page of a matter: who has it, what was given back, and where merged ones went."""

import pytest
from django.urls import reverse
from django.utils import timezone

from biaochi.task import actions as tasks
from biaochi.voice import actions as voices
from biaochi.voice.matters import actions as matters
from biaochi.voice.rules import Channel


@pytest.fixture
def make(city, staff, resident):
    def open_one(title):
        now = timezone.now()
        heard = voices.hear(
            words=voices.Words(title), channel=Channel.WEB, area=city.east, by=resident, now=now
        )
        voices.mark_seen(voices=[heard.voice], by=staff, now=now)
        return matters.open_matter(title=title, voices=[heard.voice], by=staff, now=now)

    return open_one


@pytest.fixture
def matter(make):
    return make("后街的路灯不亮")


@pytest.fixture
def hand(matter, city, staff):
    def hand_over():
        return tasks.hand_over(
            matter=matter, unit=city.roads, what="把灯修亮", by=staff, now=timezone.now()
        )

    return hand_over


def page_of(client, matter):
    return client.get(reverse("matter", args=[matter.pk])).content.decode()


def test_before_it_is_handed_over_the_page_says_that_nobody_has_it(client, matter):
    assert "还没有交给哪个单位" in page_of(client, matter)


def test_the_page_says_who_has_it_and_until_when(client, matter, hand, unit):
    task = hand()
    assert "等它收下" in page_of(client, matter)
    tasks.accept(task=task, first_act="先查线路", by=unit, now=timezone.now())
    html = page_of(client, matter)
    assert "先查线路" in html
    assert f"{task.due_on.month}月{task.due_on.day}日" in html


def test_the_page_says_why_a_unit_gave_it_back_and_that_nobody_has_it(client, matter, hand, unit):
    tasks.give_back(task=hand(), reason="not_ours", words="归物业管", by=unit, now=timezone.now())
    html = page_of(client, matter)
    assert "归物业管" in html
    assert "办公室正在重新定" in html


def test_a_merged_matter_leads_on_to_where_its_words_are(client, matter, make, staff):
    into = make("路灯黑了")
    matters.merge(into=into, matters=[matter], by=staff, now=timezone.now())
    answer = client.get(reverse("matter", args=[matter.pk]))
    assert answer.url == reverse("matter", args=[into.pk])


def test_a_matter_that_is_not_there_is_a_page_of_its_own(client, db):
    assert client.get(reverse("matter", args=[99])).status_code == 404
    assert client.get(reverse("matter-history", args=[99])).status_code == 404


def test_the_history_shows_each_deed_with_its_hash(client, matter, hand):
    hand()
    html = client.get(reverse("matter-history", args=[matter.pk])).content.decode()
    assert "交给承办单位" in html
    assert "办公室工作人员" in html
    assert ">staff<" not in html
