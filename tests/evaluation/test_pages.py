"""Two questions without an account, and the office's pages of asking."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from biaochi.core.actors import Role
from biaochi.evaluation import queries
from biaochi.evaluation.asking import ask_of
from biaochi.evaluation.models import Ask
from biaochi.evaluation.rules import State
from biaochi.people import vault
from biaochi.task import actions as tasks
from tests.outcome.scene import Scene

CONFIRM, WORDS, DONE = "/mine/confirm", "/mine/confirm/2", "/mine/confirm/done"


@pytest.fixture
def scene(city, staff, unit, resident):
    """Today, so that the pages' own clock fits."""
    return Scene(city, staff, unit, resident, timezone.now())


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
def visit(scene):
    """Somebody at home with the code of one of the voices."""

    def enter(number=0):
        client = Client()
        assert client.post("/mine", {"code": scene.told[number].code}).status_code == 302
        return client

    return enter


def body(answer):
    return answer.content.decode()


# Whoever holds the code.


def test_two_questions_and_the_answer_is_in(scene, round_, visit):
    person = visit()
    first = body(person.get(CONFIRM))
    for words in ("解决了没有？", "他们说办到了这样", "换好六盏灯", "没人知道是您答的"):
        assert words in first
    assert person.post(CONFIRM, {"answer": "partly"}).url == WORDS
    second = body(person.get(WORDS))
    assert "还差什么？" in second and "您选了“解决了一部分”" in second
    assert not Ask.objects.exclude(answer="").exists()  # nothing counts before it is sent
    assert person.post(WORDS, {"words": "电话还没贴", "public": "yes"}).url == DONE
    third = body(person.get(DONE))
    assert "记下了，谢谢您" in third and "您说的是：解决了一部分" in third
    assert "回话的人少，不显示" in third
    ask = Ask.objects.exclude(answer="").get()
    assert (ask.answer, ask.words, ask.words_public, ask.way) == (
        "partly",
        "电话还没贴",
        True,
        "code",
    )


def test_the_sentence_can_be_left_out(scene, round_, visit):
    person = visit()
    person.post(CONFIRM, {"answer": "solved"})
    assert person.post(WORDS, {"skip": "1", "words": "不要了"}).url == DONE
    ask = Ask.objects.exclude(answer="").get()
    assert (ask.answer, ask.words) == ("solved", "")


@pytest.mark.parametrize("sent", [{}, {"answer": ""}, {"answer": "great"}])
def test_no_answer_is_said_in_words_with_a_way_to_it(scene, round_, visit, sent):
    answer = visit().post(CONFIRM, sent)
    html = body(answer)
    assert answer.status_code == 422
    assert "请选一个" in html and 'href="#answer_0"' in html and "出错：" in html


def test_words_that_are_too_long_come_back_whole(scene, round_, visit):
    person = visit()
    person.post(CONFIRM, {"answer": "unsolved"})
    answer = person.post(WORDS, {"words": "暗" * 501, "public": "yes"})
    html = body(answer)
    assert answer.status_code == 422
    assert "最多 500 个字" in html and "暗" * 501 in html
    assert 'id="public_1" checked' in html


def test_without_a_code_one_is_sent_to_enter_it(db):
    for address in (CONFIRM, WORDS, DONE):
        assert Client().get(address).url == "/mine"
    assert Client().post(CONFIRM, {"answer": "solved"}).url == "/mine"


def test_before_there_is_anything_to_judge_the_page_says_so(scene, visit):
    scene.open()
    assert "还没到验收的时候" in body(visit().get(CONFIRM))


def test_what_was_checked_a_moment_ago_is_asked_at_once(scene, visit):
    scene.open()
    scene.hand()
    scene.checked(scene.claims())
    assert "解决了没有？" in body(visit().get(CONFIRM))


def test_the_second_page_needs_the_first(scene, round_, visit):
    person = visit()
    assert person.get(WORDS).url == CONFIRM
    assert person.post(WORDS, {"words": "x"}).url == CONFIRM
    assert person.get(DONE).url == CONFIRM


def test_an_answer_can_be_changed_and_the_page_shows_the_old_one(scene, round_, visit):
    person = visit()
    person.post(CONFIRM, {"answer": "unsolved"})
    person.post(WORDS, {"words": "黑", "public": "no"})
    html = body(person.get(CONFIRM))
    assert "您上次说的是“没解决”" in html and "以前可以改" in html
    person.post(CONFIRM, {"answer": "solved"})
    assert "黑" in body(person.get(WORDS))
    person.post(WORDS, {"words": "亮了"})
    assert Ask.objects.exclude(answer="").get().answer == "solved"


