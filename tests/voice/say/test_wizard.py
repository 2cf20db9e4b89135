"""The wizard, as somebody without an account and without script meets it."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from biaochi.voice.matters import actions as matters
from biaochi.voice.models import Attachment, Draft, Membership, Voice
from biaochi.voice.originals import open_words
from biaochi.voice.say import drafts

TEXT = "我们楼三十六年了，六楼有两位老人，想装电梯，一楼不签字。"
PHONE = "13800138000"
COOKIE = drafts.COOKIE


def text_of(response):
    return response.content.decode()


def test_four_questions_lead_to_a_receipt_and_a_voice(visitor, city):
    code = visitor.say(area=str(city.east.pk))
    voice = Voice.objects.get()
    assert (voice.area, voice.groups, voice.urgency) == (city.east, ["old"], "hard")
    assert (voice.channel, voice.public, voice.seen_at) == ("web", True, None)
    assert open_words(voice).text == TEXT
    assert visitor.enter(code).url == "/mine/matter"


@pytest.mark.parametrize("address", ["/say/2", "/say/3", "/say/4", "/say/check", "/say/saved"])
def test_without_a_draft_every_later_page_leads_to_the_first_question(visitor, address):
    assert visitor.get(address).url == "/say/1"
    assert visitor.get("/say").url == "/say/1"


def test_saying_nothing_shows_the_question_again_with_the_reason_and_a_way_to_it(visitor):
    answer = visitor.post("/say/1", text="   ")
    assert answer.status_code == 422
    assert 'role="alert"' in text_of(answer)
    assert 'href="#id_text"' in text_of(answer)
    assert 'aria-invalid="true"' in text_of(answer)


def test_what_is_too_long_comes_back_whole_to_be_cut(visitor):
    long = "电梯" * 2501
    answer = visitor.post("/say/1", text=long)
    assert answer.status_code == 422
    assert long in text_of(answer)
    assert long in text_of(visitor.get("/say/1"))


def test_an_unknown_place_is_refused_and_the_spot_is_not_lost(visitor):
    visitor.post("/say/1", text=TEXT)
    answer = visitor.post("/say/2", area="999999", place="第三小学东门")
    assert answer.status_code == 422
    assert "第三小学东门" in text_of(answer)


def test_the_second_and_third_question_may_be_left_empty(visitor):
    visitor.post("/say/1", text=TEXT)
    assert visitor.post("/say/2").url == "/say/3"
    assert visitor.post("/say/3").url == "/say/4"


@pytest.mark.parametrize(
    ("given", "anchor"),
    [
        ({}, "#id_reply_0"),
        ({"reply": "phone"}, "#id_phone"),
        ({"reply": "phone", "phone": "12 34"}, "#id_phone"),
        ({"reply": "relay"}, "#id_relay"),
        ({"reply": "none", "phone": PHONE}, "#id_phone"),
        ({"reply": "none", "relay": "小王"}, "#id_relay"),
        ({"reply": "fax"}, "#id_reply_0"),
    ],
)
def test_a_reply_that_does_not_add_up_is_asked_again_and_nothing_is_lost(visitor, given, anchor):
    visitor.post("/say/1", text=TEXT)
    answer = visitor.post("/say/4", public="yes", **given)
    assert answer.status_code == 422
    assert f'href="{anchor}"' in text_of(answer)
    for typed in (given.get("phone"), given.get("relay")):
        assert not typed or f'value="{typed}"' in text_of(answer)
    assert visitor.get("/say/check").url in {"/say/4"}


def test_every_answer_stands_on_the_last_page_with_a_way_to_change_it(visitor, city):
    visitor.fill(area=str(city.north.pk), reply="phone", phone=PHONE)
    page = text_of(visitor.get("/say/check"))
    for words in (TEXT, "北关 · 幸福里小区", "家里的老人", "难：自己办不了", "尾号 8000"):
        assert words in page
    for step in "1234":
        assert f'href="/say/{step}?from=check"' in page
    assert PHONE not in page


def test_changing_an_answer_leads_back_to_the_last_page(visitor):
    visitor.fill()
    assert "/say/check" in text_of(visitor.get("/say/2?from=check"))
    assert visitor.post("/say/2?from=check", place="别处").url == "/say/check"
    assert "别处" in text_of(visitor.get("/say/check"))


def test_what_will_be_covered_is_shown_before_it_is_sent(visitor):
    visitor.fill(text=f"我叫李桂兰，打{PHONE}找我，楼道灯坏了。")
    page = text_of(visitor.get("/say/check"))
    assert "［手机号已隐去］" in page
    assert "已经遮住" in page
    visitor.post("/say/1?from=check", text="楼道灯坏了。")
    assert "已经遮住" not in text_of(visitor.get("/say/check"))


def test_saving_for_later_asks_nothing_and_the_same_browser_goes_on(visitor, another):
    assert visitor.post("/say/1", text="", save="1").url == "/say/saved"
    visitor.post("/say/1", text="写了一半", save="1")
    cookie = visitor.browser.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 1_209_600)
    assert "写了一半" in text_of(visitor.get("/say/1"))
    assert "写了一半" not in text_of(another.get("/say/1"))


def test_a_stolen_row_of_the_table_is_no_key(visitor, another):
    visitor.post("/say/1", text="写了一半")
    draft = Draft.objects.get()
    token = visitor.browser.cookies[COOKIE].value
    assert draft.mark not in token
    for guess in (draft.mark, "", "x", token[:-1], token + "0", token[::-1], "é" * 64):
        another.browser.cookies[COOKIE] = guess
        assert "写了一半" not in text_of(another.get("/say/1"))


def test_sending_twice_gives_the_same_receipt_and_one_voice(visitor):
    visitor.fill()
    for _click in range(2):
        assert visitor.post("/say/check").url == "/say/done"
    code = visitor.code()
    assert visitor.get("/say/check").url == "/say/done"
    assert visitor.code() == code
    assert Voice.objects.count() == 1


def test_a_new_draft_begins_after_sending_and_the_same_visit_is_one_person(visitor, another):
    visitor.say()
    assert TEXT not in text_of(visitor.get("/say/1"))
    visitor.say(text="另一件事：路灯不亮")
    another.say(text="第三件事：公交不来")
    speakers = list(Voice.objects.order_by("pk").values_list("speaker", flat=True))
    assert speakers[0] == speakers[1] != speakers[2]


def test_the_receipt_is_shown_for_half_an_hour_only(visitor):
    visitor.say()
    Draft.objects.update(changed_at=timezone.now() - dt.timedelta(minutes=31))
    assert visitor.get("/say/done").url == "/mine"


def test_the_receipt_has_the_code_in_words_and_in_the_fragment_of_a_picture_only(visitor):
    code = visitor.say()
    answer = visitor.get("/say/done")
    page = text_of(answer)
    assert page.count(code) == 1
    assert "<svg" in page.split("bc-receipt")[1]
    assert "style=" not in page
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_draft_can_be_cleared_with_its_files(visitor, picture, settings):
    visitor.post("/say/1", text="写了一半", photos=picture())
    (file,) = settings.MEDIA_ROOT.rglob("*.jpg")
    assert visitor.post("/say/forget").url == "/say/1"
    assert not Draft.objects.exists()
    assert not Attachment.objects.exists()
    assert visitor.browser.cookies[COOKIE].value == ""
    assert file.exists()  # goes when the deed is committed, which a test never does


def test_old_drafts_are_forgotten_and_young_ones_kept(visitor, another):
    visitor.post("/say/1", text="旧的")
    Draft.objects.update(changed_at=timezone.now() - dt.timedelta(days=15))
    another.post("/say/1", text="新的")
    assert drafts.forget_old(now=timezone.now()) == 1
    assert drafts.forget_old(now=timezone.now()) == 0
    assert "新的" in text_of(another.get("/say/1"))


def test_a_bad_file_is_named_and_the_good_one_and_the_words_are_kept(visitor, picture):
    bad = SimpleUploadedFile("b.jpg", b"MZ nothing", "image/jpeg")
    answer = visitor.post("/say/1", text=TEXT, photos=[picture(), bad])
    assert answer.status_code == 422
    assert "b.jpg：这个文件不是照片" in text_of(answer)
    assert TEXT in text_of(answer)
    assert Attachment.objects.count() == 1
    assert visitor.post("/say/1", text=TEXT).url == "/say/2"


def test_files_of_a_draft_are_handed_to_its_owner_only(visitor, another, picture):
    visitor.post("/say/1", text=TEXT, photos=picture())
    another.post("/say/1", text=TEXT)
    file = Attachment.objects.get()
    answer = visitor.get(f"/say/files/{file.pk}")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    assert another.get(f"/say/files/{file.pk}").status_code == 404
    another.post(f"/say/files/{file.pk}/drop")
    assert Attachment.objects.exists()
    visitor.post(f"/say/files/{file.pk}/drop")
    assert not Attachment.objects.exists()


def test_photos_go_with_the_voice(visitor, picture):
    visitor.post("/say/1", text=TEXT, photos=[picture(), picture()])
    visitor.say()
    assert Voice.objects.get().attachments.count() == 2


def test_a_recording_without_a_word_asks_for_a_few_words(visitor, picture):
    from tests.voice.test_attachments import sound

    file = SimpleUploadedFile("a.wav", sound(1), "audio/wav")
    answer = visitor.post("/say/1", text="", recording=file)
    assert answer.status_code == 422
    assert "录音收到了" in text_of(answer)
    assert Attachment.objects.get().kind == "recording"


@pytest.fixture
def lift(speak, staff, now):
    voices = [
        speak(TEXT, by=staff, seen=True).voice,
        speak(TEXT + "急！", by=staff, seen=True).voice,
    ]
    return matters.open_matter(title="老楼装电梯，一楼不签字", voices=voices, by=staff, now=now)


def test_whoever_says_the_same_decides_whether_to_join(visitor, lift):
    visitor.fill()
    page = text_of(visitor.get("/say/check"))
    assert lift.title in page
    assert "checked" not in page
    assert visitor.post("/say/check").status_code == 422
    assert visitor.post("/say/check", join="424242").status_code == 422
    assert visitor.post("/say/check", join=str(lift.pk)).url == "/say/done"
    voice = Voice.objects.order_by("pk").last()
    assert (voice.membership.matter, voice.membership.how) == (lift, "self")


def test_whoever_means_something_else_stands_alone(visitor, lift):
    visitor.fill()
    assert visitor.post("/say/check", join="alone").url == "/say/done"
    assert Membership.objects.count() == 2


def test_somebody_who_is_signed_in_speaks_as_a_resident(visitor, city):
    visitor.browser.force_login(city.users["unit"])
    visitor.say()
    assert Voice.objects.get().channel == "web"


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}{% raw %}",
    "'; DROP TABLE biaochi_voice; --",
    "\u202egnp.exe\u202c \U0001f600 \ufffd",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_shown_as_words(visitor, words):
    code = visitor.say(text=f"灯坏了 {words}", place=words[:100], reply="relay", relay=words[:90])
    visitor.enter(code)
    page = text_of(visitor.get("/mine/matter"))
    assert "灯坏了" in page
    for markup in ("<script>alert", "<img src=x"):
        assert markup not in page
    assert "49" not in page.split("灯坏了")[1][:40]


@pytest.mark.parametrize("address", ["/say/1", "/say/2"])
def test_a_null_character_is_refused_and_breaks_nothing(visitor, address):
    visitor.post("/say/1", text=TEXT)
    assert visitor.post(address, text="灯\0坏了", place="东\0门").status_code == 422


@pytest.mark.parametrize("address", ["/say/1", "/say/2", "/say/3", "/say/4", "/say/check"])
def test_every_page_has_a_way_back_and_one_heading(visitor, address):
    visitor.fill()
    page = text_of(visitor.get(address))
    assert 'class="bc-back"' in page
    assert page.count("<h1") == 1


def test_the_wizard_speaks_english_too(visitor):
    visitor.fill()
    assert visitor.get("/en/say/check").status_code == 200


def test_too_many_tries_are_answered_kindly_and_nothing_is_lost(visitor, settings):
    settings.RATE_LIMITS = True
    answers = [visitor.post("/say/1", text=TEXT).status_code for _n in range(61)]
    assert answers[:60] == [302] * 60
    assert answers[60] == 429
    assert TEXT in text_of(visitor.get("/say/1"))
