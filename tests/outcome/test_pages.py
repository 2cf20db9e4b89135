"""The office's pages of checks, of new trouble at a place, and of revisits."""

import pytest
from django.template import engines
from django.test import Client
from django.urls import reverse

from biaochi.core.actors import Role
from biaochi.outcome import actions, queries
from biaochi.outcome.models import Check, SideEffect
from biaochi.outcome.rules import CheckState
from biaochi.task.rules import State as TaskState
from biaochi.voice.matters import actions as voices


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


def typed(check, **changes):
    keys = [item.pk for item in check.claim.task.items.all()]
    match = "no" if changes.get("true") == "no" else "yes"
    whole = {
        "how": "site",
        "before": "夜里全黑",
        "after": "八点去看，都亮",
        "why": "和报的一样",
        "true": "yes",
        **{f"match-{key}": match for key in keys},
        **{f"seen-{key}": "看见亮了" for key in keys},
    }
    return whole | changes


def test_the_list_opens_checks_by_itself_and_shows_their_day(office, scene):
    scene.open()
    scene.hand()
    scene.claims()
    Check.objects.all().delete()
    html = office.get(reverse("desk-checks")).content.decode()
    assert "后街的路灯不亮" in html and "市城管局" in html
    assert Check.objects.count() == 1


def test_the_list_has_a_drawer_for_each_end(office, scene, check):
    assert "这一格是空的" in office.get(reverse("desk-checks"), {"tab": "true"}).content.decode()
    scene.checked(check, true=False, why="只亮三盏")
    html = office.get(reverse("desk-checks"), {"tab": "false"}).content.decode()
    assert "只亮三盏" in html and "去了现场" in html
    for tab in ("nonsense", "waiting"):
        assert office.get(reverse("desk-checks"), {"tab": tab, "page": "x"}).status_code == 200


def test_the_page_puts_claim_and_evidence_side_by_side(office, check):
    html = office.get(reverse("desk-check", args=[check.pk])).content.decode()
    for words in ("换好六盏灯", "六盏都换了", "电话还没贴", "做成了什么", "六盏灯都换成了新的"):
        assert words in html
    assert "您一个人不能办结" in html


def test_a_true_claim_leads_on_to_asking_the_people(office, check):
    answer = office.post(reverse("desk-check", args=[check.pk]), typed(check), follow=True)
    html = answer.content.decode()
    assert "核过了，属实" in html
    assert "群众验收" in html and "后街的路灯不亮" in html  # the round is open already
    check.refresh_from_db()
    assert check.state == CheckState.TRUE
    assert check.lines.first().words == "看见亮了"


