"""A unit reads sums and words; it never learns who was asked, who answered, and what one said."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from biaochi.core.actors import Role
from biaochi.core.models import Entry
from biaochi.core.refusals import NotYours
from biaochi.evaluation import queries
from tests.outcome.scene import Scene


@pytest.fixture
def scene(city, staff, unit, resident):
    return Scene(city, staff, unit, resident, timezone.now())


@pytest.fixture
def unit_client(city):
    client = Client()
    assert client.login(username="unit", password=city.password)
    return client


def page(client, task):
    return client.get(reverse("unit-people", args=[task.pk])).content.decode()


def test_under_five_answers_a_unit_reads_no_number(scene, unit_client):
    scene.to_the_people(4)
    scene.says(0, "unsolved", words="三号灯还黑")
    scene.says(1, "unsolved", words="二号灯也黑")
    scene.says(2, "solved")
    scene.says(3, "partly")
    html = page(unit_client, scene.task)
    assert "回话的人少，不显示" in html
    assert "bc-bar" not in html and "bc-key" not in html
    assert "三号灯还黑" in html
    for secret in ("1380000", "张三丰", "城东", "没解决</cite>"):
        assert secret not in html


def test_words_reach_a_unit_without_their_answer_place_day_and_order(scene, unit_client):
    scene.to_the_people(5)
    for number, words in enumerate(("丙灯黑", "甲灯黑", "乙灯黑")):
        scene.says(number, "unsolved", words=words)
    found = queries.words_for_unit(queries.latest_of_task(scene.task))
    assert found == sorted(found) and len(found) == 3
    html = page(unit_client, scene.task)
    quotes = html.split("他们写的话")[1].split("</section>")[0]
    assert "<cite>" not in quotes


def test_from_five_on_a_unit_reads_the_parts(scene, unit_client):
    scene.to_the_people(5)
    scene.all_say("unsolved", "unsolved", "unsolved", "partly", "solved")
    html = page(unit_client, scene.task)
    assert "上次为什么退回" in html and "bc-bar" in html


def test_another_units_task_is_refused(scene, unit_client, city):
    scene.open(2)
    from biaochi.task import actions as tasks

    theirs = tasks.hand_over(
        matter=scene.matter, unit=city.homes, what="修", by=scene.staff, now=scene.now
    )
    assert unit_client.get(reverse("unit-people", args=[theirs.pk])).status_code == 403


def test_before_anybody_was_asked_the_page_says_so(scene, unit_client):
    scene.open(2)
    scene.hand()
    assert "还没有问过" in page(unit_client, scene.task)


@pytest.mark.parametrize("role", [Role.UNIT, Role.MEMBER])
def test_no_round_is_readable_for_those_who_are_judged(scene, city, role):
    round_ = scene.to_the_people(2)
    actor = city.actor(role)
    assert not queries.visible_to(actor).exists()
    with pytest.raises(NotYours):
        queries.get(actor, round_.pk)


def test_the_record_tells_nobody_who_answered_what(scene):
    scene.to_the_people(3)
    scene.all_say("solved", "unsolved", "partly")
    lines = Entry.objects.filter(verb="answer round")
    assert {line.actor for line in lines} == {"resident"}
    assert not {"solved", "unsolved", "partly"} & {line.after + line.note for line in lines}
    assert not Entry.objects.filter(thing__startswith="ask:").exists()
