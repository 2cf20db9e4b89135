"""What happens to a proposal, verb by verb, with every unhappy path."""

import datetime as dt

import pytest

from biaochi.core.models import Entry
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.flow import Step
from biaochi.proposal import actions
from biaochi.proposal.models import Proposal, Report
from biaochi.proposal.rules import Decision, Refusal, Signing, State
from biaochi.voice.models import Event
from tests.proposal.conftest import (
    ANSWERS,
    CLAUSES,
    FAILED,
    MEMBER_RATING,
    MEND,
    PASSED,
    TEXT,
    UNIT_RATING,
)

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
NOT_FILED = {"case": Refusal.EMPTY, "passed_to": "report", "where": "信息处接着编"}


def review(proposal, by, now, decision=Decision.FILE, **rest):
    looks = {Decision.FILE: PASSED, Decision.NOT_FILE: FAILED, Decision.MEND: MEND}[decision]
    deed = {"looks": looks, "why": "", "details": {}, **rest}
    return actions.review(proposal=proposal, decision=decision, by=by, now=now, **deed)


def details(city):
    return {"category": "科教文卫体", "lead": city.roads.pk, "co": [city.homes.pk]}


def told(matter):
    return [e.params.get("what") for e in Event.objects.filter(matter=matter).order_by("pk")]


# ---- the draft


def test_a_draft_is_written_in_versions_and_an_unchanged_text_is_none(member, draft, matter, now):
    assert draft.version == 2
    actions.write(proposal=draft, **TEXT, clauses=CLAUSES, matters=[matter], by=member, now=now)
    draft.refresh_from_db()
    assert draft.version == 2
    actions.write(proposal=draft, situation="五次去", by=member, now=now)
    assert [v.number for v in draft.versions.all()] == [3, 2, 1]
    assert draft.versions.first().note == "situation"
    assert draft.versions.get(number=2).text["situation"] == TEXT["situation"]


def test_only_a_member_begins_and_only_the_own_draft_is_changed(member, friend, staff, draft, now):
    with pytest.raises(NotYours):
        actions.begin(title="x", by=staff, now=now)
    with pytest.raises(NotYours):
        actions.write(proposal=draft, title="别人的", by=friend, now=now)
    with pytest.raises(Incomplete):
        actions.begin(title=" ", by=member, now=now)


def test_empty_recommendations_are_left_out_and_the_rest_keeps_its_order(member, draft, now):
    empty = {"doer": "", "act": "", "due_on": None, "measure": ""}
    actions.write(proposal=draft, clauses=[CLAUSES[1], empty, CLAUSES[0]], by=member, now=now)
    assert [(c.position, c.act) for c in draft.clauses.all()] == [
        (1, "按趟补配送"),
        (2, "定保底清单"),
    ]


def test_a_text_that_is_too_long_is_refused_and_nothing_is_changed(member, draft, now):
    with pytest.raises(Incomplete) as wrong:
        actions.write(proposal=draft, pays="钱" * 301, by=member, now=now)
    assert wrong.value.field == "pays"
    assert Proposal.objects.get().pays == TEXT["pays"]


def test_a_signature_is_for_one_version(member, friend, draft, now):
    actions.ask_to_sign(proposal=draft, member=friend.account, by=member, now=now)
    signed = actions.sign(proposal=draft, signing="signed", version=2, by=friend, now=now)
    assert (signed.signing, signed.version) == (Signing.SIGNED, 2)
    actions.write(proposal=draft, analysis="换一个原因", by=member, now=now)
    signed.refresh_from_db()
    assert signed.signing == Signing.ASKED
    with pytest.raises(NotNow):
        actions.sign(proposal=draft, signing="signed", version=2, by=friend, now=now)
    actions.sign(proposal=draft, signing="signed", version=3, by=friend, now=now)
    signed.refresh_from_db()
    assert signed.version == 3