def test_the_fifth_answer_shows_the_parts_and_the_result(scene, round_, visit):
    scene.all_say("solved", "solved", "unsolved", "solved")
    person = visit(4)
    person.post(CONFIRM, {"answer": "partly"})
    person.post(WORDS, {"skip": "1"})
    html = body(person.get(DONE))
    assert "连您在内，5 位回了话" in html and "提的人说解决了" in html


def test_who_says_unsolved_reads_that_it_goes_on(scene, round_, visit):
    scene.all_say("unsolved", "unsolved", "unsolved", "partly")
    person = visit(4)
    person.post(CONFIRM, {"answer": "unsolved"})
    person.post(WORDS, {"skip": "1"})
    assert "所以这件事还不能算办完" in body(person.get(DONE))


def test_later_is_kept_without_an_end(scene, round_, visit):
    person = visit()
    person.post(CONFIRM, {"answer": "later"})
    person.post(WORDS, {"skip": "1"})
    html = body(person.get(DONE))
    assert "现在还说不好" in html and "想好了，凭查询码再来答" in html


def test_an_old_visit_cannot_answer_a_round_that_is_over(scene, round_, visit):
    person = visit()
    person.post(CONFIRM, {"answer": "solved"})
    scene.all_say("unsolved", "unsolved", "unsolved", "unsolved", "unsolved")
    scene.later(minutes=1)
    scene.again()
    assert person.post(WORDS, {"skip": "1"}).url == CONFIRM  # asked anew
    assert ask_of(scene.told[0].voice).answer == ""


def test_who_is_asked_sees_the_units_photos_and_nobody_else_does(scene, visit):
    scene.open()
    scene.hand()
    check = scene.claims()
    exhibit = tasks.add_exhibit(
        claim=scene.claim,
        when="after",
        caption="换好的灯",
        file=picture(),
        by=scene.unit,
        now=scene.now,
    )
    scene.checked(check)
    scene.ask()
    person = visit()
    assert "换好的灯" in body(person.get(CONFIRM))
    address = reverse("mine-exhibit", args=[exhibit.pk])
    answer = person.get(address)
    assert answer.headers["Content-Type"] == "image/jpeg" and b"".join(answer.streaming_content)
    assert person.get(reverse("mine-exhibit", args=[99])).status_code == 404
    assert Client().get(address).status_code == 404


def picture():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "JPEG")
    return SimpleUploadedFile("a.jpg", out.getvalue(), "image/jpeg")


# The office.


def test_the_list_and_the_page_of_a_round_show_numbers_and_no_names(office, scene, round_):
    listed = body(office.get(reverse("desk-rounds")))
    assert "后街的路灯不亮" in listed and "5 位" in listed
    page = body(office.get(reverse("desk-round", args=[round_.pk])))
    assert "打电话问下一位" in page and "回话的人少，不显示" in page
    for html in (listed, page):
        assert "1380000" not in html and "张三丰" not in html


def test_every_drawer_opens(office, scene, round_):
    for tab in ("asking", "unreached", "solved", "unsolved", "nonsense"):
        answer = office.get(reverse("desk-rounds"), {"tab": tab, "page": "-1"})
        assert answer.status_code == 200


def test_a_call_from_the_number_to_the_answer(office, scene, round_):
    address = reverse("desk-round-call", args=[round_.pk])
    ask = queries.next_call(round_)
    html = body(office.get(address))
    assert "看号码" in html and "1380000" not in html and "照他说的记下" not in html
    empty = office.post(address, {"ask": ask.pk, "deed": "look", "why": " "})
    assert empty.status_code == 422 and "请写一句为什么要看" in body(empty)
    seen = body(office.post(address, {"ask": ask.pk, "deed": "look", "why": "回访"}))
    assert "13800000000" in seen and "照他说的记下" in seen
    wrong = office.post(address, {"ask": ask.pk, "deed": "told", "words": "灯还闪"})
    assert wrong.status_code == 422 and "请选一个" in body(wrong) and "灯还闪" in body(wrong)
    sent = {"ask": ask.pk, "deed": "told", "answer": "partly", "words": "灯还闪", "public": "no"}
    assert office.post(address, sent).status_code == 302
    ask.refresh_from_db()
    assert (ask.answer, ask.words, ask.way) == ("partly", "灯还闪", "phone")
    assert vault.looks_of(scene.told[0].voice.speaker)[0].why == "回访"
    again = office.post(address, sent)
    assert again.status_code in {302, 409}


def test_writing_without_having_called_is_refused_in_words(office, scene, round_):
    ask = queries.next_call(round_)
    answer = office.post(
        reverse("desk-round-call", args=[round_.pk]),
        {"ask": ask.pk, "deed": "told", "answer": "solved"},
    )
    assert answer.status_code == 409 and "请先在这一页看号码" in body(answer)


