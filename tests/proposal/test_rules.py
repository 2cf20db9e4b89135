"""Who may move a proposal or a report from where to where, and what a text must hold."""

import datetime as dt

import pytest

from biaochi.core.actors import Role
from biaochi.core.moves import check_move
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.proposal import vague
from biaochi.proposal.rules import (
    MOVES,
    QUESTIONS,
    REPORT_MOVES,
    Decision,
    Look,
    Passing,
    Rater,
    ReplyClass,
    Report,
    State,
    check_answer,
    check_links,
    check_rating,
    check_review,
    is_open,
    overall,
    settled,
)

DAY = dt.date(2026, 3, 2)
MEMBER, STAFF, UNIT = {Role.MEMBER}, {Role.STAFF}, {Role.UNIT}
ALLOWED = {
    (None, State.DRAFT): MEMBER,
    (State.DRAFT, State.SUBMITTED): MEMBER,
    (State.DRAFT, State.WITHDRAWN): MEMBER,
    (State.SUBMITTED, State.DRAFT): STAFF,
    (State.SUBMITTED, State.FILED): STAFF,
    (State.SUBMITTED, State.NOT_FILED): STAFF,
    (State.SUBMITTED, State.WITHDRAWN): MEMBER,
    (State.FILED, State.HANDED): STAFF,
    (State.HANDED, State.RETURNED): UNIT,
    (State.RETURNED, State.HANDED): STAFF,
    (State.HANDED, State.REPLIED): UNIT,
    (State.REPLIED, State.HANDED): STAFF,
    (State.REPLIED, State.PUBLISHED): STAFF,
}
REPORT_ALLOWED = {
    (None, Report.DRAFT): MEMBER | STAFF,
    (Report.DRAFT, Report.SUBMITTED): MEMBER | STAFF,
    (Report.SUBMITTED, Report.EDITED): STAFF,
    (Report.SUBMITTED, Report.NOT_USED): STAFF,
    (Report.EDITED, Report.NOT_USED): STAFF,
    (Report.EDITED, Report.SENT): STAFF,
    (Report.SENT, Report.ANSWERED): STAFF,
}


def walk(moves, states, allowed, role):
    for before in [None, *states]:
        for after in states:
            roles = allowed.get((before, after))
            if roles and role in roles:
                check_move(moves, before, after, {role})
            else:
                with pytest.raises(NotYours if roles else NotNow):
                    check_move(moves, before, after, {role})


@pytest.mark.parametrize("role", Role)
def test_each_move_of_a_proposal_is_open_to_exactly_the_roles_of_the_table(role):
    walk(MOVES, State, ALLOWED, role)


@pytest.mark.parametrize("role", Role)
def test_each_move_of_a_report_is_open_to_exactly_the_roles_of_the_table(role):
    walk(REPORT_MOVES, Report, REPORT_ALLOWED, role)


def test_no_unit_decides_whether_a_proposal_is_filed_or_published():
    for (_before, after), roles in MOVES.items():
        if after in (State.FILED, State.NOT_FILED, State.PUBLISHED):
            assert roles == {Role.STAFF}


@pytest.mark.parametrize(
    ("letters", "whole"),
    [("A", "A"), ("AAA", "A"), ("AAB", "B"), ("AC", "B"), ("CC", "C"), ("ABC", "B"), ("BCC", "B")],
)
def test_a_whole_reply_is_never_better_than_its_clauses(letters, whole):
    assert overall([ReplyClass(letter) for letter in letters]) == whole


def test_two_people_have_to_decide_the_same():
    file, refuse = Decision.FILE, Decision.NOT_FILE
    assert settled([file]) is None
    assert settled([file, refuse]) is None
    assert settled([file, file]) == file
    assert settled([file, refuse, refuse]) == refuse


def looks(*passings):
    return dict(zip(Look.values, passings, strict=True))


@pytest.mark.parametrize(
    ("passings", "decision", "why", "field"),
    [
        (("pass", "pass", ""), Decision.FILE, "", "look-form"),
        (("pass", "pass", "pass"), "", "", "decision"),
        (("pass", "mend", "pass"), Decision.FILE, "", "decision"),
        (("pass", "pass", "pass"), Decision.NOT_FILE, "空", "decision"),
        (("pass", "pass", "pass"), Decision.MEND, "补", "decision"),
        (("pass", "mend", "pass"), Decision.MEND, " ", "why"),
    ],
)
def test_the_looks_and_the_decision_fit_together(passings, decision, why, field):
    with pytest.raises(Incomplete) as wrong:
        check_review(looks(*passings), decision, why)
    assert wrong.value.field == field


def test_a_review_that_fits_passes():
    check_review(looks("pass", "pass", "pass"), Decision.FILE, "")
    check_review(looks("pass", Passing.FAIL, "pass"), Decision.NOT_FILE, "空")
    check_review(looks("pass", "pass", Passing.MEND), Decision.MEND, "注出处")


def answer(**changes):
    given = {"letter": "B", "words": "在办", "proof": "", "promised_on": DAY, "promise": "文号"}
    given |= {"blocked_by": "", "can_do": "", "today": DAY - dt.timedelta(days=1), "position": 1}
    check_answer(**given | changes)


def test_a_promise_has_a_day_to_come_and_a_proof():
    answer()
    for wrong in ({"promised_on": None}, {"today": DAY}, {"promise": ""}, {"words": ""}):
        with pytest.raises(Incomplete):
            answer(**wrong)


def test_solved_needs_a_proof_and_not_now_needs_what_can_be_done():
    answer(letter="A", proof="清单")
    answer(letter="C", blocked_by="省里定", can_do="先报")
    for wrong in (
        {"letter": "A"},
        {"letter": "C", "blocked_by": "省里"},
        {"letter": "C", "can_do": "报"},
        {"letter": "D"},
    ):
        with pytest.raises(Incomplete):
            answer(**wrong)


def test_no_link_is_allowed_with_a_reason_only():
    check_links(True, "")
    check_links(False, "没有人说过")
    with pytest.raises(Incomplete):
        check_links(False, "  ")


def test_ratings_open_when_both_wrote_or_the_days_are_over():
    assert not is_open([], DAY, DAY)
    assert not is_open([Rater.MEMBER], DAY, DAY)
    assert is_open([Rater.MEMBER, Rater.UNIT], DAY, DAY)
    assert is_open([Rater.MEMBER], DAY, DAY + dt.timedelta(days=1))


@pytest.mark.parametrize("side", Rater)
def test_a_rating_answers_every_question_in_words(side):
    whole = dict.fromkeys(QUESTIONS[side], ("yes", "一句"))
    check_rating(side, whole, "最后一句")
    first = next(iter(whole))
    for wrong in ({first: ("5", "一句")}, {first: ("yes", " ")}, {first: ("", "")}):
        with pytest.raises(Incomplete):
            check_rating(side, whole | wrong, "最后一句")
    with pytest.raises(Incomplete):
        check_rating(side, whole, "")


def test_hollow_phrases_are_found_in_the_order_of_the_text():
    text = "我们将统筹推进，并积极协调有关部门。"
    assert vague.phrases_in(text) == ["统筹推进", "积极协调", "有关部门"]
    assert vague.phrases_in("6月30日前修好12盏") == []
    assert len(set(vague.published()["phrases"])) == len(vague.published()["phrases"])
