"""The pages of sessions: what everybody reads, how people vote, what a seat and the office do."""

import hashlib
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from biaochi.core.actors import CLOCK, Role
from biaochi.deliberation import actions, queries
from biaochi.deliberation.models import Seat, Session, Statement, Vote
from biaochi.deliberation.rules import State
from tests.deliberation.conftest import DAY


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
def visitor():
    return Client()


def page(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def enter(client, session, code):
    return client.post(reverse("session-enter", args=[session.pk]), {"code": code})


def deed(client, session, what, **typed):
    return client.post(reverse("desk-deliberation-deed", args=[session.pk, what]), typed)


def test_the_list_is_honest_when_there_is_nothing(visitor, db):
    assert "现在没有要开的协商会" in page(visitor, "sessions")
    assert "还没有开过协商会" in page(visitor, "sessions", tab="over")


def test_a_session_is_public_from_the_notice_on_and_not_before(visitor, coming):
    session = coming.prepare()
    assert visitor.get(reverse("session", args=[session.pk])).status_code == 404
    assert session.title not in page(visitor, "sessions")
    session = coming.notice()
    html = page(visitor, "session", session.pk)
    for words in (
        "沿街居民代表",
        "晚上要走这条路",
        "先修学校门口的",
        "城东便民中心",
        "还没开始表态",
    ):
        assert words in html
    assert session.title in page(visitor, "sessions")


def test_a_session_that_was_called_off_says_why(visitor, coming):
    session = coming.notice()
    actions.call_off(session=session, why="提案人撤回了", **coming.by())
    assert "提案人撤回了" in page(visitor, "session", session.pk)
    assert "提案人撤回了" in page(visitor, "sessions", tab="over")


def test_a_shorter_time_stands_on_the_public_page_with_its_reason(visitor, coming):
    coming.held = coming.now + 5 * DAY
    coming.prepare()
    actions.give_notice(session=coming.session, why="汛期不等人", **coming.by())
    assert "汛期不等人" in page(visitor, "session", coming.session.pk)


def test_people_vote_one_sentence_at_a_time_with_the_code_of_their_voice(visitor, coming, told):
    session = coming.vote()
    answer = visitor.get(reverse("session-vote", args=[session.pk]))
    assert answer.url == reverse("session-enter", args=[session.pk])
    answer = enter(visitor, session, told[1].code)
    assert answer.url == reverse("session-vote", args=[session.pk])
    first = visitor.get(answer.url)
    assert first.url == reverse("session-ballot", args=[session.pk, 1])
    html = page(visitor, "session-ballot", session.pk, 1)
    assert "先修学校门口的" in html
    assert html.count('name="choice"') == 3
    for place, choice in enumerate(("agree", "disagree", "pass"), 1):
        visitor.post(reverse("session-ballot", args=[session.pk, place]), {"choice": choice})
    assert sorted(Vote.objects.values_list("choice", flat=True)) == ["agree", "disagree", "pass"]
    assert "都点完了" in page(visitor, "session-vote", session.pk)
    assert "您上次点的是“同意”" in page(visitor, "session-ballot", session.pk, 1)
    visitor.post(reverse("session-ballot", args=[session.pk, 1]), {"choice": "pass"})
    assert Vote.objects.filter(choice="pass").count() == 2


def test_a_ballot_without_an_answer_comes_back_and_counts_nothing(visitor, coming, told):
    session = coming.vote()
    enter(visitor, session, told[1].code)
    answer = visitor.post(reverse("session-ballot", args=[session.pk, 2]), {})
    assert answer.status_code == 422
    assert "请点同意、不同意，或者说不准" in answer.content.decode()
    assert not Vote.objects.exists()
    assert visitor.get(reverse("session-ballot", args=[session.pk, 99])).status_code == 404


def test_a_wrong_code_is_refused_with_what_was_typed(visitor, coming, told, city, resident, now):
    from biaochi.voice import actions as voices

    session = coming.vote()
    elsewhere = voices.hear(
        words=voices.Words("别的事"), channel="web", area=city.east, by=resident, now=now
    )
    for code in ("", "7K4M", "ZW-2222-2222", elsewhere.code):
        answer = enter(visitor, session, code)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
    assert "ZW-2222-2222" in enter(visitor, session, "ZW-2222-2222").content.decode()
    assert visitor.get(reverse("session-ballot", args=[session.pk, 1])).status_code == 302


def test_a_voice_about_something_else_is_asked_for_another_code(visitor, coming, told, staff, now):
    from biaochi.voice.matters import actions as matters

    session = coming.vote()
    enter(visitor, session, told[1].code)
    matters.take_out(matter=coming.matter, voices=[told[1].voice], by=staff, now=now)
    answer = visitor.get(reverse("session-vote", args=[session.pk]))
    assert answer.url == reverse("session-enter", args=[session.pk])


def test_after_leaving_the_device_knows_nobody(visitor, coming, told):
    session = coming.vote()
    enter(visitor, session, told[1].code)
    visitor.post(reverse("session-leave", args=[session.pk]))
    assert "mine" not in visitor.session
    assert visitor.get(reverse("session-ballot", args=[session.pk, 1])).status_code == 302


def test_anybody_may_add_a_sentence_and_gets_it_back_when_it_is_too_long(visitor, coming):
    session = coming.notice()
    address = reverse("session-say", args=[session.pk])
    answer = visitor.post(address, {"text": "长" * 141})
    assert answer.status_code == 422
    assert "长" * 141 in answer.content.decode()
    answer = visitor.post(address, {"text": "路灯杆别挡盲道"}, follow=True)
    assert "收到了" in answer.content.decode()
    said = Statement.objects.get(text="路灯杆别挡盲道")
    assert (said.wall, said.side) == ("waiting", "resident")
    assert "路灯杆别挡盲道" not in page(visitor, "session", session.pk)


def test_nothing_is_added_after_the_votes(visitor, past):
    session = past.record()
    assert visitor.get(reverse("session-say", args=[session.pk])).status_code == 409


def test_a_seat_declares_votes_and_signs_by_its_code(visitor, coming):
    coming.prepare()
    actions.give_notice(session=coming.session, **coming.by())
    session = coming.fresh()
    answer = enter(visitor, session, coming.codes["夜班工人代表"])
    assert answer.url == reverse("session-seat", args=[session.pk])
    wrong = visitor.post(reverse("session-declare", args=[session.pk]), {"recused": "on"})
    assert wrong.status_code == 422
    assert "请写跟这件事有什么利害" in wrong.content.decode()
    assert re.search(r'value="on" id="recused" checked', wrong.content.decode())
    visitor.post(reverse("session-declare", args=[session.pk]), {"interest": "下夜班要走"})
    seat = Seat.objects.get(pk=coming.seats["夜班工人代表"].pk)
    assert (seat.interest, seat.recused) == ("下夜班要走", False)
    assert "下夜班要走" in page(visitor, "session", session.pk)


def test_a_seat_changes_its_stand_and_signs(visitor, past):
    session = past.sign()
    enter(visitor, session, past.codes["夜班工人代表"])
    html = page(visitor, "session-seat", session.pk)
    assert "先修学校门口的才算" in html
    point = past.points[1]
    typed = {"point": point.pk, "stand": "disagreed", "words": ""}
    answer = visitor.post(reverse("session-stand", args=[session.pk]), typed)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "请照原话记下来" in html
    assert f'href="#words{point.pk}"' in html
    assert re.search(r'value="disagreed"[^>]* checked', html)
    visitor.post(
        reverse("session-stand", args=[session.pk]), {**typed, "words": "该全市出", "public": "on"}
    )
    assert "该全市出" in page(visitor, "session", session.pk)
    visitor.post(reverse("session-sign", args=[session.pk]))
    assert Seat.objects.get(pk=past.seats["夜班工人代表"].pk).signed_at
    again = visitor.post(reverse("session-sign", args=[session.pk]))
    assert again.status_code == 409


def test_a_code_of_another_session_opens_no_seat_here(visitor, coming, city, staff, matter):
    from tests.deliberation.conftest import Table

    session = coming.notice()
    other = Table(city, staff, matter, coming.now, coming.held)
    other.notice()
    answer = enter(visitor, session, other.codes["夜班工人代表"])
    assert answer.status_code == 422
    assert visitor.post(reverse("session-sign", args=[session.pk])).status_code == 403


def test_a_member_and_a_unit_are_known_by_their_account(sign_in, coming):
    session = coming.vote()
    for role, who in ((Role.MEMBER, "委员"), (Role.UNIT, "市城管局")):
        client = sign_in(role)
        assert who in page(client, "session-seat", session.pk)
        client.post(reverse("session-ballot", args=[session.pk, 1]), {"choice": "agree"})
    assert Vote.objects.count() == 2
    assert session.title in page(sign_in(Role.MEMBER), "member-deliberations")


def test_the_result_shows_groups_what_they_share_and_where_they_differ(visitor, past, told):
    session = grouped(past, told)
    html = page(visitor, "session", session.pk)
    assert "位想得像不像" in html
    for words in (
        "每一组都点头的",
        "大家都认的一句",
        "想不到一块儿的",
        "只有一边认的一句",
        "怎么算的",
    ):
        assert words in html
    table = visitor.get(reverse("session-votes", args=[session.pk])).content.decode("utf-8-sig")
    assert "大家都认的一句,甲,10,0,0" in table


def grouped(past, told):
    """Sixteen people in two camps over ten sentences, and one sentence that all share."""
    from biaochi.deliberation.models import Vote

    past.notice()
    for n in range(8):
        past.put_up(f"只有一边认的一句 {n}")
    shared = past.put_up("大家都认的一句")
    past.notice = lambda: past.session
    session = past.vote()
    for person in range(16):
        for statement in past.statements():
            with_them = statement.pk == shared.pk or person < 9
            Vote.objects.create(
                statement=statement, mark=f"{person}", choice="agree" if with_them else "disagree"
            )
    return actions.close_votes(session=session, by=CLOCK, now=past.held)


def test_few_votes_are_not_shown(visitor, past, told):
    from biaochi.voice.models import Voice

    votes = [({"voice": Voice.objects.get(pk=one.voice.pk)}, ["agree"] * 3) for one in told[:4]]
    session = past.record(votes)
    html = page(visitor, "session", session.pk)
    assert "表过态的不到 5 位" in html
    assert "几乎都同意" not in html


def test_the_signed_record_can_be_recomputed_from_what_the_page_hands_out(visitor, past):
    session = past.finish()
    html = page(visitor, "session", session.pk)
    for words in ("十盏都修好", "谈拢了，有保留", "没谈拢", "街道出一半", "先修学校门口的才算"):
        assert words in html
    assert session.minutes_hash in html
    text = visitor.get(reverse("session-record", args=[session.pk])).content
    assert hashlib.sha256(text).hexdigest() == session.minutes_hash


def test_empty_chairs_are_shown_and_are_no_agreement(visitor, past):
    session = past.finish(came=["沿街居民代表", "夜班工人代表", "市城管局"])
    html = page(visitor, "session", session.pk)
    assert "请了没到的" in html
    assert "没来不算同意" in html
    assert re.search(r"没到的</h2><ul[^>]*>.*委员", html, re.DOTALL)


def test_a_record_that_is_not_signed_has_no_fingerprint(visitor, past):
    session = past.sign()
    assert visitor.get(reverse("session-record", args=[session.pk])).status_code == 404
    assert "指纹" not in page(visitor, "session", session.pk)


def test_open_votes_hand_out_no_table(visitor, office, coming, told):
    session = coming.vote()
    for client in (visitor, office):
        assert client.get(reverse("session-votes", args=[session.pk])).status_code == 404


# ------------------------------------------------------------------ the office


def test_the_office_calls_a_session_by_the_numbers_of_matters(office, matter):
    html = page(office, "desk-deliberation-new", matter=matter.pk)
    assert matter.number in html
    address = reverse("desk-deliberation-new")
    day = timezone.localdate() + 60 * DAY
    typed = {
        "title": "后街的灯",
        "question": "先修哪几盏？",
        "place": "便民中心",
        "day": day.isoformat(),
        "clock": "14点半",
        "numbers": "没有这个编号",
    }
    wrong = office.post(address, typed)
    assert wrong.status_code == 422
    html = wrong.content.decode()
    assert "没有编号是“没有这个编号”的事" in html
    assert 'value="后街的灯"' in html
    assert 'href="#open-numbers"' in html
    done = office.post(address, {**typed, "numbers": matter.number})
    session = Session.objects.get()
    assert done.url == reverse("desk-deliberation", args=[session.pk])
    assert timezone.localtime(session.held_at).strftime("%H:%M") == "14:30"


@pytest.mark.parametrize("missing", ["title", "question", "place", "day", "clock"])
def test_a_session_without_one_of_its_facts_comes_back(office, matter, missing):
    typed = {
        "title": "灯",
        "question": "？",
        "place": "x",
        "day": "2030-3-30",
        "clock": "9:00",
        "numbers": matter.number,
    }
    answer = office.post(reverse("desk-deliberation-new"), {**typed, missing: ""})
    assert answer.status_code == 422
    assert not Session.objects.exists()


def test_the_office_goes_all_the_way_through_its_desk(office, coming, city):
    session = coming.prepare()
    desk = reverse("desk-deliberation", args=[session.pk])
    for seat in coming.seats.values():
        deed(office, session, "declare", seat=seat.pk, interest="没有")
    assert deed(office, session, "notice").url == desk
    deed(office, session, "papers", papers="一页大白话")
    deed(office, session, "sentence", text="先修学校门口的", side="resident")
    line = Statement.objects.get()
    deed(office, session, "put-up", statement=line.pk)
    deed(office, session, "open-votes")
    assert coming.fresh().state == State.VOTING
    html = page(office, "desk-deliberation", session.pk)
    assert "几位投了、怎么投的，结束以前这里也不显示" in html
    early = deed(office, session, "close-votes")
    assert early.status_code == 409
    assert "不能提前" in early.content.decode()


def test_the_office_writes_the_record_and_closes_it(office, past):
    session = past.record()
    came = [seat.pk for seat in past.seats.values()]
    deed(office, session, "came", seat=came)
    deed(office, session, "point", text="十盏都修好", doer="市城管局", due_on="2030年3月9日")
    point = session.points.get()
    one = past.seats["沿街居民代表"]
    wrong = deed(office, session, "stands", point=point.pk, **{f"stand{one.pk}": "disagreed"})
    assert wrong.status_code == 422
    html = wrong.content.decode()
    assert "“沿街居民代表”：有保留、不同意的，请照原话记下来" in html
    assert f'href="#stands{point.pk}-words{one.pk}"' in html
    unit = past.seats["市城管局"]
    deed(
        office,
        session,
        "stands",
        point=point.pk,
        **{f"stand{one.pk}": "agreed", f"stand{unit.pk}": "agreed"},
    )
    deed(office, session, "close-record", minutes="读了表态结果。")
    assert past.fresh().state == State.SIGNING
    for key in came:
        deed(office, session, "sign", seat=key)
    deed(office, session, "finish")
    assert past.fresh().state == State.SIGNED
    assert past.session.minutes_hash in page(office, "desk-deliberation", session.pk)


@pytest.mark.parametrize(
    ("what", "typed", "why"),
    [
        ("invite", {"who": "", "side": "resident", "how": "自己报名"}, "请写是什么身份的人"),
        ("invite", {"who": "某局", "side": "unit"}, "请选是哪个单位"),
        ("papers", {"papers": ""}, "请写一页大白话的材料"),
        ("sentence", {"text": " "}, "请写一句话"),
        ("hold-back", {"statement": "1", "reason": "", "why": "难听"}, "没有这句话"),
        ("call-off", {"why": ""}, "请写为什么不开了"),
        ("open-votes", {"day": "2030-1-1"}, "请把哪天、几点都写上"),
        ("open-votes", {"day": "没有这天"}, "这个日期看不懂"),
        ("open-votes", {"clock": "25:99"}, "这个时间看不懂"),
        ("came", {}, "开会以后"),
        ("point", {"point": "99999"}, "纪要里没有这一条"),
        ("stands", {"point": "x"}, "纪要里没有这一条"),
        ("declare", {"seat": "99999"}, "没有这个席位"),
        ("finish", {}, "不能变成"),
    ],
)
def test_each_deed_that_is_refused_gives_the_page_back_with_its_sentence(
    office, coming, what, typed, why
):
    session = coming.prepare()
    actions.give_notice(session=session, **coming.by())
    answer = deed(office, session, what, **typed)
    assert answer.status_code in (409, 422)
    html = answer.content.decode()
    assert why in html
    assert 'role="alert"' in html
    for value in typed.values():
        if value.strip() and what not in ("hold-back", "point", "stands", "declare"):
            assert value in html


def test_a_sentence_is_held_back_with_its_reason(office, visitor, coming):
    session = coming.notice()
    said = actions.say(session=session, text="他就是懒", **coming.by())
    wrong = deed(office, session, "hold-back", statement=said.pk, reason="", why="骂了人")
    assert wrong.status_code == 422
    assert 'value="骂了人"' in wrong.content.decode()
    deed(office, session, "hold-back", statement=said.pk, reason="abuse", why="骂了人")
    html = page(visitor, "session", session.pk)
    assert "骂了人" in html
    assert "他就是懒" not in html
    assert "他就是懒" in page(office, "desk-deliberation", session.pk, wall="held")


def test_a_seat_s_code_is_shown_on_one_page_and_then_gone(office, coming, city):
    session = coming.prepare()
    answer = office.post(
        reverse("desk-deliberation-deed", args=[session.pk, "invite"]),
        {"who": "专家", "side": "expert", "how": "抽签"},
        follow=True,
    )
    code = re.search(r"ZW-\w{4}-\w{4}", answer.content.decode())[0]
    assert actions.find_seat(code=code).who == "专家"
    assert code not in page(office, "desk-deliberation", session.pk)
    seat = coming.seats["委员"]
    again = office.post(
        reverse("desk-deliberation-deed", args=[session.pk, "renew"]),
        {"seat": seat.pk},
        follow=True,
    )
    assert re.search(r"ZW-\w{4}-\w{4}", again.content.decode())


def test_an_unknown_deed_or_session_is_not_found(office, visitor, coming):
    session = coming.prepare()
    assert deed(office, session, "smooth-over").status_code == 404
    assert office.get(reverse("desk-deliberation", args=[99999])).status_code == 404
    assert visitor.get(reverse("session-vote", args=[99999])).status_code == 404


def test_an_auditor_reads_the_desk_and_finds_no_form(sign_in, coming):
    session = coming.notice()
    html = page(sign_in(Role.AUDITOR), "desk-deliberation", session.pk)
    assert "/deliberation/" in html
    assert 'method="post" action="/desk/deliberation' not in html
    assert "开一次协商会" not in page(sign_in(Role.AUDITOR), "desk-deliberations")


def test_the_desk_says_what_is_still_missing(office, coming):
    session = coming.prepare()
    html = page(office, "desk-deliberation", session.pk)
    for words in ("居民和单位都请了", "材料还没送", "沿街居民代表没回话"):
        assert words in html
    Seat.objects.filter(side="unit").delete()
    assert "居民和单位没请全" in page(office, "desk-deliberation", session.pk)


def test_a_member_finds_a_session_that_is_not_announced_yet_without_a_link(sign_in, coming):
    session = coming.prepare()
    html = page(sign_in(Role.MEMBER), "member-deliberations")
    assert session.title in html
    assert reverse("session-seat", args=[session.pk]) not in html


def test_the_lists_of_the_office_hold_each_session_once(office, coming):
    session = coming.notice()
    assert session.title in page(office, "desk-deliberations")
    for tab in ("record", "done", "off"):
        assert session.title not in page(office, "desk-deliberations", tab=tab)
    assert "沿街居民代表" in page(office, "desk-deliberation-sheet", session.pk)


@pytest.mark.parametrize("step", ["prepare", "notice", "vote", "record", "write", "sign", "finish"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_both_pages_stand_at_every_step(office, visitor, past, step, language):
    getattr(past, step)()
    session = past.fresh()
    with override(language):
        addresses = [reverse(name, args=[session.pk]) for name in ("desk-deliberation", "session")]
    desk, public = office.get(addresses[0]), visitor.get(addresses[1])
    assert desk.status_code == 200
    assert public.status_code == (404 if step == "prepare" else 200)
    for answer in (desk, public):
        assert b" style=" not in answer.content


# ------------------------------------------------------------------ what waits


def test_what_waits_for_the_office_and_for_the_seats(past, member, unit, staff):
    today = timezone.localdate()
    steps = [
        ("prepare", "发协商会通知", None),
        ("vote", None, "会前表态"),
        ("record", "写协商纪要", None),
        ("sign", "纪要等签字", "看纪要、签字"),
        ("finish", None, None),
    ]
    for step, for_office, for_seat in steps:
        Session.objects.all().delete()
        getattr(past, step)()
        told = [line["words"] for line in queries.waiting(staff, today)]
        assert [words.split("：")[0] for words in told] == ([for_office] if for_office else [])
        for actor in (member, unit):
            lines = queries.waiting(actor, today)
            found = [line["words"].split("：")[0] for line in lines]
            assert found == ([for_seat] if for_seat else [])
            assert all(reverse(line["href_name"], args=line["href_args"]) for line in lines)


def test_what_is_late_says_so(past, staff):
    past.prepare()
    (line,) = queries.waiting(staff, timezone.localdate())
    assert line["state"] == "stop"
    assert set(line) == {"words", "href_name", "href_args", "due_on", "state"}


def test_a_matter_shows_its_sessions_in_few_queries(past, matter, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queries.of_matter(matter) is None
    past.finish()
    with django_assert_num_queries(2):
        (part,) = queries.of_matter(matter)
    assert [(text, outcome) for text, outcome, *_rest in part.points] == [
        ("十盏都修好", "reserved"),
        ("以后的维修钱谁出", "split"),
    ]


def test_the_partial_of_a_matter_can_be_drawn(past, matter, rf):
    from django.template.loader import render_to_string

    past.finish()
    html = render_to_string(
        "deliberation/pages/on_matter.html", {"it": queries.of_matter(matter)}, rf.get("/")
    )
    assert "十盏都修好" in html
    assert "没谈拢" in html