def test_nobody_answers_the_telephone(office, scene, round_):
    address = reverse("desk-round-call", args=[round_.pk])
    first = queries.next_call(round_)
    office.post(address, {"ask": first.pk, "deed": "look", "why": "回访"})
    answer = office.post(address, {"ask": first.pk, "deed": "missed"}, follow=True)
    assert "没打通不算回话" in body(answer)
    first.refresh_from_db()
    assert first.tried_count == 1 and first.answer == ""
    assert f'name="ask" value="{first.pk}"' not in body(answer)


def test_a_key_of_somebody_else_opens_nothing(office, scene, round_):
    scene.told = []
    other = scene.to_the_people(1, first=70)
    ask = queries.next_call(other)
    address = reverse("desk-round-call", args=[round_.pk])
    for key in (ask.pk, 9999, "x", ""):
        answer = office.post(address, {"ask": key, "deed": "look", "why": "回访"})
        assert answer.status_code == 302
    assert not vault.looks_of(ask.voice.speaker)


def test_somebody_comes_to_the_counter_with_the_code(office, scene, round_):
    address = reverse("desk-round-counter", args=[round_.pk])
    assert "他的查询码" in body(office.get(address))
    missing = office.post(address, {"answer": "solved", "words": "都亮了"})
    assert missing.status_code == 422 and "都亮了" in body(missing)
    unknown = office.post(address, {"code": "QX-2222-2222", "answer": "solved"})
    assert unknown.status_code in {409, 422} and "查询码" in body(unknown)
    answer = office.post(
        address, {"code": scene.told[2].code, "answer": "solved", "words": "都亮了"}
    )
    assert answer.status_code == 302
    ask = ask_of(scene.told[2].voice)
    assert (ask.answer, ask.way) == ("solved", "counter")


def test_a_code_of_another_matter_is_not_this_round(office, scene, round_):
    scene.told = []
    scene.to_the_people(1, first=70)
    answer = office.post(
        reverse("desk-round-counter", args=[round_.pk]),
        {"code": scene.told[0].code, "answer": "solved"},
    )
    assert answer.status_code == 422 and "不是这件事的" in body(answer)


@pytest.mark.parametrize("role", [Role.STAFF, Role.UNIT, Role.MEMBER, Role.AUDITOR, Role.OPERATOR])
@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("desk-rounds", {Role.STAFF, Role.AUDITOR}),
        ("desk-round", {Role.STAFF, Role.AUDITOR}),
        ("desk-round-call", {Role.STAFF}),
        ("desk-round-counter", {Role.STAFF}),
    ],
)
def test_each_page_is_open_to_its_roles_only(sign_in, round_, name, roles, role):
    address = reverse(name, args=None if name == "desk-rounds" else [round_.pk])
    assert sign_in(role).get(address).status_code == (200 if role in roles else 403)


def test_the_auditor_reads_a_round_and_calls_nobody(sign_in, round_):
    assert "打电话问下一位" not in body(
        sign_in(Role.AUDITOR).get(reverse("desk-round", args=[round_.pk]))
    )


def test_a_round_that_is_not_there_is_refused_in_words(office, db):
    answer = office.get(reverse("desk-round", args=[99]))
    assert answer.status_code == 403 and "没有这一轮验收" in body(answer)


# What the public page of a matter includes.


def drawn(matter):
    it = queries.of_matter(matter)
    return engines["jinja2"].get_template("evaluation/pages/on_matter.html").render({"it": it})


def test_the_public_part_says_where_it_stands(scene, round_):
    html = drawn(scene.matter)
    assert "还没算办结" in html and "回话的人少，不显示" in html and "请了 5 位" in html
    scene.all_say("solved", "solved", "solved", "partly")
    scene.says(4, "unsolved", words="后街口还黑", words_public=True)
    html = drawn(scene.matter)
    assert "5 位回了话，3 位说解决了" in html and "提的人说解决了" in html
    assert "后街口还黑" in html and "说“没解决”" in html


def test_the_public_part_of_a_round_that_nobody_answered(scene, round_):
    round_.state = State.UNREACHED
    round_.save()
    assert "没有问到人，不算解决" in drawn(scene.matter)


# What the page of “my matter” includes.


def mine(scene, number=0):
    voice = scene.told[number].voice
    voice.refresh_from_db()
    it = queries.of_voice(voice)
    return engines["jinja2"].get_template("evaluation/pages/on_mine.html").render({"it": it})


def test_my_matter_asks_and_then_says_what_i_said(scene, round_):
    asked = mine(scene)
    assert "解决了没有？" in asked and reverse("mine-confirm") in asked
    scene.says(0, "partly")
    said = mine(scene)
    assert "说的是“解决了一部分”（凭查询码）" in said and "改我的答案" in said
    round_.state = State.UNREACHED
    round_.save()
    assert "您现在来说，一样算" in mine(scene, 1)


def test_my_matter_shows_nothing_before_anybody_is_asked(scene):
    scene.open()
    assert queries.of_voice(scene.told[0].voice) is None
