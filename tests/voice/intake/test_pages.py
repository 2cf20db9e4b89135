import re

import pytest
from django.urls import reverse

from biaochi.core.actors import Role
from biaochi.core.models import Entry
from biaochi.people import vault
from biaochi.people.models import Speaker
from biaochi.voice import actions as voices
from biaochi.voice.intake import queries
from biaochi.voice.matters import actions as matters
from biaochi.voice.models import Draft, Voice
from biaochi.voice.originals import open_words
from tests.voice.intake.conftest import ANSWER, SAID


def write(client, **more):
    """Write down and go to reading back; returns the address of the reading."""
    response = client.post(reverse("desk-intake"), {**SAID, "deed": "read", **more})
    assert response.status_code == 302, response.content.decode()
    return response.url


def nonce(client, address):
    return re.search(r'name="nonce" value="(\w+)"', client.get(address).content.decode())[1]


def take(client, address, **more):
    data = {**ANSWER, "nonce": nonce(client, address), **more}
    return client.post(address, data, follow=True)


def code_on(response):
    return re.search(r'bc-code num">([A-Z0-9-]+)<', response.content.decode())[1]


def test_nothing_is_taken_before_the_person_says_that_it_is_right(desk):
    html = desk.get(write(desk)).content.decode()
    for line in ("卫生站的降压药又没有了。", "我跑了三趟，两趟没有！", "盼着：别断药"):
        assert line in html
    assert not Voice.objects.exists()


def test_confirmed_it_is_taken_and_the_code_leads_to_it(desk):
    response = take(desk, write(desk))
    voice = voices.find_by_code(code=code_on(response))
    assert (voice.channel, voice.place, voice.groups, voice.urgency) == (
        "phone",
        "石桥卫生站",
        ["old"],
        "hard",
    )
    assert voice.text.endswith("什么时候：这个月\n盼着：别断药，哪天来货给个准信")
    assert voice.speaker is None
    assert voice.seen_at is not None
    assert Entry.objects.get(verb="hear").actor == "staff"


def test_a_telephone_number_is_locked_and_leaves_the_screen(desk):
    response = take(desk, write(desk), reply="phone", phone="138 0000 0001")
    assert "0001" not in response.content.decode().replace(code_on(response), "")
    speaker = Voice.objects.get().speaker
    assert vault.tail(speaker) == "0001"
    assert b"13800000001" not in bytes(speaker.contact_sealed)


def test_a_helper_who_passes_word_on_is_locked_too(desk):
    take(desk, write(desk), reply="relay", relay="石桥社区的小王，转告他")
    assert Voice.objects.get().speaker.kind == Speaker.Kind.RELAY


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"reply": "phone", "phone": "123"}, "这个号码不对"),
        ({"reply": "relay"}, "请写找谁捎话"),
        ({"reply": ""}, "请选一样"),
    ],
)
def test_a_wrong_answer_shows_the_page_again_and_takes_nothing(desk, answer, sentence):
    response = take(desk, write(desk), **answer)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Voice.objects.exists()


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [({"agreed": ""}, "他说行，再勾上"), ({"words": " "}, "请用他的话写一两句")],
)
def test_without_consent_or_words_there_is_nothing_to_read_back(desk, missing, sentence):
    response = desk.post(reverse("desk-intake"), {**SAID, "deed": "read", **missing})
    assert response.status_code == 422
    html = response.content.decode()
    assert sentence in html
    assert "石桥卫生站" in html  # what was typed stays
    assert not Draft.objects.exists()


def test_what_was_put_right_is_read_again_before_it_is_taken(desk):
    address = write(desk)
    changed = SAID["words"] + "贵的倒是有。"
    response = take(desk, address, words=changed)
    assert response.status_code == 422
    assert "再念一遍" in response.content.decode()
    assert not Voice.objects.exists()
    take(desk, address, words=changed)
    assert "贵的倒是有。" in Voice.objects.get().text


def test_a_second_click_takes_nothing_twice(desk):
    address = write(desk)
    data = {**ANSWER, "nonce": nonce(desk, address)}
    first = desk.post(address, data, follow=True)
    second = desk.post(address, data, follow=True)
    assert code_on(first) == code_on(second)
    assert Voice.objects.count() == 1


def test_an_old_page_cannot_take_the_next_call(desk):
    address = write(desk)
    old = nonce(desk, address)
    desk.post(address, {"deed": "drop"})
    assert write(desk, words="另一个人说的另一件事。") == address
    response = desk.post(address, {**ANSWER, "nonce": old})
    assert response.status_code == 409
    assert not Voice.objects.exists()


