"""The pages of the debt book: everybody's, the office's, the unit's, and the member's."""

import pytest
from django.urls import reverse
from django.utils import timezone

from biaochi.core.actors import Role
from biaochi.proposal import actions as proposals
from biaochi.task import debts
from biaochi.task.rules import Debt as State


def html(answer):
    return answer.content.decode()


@pytest.fixture
def published(debt, replied, staff):
    proposals.publish(proposal=replied, by=staff, now=timezone.now())
    return debt


@pytest.fixture
def unit_client(sign_in):
    return sign_in(Role.UNIT)


@pytest.fixture
def office(sign_in):
    return sign_in(Role.STAFF)


def test_an_empty_book_says_so(client, db):
    assert "现在还没有记账" in html(client.get(reverse("debts")))


def test_everybody_reads_the_book_and_each_figure_opens_its_rows(client, published):
    page = html(client.get(reverse("debts")))
    for words in ("办法的文号", "市城管局", "不按单位排名", "2027年6月30日"):
        assert words in page
    for state in ("owed", "overdue", "soon", "kept", "late"):
        address = f"{reverse('debts')}?state={state}"
        assert f'href="{address}"' in page
        rows = html(client.get(address))
        assert ("办法的文号" in rows) == (state == "owed")
    assert "办法的文号" in html(client.get(reverse("debts"), {"month": "2027-06"}))
    assert "没有这样的" in html(client.get(reverse("debts"), {"month": "2026-06"}))


def test_what_waits_for_the_other_two_hands_is_one_more_door(client, published, unit):
    debts.say_kept(debt=published, words="文号 12 号", by=unit, now=timezone.now())
    address = f"{reverse('debts')}?state=waiting"
    assert f'href="{address}"' in html(client.get(reverse("debts")))
    assert "办法的文号" in html(client.get(address))


def test_nonsense_in_the_address_lets_everything_through(client, published):
    typed = {"state": "x", "month": "2026-13", "unit": "abc", "page": "0", "group": "nobody"}
    assert "办法的文号" in html(client.get(reverse("debts"), typed))


def test_one_promise_shows_all_its_days(client, published, unit):
    debts.put_off(
        debt=published,
        until=published.due_on.replace(year=2028),
        why="没招上标",
        by=unit,
        now=timezone.now(),
    )
    page = html(client.get(reverse("debt", args=[published.pk])))
    for words in ("没招上标", "第 1 次改日子", "2027年6月30日", "2028年6月30日", "改过 1 次"):
        assert words in page


def test_what_is_not_published_is_not_found(client, debt):
    assert client.get(reverse("debt", args=[debt.pk])).status_code == 404
    assert "现在还没有记账" in html(client.get(reverse("debts")))


def test_a_promise_walks_through_three_pages(unit_client, office, sign_in, debt):
    mine = reverse("unit-debt", args=[debt.pk])
    assert "办法的文号" in html(unit_client.get(reverse("unit-debts")))
    empty = unit_client.post(mine, {"words": " "})
    assert (empty.status_code, "请写一句凭什么" in html(empty)) == (422, True)
    assert "交上去了" in html(unit_client.post(mine, {"words": "文号 12 号"}, follow=True))
    check = reverse("desk-debt-check", args=[debt.pk])
    assert "文号 12 号" in html(office.get(reverse("desk-debt", args=[debt.pk])))
    assert office.post(check, {"answer": "kept", "words": ""}).status_code == 422
    office.post(check, {"answer": "kept", "words": "看过文件"})
    member = sign_in(Role.MEMBER)
    theirs = reverse("member-debt", args=[debt.pk])
    assert "兑现了，我认" in html(member.get(theirs))
    wrong = member.post(theirs, {"answer": "not", "words": ""})
    assert (wrong.status_code, "请写一句凭什么" in html(wrong)) == (422, True)
    assert "谢谢您" in html(member.post(theirs, {"answer": "kept", "words": ""}, follow=True))
    debt.refresh_from_db()
    assert debt.state == State.KEPT
    assert member.post(theirs, {"answer": "kept"}).status_code == 409


def test_the_office_and_the_member_may_say_no(unit_client, office, sign_in, debt):
    mine, theirs = reverse("unit-debt", args=[debt.pk]), reverse("member-debt", args=[debt.pk])
    check = reverse("desk-debt-check", args=[debt.pk])
    unit_client.post(mine, {"words": "好了"})
    office.post(check, {"answer": "not", "words": "没有看到文件"})
    assert "没有看到文件" in html(unit_client.get(mine))
    unit_client.post(mine, {"words": "这回好了"})
    office.post(check, {"answer": "kept", "words": "看过"})
    member = sign_in(Role.MEMBER)
    member.post(theirs, {"answer": "not", "words": "站里还是没有药"})
    debt.refresh_from_db()
    assert debt.state == State.OWED
    assert "站里还是没有药" in html(unit_client.get(mine))


def test_putting_off_keeps_what_was_typed(unit_client, debt):
    address = reverse("unit-debt-put-off", args=[debt.pk])
    wrong = unit_client.post(address, {"until": "2028-06-30", "why": ""})
    assert wrong.status_code == 422
    assert "2028-06-30" in html(wrong)
    assert "改好了" in html(
        unit_client.post(address, {"until": "2028-06-30", "why": "没招上标"}, follow=True)
    )


def test_the_office_sifts_the_book_and_takes_it_away(office, debt):
    page = html(office.get(reverse("desk-debts"), {"q": "文号", "state": "owed"}))
    assert "办法的文号" in page
    assert "没有这样的" in html(office.get(reverse("desk-debts"), {"q": "幼儿园"}))
    table = office.get(reverse("desk-debts-csv"), {"state": "owed"})
    assert table["Content-Type"].startswith("text/csv")
    assert "办法的文号" in b"".join(table.streaming_content).decode()


def test_another_unit_and_another_member_stay_outside(client, debt, other_unit, city):
    client.login(username="homes", password=city.password)
    assert client.get(reverse("unit-debt", args=[debt.pk])).status_code == 403
    assert "办法的文号" not in html(client.get(reverse("unit-debts")))
