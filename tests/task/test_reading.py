"""What is read in a unit's words on a task: the office sees it, and nobody else."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from biaochi.core.actors import Role
from biaochi.task import actions, queries
from biaochi.task.rules import Done, ReturnReason
from tests.task.conftest import PHONE

BLOCK = "这些话里读到的"
OFF_THE_POINT = "全市的公园今年新增了三百个停车位，方便大家周末出门游玩，还修好了两处公共厕所。"
LATER = "路灯的事将尽快安排。"
HOSTILE = "<script>alert(1)</script>的事将尽快安排。"


@pytest.fixture
def now():
    """Pages read the clock: everything happens just now."""
    return timezone.now()


@pytest.fixture
def task(take_on):
    return take_on()


@pytest.fixture
def office_page(sign_in):
    """The office's page of a task."""

    def page(task, role=Role.STAFF):
        answer = sign_in(role).get(reverse("desk-task", args=[task.pk]))
        assert answer.status_code == 200
        return answer.content.decode()

    return page


@pytest.fixture
def claimed_with(task, claim_of):
    """A claim in which both clauses say what was done, but for what is changed."""

    def claimed(first="六盏灯都换了，都亮。", second="报修电话在杆上公布了。", done=Done.YES):
        one, two = task.items.all()
        lines = {one.pk: (done, first), two.pk: (Done.YES, second)}
        return claim_of(task, lines=lines, good="后街亮了", bad="北头一段还黑")

    return claimed


def codes(reading):
    return [code for finding in reading.findings for code in finding.codes]


def test_a_claim_that_says_what_was_done_has_no_block(task, claimed_with, office_page):
    claimed_with()
    page = office_page(task)
    assert "六盏灯都换了" in page and BLOCK not in page


def test_the_office_sees_a_clause_without_answer_and_an_undated_promise(
    task, claimed_with, office_page
):
    claimed_with(first=LATER, second=OFF_THE_POINT)
    for role in (Role.STAFF, Role.AUDITOR):
        page = office_page(task, role)
        assert BLOCK in page and "<mark>将尽快</mark>" in page
        assert "第 1 条：报的是办好了，话里只有以后再办；没写哪天" in page
        assert "第 2 条：没找到对这一条的回答" in page
        assert "没写谁来做" not in page, "it is the unit that writes here"
        assert "“已答复”不等于“已解决”" in page


def test_what_was_reported_as_not_done_is_not_asked_for_its_answer(task, claimed_with):
    claim = claimed_with(first=OFF_THE_POINT, done=Done.NO)
    assert queries.read_claim(claim) is None


def test_a_claim_that_was_taken_back_is_read_no_more(task, claimed_with, unit, office_page, now):
    claimed_with(first=LATER)
    assert BLOCK in office_page(task)
    actions.take_back_claim(task=task, by=unit, now=now)
    assert BLOCK not in office_page(task)


def test_a_request_for_more_time_is_read_and_its_day_is_not_asked_for(task, unit, office_page, now):
    until = task.due_on + dt.timedelta(days=3)
    actions.ask_more_time(
        task=task, until=until, why="灯具还没到货", meanwhile="将进一步加强协调", by=unit, now=now
    )
    page = office_page(task)
    assert BLOCK in page and "这段时间先做什么：没写做什么；话说得含糊" in page
    assert "没写哪天" not in page


def test_the_latest_note_of_progress_is_read(task, unit, office_page, now):
    actions.note_progress(task=task, words=LATER, by=unit, now=now)
    assert "没写哪天" in office_page(task)
    actions.note_progress(task=task, words="六盏灯都换了", by=unit, now=now)
    assert BLOCK not in office_page(task)


def test_words_of_a_return_are_read_and_that_it_is_anothers_is_no_finding(
    hand, unit, office_page, now
):
    task = hand()
    reason = ReturnReason.values[0]
    plain = "这条街不属于我局管理，归公路处。"
    actions.give_back(task=task, reason=reason, words=plain, by=unit, now=now)
    task.refresh_from_db()
    assert BLOCK not in office_page(task)
    task.return_words = "请有关部门统筹考虑。"
    assert codes(queries.read_return(task)) == ["vague"]


def test_hostile_words_stay_words_and_a_number_is_covered(task, claimed_with, office_page):
    claimed_with(first=HOSTILE, second=f"以后的事将尽快安排，打{PHONE}。")
    page = office_page(task)
    assert BLOCK in page and "&lt;script&gt;" in page
    assert "<script>alert" not in page and PHONE not in page


def test_neither_a_unit_nor_a_resident_sees_it(
    task, claimed_with, sign_in, other_unit, city, unit, now
):
    actions.note_progress(task=task, words=LATER, by=unit, now=now)
    claimed_with(first=LATER, second=OFF_THE_POINT)
    own = sign_in(Role.UNIT)
    for name in ("unit-task", "unit-claim"):
        assert BLOCK not in own.get(reverse(name, args=[task.pk])).content.decode()
    assert own.get(reverse("desk-task", args=[task.pk])).status_code == 403
    other = Client()
    assert other.login(username="homes", password=city.password)
    for name in ("desk-task", "unit-task"):
        assert other.get(reverse(name, args=[task.pk])).status_code == 403
    public = Client().get(reverse("matter", args=[task.matter_id]))
    assert public.status_code == 200 and BLOCK not in public.content.decode()


def test_reading_a_claim_adds_no_query(task, claimed_with, django_assert_num_queries):
    claimed_with(first=LATER, second=OFF_THE_POINT)
    (claim,) = queries.claims(task)
    with django_assert_num_queries(0):
        assert queries.read_claim(claim).findings
