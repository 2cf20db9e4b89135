"""The pages of tasks: a unit's inbox, the office's hand-over, and what is said when it cannot be."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from biaochi.core.actors import Role
from biaochi.task import actions
from biaochi.task.models import Task
from biaochi.task.rules import State


@pytest.fixture
def unit_client(sign_in):
    return sign_in(Role.UNIT)


@pytest.fixture
def office(sign_in):
    return sign_in(Role.STAFF)


@pytest.fixture
def task(hand):
    """Handed over just now, so that it can still be returned."""
    return hand(now=timezone.now())


def test_the_inbox_shows_the_matter_its_days_and_public_words(unit_client, task):
    html = unit_client.get(reverse("unit-inbox")).content.decode()
    for words in ("后街的路灯不亮", "把后街的路灯修亮", "不足 5 人", "收下，开始办", "退给交办方"):
        assert words in html
    assert "这里只看事，看不到提的人是谁" in html


def test_the_desk_sends_a_unit_to_its_inbox(unit_client, db):
    assert unit_client.get(reverse("desk")).url == reverse("unit-inbox")


def test_accepting_moves_the_task_into_the_next_drawer(unit_client, task):
    answer = unit_client.post(
        reverse("unit-accept", args=[task.pk]), {"first_act": "先查线路"}, follow=True
    )
    assert "收下了" in answer.content.decode()
    task.refresh_from_db()
    assert task.state == State.ACCEPTED
    doing = unit_client.get(reverse("unit-inbox"), {"tab": "doing"}).content.decode()
    assert "后街的路灯不亮" in doing
    assert "先查线路" in doing


def test_a_form_without_its_sentence_comes_back_with_what_was_typed(unit_client, task):
    answer = unit_client.post(
        reverse("unit-give-back", args=[task.pk]),
        {"reason": "not_ours", "words": " ", "suggested_unit": "市水务局"},
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "请写一句退回的理由" in html
    assert 'value="市水务局"' in html
    assert f'href="#words{task.pk}"' in html
    task.refresh_from_db()
    assert task.state == State.HANDED


def test_after_the_last_day_the_form_for_returning_is_gone_and_its_address_refuses(
    unit_client, hand
):
    task = hand(now=timezone.now() - dt.timedelta(days=21))
    html = unit_client.get(reverse("unit-task", args=[task.pk])).content.decode()
    assert "已经过了" in html
    assert "退给交办方" not in html
    answer = unit_client.post(
        reverse("unit-give-back", args=[task.pk]), {"reason": "unclear", "words": "哪条街？"}
    )
    assert answer.status_code == 409
    assert "已经过了" in answer.content.decode()


def test_another_units_task_is_refused_by_every_address(unit_client, hand, city):
    task = hand(unit=city.homes)
    for answer in (
        unit_client.get(reverse("unit-task", args=[task.pk])),
        unit_client.post(reverse("unit-accept", args=[task.pk]), {"first_act": "我们来"}),
        unit_client.post(reverse("unit-give-back", args=[task.pk]), {"words": "不是"}),
    ):
        assert answer.status_code == 403
    task.refresh_from_db()
    assert task.state == State.HANDED


def test_the_hand_over_page_suggests_a_unit_and_says_why(office, matter, city):
    html = office.get(reverse("desk-hand-over", args=[matter.pk])).content.decode()
    assert f'<option value="{city.roads.pk}" selected>' in html
    assert "只是建议，由您定" in html


def test_the_office_hands_over_with_a_day_written_as_people_write_it(office, matter, city):
    day = timezone.localdate() + dt.timedelta(days=9)
    answer = office.post(
        reverse("desk-hand-over", args=[matter.pk]),
        {
            "unit": city.roads.pk,
            "what": "把灯修亮",
            "why": "",
            "due": f"{day.year}年{day.month}月{day.day}日",
        },
        follow=True,
    )
    assert "交给市城管局了" in answer.content.decode()
    assert Task.objects.get().due_on == day


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"unit": ""}, "请选一个承办单位"),
        ({"what": ""}, "请写要办什么"),
        ({"due": "下个月"}, "这个日期看不懂"),
        ({"due": "2020-01-01"}, "期限要在今天以后"),
        ({"unit": "9999"}, "9999"),
    ],
)
def test_a_hand_over_that_is_not_complete_changes_nothing(office, matter, city, changed, sentence):
    typed = {"unit": city.roads.pk, "what": "把灯修亮", "why": "归城管", "due": ""}
    answer = office.post(reverse("desk-hand-over", args=[matter.pk]), typed | changed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert "归城管" in html
    assert not Task.objects.exists()


def test_several_ticked_matters_are_handed_over_from_one_page(office, matter, city):
    page = office.get(reverse("desk-hand-over-many"), {"matter": [matter.pk, "x"]})
    assert "后街的路灯不亮" in page.content.decode()
    typed = {
        "confirmed": "1",
        "matter": matter.pk,
        f"m{matter.pk}-unit": city.roads.pk,
        f"m{matter.pk}-what": "修亮",
    }
    wrong = office.post(reverse("desk-hand-over-many"), typed | {f"m{matter.pk}-what": ""})
    assert wrong.status_code == 422
    assert "“后街的路灯不亮”：请写要办什么" in wrong.content.decode()
    office.post(reverse("desk-hand-over-many"), typed)
    assert Task.objects.get().what == "修亮"


def test_the_page_for_several_says_what_to_do_when_nothing_is_ticked(office, db):
    assert "先在待办台勾选" in office.get(reverse("desk-hand-over-many")).content.decode()


def test_the_office_takes_a_task_back_from_its_page(office, task):
    empty = office.post(reverse("desk-task-recall", args=[task.pk]), {"why": ""})
    assert empty.status_code == 422
    office.post(reverse("desk-task-recall", args=[task.pk]), {"why": "交错了"})
    task.refresh_from_db()
    assert task.state == State.RECALLED


def test_a_returned_task_is_sent_on_from_its_page(office, unit, task, city):
    actions.give_back(task=task, reason="not_ours", words="归住建", by=unit, now=timezone.now())
    page = office.get(reverse("desk-task", args=[task.pk])).content.decode()
    assert "归住建" in page
    answer = office.post(
        reverse("desk-task-again", args=[task.pk]),
        {"unit": city.homes.pk, "what": "修亮", "why": "", "due": ""},
    )
    assert answer.status_code == 302
    task.refresh_from_db()
    assert (task.unit, task.state) == (city.homes, State.HANDED)


def test_the_list_of_tasks_has_a_drawer_for_each_state(office, unit, task):
    assert "后街的路灯不亮" in office.get(reverse("desk-tasks")).content.decode()
    actions.accept(task=task, first_act="查", by=unit, now=timezone.now())
    assert "后街的路灯不亮" not in office.get(reverse("desk-tasks")).content.decode()
    doing = office.get(reverse("desk-tasks"), {"tab": "doing"}).content.decode()
    assert "后街的路灯不亮" in doing


ADDRESSES = {
    "unit-inbox": {Role.UNIT},
    "unit-task": {Role.UNIT},
    "desk-hand-over": {Role.STAFF},
    "desk-hand-over-many": {Role.STAFF},
    "desk-tasks": {Role.STAFF, Role.AUDITOR},
    "desk-task": {Role.STAFF, Role.AUDITOR},
}


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("role", [Role.STAFF, Role.UNIT, Role.MEMBER, Role.AUDITOR, Role.OPERATOR])
def test_each_page_is_open_to_its_roles_only(sign_in, task, name, role):
    key = task.matter_id if name == "desk-hand-over" else task.pk
    plain = name in {"unit-inbox", "desk-tasks", "desk-hand-over-many"}
    address = reverse(name, args=None if plain else [key])
    expected = 200 if role in ADDRESSES[name] else 403
    assert sign_in(role).get(address).status_code == expected


@pytest.mark.parametrize("name", ["unit-accept", "unit-give-back", "desk-task-recall"])
def test_deeds_are_posted_and_closed_to_residents(client, task, name):
    address = reverse(name, args=[task.pk])
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 403


def test_a_page_number_that_makes_no_sense_shows_the_first_page(unit_client, task):
    for page in ("0", "x", "-1", "99999999999"):
        answer = unit_client.get(reverse("unit-inbox"), {"page": page, "tab": "nonsense"})
        assert answer.status_code == 200


def test_the_inbox_asks_the_database_little_however_full_it_is(
    unit_client, hand, city, django_assert_max_num_queries
):
    hand(now=timezone.now())
    with django_assert_max_num_queries(20):
        unit_client.get(reverse("unit-inbox"))