def test_nobody_signs_who_was_not_asked_or_asks_twice(member, friend, draft, now):
    with pytest.raises(NotYours):
        actions.sign(proposal=draft, signing="signed", version=2, by=friend, now=now)
    with pytest.raises(Incomplete):
        actions.ask_to_sign(proposal=draft, member=member.account, by=member, now=now)
    actions.ask_to_sign(proposal=draft, member=friend.account, by=member, now=now)
    with pytest.raises(NotNow):
        actions.ask_to_sign(proposal=draft, member=friend.account, by=member, now=now)


def test_who_has_an_interest_recuses_with_a_word(member, friend, draft, now):
    actions.ask_to_sign(proposal=draft, member=friend.account, by=member, now=now)
    with pytest.raises(Incomplete):
        actions.sign(proposal=draft, signing="recused", version=2, by=friend, now=now)
    one = actions.sign(
        proposal=draft, signing="recused", version=2, why="我家开药店", by=friend, now=now
    )
    assert one.why == "我家开药店"


@pytest.mark.parametrize("lacking", ["situation", "analysis", "gains", "pays", "loses"])
def test_nothing_is_submitted_that_does_not_say_who_gains_and_who_loses(
    member, draft, now, lacking
):
    actions.write(proposal=draft, **{lacking: ""}, by=member, now=now)
    with pytest.raises(Incomplete) as wrong:
        actions.submit(proposal=draft, by=member, now=now)
    assert wrong.value.field == lacking


def test_every_recommendation_needs_doer_act_date_and_measure(member, draft, now):
    actions.write(proposal=draft, clauses=[{**CLAUSES[0], "due_on": None}], by=member, now=now)
    with pytest.raises(Incomplete) as wrong:
        actions.submit(proposal=draft, by=member, now=now)
    assert wrong.value.field == "clause-1-due_on"
    actions.write(proposal=draft, clauses=[], by=member, now=now)
    with pytest.raises(Incomplete):
        actions.submit(proposal=draft, by=member, now=now)


def test_a_proposal_links_to_what_people_said_or_says_why_not(member, draft, now):
    actions.write(proposal=draft, matters=[], by=member, now=now)
    with pytest.raises(Incomplete) as wrong:
        actions.submit(proposal=draft, by=member, now=now)
    assert wrong.value.field == "no_link_why"
    actions.write(proposal=draft, no_link_why="规划里的事，还没人说", by=member, now=now)
    assert actions.submit(proposal=draft, by=member, now=now).state == State.SUBMITTED


def test_what_was_submitted_is_not_written_any_more(member, submitted, now):
    with pytest.raises(NotNow):
        actions.write(proposal=submitted, title="改", by=member, now=now)


def test_it_is_taken_back_within_a_day_and_not_later(member, draft, now):
    actions.submit(proposal=draft, by=member, now=now)
    with pytest.raises(NotNow):
        actions.take_back(proposal=draft, by=member, now=now + 25 * HOUR)
    one = actions.take_back(proposal=draft, by=member, now=now + 23 * HOUR)
    assert one.state == State.WITHDRAWN
    again = actions.begin(title="再写一次", like=one, by=member, now=now)
    assert again.situation == TEXT["situation"]
    assert again.clauses.count() == 3
    assert list(again.matters.all()) == list(one.matters.all())


# ---- the review


def test_two_different_people_file_and_the_number_runs_within_the_year(
    submitted, staff, second, city, now, matter
):
    one = review(submitted, staff, now, details=details(city))
    assert one.state == State.SUBMITTED
    with pytest.raises(NotYours):
        review(submitted, staff, now, details=details(city))
    one = review(submitted, second, now, details=details(city))
    assert one.state == State.FILED
    assert one.number == "青提〔2026〕0001"
    assert {h.unit.name: h.part for h in one.handlings.all()} == {
        "市城管局": "lead",
        "市住建局": "co",
    }
    matter.refresh_from_db()
    assert matter.step == Step.PROPOSED
    assert told(matter)[-1] == "proposal filed"


def test_numbers_follow_each_other(filed, member, file_it, now):
    one = actions.begin(title="另一件", by=member, now=now)
    words = {**TEXT, "no_link_why": "没有人说过"}
    actions.write(proposal=one, **words, clauses=CLAUSES, by=member, now=now)
    one = file_it(actions.submit(proposal=one, by=member, now=now), now)
    assert (filed.number, one.number) == ("青提〔2026〕0001", "青提〔2026〕0002")


