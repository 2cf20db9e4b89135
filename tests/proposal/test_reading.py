"""What is read in a reply: by whom it is seen, with the very words, and silence where all is well."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from biaochi.core.actors import Role
from biaochi.engine import reply as engine
from biaochi.proposal import actions
from biaochi.proposal.analysis import FURTHER, KINDS, REASONS, read, read_typed
from biaochi.proposal.models import Clause, Report
from biaochi.proposal.rules import State
from tests.proposal.conftest import ANSWERS, PHONE

BLOCK = "这份答复里读到的"
OFF_THE_POINT = "全市的公园今年新增了三百个停车位，方便大家周末出门游玩，还修好了两处公共厕所。"
LATER = "配送的事我们将尽快安排。"
HOSTILE = "<script>alert(1)</script>的事我们将尽快安排。"
CLEAR = {
    1: {"letter": "A", "answer": "保底清单已经公布，四十种药都在。", "proof": "清单网址"},
    2: {
        "letter": "B",
        "answer": "按趟补配送的办法已经会签。",
        "promised_on": dt.date(2031, 6, 30),
        "promise": "办法的文号",
    },
    3: {"letter": "A", "answer": "货架考核已经每季公开。", "proof": "考核表"},
}


@pytest.fixture
def now():
    """Pages read the clock: everything happens just now."""
    return timezone.now()


@pytest.fixture
def page_of(city):
    """The page of a name as a role, or nobody, sees it."""

    def page(name, pk, role=None, expected=200):
        client = Client()
        if role:
            client.force_login(city.users.get(role) or role)
        answer = client.get(reverse(name, args=[pk]))
        assert answer.status_code == expected
        return answer.content.decode()

    return page


@pytest.fixture
def reply_with(handed, unit, now):
    """A reply that is clear but for what is changed: ``{position: words}``."""

    def replied(changed):
        answers = {
            position: given | ({"answer": changed[position]} if position in changed else {})
            for position, given in CLEAR.items()
        }
        return actions.reply(proposal=handed, answers=answers, number="1号", by=unit, now=now)

    return replied


def block(page):
    """The block and what stands in it."""
    found = re.search(rf"<section[^>]*>(?:(?!</section>).)*{BLOCK}.*?</section>", page, re.DOTALL)
    assert found
    return found[0]


def codes(reading):
    return [code for finding in reading.findings for code in finding.codes]


# ---- the pages


def test_the_office_sees_a_missing_answer_and_an_undated_promise_with_its_words(
    reply_with, page_of
):
    one = reply_with({1: LATER, 3: OFF_THE_POINT})
    shown = block(page_of("desk-proposal", one.pk, Role.STAFF))
    assert "第 3 条：没找到对这一条的回答" in shown and "“考核货架”" in shown
    assert re.search("第 1 条：[^<]*没写哪天", shown)
    assert "<mark>将尽快</mark>" in shown and "配送的事我们" in shown
    assert "报的是办好了，话里只有以后再办" in shown
    assert "第 2 条" not in shown, "its day stands in the form"
    assert "0 个工作日，期限是" in shown
    assert "“已答复”不等于“已解决”" in shown
    assert f'{reverse("vague-words")}#replies"' in shown


def test_where_nothing_is_wrong_nothing_is_said(reply_with, page_of):
    one = reply_with({})
    for name, role in (("desk-proposal", Role.STAFF), ("member-proposal", Role.MEMBER)):
        assert BLOCK not in page_of(name, one.pk, role)


def test_the_member_who_judges_the_reply_reads_it_too(reply_with, page_of):
    one = reply_with({1: LATER})
    assert "<mark>将尽快</mark>" in block(page_of("member-proposal", one.pk, Role.MEMBER))


def test_a_unit_sees_it_before_it_sends_the_reply(handed, page_of, city):
    unit = Client()
    unit.force_login(city.users[Role.UNIT])
    here = reverse("unit-reply", args=[handed.pk])
    assert BLOCK not in unit.get(here).content.decode(), "nothing was written yet"
    typed = {"do": "keep", "class-1": "A", "words-1": LATER, "class-3": "A"}
    page = unit.post(here, typed | {"words-3": OFF_THE_POINT}, follow=True).content.decode()
    shown = block(page)
    assert "没写哪天" in shown and "没找到对这一条的回答" in shown
    assert "工作日" not in shown, "its days are not over yet"
    handed.refresh_from_db()
    assert handed.state == State.HANDED


def test_nobody_else_sees_what_the_office_sees(reply_with, staff, page_of, friend, co_unit, now):
    from biaochi.people.models import User

    one = reply_with({1: LATER, 3: OFF_THE_POINT})
    other = User.objects.get(pk=co_unit.account)
    far = User.objects.get(pk=friend.account)
    for _ in range(2):
        assert BLOCK not in page_of("proposal", one.pk)
        assert BLOCK not in page_of("unit-proposal", one.pk, other)
        assert BLOCK not in page_of("member-proposal", one.pk, far)
        if one.state == State.REPLIED:
            one = actions.publish(proposal=one, by=staff, now=now)
    page_of("desk-proposal", one.pk, other, expected=403)
    page_of("unit-reply", one.pk, other, expected=403)
    assert BLOCK in page_of("desk-proposal", one.pk, Role.AUDITOR)


def test_hostile_words_stay_words_and_a_number_is_covered(reply_with, page_of):
    one = reply_with({1: HOSTILE, 3: f"以后的事将尽快安排，可以打{PHONE}。"})
    shown = block(page_of("desk-proposal", one.pk, Role.STAFF))
    assert "&lt;script&gt;" in shown and "<script" not in shown
    assert PHONE not in shown


def test_what_came_back_to_a_report_is_read(member, staff, page_of, now):
    report = actions.begin_report(title="药", text="常缺药。", matters=[], by=member, now=now)
    actions.submit_report(report=report, by=member, now=now)
    actions.edit_report(report=report, text="常缺药。", by=staff, now=now)
    actions.send(report=report, sent_to="市政府", by=staff, now=now)
    part = "这些话里读到的"
    assert part not in page_of("desk-report", report.pk, Role.STAFF)
    actions.note_answer(report=report, answer="已转市卫生健康委办理。", by=staff, now=now)
    for name, role in (("desk-report", Role.STAFF), ("member-report", Role.MEMBER)):
        page = page_of(name, report.pk, role)
        assert part in page and "只说转给了别人" in page and "用了 0 个工作日" in page
    Report.objects.update(answer="保底清单已经公布，四十种药都在。")
    assert part not in page_of("desk-report", report.pk, Role.STAFF)


def test_reading_writes_nothing_and_asks_the_database_nothing(
    reply_with, django_assert_num_queries
):
    one = reply_with({1: LATER, 3: OFF_THE_POINT})
    lines = [
        (clause, {"letter": clause.letter, "answer": clause.answer, **dict.fromkeys(FURTHER, "")})
        for clause in Clause.objects.filter(proposal=one)
    ]
    with django_assert_num_queries(0):
        assert read_typed(lines).findings


# ---- the reading


@pytest.mark.parametrize("text", ["", "   ", "\n", "。。。", "<>", "同意。", None])
def test_bad_or_empty_words_give_nothing(text):
    assert read(text, points=("按趟补配送",)).findings == ()


def test_thanks_alone_say_nothing():
    assert codes(read("网友您好！留言已收悉，感谢您的关心与支持！")) == ["nothing_said"]


def test_a_short_answer_need_not_repeat_what_was_asked():
    assert codes(read("已出台，分三档。", points=("定一个低层补偿的指导价",))) == []


def test_what_the_rest_of_the_form_answers_is_answered():
    asked = ("考核货架", "每季公开")
    assert codes(read(OFF_THE_POINT, points=asked)) == ["point_not_found"]
    assert codes(read(OFF_THE_POINT, points=asked, beside="货架考核表已每季公开张贴")) == []


def test_an_act_or_a_body_that_is_not_found_is_no_finding_by_itself():
    dated = "其余四个小区年底前谈完。"
    assert engine.read_reply(dated).promises[0].missing == ("act", "body")
    assert codes(read(dated)) == []
    hollow = "其余四个小区年底前逐步谈完。"
    assert codes(read(hollow)) == ["promise_no_act", "promise_no_body", "vague"]


def test_the_words_of_a_finding_stand_in_the_text_and_a_long_sentence_is_cut():
    text = "甲" * 200 + "尽快" + "乙" * 200 + "。"
    said = read(text).findings[0].said
    assert [words for words, marked in said if marked] == ["尽快"]
    assert said[0] == said[-1] == ("…", False)
    assert "".join(words for words, _marked in said[1:-1]) in text


@pytest.mark.parametrize("given", ANSWERS.values())
def test_every_piece_joined_is_the_text_itself(given):
    text = given["answer"] + "下一步将尽快、逐步推进，力争早日完成；不予考虑的，请向有关部门反映。"
    found = read(text)
    assert found.findings
    for finding in found.findings:
        assert "".join(words for words, _marked in finding.said) in text


# ---- the method


def test_every_reason_of_the_engine_has_its_words():
    table = re.split(r"^=+ +=+$", engine.__doc__, flags=re.MULTILINE)[2]
    named = {line.split()[0] for line in table.splitlines() if line}
    assert set(REASONS) == named | {"said_done"}, "the one that only a form can show"
    assert tuple(KINDS) == engine.KINDS


def test_the_method_page_and_its_paper_name_the_same_reasons(db):
    page = Client().get(reverse("vague-words")).content.decode()
    paper = (Path(__file__).parents[2] / "docs/methods/replies.md").read_text(encoding="utf-8")
    assert 'id="replies"' in page
    for sentence in map(str, [*REASONS.values(), *KINDS.values()]):
        assert sentence in page and sentence in paper
