"""The pages of the yardstick: every number opens, every form keeps what was typed."""

import csv
import datetime as dt
import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from biaochi.core.actors import Role
from biaochi.yardstick import actions, ledger, queries
from biaochi.yardstick.models import Achievement, Alert, Spending

DAY = dt.timedelta(days=1)
PUBLIC = ("yardstick", "ratios", "alerts", "achievements")


@pytest.fixture
def sign_in(city):
    def client_of(role):
        client = Client()
        client.force_login(city.users[role])
        return client

    return client_of


@pytest.fixture
def office(sign_in):
    return sign_in(Role.STAFF)


@pytest.fixture
def unit_client(sign_in):
    return sign_in(Role.UNIT)


@pytest.fixture
def early():
    return timezone.localdate() - 60 * DAY


@pytest.fixture
def worked(facts, early):
    """A town in which something was done: solved, not solved, silent, late, under way."""
    for n in range(9):
        facts.whole(early, "solved" if n < 6 else "unsolved", done=n != 8)
    facts.whole(early, "unreached")
    facts.task(early)
    facts.task(early, due=timezone.localdate() + DAY)


@pytest.fixture
def alert(facts):
    """A rush at the end of the last month, asked about today."""
    now = timezone.now()
    first, last = queries.periods.month_before(timezone.localdate())
    for n in range(24):
        facts.claim(facts.task(first - 40 * DAY), last - (n % 4) * DAY if n > 3 else first)
    actions.ask(now=now)
    return Alert.objects.filter(mark__endswith="month").get()


@pytest.mark.parametrize("name", PUBLIC)
@pytest.mark.parametrize("query", ["", "?period=2026Q2", "?period=all&area=9", "?area=x&period=y"])
def test_an_empty_city_is_told_honestly(client, city, name, query):
    assert client.get(reverse(name) + query).status_code == 200


def test_the_yardstick_shows_its_parts_and_measures_no_person(client, worked, city):
    html = client.get(reverse("yardstick")).content.decode()
    for words in (
        "这把尺子量事，不量人",
        "条条落实",
        "五盏灯",
        "显绩和潜绩",
        "自己报的，和群众说的",
    ):
        assert words in html
    assert "自报办成 9/10 件，群众认 6/10 件" in html
    assert city.roads.name not in html  # units are not set side by side
    assert "style=" not in html


@pytest.mark.parametrize("key", ["clause", "landed", "effect", "lasting"])
def test_every_number_opens_to_its_rule_and_its_rows(client, worked, key):
    html = client.get(reverse("number", args=[key]), {"period": "all"}).content.decode()
    assert "六句话说清" in html
    rule = queries.RULES[key]
    assert str(rule.how) in html
    for part in rule.parts:
        address = reverse("number-part", args=[key, part.key])
        assert client.get(address, {"period": "all"}).status_code == 200


def test_the_link_of_a_part_leads_to_as_many_rows_as_the_number_says(client, worked):
    html = client.get(reverse("number", args=["effect"]), {"period": "all"}).content.decode()
    found = re.findall(
        r'href="([^"]*/numbers/effect/(\w+)[^"]*)">[^<]*</a> <b class="num">(\d+)', html
    )
    assert {part: int(n) for _href, part, n in found} == {
        "solved": 6,
        "unsolved": 3,
        "silent": 1,
        "late": 1,
        "doing": 1,
    }
    for href, _part, n in found:
        rows = client.get(href.replace("&amp;", "&")).content.decode()
        assert rows.count('<li><a href="/matters/') == int(n)


def test_the_table_has_the_rows_and_whoever_counts_them_gets_the_same_number(client, worked):
    answer = client.get(reverse("number-table", args=["effect"]), {"period": "all"})
    text = b"".join(answer.streaming_content).decode().lstrip("\ufeff")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 1 + 12
    assert sum(row[2] == "解决了" for row in rows) == 6


def test_a_span_of_free_choice_is_read_from_the_address(client, worked, early):
    address = reverse("number-part", args=["effect", "solved"])
    inside = client.get(address, {"from": early.isoformat(), "to": early.isoformat()})
    assert "6 件" in inside.content.decode()
    before = (early - DAY).isoformat()
    outside = client.get(address, {"from": before, "to": before}).content.decode()
    assert "这一部分没有" in outside
    assert f'value="{before}..{before}" selected' in outside