def test_when_two_differ_it_waits_and_a_third_settles(submitted, staff, second, third, city, now):
    review(submitted, staff, now, details=details(city))
    one = review(submitted, second, now, Decision.NOT_FILE, why="没有具体建议", details=NOT_FILED)
    assert one.state == State.SUBMITTED
    one = review(submitted, third, now, details=details(city))
    assert one.state == State.FILED


def test_what_is_not_filed_goes_on_as_a_report_of_the_same_words(
    submitted, staff, second, member, now, matter
):
    for by in (staff, second):
        one = review(submitted, by, now, Decision.NOT_FILE, why="没有具体建议", details=NOT_FILED)
    assert (one.state, one.refusal, one.number) == (State.NOT_FILED, Refusal.EMPTY, None)
    report = Report.objects.get()
    assert one.passed_report == report
    assert TEXT["situation"] in report.text and "定保底清单" in report.text
    assert report.writer_id == member.account
    matter.refresh_from_db()
    assert matter.step == Step.SAID
    assert told(matter)[-1] == "proposal not filed"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"case": ""}, "case"),
        ({"passed_to": ""}, "passed_to"),
        ({"where": " "}, "passed_to"),
    ],
)
def test_not_filed_names_a_case_and_where_it_goes_on(submitted, staff, now, changed, field):
    with pytest.raises(Incomplete) as wrong:
        review(submitted, staff, now, Decision.NOT_FILE, why="空", details={**NOT_FILED, **changed})
    assert wrong.value.field == field


def test_filing_needs_three_looks_a_category_and_a_unit(submitted, staff, city, now):
    for looks, changed in (
        ({}, {}),
        (MEND, {}),
        (PASSED, {"category": "别的"}),
        (PASSED, {"lead": 0}),
    ):
        with pytest.raises(Incomplete):
            review(submitted, staff, now, looks=looks, details=details(city) | changed)


def test_asked_to_mend_it_is_a_draft_again_and_old_reviews_do_not_count(
    submitted, staff, second, member, city, now
):
    one = review(submitted, staff, now, Decision.MEND, why="请注明出处")
    assert (one.state, one.decided_why) == (State.DRAFT, "请注明出处")
    actions.write(proposal=one, situation="台账第三页写着", by=member, now=now + HOUR)
    actions.submit(proposal=one, by=member, now=now + HOUR)
    one = review(submitted, staff, now + 2 * HOUR, details=details(city))
    assert one.state == State.SUBMITTED
    assert review(submitted, second, now + 2 * HOUR, details=details(city)).state == State.FILED


def test_a_member_or_a_unit_reviews_nothing(submitted, member, unit, city, now):
    for by in (member, unit):
        with pytest.raises(NotYours):
            review(submitted, by, now, details=details(city))


# ---- handling


def test_handed_over_it_has_its_days(filed, staff, now, matter):
    one = actions.hand_over(proposal=filed, by=staff, now=now)
    assert one.reply_by == dt.date(2026, 6, 2)
    assert one.return_by == dt.date(2026, 3, 9)
    assert one.contact_by == dt.date(2026, 3, 23)
    assert one.opinion_by == dt.date(2026, 3, 12)
    assert told(matter)[-1] == "proposal handed over"


def test_the_lead_unit_returns_it_in_time_and_the_office_hands_it_to_another(
    handed, unit, co_unit, staff, city, now, working_days
):
    with pytest.raises(NotYours):
        actions.give_back(proposal=handed, words="不归我们", by=co_unit, now=now)
    with pytest.raises(Incomplete):
        actions.give_back(proposal=handed, words=" ", by=unit, now=now)
    with pytest.raises(NotNow):
        actions.give_back(proposal=handed, words="不归", by=unit, now=working_days(now, 6))
    one = actions.give_back(proposal=handed, words="归住建局", by=unit, now=working_days(now, 5))
    assert one.state == State.RETURNED
    later = working_days(now, 6)
    one = actions.hand_over(
        proposal=one, lead=city.homes.pk, co=[city.roads.pk], by=staff, now=later
    )
    assert {h.unit.name: h.part for h in one.handlings.all()} == {
        "市城管局": "co",
        "市住建局": "lead",
    }
    assert one.return_words == ""


