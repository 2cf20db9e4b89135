"""The pages of working: claim, progress, more time, co-units, and tasks from replies."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from biaochi.core.actors import RESIDENT, Role
from biaochi.task import actions
from biaochi.task.models import Exhibit, Task
from biaochi.task.rules import State


@pytest.fixture
def unit_client(sign_in):
    return sign_in(Role.UNIT)


@pytest.fixture
def office(sign_in):
    return sign_in(Role.STAFF)


@pytest.fixture
def task(take_on):
    return take_on(now=timezone.now())


def html(answer):
    return answer.content.decode()


def photo(name="lamp.jpg"):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "JPEG")
    out.seek(0)
    out.name = name
    return out


def typed(task, **changes):
    """What a unit types into the form of a claim."""
    first, second = task.items.all()
    whole = {
        f"done-{first.pk}": "yes",
        f"words-{first.pk}": "六盏都换了",
        f"done-{second.pk}": "no",
        f"words-{second.pk}": "牌子还在做",
        "good": "后街亮了",
        "bad": "北头还黑",
        "once_cost": "3.8 万元",
    }
    return whole | changes


def test_the_claim_page_asks_for_every_clause(unit_client, task):
    page = html(unit_client.get(reverse("unit-claim", args=[task.pk])))
    for words in ("换六盏灯", "怎样算办成：六盏都亮", "公布报修电话", "提的人说了算"):
        assert words in page


def test_a_claim_is_made_with_a_photo_and_shown(unit_client, task):
    sent = typed(task) | {
        "after-file": photo(),
        "after-caption": "后街",
        "after-on": "2026年3月9日",
    }
    answer = unit_client.post(reverse("unit-claim", args=[task.pk]), sent, follow=True)
    task.refresh_from_db()
    assert task.state == State.CLAIMED
    for words in ("交上去了", "六盏都换了", "牌子还在做", "3.8 万元", "撤回申报"):
        assert words in html(answer)
    picture = unit_client.get(reverse("desk-exhibit", args=[Exhibit.objects.get().pk]))
    assert picture["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"bad": ""}, "只写了一栏"),
        ({"paper-caption": "x" * 201}, "200"),
        ({"after-caption": "后街"}, "都要放照片"),
        ({"after-on": "下雪那天", "after-caption": "后街"}, "这个日期看不懂"),
    ],
)
def test_a_claim_that_lacks_something_comes_back_with_what_was_typed(
    unit_client, task, changes, words
):
    answer = unit_client.post(reverse("unit-claim", args=[task.pk]), typed(task, **changes))
    assert answer.status_code == 422
    for kept in (words, "六盏都换了", "牌子还在做", "3.8 万元"):
        assert kept in html(answer)
    task.refresh_from_db()
    assert task.state == State.ACCEPTED


def test_a_clause_without_answer_is_named_beside_it(unit_client, task):
    second = task.items.last()
    sent = typed(task)
    del sent[f"done-{second.pk}"]
    answer = unit_client.post(reverse("unit-claim", args=[task.pk]), sent)
    assert f'href="#done-{second.pk}"' in html(answer)
    assert "第 2 条还没报" in html(answer)


def test_what_is_no_photo_is_said_and_nothing_is_claimed(unit_client, task):
    bad = io.BytesIO(b"MZ not a photo")
    bad.name = "lamp.jpg"
    sent = typed(task) | {"after-file": bad, "after-caption": "后街"}
    answer = unit_client.post(reverse("unit-claim", args=[task.pk]), sent)
    assert answer.status_code == 422
    assert "不是照片" in html(answer)
    assert not Exhibit.objects.exists()


def test_a_claim_is_taken_back_and_its_words_stand_in_the_form_again(unit_client, task):
    address = reverse("unit-claim", args=[task.pk])
    unit_client.post(address, typed(task))
    answer = unit_client.post(reverse("unit-claim-back", args=[task.pk]), follow=True)
    assert "撤回来了" in html(answer)
    for words in ("六盏都换了", "牌子还在做", "3.8 万元"):
        assert words in html(answer)
    assert unit_client.post(reverse("unit-claim-back", args=[task.pk])).status_code == 409


def test_a_claim_is_made_once(unit_client, task):
    address = reverse("unit-claim", args=[task.pk])
    unit_client.post(address, typed(task))
    assert unit_client.post(address, typed(task)).status_code == 409


def test_a_paper_is_added_while_it_waits(unit_client, task):
    address = reverse("unit-exhibits", args=[task.pk])
    early = unit_client.post(address, {"when": "paper", "caption": "验收单"})
    assert (early.status_code, "还没有申报" in html(early)) == (422, True)
    unit_client.post(reverse("unit-claim", args=[task.pk]), typed(task))
    wrong = unit_client.post(address, {"when": "paper", "caption": "", "taken_on": "2026-3-9"})
    assert wrong.status_code == 422
    assert "2026-3-9" in html(wrong)
    answer = unit_client.post(address, {"when": "paper", "caption": "验收单"}, follow=True)
    assert "验收单" in html(answer)


def test_progress_and_more_time_from_the_page_of_a_task(unit_client, office, task):
    address = reverse("unit-task", args=[task.pk])
    assert "有什么进展" in html(unit_client.get(address))
    empty = unit_client.post(reverse("unit-progress", args=[task.pk]), {"progress": " "})
    assert (empty.status_code, "请写一句有什么进展" in html(empty)) == (422, True)
    unit_client.post(reverse("unit-progress", args=[task.pk]), {"progress": "换了四盏"})
    until = task.due_on + dt.timedelta(days=30)
    ask = {"until": until.isoformat(), "more_why": "灯杆要定做", "meanwhile": ""}
    wrong = unit_client.post(reverse("unit-more-time", args=[task.pk]), ask)
    assert wrong.status_code == 422
    assert "灯杆要定做" in html(wrong)
    ask["meanwhile"] = "先装临时灯"
    unit_client.post(reverse("unit-more-time", args=[task.pk]), ask)
    page = html(unit_client.get(address))
    for words in ("换了四盏", "先装临时灯", "等办公室回话"):
        assert words in page
    listed = html(office.get(reverse("desk-tasks")))
    assert "单位申请延期，等您回话" in listed
    asked = task.extensions.get()
    answer = reverse("desk-task-more-time", args=[asked.pk])
    silent = office.post(answer, {"answer": "grant", "more_why": ""})
    assert (silent.status_code, "都请写一句为什么" in html(silent)) == (422, True)
    done = office.post(answer, {"answer": "grant", "more_why": "确实要时间"}, follow=True)
    assert "回了单位" in html(done)
    task.refresh_from_db()
    assert task.due_on == until
    assert office.post(answer, {"answer": "grant", "more_why": "再批"}).status_code == 409
    assert office.post(reverse("desk-task-more-time", args=[999])).status_code == 404


def test_a_co_unit_finds_and_answers_what_it_is_asked(sign_in, hand, city, other_unit, client):
    task = hand(helpers=[city.homes], now=timezone.now())
    client.login(username="homes", password=city.password)
    inbox = html(client.get(reverse("unit-inbox"), {"tab": "help"}))
    assert "等您的意见" in inbox
    address = reverse("unit-help", args=[task.helpers.get().pk])
    wrong = client.post(address, {"opinion": " "})
    assert wrong.status_code == 422
    answer = client.post(address, {"opinion": "物业这边我们去说"}, follow=True)
    assert "物业这边我们去说" in html(answer)
    lead = sign_in(Role.UNIT)
    assert lead.get(address).status_code == 403
    assert "物业这边我们去说" in html(lead.get(reverse("unit-task", args=[task.pk])))
    public = html(client.get(reverse("matter", args=[task.matter_id])))
    assert "物业这边我们去说" not in public


@pytest.mark.parametrize(
    "tab",
    ["new", "doing", "reopened", "claim", "help", "people", "confirmed", "returned", "recalled"],
)
def test_every_drawer_opens_empty_and_full(unit_client, tab, take_on, claim_of, staff):
    assert "这一格是空的" in html(unit_client.get(reverse("unit-inbox"), {"tab": tab}))
    if tab == "people":
        claim_of(take_on())
        assert "后街的路灯不亮" in html(unit_client.get(reverse("unit-inbox"), {"tab": tab}))


def test_what_was_not_solved_lies_in_a_drawer_of_its_own_with_why(
    unit_client, task, claim_of, staff
):
    now = timezone.now()
    claim_of(task, now=now)
    actions.pass_check(task=task, by=staff, now=now)
    actions.reopen(task=task, why="12 人里 9 人说没解决", by=RESIDENT, now=now)
    listed = html(unit_client.get(reverse("unit-inbox"), {"tab": "reopened"}))
    assert "第 1 次重办" in listed
    for name in ("unit-task", "unit-claim"):
        page = html(unit_client.get(reverse(name, args=[task.pk])))
        assert "上次为什么退回" in page
        assert "12 人里 9 人说没解决" in page


def test_the_office_hands_over_clauses_and_co_units(office, matter, city):
    sent = {
        "unit": city.roads.pk,
        "what": "修灯",
        "act-1": "换灯",
        "measure-1": "都亮",
        "act-2": "公布电话",
        "helpers": [city.homes.pk],
    }
    answer = office.post(reverse("desk-hand-over", args=[matter.pk]), sent, follow=True)
    for words in ("换灯", "怎样算办成：都亮", "市住建局会办"):
        assert words in html(answer)


def test_a_clause_without_its_act_is_named_and_the_rest_stays(office, matter, city):
    sent = {"unit": city.roads.pk, "what": "修灯", "measure-1": "都亮"}
    answer = office.post(reverse("desk-hand-over", args=[matter.pk]), sent)
    assert answer.status_code == 422
    assert "第 1 条请写办什么" in html(answer)
    assert "都亮" in html(answer)
    assert not Task.objects.exists()


def test_the_office_turns_a_clause_of_a_reply_into_a_task(office, replied, matter, city):
    address = reverse("desk-proposal-tasks", args=[replied.pk])
    page = html(office.get(address))
    assert "定保底清单" in page
    assert "考核货架" not in page, "what cannot be done is not handed over"
    clause = replied.clauses.get(letter="A")
    sent = {"key": clause.pk, "matter": matter.pk, "unit": city.roads.pk, "what": ""}
    wrong = office.post(address, sent)
    assert (wrong.status_code, "请写要办什么" in html(wrong)) == (422, True)
    sent["what"] = "把清单贴到后街"
    answer = office.post(address, sent, follow=True)
    assert "交给市城管局了" in html(answer)
    task = Task.objects.get()
    assert (task.clause, task.source, task.what) == (clause, "clause", "把清单贴到后街")
    assert office.post(address, sent).status_code == 409
    assert office.post(address, sent | {"matter": ""}).status_code == 422
    assert office.get(reverse("desk-proposal-tasks", args=[999])).status_code == 404
    assert office.get(reverse("desk-session-tasks", args=[999])).status_code == 404


def test_a_photo_of_a_claim_is_for_the_office_and_its_unit(
    unit_client, office, client, task, other_unit, city
):
    sent = typed(task) | {"after-file": photo(), "after-caption": "后街"}
    unit_client.post(reverse("unit-claim", args=[task.pk]), sent)
    address = reverse("desk-exhibit", args=[Exhibit.objects.get().pk])
    assert office.get(address).status_code == 200
    assert client.get(address).status_code == 302
    client.login(username="homes", password=city.password)
    assert client.get(address).status_code == 404
    assert client.get(reverse("unit-claim", args=[task.pk])).status_code == 403