@pytest.mark.parametrize(
    "address",
    ["/numbers/nothing", "/numbers/effect/nothing", "/numbers/nothing/rows.csv",
     "/yardstick/lights/nothing", "/achievements/99"],
)  # fmt: skip
def test_a_number_that_nobody_counts_is_not_found(client, db, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("field", ["innovation", "balance", "green", "openness", "sharing"])
def test_every_light_opens_to_its_rule_its_lines_and_its_rows(client, worked, field):
    html = client.get(reverse("light", args=[field])).content.decode()
    assert "75% 以上是绿的，60% 以下是红的" in html
    assert "出厂的，办公室还没有改过" in html
    if field == "sharing":
        assert "10 件里，是的 6 件" in html


def test_what_was_asked_is_public_with_other_explanations(client, alert, city):
    for name in ("alerts", "yardstick"):
        html = client.get(reverse(name), {"period": "all"}).content.decode()
        for words in ("为什么问", "也可能是", "怎么核", city.roads.name):
            assert words in html, name
    assert "碰巧亮的平均不超过 10%" in client.get(reverse("alerts")).content.decode()


def test_a_unit_answers_on_its_page_and_the_office_settles(unit_client, office, client, alert):
    html = unit_client.get(reverse("unit-alerts")).content.decode()
    assert reverse("unit-alert", args=[alert.pk]) in html
    address = reverse("unit-alert-answer", args=[alert.pk])
    missing = unit_client.post(address, {"words": " "})
    assert missing.status_code == 422
    assert 'href="#words"' in missing.content.decode()
    done = unit_client.post(address, {"words": "三条路一起完工。"}, follow=True).content.decode()
    assert "说明收到了" in done
    again = unit_client.post(address, {"words": "再说"})
    assert again.status_code == 409
    assert "三条路一起完工。" in client.get(reverse("alerts")).content.decode()
    settle = reverse("desk-alert-settle", args=[alert.pk])
    missing = office.post(settle, {"finding": "", "found": "看了三处"})
    assert missing.status_code == 422
    assert 'value="看了三处"' in missing.content.decode()
    office.post(settle, {"finding": "fine", "found": "看了三处"})
    assert "看过了：说得通" in client.get(reverse("alerts")).content.decode()


def test_calling_it_wrong_keeps_what_was_typed_and_is_counted_in_the_open(
    unit_client, office, client, alert
):
    address = reverse("unit-alert-wrong", args=[alert.pk])
    missing = unit_client.post(address, {"kind": "", "wrong": "停机补录"})
    assert missing.status_code == 422
    assert 'value="停机补录"' in missing.content.decode()
    unit_client.post(address, {"kind": "data", "wrong": "停机补录"})
    html = client.get(reverse("alerts")).content.decode()
    assert "问错了 1 条" in html
    assert "停机补录" in html
    anew = reverse("desk-alert-anew", args=[alert.pk])
    assert office.post(anew, {"why": ""}).status_code == 422
    assert "又问出去了" in office.post(anew, {"why": "没有停机"}, follow=True).content.decode()


@pytest.mark.parametrize("tab", ["asked", "answered", "settled", "wrong", "nonsense"])
def test_the_office_and_the_auditor_read_every_drawer(office, sign_in, alert, tab):
    for reader in (office, sign_in(Role.AUDITOR)):
        html = reader.get(reverse("desk-alerts"), {"tab": tab}).content.decode()
        assert "会问错多少" in html


def test_an_auditor_reads_an_alert_and_finds_no_form(sign_in, alert):
    html = sign_in(Role.AUDITOR).get(reverse("desk-alert", args=[alert.pk])).content.decode()
    assert "<textarea" not in html


def test_an_achievement_is_written_and_what_was_typed_stays(office, client, facts, early):
    matter = facts.matter(early)
    typed = {
        "title": "背街路灯全亮",
        "for_whom": "后街 300 户",
        "what": "夜里看得见路",
        "by_what": "",
        "kind": "livelihood",
        "horizon": "years",
        "number": matter.number,
        "year-1": "2024",
        "who-1": "街道",
        "did-1": "数了杆",
    }
    address = reverse("desk-achievement-new")
    missing = office.post(address, typed)
    html = missing.content.decode()
    assert missing.status_code == 422
    assert "请写靠什么" in html
    assert "夜里看得见路" in html
    assert 'value="街道"' in html
    wrong = office.post(address, {**typed, "by_what": "四个班", "number": "没有这个"})
    assert wrong.status_code == 422
    assert "没有这个编号的事" in wrong.content.decode()
    wrong = office.post(address, {**typed, "by_what": "四个班", "year-1": "去年"})
    assert "第 1 棒请写是哪一年" in wrong.content.decode()
    office.post(address, {**typed, "by_what": "四个班"})
    done = Achievement.objects.get()
    assert done.matter == matter
    html = client.get(reverse("achievement", args=[done.pk])).content.decode()
    assert "数了杆" in html
    assert "没有打勾" in html


def test_somebody_else_ticks_and_the_writer_is_told_that_it_is_not_for_them(
    office, sign_in, client, staff
):
    done = ledger.write_achievement(
        title="灯", for_whom="户", what="亮", by_what="班", kind="livelihood", horizon="now",
        by=staff, now=timezone.now(),
    )  # fmt: skip
    address = reverse("desk-achievement-tick", args=[done.pk])
    assert "请换一个人来打勾" in office.get(address).content.decode()
    assert office.post(address, {"tick-rule": "on", "why-rule": "有"}).status_code == 403
    member = sign_in(Role.MEMBER)
    missing = member.post(address, {"tick-rule": "on", "why-rule": "", "why-cause": "留着"})
    assert missing.status_code == 422
    assert 'value="留着"' in missing.content.decode()
    member.post(address, {"tick-rule": "on", "why-rule": "写进了办法"})
    assert "写进了办法" in client.get(reverse("achievement", args=[done.pk])).content.decode()
    assert "去打勾" in member.get(reverse("desk-achievements")).content.decode()
    assert "等别人打勾" in office.get(reverse("desk-achievements")).content.decode()


def test_spending_is_noted_with_its_source(office, city):
    address, typed = reverse("desk-spending"), {"title": "亮化", "category_name": "路灯"}
    missing = office.post(address, {**typed, "year": "2025", "amount": "许多"})
    assert missing.status_code == 422
    assert 'value="亮化"' in missing.content.decode()
    office.post(address, {**typed, "year": "2025", "amount": "860.5", "source": "2025年决算"})
    assert str(Spending.objects.get().amount) == "860.50"
    assert "2025年决算" in office.get(address).content.decode()


def test_the_front_of_the_yardstick_takes_a_bounded_number_of_queries(
    client, worked, alert, django_assert_max_num_queries
):
    with django_assert_max_num_queries(40):
        client.get(reverse("yardstick"))