def test_a_co_unit_gives_an_opinion_and_does_not_reply(handed, unit, co_unit, now):
    mine = actions.give_opinion(proposal=handed, opinion="同意补七成", by=co_unit, now=now)
    assert mine.opinion == "同意补七成"
    with pytest.raises(NotYours):
        actions.reply(proposal=handed, answers=ANSWERS, number="", by=co_unit, now=now)
    with pytest.raises(NotYours):
        actions.give_opinion(proposal=handed, opinion="x", by=unit, now=now)


def test_talks_are_noted_on_days_that_were(handed, unit, now):
    day = now.date()
    with pytest.raises(Incomplete):
        actions.note_contact(proposal=handed, on=day + DAY, how="面谈", words="", by=unit, now=now)
    with pytest.raises(Incomplete):
        actions.note_contact(proposal=handed, on=day, how="托梦", words="", by=unit, now=now)
    actions.note_contact(proposal=handed, on=day, how="面谈", words="谈了清单", by=unit, now=now)
    assert handed.contacts.get().words == "谈了清单"


def test_a_reply_answers_every_clause_and_keeps_what_was_promised(replied, matter):
    letters = [(c.position, c.letter) for c in replied.clauses.all()]
    assert letters == [(1, "A"), (2, "B"), (3, "C")]
    assert replied.clauses.get(position=2).promised_on == dt.date(2027, 6, 30)
    assert replied.replies.get().letter == "B"
    assert replied.feedback_by == dt.date(2026, 3, 23)
    assert told(matter)[-1] == "proposal replied"


@pytest.mark.parametrize(
    ("position", "changed", "field"),
    [
        (1, {"letter": ""}, "class-1"),
        (1, {"answer": " "}, "words-1"),
        (1, {"proof": ""}, "proof-1"),
        (2, {"promised_on": None}, "promised_on-2"),
        (2, {"promised_on": dt.date(2026, 3, 2)}, "promised_on-2"),
        (2, {"promise": ""}, "promise-2"),
        (3, {"can_do": ""}, "blocked_by-3"),
    ],
)
def test_a_reply_lacking_something_changes_nothing(handed, unit, now, position, changed, field):
    answers = {**ANSWERS, position: {**ANSWERS[position], **changed}}
    with pytest.raises(Incomplete) as wrong:
        actions.reply(proposal=handed, answers=answers, number="", by=unit, now=now)
    assert wrong.value.field == field
    handed.refresh_from_db()
    assert handed.state == State.HANDED
    assert not handed.clauses.exclude(letter="").exists()


def test_a_late_reply_says_so(handed, unit, now, matter):
    answers = {**ANSWERS}
    actions.reply(proposal=handed, answers=answers, number="", by=unit, now=now + 120 * DAY)
    assert Event.objects.filter(matter=matter).last().params["late"] is True
    assert Entry.objects.filter(verb="reply to proposal").get().note == "B late"


def test_an_unfinished_reply_is_kept_for_the_unit_and_binds_nobody(handed, unit, co_unit, now):
    answers = {2: {"letter": "B", "answer": "还在写", "promised_on": None}}
    with pytest.raises(NotYours):
        actions.keep_reply(proposal=handed, answers=answers, number="", by=co_unit, now=now)
    one = actions.keep_reply(proposal=handed, answers=answers, number="51", by=unit, now=now)
    assert one.reply_draft["answers"]["2"]["answer"] == "还在写"
    assert not one.clauses.exclude(letter="").exists()


def test_asked_again_the_first_reply_stays_and_another_comes(replied, staff, unit, now, matter):
    with pytest.raises(Incomplete):
        actions.ask_again(proposal=replied, why="", by=staff, now=now)
    one = actions.ask_again(proposal=replied, why="第三条没答", by=staff, now=now + DAY)
    assert (one.state, one.reply_by) == (State.HANDED, dt.date(2026, 4, 3))
    assert told(matter)[-1] == "proposal asked again"
    actions.reply(proposal=one, answers=ANSWERS, number="52", by=unit, now=now + 2 * DAY)
    assert [r.number for r in one.replies.all()] == ["青城函〔2026〕51号", "52"]


