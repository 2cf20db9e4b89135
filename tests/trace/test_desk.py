"""The desk: everybody with a duty finds what waits for them, and nothing that is not theirs."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from biaochi.core import profiles
from biaochi.core.actors import Role
from biaochi.core.models import Entry
from biaochi.core.record import unguard
from biaochi.people.models import User
from biaochi.task import actions as tasks
from biaochi.voice import actions as voices
from biaochi.voice.matters import actions as matters
from biaochi.voice.rules import Channel, Urgency

ROLES = (Role.STAFF, Role.UNIT, Role.MEMBER, Role.AUDITOR, Role.OPERATOR)


@pytest.fixture
def sign_in(city):
    def client_of(role):
        client = Client()
        assert client.login(username=role.value, password=city.password)
        return client

    return client_of


@pytest.fixture
def office(sign_in):
    return sign_in(Role.STAFF)


@pytest.fixture
def operator_client(sign_in):
    return sign_in(Role.OPERATOR)


@pytest.fixture
def matter(city, staff, resident):
    now = timezone.now()
    heard = voices.hear(
        words=voices.Words("后街的路灯不亮"),
        channel=Channel.WEB,
        area=city.east,
        by=resident,
        now=now,
    )
    voices.mark_seen(voices=[heard.voice], by=staff, now=now)
    return matters.open_matter(
        title="后街的路灯不亮", voices=[heard.voice], category=city.lamps, by=staff, now=now
    )


def words(answer):
    return "".join(re.sub(r"<[^>]+>", "", answer.content.decode().split("<main")[1]).split())


@pytest.mark.parametrize(
    ("role", "home"),
    [
        (Role.UNIT, "unit-inbox"),
        (Role.MEMBER, "member-home"),
        (Role.AUDITOR, "desk-record"),
        (Role.OPERATOR, "desk-accounts"),
    ],
)
def test_everybody_is_sent_to_the_page_that_is_theirs(sign_in, role, home):
    assert sign_in(role).get(reverse("desk")).url == reverse(home)


PAGES = {
    "member-home": {Role.MEMBER},
    "desk-record": {Role.AUDITOR, Role.OPERATOR},
    "desk-accounts": {Role.OPERATOR},
    "desk-settings": {Role.STAFF, Role.OPERATOR},
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", PAGES)
def test_each_page_of_the_desk_is_open_to_its_roles_only(sign_in, role, name):
    expected = 200 if role in PAGES[name] else 403
    assert sign_in(role).get(reverse(name)).status_code == expected


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert reverse("sign-in") in client.get(reverse("desk")).url


def test_the_bench_shows_figures_new_voices_and_matters(office, matter, resident):
    voices.hear(
        words=voices.Words("井盖没了，孩子差点掉下去"),
        channel=Channel.PHONE,
        urgency=Urgency.URGENT,
        by=resident,
        now=timezone.now(),
    )
    text = words(office.get(reverse("desk")))
    assert "1新来的，等您看" in text
    assert text.index("井盖没了") < text.index("后街的路灯不亮")
    assert "共1件" in text


def test_the_bench_is_narrowed_and_each_condition_can_be_taken_off(office, matter, city):
    answer = office.get(reverse("desk"), {"q": "路灯", "area": city.north.pk})
    html = answer.content.decode()
    assert "没有找到" in words(answer)
    assert f'href="{reverse("desk")}?q=%E8%B7%AF%E7%81%AF"' in html
    assert "后街的路灯不亮" in words(office.get(reverse("desk"), {"q": "路灯"}))


@pytest.mark.parametrize(
    "typed",
    [{"page": "x"}, {"step": "99"}, {"area": "99999999999999"}, {"due": "never"}, {"group": "x"}],
)
def test_filters_that_make_no_sense_let_everything_through(office, matter, typed):
    assert "后街的路灯不亮" in words(office.get(reverse("desk"), typed))


def test_ticked_matters_go_on_to_the_hand_over_page(office, matter):
    html = office.get(reverse("desk")).content.decode()
    assert f'action="{reverse("desk-hand-over-many")}"' in html
    assert f'name="matter" value="{matter.pk}"' in html


def test_the_bench_asks_the_database_little(office, matter, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        office.get(reverse("desk"))


def test_a_member_finds_matters_by_kind_and_sees_no_points(sign_in, matter, city):
    member = sign_in(Role.MEMBER)
    text = words(member.get(reverse("member-home"), {"category": city.lamps.pk}))
    assert "后街的路灯不亮" in text
    assert "没有找到" in words(member.get(reverse("member-home"), {"category": city.lifts.pk}))
    assert "不打分、不排名" in text


def test_the_auditor_checks_the_chain_and_is_told(sign_in, matter):
    auditor = sign_in(Role.AUDITOR)
    answer = auditor.post(reverse("desk-record-check"), follow=True)
    assert "一行没少，一字没改" in words(answer)
    unguard()
    line = Entry.objects.order_by("pk")[2]
    Entry.objects.filter(pk=line.pk).update(actor="somebody else")
    answer = auditor.post(reverse("desk-record-check"), follow=True)
    assert f"核对到第{line.pk}行对不上" in words(answer)


def test_the_record_is_narrowed_by_form(sign_in, matter, city, staff):
    tasks.hand_over(matter=matter, unit=city.roads, what="办", by=staff, now=timezone.now())
    auditor = sign_in(Role.AUDITOR)
    today = timezone.localdate().isoformat()
    found = words(
        auditor.get(reverse("desk-record"), {"verb": "hand over", "first": today, "last": today})
    )
    assert "一件交办" in found
    none = words(auditor.get(reverse("desk-record"), {"who": "nobody", "first": "31.12."}))
    assert "没有这样的行" in none


def test_the_operator_opens_and_closes_an_account(operator_client, city):
    typed = {
        "username": "lin",
        "shown_name": "林晓",
        "role": "staff",
        "password": "a good password 7",
    }
    answer = operator_client.post(reverse("desk-accounts"), typed, follow=True)
    assert "开好了：林晓" in words(answer)
    user = User.objects.get(username="lin")
    answer = operator_client.post(reverse("desk-account-close", args=[user.pk]), follow=True)
    assert "停用了：林晓" in words(answer)
    assert not Client().login(username="lin", password="a good password 7")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"role": ""}, "请选是哪一种账号"),
        ({"role": "resident"}, "请选是哪一种账号"),
        ({"role": "unit"}, "承办单位的账号要选单位"),
        ({"username": "staff"}, "这个登录名不能用"),
        ({"password": "12345"}, "密码"),
        ({"shown_name": ""}, "请写显示的名字"),
    ],
)
def test_an_account_that_is_not_right_is_not_opened(operator_client, changed, sentence):
    typed = {
        "username": "lin",
        "shown_name": "林晓",
        "role": "staff",
        "password": "a good password 7",
    }
    answer = operator_client.post(reverse("desk-accounts"), typed | changed)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "a good password 7" not in answer.content.decode()
    assert User.objects.count() == 5


def test_the_operator_cannot_close_the_own_account(operator_client, city):
    own = city.users[Role.OPERATOR]
    answer = operator_client.post(reverse("desk-account-close", args=[own.pk]))
    assert answer.status_code == 422
    own.refresh_from_db()
    assert own.is_active


def book(**changes):
    content = profiles.shipped()["everyday"]
    typed = {f"clock-{key}": amount for key, (amount, _unit) in content["clocks"].items()}
    typed |= {f"unit-{key}": unit for key, (_amount, unit) in content["clocks"].items()}
    typed |= {f"number-{key}": value for key, value in content["numbers"].items()}
    return typed | {name.replace("__", "-"): value for name, value in changes.items()}


def test_the_office_changes_a_clock_and_the_record_says_which(office, city):
    answer = office.post(
        reverse("desk-settings") + "?book=everyday", book(clock__handled="10"), follow=True
    )
    assert "改好了" in words(answer)
    assert profiles.span("handled").amount == 10
    assert Entry.objects.filter(verb="edit profile").get().note == "clocks.handled"


@pytest.mark.parametrize(
    "changes",
    [
        {"clock__handled": "ten"},
        {"clock__handled": "-3"},
        {"unit__handled": "years"},
        {"number__half_life_days": "x"},
        {"number__smallest_cell": "1"},
        {"number__bulk_min_probability": "2"},
    ],
)
def test_a_rule_that_cannot_be_is_refused_and_what_was_typed_stays(office, city, changes):
    answer = office.post(reverse("desk-settings") + "?book=everyday", book(**changes))
    assert answer.status_code == 422
    value = next(iter(changes.values()))
    assert f'value="{value}"' in answer.content.decode() or value == "years"
    assert profiles.profile() == profiles.shipped()["everyday"]


def test_every_book_of_rules_can_be_read(office, city):
    for name, content in profiles.shipped().items():
        html = office.get(reverse("desk-settings"), {"book": name}).content.decode()
        assert all(f'name="clock-{key}"' in html for key in content["clocks"]), name
        assert name == "everyday" or content["source"] in html
