"""“My matter”: whoever has the code reads and decides, and nobody else does."""

import datetime as dt

import pytest
from django.utils import timezone

from biaochi.people import vault
from biaochi.voice import actions
from biaochi.voice.matters import actions as matters
from biaochi.voice.models import Attachment, Membership, Voice
from biaochi.voice.rules import State

TEXT = "我们楼三十六年了，六楼有两位老人，想装电梯，一楼不签字。"
PHONE = "13800138000"


def text_of(response):
    return response.content.decode()


@pytest.fixture
def code(visitor):
    """The code of what the visitor said; the visitor has entered it."""
    code = visitor.say(text=f"{TEXT}打{PHONE}找我。", reply="phone", phone=PHONE)
    visitor.enter(code)
    return code


@pytest.fixture
def voice(code):
    return Voice.objects.get()


def decide(visitor, how):
    """Say yes to what was explained."""
    return visitor.post("/mine/decide", how=how, told=how)


def test_the_owner_reads_the_original_words_and_what_others_see(visitor, voice):
    page = text_of(visitor.get("/mine/matter"))
    assert f"打{PHONE}找我" in page
    assert "［手机号已隐去］" in page
    assert "尾号 8000" in page
    assert "最晚这一天，有人看您写的话" in page


@pytest.mark.parametrize("typed", ["", "QX", "QX-2222-2222", "' or 1=1", "<b>" * 20])
def test_every_miss_is_answered_with_the_form(visitor, typed):
    answer = visitor.enter(typed)
    assert answer.status_code == 422
    assert 'role="alert"' in text_of(answer)
    assert visitor.get("/mine/matter").url == "/mine"


def test_a_code_is_never_in_an_address(visitor, code):
    assert visitor.enter(code).url == "/mine/matter"
    assert code not in text_of(visitor.get("/mine/matter"))
    assert visitor.get(f"/mine?code={code}").status_code == 200
    assert (
        code not in text_of(visitor.get(f"/mine?code={code}")).split("<main")[1].split("</main")[0]
    )


def test_twenty_tries_in_ten_minutes_and_not_more(visitor, settings):
    settings.RATE_LIMITS = True
    answers = [visitor.enter("QX-2222-2222").status_code for _n in range(21)]
    assert answers[:20] == [422] * 20
    assert answers[20] == 429


POSTS = ("/mine/add", "/mine/contact", "/mine/decide", "/mine/publish", "/mine/come-back")


@pytest.mark.parametrize("address", [*POSTS, "/mine/matter"])
def test_without_the_code_every_address_leads_to_the_question_for_it(
    visitor, another, code, address
):
    answers = {"text": "x", "reply": "none", "how": "all", "told": "all"}
    if address in POSTS:
        assert another.post(address, **answers).url == "/mine"
    else:
        assert another.get(address).url == "/mine"
    assert Voice.objects.get().state == State.HEARD


@pytest.mark.parametrize("role", ["staff", "member", "unit", "auditor", "operator"])
def test_nobody_with_a_duty_comes_in_even_with_the_code(visitor, another, code, city, role):
    another.browser.force_login(city.users[role])
    assert another.enter(code).status_code == 403
    for address in ("/mine", "/mine/matter", "/mine/decide"):
        assert another.get(address).status_code == 403


def test_signing_in_with_the_code_still_open_closes_it(visitor, code, city):
    visitor.browser.force_login(city.users["unit"])
    assert visitor.get("/mine/matter").status_code == 403


def test_leaving_forgets_and_so_does_an_hour_of_silence(visitor, code):
    assert visitor.post("/mine/leave").url == "/mine"
    assert visitor.get("/mine/matter").url == "/mine"
    visitor.enter(code)
    session = visitor.browser.session
    session["mine"] = {**session["mine"], "at": timezone.now().timestamp() - 3601}
    session.save()
    assert visitor.get("/mine/matter").url == "/mine"


def test_adding_a_few_words(visitor, voice):
    assert visitor.post("/mine/add", text=" ").status_code == 422
    long = visitor.post("/mine/add", text="长" * 5001)
    assert long.status_code == 422
    assert "长" * 5001 in text_of(long)
    assert visitor.post("/mine/add", text="昨天又摔了一次").url == "/mine/matter"
    page = text_of(visitor.get("/mine/matter"))
    assert "昨天又摔了一次" in page
    assert "补上了" in page


def test_changing_and_removing_the_contact(visitor, voice):
    assert visitor.post("/mine/contact", reply="phone", phone="abc").status_code == 422
    visitor.post("/mine/contact", reply="phone", phone="139 0013 9001")
    assert "尾号 9001" in text_of(visitor.get("/mine/matter"))
    visitor.post("/mine/contact", reply="relay", relay="幸福里社区的小王")
    assert "请人转告" in text_of(visitor.get("/mine/matter"))
    visitor.post("/mine/contact", reply="none")
    voice.refresh_from_db()
    assert not vault.can_be_reached(voice.speaker)