def test_a_false_claim_goes_back(office, check):
    sent = typed(check, true="no", why="还有三盏不亮")
    answer = office.post(reverse("desk-check", args=[check.pk]), sent, follow=True)
    assert "退回了" in answer.content.decode()
    check.claim.task.refresh_from_db()
    assert check.claim.task.state == TaskState.ACCEPTED
    html = office.get(reverse("desk-check", args=[check.pk])).content.decode()
    assert "还有三盏不亮" in html and "就这样定" not in html


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"how": ""}, "请选是怎么看的"),
        ({"before": " "}, "请写之前是什么样"),
        ({"after": ""}, "请写现在是什么样"),
        ({"why": ""}, "请写一句为什么这么定"),
        ({"true": ""}, "请选您的结论"),
        ({"true": "perhaps"}, "perhaps"),
        ({"why": "长" * 301}, "300"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(office, check, changed, sentence):
    sent = typed(check, **{"after": "八点去看，都亮", "before": "夜里全黑"} | changed)
    answer = office.post(reverse("desk-check", args=[check.pk]), sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert "看见亮了" in html
    assert "bc-errsum" in html
    check.refresh_from_db()
    assert check.state == CheckState.WAITING


def test_a_clause_without_an_answer_is_named(office, check):
    key = check.claim.task.items.last().pk
    answer = office.post(
        reverse("desk-check", args=[check.pk]), typed(check, **{f"match-{key}": ""})
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "第 2 条还没核" in html
    assert f'href="#match-{key}"' in html


def test_deciding_twice_is_refused(office, check):
    address = reverse("desk-check", args=[check.pk])
    office.post(address, typed(check))
    assert office.post(address, typed(check, true="no")).status_code == 409


ADDRESSES = ["desk-checks", "desk-check", "desk-side-effects", "desk-revisits"]


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("role", [Role.STAFF, Role.UNIT, Role.MEMBER, Role.AUDITOR, Role.OPERATOR])
def test_each_page_is_open_to_the_office_and_the_auditor(sign_in, check, name, role):
    address = reverse(name, args=[check.pk] if name == "desk-check" else None)
    expected = 200 if role in {Role.STAFF, Role.AUDITOR} else 403
    assert sign_in(role).get(address).status_code == expected


def test_the_auditor_reads_and_does_not_check(sign_in, check):
    auditor = sign_in(Role.AUDITOR)
    address = reverse("desk-check", args=[check.pk])
    assert "就这样定" not in auditor.get(address).content.decode()
    assert auditor.post(address, typed(check)).status_code == 403


def test_a_key_of_nothing_is_refused_in_words(office, check):
    for name in ("desk-check", "desk-side-effect", "desk-revisit"):
        answer = office.get(reverse(name, args=[9999]))
        assert answer.status_code == 403
        assert "没有这" in answer.content.decode()


# New trouble at the same place.


@pytest.fixture
def effect(scene, check):
    scene.checked(check)
    scene.later(days=3)
    scene.speak(3, first=40, place="后街菜场")
    actions.watch(now=scene.later(days=62))
    return SideEffect.objects.get()


def test_a_question_shows_its_rows_and_takes_a_sentence(office, effect):
    listed = office.get(reverse("desk-side-effects")).content.decode()
    assert "后街的路灯不亮" in listed
    address = reverse("desk-side-effect", args=[effect.pk])
    html = office.get(address).content.decode()
    assert html.count("后街菜场") == 3
    assert "也可能是" in html and "张三丰" not in html
    empty = office.post(address, {"answer": ""})
    assert empty.status_code == 422 and "请写一句" in empty.content.decode()
    office.post(address, {"answer": "是菜场的事"})
    assert "是菜场的事" in office.get(reverse("desk-side-effects")).content.decode()


def test_an_auditor_reads_only_rows_that_are_public(sign_in, scene, effect):
    address = reverse("desk-side-effect", args=[effect.pk])
    html = sign_in(Role.AUDITOR).get(address).content.decode()
    assert "后街菜场" not in html  # nobody has read these voices yet, so they are not public
    assert "另有 3 条没有公开" in html
    voices.withdraw(voice=scene.told[-1].voice, by=scene.resident, now=scene.now)
    html = sign_in(Role.STAFF).get(address).content.decode()
    assert html.count("后街菜场") == 2


def test_the_desk_is_told_of_a_question(office, effect):
    assert "等您回一句" in office.get(reverse("desk-checks")).content.decode()


# Revisits.


@pytest.fixture
def revisit(scene, check):
    scene.checked(check)
    scene.ask()
    scene.all_say("solved", "solved", "solved", "solved", "solved")
    actions.start_revisits(now=scene.later(days=40))
    return queries.revisits(scene.staff, "due")[0][0]


def test_a_revisit_shows_all_six_and_takes_what_was_seen(office, revisit):
    listed = office.get(reverse("desk-revisits")).content.decode()
    assert "过了 1 个月" in listed
    address = reverse("desk-revisit", args=[revisit.pk])
    html = office.get(address).content.decode()
    assert "过了 5 年" in html and "正在问" in html
    assert office.post(address, {"seen": " "}).status_code == 422
    office.post(address, {"seen": "六盏都还亮"})
    assert "六盏都还亮" in office.get(address).content.decode()


def test_the_drawers_of_revisits(office, revisit):
    coming = office.get(reverse("desk-revisits"), {"tab": "coming"}).content.decode()
    assert "过了 3 个月" in coming and "5 次" in coming
    done = office.get(reverse("desk-revisits"), {"tab": "done"}).content.decode()
    assert "这一格是空的" in done


# What the public page of a matter includes.


def drawn(name, it):
    return engines["jinja2"].get_template(f"outcome/pages/{name}.html").render({"it": it})


def test_the_public_part_says_by_what_hand_and_never_by_whom(scene, check):
    scene.checked(check)
    html = drawn("on_matter", queries.of_matter(scene.matter))
    for words in ("换一个人来核", "市城管局报的：属实", "去了现场", "和报的一样", "对得上"):
        assert words in html
    assert "staff" not in html and "办公室工作人员" not in html


def test_the_public_reads_what_was_seen_when_looking_back(scene, revisit):
    actions.note_seen(revisit=revisit, seen="还亮着", by=scene.staff, now=scene.now)
    html = drawn("on_matter", queries.of_matter(scene.matter))
    assert "现场看到：还亮着" in html and "过了 1 个月：正在问" in html


def test_before_anybody_looked_the_public_reads_that_too(scene, check):
    assert "正在核" in drawn("on_matter", queries.of_matter(scene.matter))