def test_who_would_rather_not_say_it_leaves_no_word(desk):
    address = write(desk)
    desk.post(address, {"deed": "drop"})
    assert not Draft.objects.exists()
    assert Entry.objects.get(verb="drop intake").note == ""


def test_what_is_put_aside_is_sealed_and_only_its_writer_finds_it(desk, client, city):
    desk.post(reverse("desk-intake"), {**SAID, "deed": "keep"})
    assert "降压药" not in str(bytes(Draft.objects.get().content_sealed))
    assert "卫生站的降压药" in desk.get(reverse("desk-intake")).content.decode()
    client.force_login(city.users[Role.MEMBER])
    assert "卫生站的降压药" not in client.get(reverse("desk-intake")).content.decode()
    response = client.get(reverse("desk-intake-edit", args=[1]))
    assert response.status_code == 302


def test_the_code_is_gone_when_it_was_read_out(desk):
    response = take(desk, write(desk))
    address = response.redirect_chain[-1][0]
    desk.post(address)
    assert desk.get(address).url == reverse("desk-intake")
    assert not Draft.objects.exists()


def test_identity_is_covered_before_it_is_read_back(desk):
    address = write(desk, words="我叫李建国，站台的灯坏了，打 13912345678 找我。")
    html = desk.get(address).content.decode()
    shown = html[html.index("bc-readback__l") : html.index("</ol>", html.index("bc-readback__l"))]
    assert "13912345678" not in shown
    assert "手机号" in html
    take(desk, address, words="我叫李建国，站台的灯坏了，打 13912345678 找我。")
    voice = Voice.objects.get()
    assert "13912345678" not in voice.text
    assert "13912345678" in open_words(voice).text


def test_an_exact_age_beside_a_place_is_asked_about(desk):
    html = desk.get(write(desk, words="我八十一岁了，降压药没有了。")).content.decode()
    assert "岁数写上，还是写‘八十多’" in html


def test_an_emergency_is_urgent_and_says_whom_to_call(desk):
    address = write(desk, emergency="on", urgency="hope")
    assert "110" in desk.get(address).content.decode()
    take(desk, address)
    assert Voice.objects.get().urgency == "urgent"


def test_a_members_visit_is_written_down_as_a_visit_and_waits_to_be_read(visitor):
    take(visitor, write(visitor, channel="phone"))
    voice = Voice.objects.get()
    assert (voice.channel, voice.seen_at) == ("member", None)


@pytest.fixture
def pharmacy(staff, now, monkeypatch):
    """A matter that the search for matters like it finds, with a reason."""
    heard = voices.hear(
        words=voices.Words(SAID["words"] + SAID["hope"], place=SAID["place"]),
        channel="web",
        by=staff,
        now=now,
    )
    matter = matters.open_matter(
        title="卫生站的降压药总断货", voices=[heard.voice], by=staff, now=now
    )
    found = [(matter, 0.9, ["同说“降压药”"])]
    monkeypatch.setattr(queries.matters, "similar", lambda text, limit, place="": found)
    return matter


def test_a_matter_like_it_is_shown_and_joined_when_the_person_agrees(desk, pharmacy):
    address = write(desk)
    assert pharmacy.title in desk.get(address).content.decode()
    take(desk, address, join=str(pharmacy.pk))
    pharmacy.refresh_from_db()
    assert pharmacy.voice_count == 2


def test_a_member_sees_matters_like_it_but_does_not_join_them(visitor, pharmacy):
    address = write(visitor)
    assert 'name="join"' not in visitor.get(address).content.decode()
    take(visitor, address, join=str(pharmacy.pk))
    pharmacy.refresh_from_db()
    assert pharmacy.voice_count == 1


def test_looking_for_matters_like_it_keeps_nothing(desk, pharmacy):
    response = desk.post(reverse("desk-intake"), {**SAID, "deed": "look"})
    html = response.content.decode()
    assert pharmacy.title in html
    assert SAID["words"] in html
    assert not Draft.objects.exists()


@pytest.mark.parametrize("role", [Role.UNIT, Role.AUDITOR, Role.OPERATOR])
@pytest.mark.parametrize("address", ["desk-intake", "desk-intake-read", "desk-intake-done"])
def test_nobody_else_writes_down_for_others(client, city, role, address):
    client.force_login(city.users[role])
    args = [] if address == "desk-intake" else [1]
    assert client.get(reverse(address, args=args)).status_code == 403