def test_choosing_something_else_is_explained_before_it_is_done(visitor, voice):
    answer = visitor.post("/mine/decide", how="all", told="back")
    assert answer.status_code == 200
    assert "选了全部删掉，会这样" in text_of(answer)
    voice.refresh_from_db()
    assert voice.state == State.HEARD
    assert visitor.post("/mine/decide").status_code == 422
    assert visitor.post("/mine/decide", how="burn").status_code == 422
    assert visitor.get("/mine/decide?how=<script>").status_code == 200


def test_hiding_and_showing_again(visitor, voice):
    decide(visitor, "hide")
    voice.refresh_from_db()
    assert not voice.public
    assert "没有公开" in text_of(visitor.get("/mine/matter"))
    visitor.post("/mine/publish")
    voice.refresh_from_db()
    assert voice.public


def test_withdrawing_and_thinking_better_of_it(visitor, voice):
    assert decide(visitor, "back").url == "/mine/matter"
    voice.refresh_from_db()
    assert voice.state == State.WITHDRAWN
    assert "不撤了，恢复" in text_of(visitor.get("/mine/matter"))
    assert visitor.post("/mine/add", text="再说").status_code == 409
    assert visitor.post("/mine/come-back").url == "/mine/matter"
    voice.refresh_from_db()
    assert voice.state == State.HEARD
    assert visitor.post("/mine/come-back").status_code == 409


def test_a_week_later_it_is_too_late_to_think_better(visitor, voice):
    decide(visitor, "back")
    Voice.objects.update(withdrawn_at=timezone.now() - dt.timedelta(days=8))
    assert visitor.post("/mine/come-back").status_code == 409


def test_erasing_ends_it_for_good(visitor, another, voice, code):
    answer = decide(visitor, "all")
    assert "删干净了" in text_of(answer)
    assert visitor.get("/mine/matter").url == "/mine"
    assert another.enter(code).status_code == 422
    voice.refresh_from_db()
    assert (voice.state, voice.text, voice.speaker) == (State.ERASED, "", None)


def test_taking_my_words_out_of_a_matter(visitor, voice, speak, staff, now):
    assert decide(visitor, "apart").status_code == 409
    other = speak("另一位说的", by=staff, seen=True).voice
    matter = matters.open_matter(
        title="装电梯难", voices=[voice, other], by=staff, now=timezone.now()
    )
    page = text_of(visitor.get("/mine/matter"))
    assert "装电梯难" in page
    assert "2 人" in page
    assert decide(visitor, "apart").url == "/mine/matter"
    assert list(Membership.objects.values_list("voice", flat=True)) == [other.pk]
    matter.refresh_from_db()
    assert matter.people_count == 1
    assert "拆出来了" in text_of(visitor.get("/mine/matter"))


def test_who_looked_is_shown_with_the_reason(visitor, voice, staff):
    now = timezone.now()
    vault.look_at_contact(speaker=voice.speaker, why="问是哪栋楼", by=staff, now=now)
    actions.open_original(voice=voice, why="核对门牌", by=staff, now=now)
    page = text_of(visitor.get("/mine/matter"))
    for words in ("一共看过 2 次", "问是哪栋楼", "核对门牌", "看了原话，没看电话"):
        assert words in page


def test_the_office_being_late_is_said_plainly(visitor, voice):
    Voice.objects.update(heard_at=timezone.now() - dt.timedelta(days=30))
    page = text_of(visitor.get("/mine/matter"))
    assert "还没有看" in page
    assert "is-late" in page


def test_photos_are_handed_to_the_owner_and_to_staff_only(visitor, another, picture, city):
    visitor.post("/say/1", text=TEXT, photos=picture())
    code = visitor.say()
    address = f"/mine/photo/{Attachment.objects.get().pk}"
    assert another.get(address).status_code == 404
    assert visitor.get(address).status_code == 404
    visitor.enter(code)
    assert seen(visitor, address) == (200, "image/jpeg", "nosniff")
    another.browser.force_login(city.users["staff"])
    assert seen(another, address) == (200, "image/jpeg", "nosniff")
    for role in ("unit", "member", "auditor", "operator"):
        another.browser.force_login(city.users[role])
        assert another.get(address).status_code == 403


def seen(visitor, address):
    answer = visitor.get(address)
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    return (
        answer.status_code,
        answer.headers["Content-Type"],
        answer.headers["X-Content-Type-Options"],
    )
