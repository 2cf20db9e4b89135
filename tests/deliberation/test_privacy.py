"""Nobody sees a vote before the votes close, and nobody ever sees whose it was."""

import pytest
from django.test import Client
from django.urls import reverse

from biaochi.core.actors import RESIDENT, Role
from biaochi.deliberation import actions, queries
from biaochi.deliberation.analysis import opinion_of
from biaochi.deliberation.models import Vote
from biaochi.voice.models import Voice
from tests.deliberation.conftest import NAME, PHONE


@pytest.fixture
def everybody(city):
    clients = [Client()]
    for role in (Role.STAFF, Role.MEMBER, Role.UNIT, Role.AUDITOR):
        client = Client()
        assert client.login(username=role.value, password=city.password)
        clients.append(client)
    return clients


def pages(session):
    return [
        reverse("sessions"),
        reverse("session", args=[session.pk]),
        reverse("desk-deliberations"),
        reverse("desk-deliberation", args=[session.pk]),
        reverse("desk-deliberation", args=[session.pk]) + "?wall=up",
        reverse("session-votes", args=[session.pk]),
        reverse("session-record", args=[session.pk]),
    ]


def voice_of(told, n):
    return Voice.objects.get(pk=told[n].voice.pk)


def test_no_page_changes_by_a_vote_before_the_votes_close(everybody, coming, told):
    session = coming.vote()

    def seen():
        return [
            (client.get(address).status_code, plain(client.get(address).content.decode()))
            for client in everybody
            for address in pages(session)
        ]

    def plain(html):
        """Without what is new in every answer: the tokens of forms."""
        return [line for line in html.splitlines() if "csrfmiddlewaretoken" not in line]

    before = seen()
    for n in range(8):
        for statement in coming.statements():
            coming.cast(statement, "disagree", voice=voice_of(told, n))
    assert Vote.objects.count() == 24
    assert seen() == before


def test_no_reader_counts_open_votes(coming, told):
    session = coming.vote()
    coming.cast(coming.statements()[0], "agree", voice=voice_of(told, 1))
    assert opinion_of(session, 1) is None
    assert queries.opinion(session) is None


def test_no_page_ever_shows_a_mark_a_code_or_a_name(everybody, past, told):
    votes = [({"voice": voice_of(told, n)}, ["agree", "pass", "disagree"]) for n in range(8)]
    session = past.record(votes)
    secrets = {*Vote.objects.values_list("mark", flat=True), PHONE, NAME, *past.codes.values()}
    secrets |= {one.code for one in told}
    for client in everybody:
        for address in pages(session):
            body = client.get(address).content.decode()
            assert not [secret for secret in secrets if secret in body], address


def test_a_mark_is_another_one_in_every_session(table, told, city, staff, matter, now):
    from tests.deliberation.conftest import Table

    one, two = table.vote(), Table(city, staff, matter, now, table.held).vote()
    voice = voice_of(told, 1)
    marks = {actions.mark_of(session, by=RESIDENT, voice=voice) for session in (one, two)}
    assert len(marks) == 2


def test_a_group_under_five_is_not_shown(past, told):
    past.notice()
    for n in range(9):
        past.put_up(f"第 {n} 句")
    past.notice = lambda: past.session
    session = past.vote()
    for person in range(15):
        for statement in past.statements():
            few = person < 3
            Vote.objects.create(
                statement=statement, mark=str(person), choice="disagree" if few else "agree"
            )
    session = actions.close_votes(session=session, by=past.staff, now=past.held)
    picture = queries.opinion(session)
    assert [group.count for group in picture.groups] == [12]
    assert picture.few
    for line in (*picture.shared, *picture.other, *picture.apart, *picture.refused):
        assert line.tenths == ((10, 0, 0),)


def test_an_answer_of_fewer_than_five_of_a_group_is_not_shown(past, told):
    session = past.vote()
    lines = past.statements()
    for person in range(12):
        for place, statement in enumerate(lines):
            if place or person < 4:
                Vote.objects.create(statement=statement, mark=str(person), choice="agree")
    session = actions.close_votes(session=session, by=past.staff, now=past.held)
    picture = queries.opinion(session)
    (hidden,) = picture.other
    assert hidden.text == lines[0].text
    assert hidden.tenths == (None,)


def test_a_unit_is_known_by_its_seat_and_never_as_one_who_spoke(coming, told, city):
    session = coming.vote()
    client = Client()
    client.post(reverse("session-enter", args=[session.pk]), {"code": told[1].code})
    assert client.login(username="unit", password=city.password)
    client.post(reverse("session-ballot", args=[session.pk, 1]), {"choice": "agree"})
    voter = actions.mark_of(session, by=RESIDENT, voice=voice_of(told, 1))
    assert not Vote.objects.filter(mark=voter).exists()


def test_words_that_were_not_to_be_public_stay_with_the_office(past):
    past.sign()
    past.say(
        past.points[0],
        past.seats["夜班工人代表"],
        "reserved",
        "别写出来的话",
        words_public=False,
    )
    html = Client().get(reverse("session", args=[past.session.pk])).content.decode()
    assert "别写出来的话" not in html
    assert "本人没有同意公开原话" in html