def test_the_member_takes_or_does_not_take_a_class(replied, member, friend, now):
    with pytest.raises(NotYours):
        actions.judge_classes(proposal=replied, takes={1: True}, by=friend, now=now)
    actions.judge_classes(proposal=replied, takes={1: True, 3: False}, by=member, now=now)
    assert [c.accepted for c in replied.clauses.all()] == [True, None, False]


# ---- ratings


def test_each_side_writes_once_in_its_days(replied, member, unit, co_unit, friend, now):
    rate = actions.rate
    for by in (co_unit, friend):
        with pytest.raises(NotYours):
            rate(proposal=replied, answers=MEMBER_RATING, words="要", by=by, now=now)
    with pytest.raises(Incomplete):
        rate(proposal=replied, answers={}, words="要", by=member, now=now)
    rate(proposal=replied, answers=MEMBER_RATING, words="第三条要", by=member, now=now)
    with pytest.raises(NotNow):
        rate(proposal=replied, answers=MEMBER_RATING, words="又", by=member, now=now)
    with pytest.raises(NotNow):
        rate(proposal=replied, answers=UNIT_RATING, words="附清单", by=unit, now=now + 40 * DAY)
    rate(proposal=replied, answers=UNIT_RATING, words="附清单", by=unit, now=now)
    assert replied.ratings.count() == 2


def test_only_the_office_publishes_and_only_a_reply(replied, handed, staff, unit, now):
    with pytest.raises(NotYours):
        actions.publish(proposal=replied, by=unit, now=now)
    one = actions.publish(proposal=replied, by=staff, now=now)
    assert one.state == State.PUBLISHED
    with pytest.raises(NotNow):
        actions.publish(proposal=one, by=staff, now=now)


def test_every_deed_leaves_a_line_and_no_free_text_of_the_draft(replied):
    verbs = set(Entry.objects.filter(thing=f"proposal:{replied.pk}").values_list("verb", flat=1))
    assert verbs >= {
        "begin proposal",
        "write proposal",
        "submit proposal",
        "review proposal",
        "file proposal",
        "hand over proposal",
        "reply to proposal",
    }
    assert not Entry.objects.filter(note__contains="缺三种药").exists()


# ---- information reports


@pytest.fixture
def report(member, matter, now):
    one = actions.begin_report(
        title="夜里没有儿科", text="孩子要跑18公里。", matters=[matter], by=member, now=now
    )
    return actions.submit_report(report=one, by=member, now=now)


def test_a_report_is_edited_sent_and_its_answer_comes_back(report, staff, now):
    one = actions.edit_report(report=report, text="北关夜间没有儿科。", by=staff, now=now)
    assert (one.text, one.edited_text) == ("孩子要跑18公里。", "北关夜间没有儿科。")
    one = actions.send(report=one, sent_to="省政协", by=staff, now=now)
    assert one.number == "青信〔2026〕0001"
    one = actions.note_answer(report=one, answer="已批转卫健委", by=staff, now=now)
    assert one.state == "answered"


def test_a_report_that_is_not_used_says_why(report, staff, member, now):
    with pytest.raises(Incomplete):
        actions.not_use(report=report, why=" ", by=staff, now=now)
    assert actions.not_use(report=report, why="上月报过", by=staff, now=now).why == "上月报过"
    with pytest.raises(NotNow):
        actions.edit_report(report=report, text="x", by=staff, now=now)


def test_a_report_belongs_to_its_writer_until_it_is_handed_in(member, friend, staff, unit, now):
    one = actions.begin_report(title="题", text="", matters=[], by=member, now=now)
    with pytest.raises(Incomplete):
        actions.submit_report(report=one, by=member, now=now)
    for by in (friend, staff):
        with pytest.raises(NotYours):
            actions.submit_report(report=one, by=by, now=now)
    with pytest.raises(NotYours):
        actions.begin_report(title="题", text="", matters=[], by=unit, now=now)
