"""What the verbs on studies do, refuse, keep closed and prove."""

import hashlib

import pytest

from biaochi.core.models import Entry
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.flow import Step
from biaochi.study import actions, queries, story
from biaochi.study.models import Study
from biaochi.study.rules import Announced, Side, State
from biaochi.topic import actions as topics
from biaochi.topic.rules import Choice
from biaochi.voice.models import Event
from tests.study.conftest import DAY, NAMES, PLAN, SITES, STRATA, VALUE, VISIT


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def told(matter):
    events = Event.objects.filter(matter=matter, kind="stage").order_by("pk")
    return [
        story.STORY[event.params["what"]](event.params)
        for event in events
        if event.params["what"] in story.STORY
    ]


def test_only_a_chosen_topic_is_studied(put_forward, speak, topic, staff, member, now):
    waiting = put_forward(matters=[speak("另一件", 1)])
    with pytest.raises(NotNow):
        actions.open_study(topic=waiting, title="去看", by=member, now=now)
    with pytest.raises(Incomplete):
        actions.open_study(topic=topic, title=" ", by=member, now=now)


def test_units_and_residents_do_not_study(topic, unit, resident, now):
    for doer in (unit, resident):
        with pytest.raises(NotYours):
            actions.open_study(topic=topic, title="去看", by=doer, now=now)


def test_sealing_publishes_the_fingerprints_and_locks_the_plan_away(sealed, matter):
    sealed.refresh_from_db()
    seal = sealed.seals.get()
    assert len(seal.plan_hash) == len(seal.sites_hash) == 64
    assert (sealed.plan, sealed.team, sealed.salt) == ("", "", "")
    for blob in (sealed.plan_sealed, seal.kept):
        assert "第三小学".encode() not in bytes(blob)
    matter.refresh_from_db()
    assert matter.step == Step.STUDIED
    title, words = told(matter)[-1]
    assert "封好" in title
    assert not any(name in words for name in NAMES)


def test_the_published_fingerprints_are_those_of_the_texts_shown_later(sealed, revealed):
    published = sealed.seals.get()
    (proof,) = queries.seals_of(revealed)
    assert proof.plan == PLAN.replace("\r\n", "\n")
    assert sha(f"{proof.plan}|{proof.salt}") == published.plan_hash
    assert sha(f"{proof.sites}|{proof.salt}") == published.sites_hash
    lines = proof.sites.split("\n")
    assert lines[0] == "福彩 3D 第 2026061 期|2026-03-03"
    assert sorted(lines[1:]) == sorted(
        f"{stratum}|{STRATA[stratum]}|{name}" for stratum, names in SITES.items() for name in names
    )
    assert proof.holds


def test_the_lot_is_drawn_as_anybody_would_draw_it(drawn):
    for stratum, k in STRATA.items():
        order = sorted(SITES[stratum], key=lambda name: sha(f"{VALUE}|{stratum}|{name}"))
        mine = drawn.sites.filter(stratum=stratum, drawn=True).order_by("digest")
        assert [site.name for site in mine] == order[:k]


def test_it_is_drawn_once(drawn, member, now):
    before = list(drawn.sites.values_list("pk", "drawn"))
    with pytest.raises(NotNow, match="2-8-8"):
        actions.draw(study=drawn, value="3-1-4", by=member, now=now + DAY)
    actions.draw(study=drawn, value=VALUE, by=member, now=now + 2 * DAY)  # the same changes nothing
    assert list(drawn.sites.values_list("pk", "drawn")) == before
    assert Entry.objects.filter(verb="draw sites").count() == 1


@pytest.mark.parametrize("value", ["", "  ", "2|8"])
def test_a_value_that_cannot_be_hashed_is_refused(sealed, member, now, value):
    with pytest.raises(Incomplete):
        actions.draw(study=sealed, value=value, by=member, now=now + DAY)


def test_the_value_is_not_entered_before_its_day(sealed, member, now):
    with pytest.raises(NotNow, match="3月3日"):
        actions.draw(study=sealed, value=VALUE, by=member, now=now)


def test_nothing_is_drawn_before_the_plan_is_sealed(study, write, member, now):
    write()
    with pytest.raises(NotNow):
        actions.draw(study=study, value=VALUE, by=member, now=now + DAY)


def test_a_sealed_plan_is_changed_only_with_a_reason_and_both_seals_stay(
    sealed, write, member, matter, now
):
    with pytest.raises(NotNow):
        write(plan="改")
    with pytest.raises(Incomplete):
        actions.unseal(study=sealed, why=" ", by=member, now=now)
    actions.unseal(study=sealed, why="学校停课", by=member, now=now)
    study = Study.objects.get()
    assert study.plan == PLAN.replace("\r\n", "\n")
    write(plan="改去早上")
    actions.seal(study=study, by=member, now=now)
    first, second = study.seals.all()
    assert first.changed_why == "学校停课"
    assert first.broken_at
    assert second.broken_at is None
    assert first.plan_hash != second.plan_hash
    assert "学校停课" in told(matter)[1][1]


def test_after_the_lot_a_change_of_plan_keeps_list_and_value(drawn, write, go, member, now):
    actions.unseal(study=drawn, why="换了带队的人", by=member, now=now + DAY)
    for change in (
        {"sites": {**SITES, "没人说的": ["山上小学"]}},
        {"strata": {**STRATA, "没人说的": 2}},
        {"source": "另一期"},
        {"source_on": now.date() + 3 * DAY},
    ):
        with pytest.raises(NotNow, match="抽过签"):
            write(**change)
    write(plan="下午去")
    actions.seal(study=drawn, by=member, now=now + DAY)
    for site in drawn.sites.filter(drawn=True):
        go(site)
    opened = actions.reveal(study=drawn, by=member, now=now + 4 * DAY)
    proofs = queries.seals_of(opened)
    assert [proof.plan for proof in proofs] == [PLAN.replace("\r\n", "\n"), "下午去"]
    assert all(proof.holds for proof in proofs)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"plan": ""}, "plan"),
        ({"strata": {**STRATA, "没人说的": 9}}, "sites"),
        ({"strata": {}, "sites": {}}, "sites"),
        ({"source": ""}, "source"),
        ({"reveal_on": None}, "reveal_on"),
    ],
)
def test_what_is_missing_is_said_when_it_is_sealed(study, write, member, now, changed, field):
    write(**changed)
    with pytest.raises(Incomplete) as wrong:
        actions.seal(study=study, by=member, now=now)
    assert wrong.value.field == field
    assert not study.seals.exists()


def test_a_place_is_replaced_by_the_next_of_its_layer(drawn, member, now):
    stratum = "说的人多的"
    order = sorted(SITES[stratum], key=lambda name: sha(f"{VALUE}|{stratum}|{name}"))
    site = drawn.sites.get(stratum=stratum, name=order[0])
    with pytest.raises(Incomplete):
        actions.replace_site(site=site, why="", by=member, now=now)
    following = actions.replace_site(site=site, why="停课修路", by=member, now=now)
    assert following.name == order[2]
    with pytest.raises(NotNow):
        actions.replace_site(site=site, why="再换", by=member, now=now)
    actions.replace_site(site=following, why="也停课", by=member, now=now)
    last = drawn.sites.get(stratum=stratum, name=order[3])
    with pytest.raises(NotNow, match="没有别的"):
        actions.replace_site(site=last, why="又停课", by=member, now=now)
    assert queries.lot_of(Study.objects.get()).holds


def test_a_place_that_was_not_drawn_cannot_be_visited_or_replaced(drawn, go, member, now):
    other = drawn.sites.filter(drawn=False).first()
    with pytest.raises(NotNow):
        go(other)
    with pytest.raises(NotNow):
        actions.replace_site(site=other, why="想去", by=member, now=now)


def test_a_visited_place_is_replaced_only_when_the_visit_had_leaked(drawn, go, member, now):
    first, second, *_rest = drawn.sites.filter(drawn=True).order_by("-stratum")
    go(first)
    with pytest.raises(NotNow):
        actions.replace_site(site=first, why="想换", by=member, now=now)
    go(second, announced=Announced.LEAKED)
    assert actions.replace_site(site=second, why="门口有人等着", by=member, now=now).drawn


def test_names_and_numbers_of_residents_are_covered_before_a_visit_is_kept(go):
    visit = go(observed="张三丰说：打我电话13812345678，数了 61 辆。", bad="我叫李小明，天天堵")
    visit.refresh_from_db()
    assert "13812345678" not in visit.observed
    assert "李小明" not in visit.bad
    assert "61 辆" in visit.observed


def test_another_member_and_a_unit_have_no_part_in_it(drawn, go, other_member, unit, now):
    for doer in (other_member, unit):
        with pytest.raises(NotYours):
            go(by=doer)
        with pytest.raises(NotYours):
            actions.reveal(study=drawn, by=doer, now=now)
        assert queries.inside(doer, drawn) is None


def test_who_goes_along_reads_the_plan_and_writes_visits_down(
    study, write, member, other_member, go_later, now
):
    write(knowing=[other_member.account])
    actions.seal(study=study, by=member, now=now)
    assert queries.inside(other_member, Study.objects.get()).plan.startswith("11月19日")
    drawn = actions.draw(study=study, value=VALUE, by=other_member, now=now + DAY)
    assert go_later(drawn, by=other_member).by_id == other_member.account


@pytest.fixture
def go_later(now):
    def visit(study, by):
        start = now + 2 * DAY
        return actions.record_visit(
            **VISIT,
            study=study,
            site=study.sites.filter(drawn=True).first(),
            arrived_at=start,
            left_at=start + DAY / 24,
            by=by,
            now=start + DAY,
        )

    return visit


def test_the_office_reads_a_sealed_plan_only_by_a_recorded_look(sealed, staff, second, member, now):
    assert queries.inside(staff, sealed) is None
    actions.look(study=sealed, by=staff, now=now)
    actions.look(study=sealed, by=staff, now=now)
    actions.look(study=sealed, by=member, now=now)  # who made it, need not ask
    assert queries.inside(staff, sealed).plan
    assert queries.inside(second, sealed) is None
    assert queries.looks(sealed) == 1


def test_the_plan_is_opened_early_only_with_a_reason(drawn, go, member, now):
    with pytest.raises(NotNow):
        actions.reveal(study=drawn, by=member, now=now + DAY)
    go()
    with pytest.raises(Incomplete) as wrong:
        actions.reveal(study=drawn, by=member, now=now + 3 * DAY)
    assert wrong.value.field == "early_why"
    opened = actions.reveal(study=drawn, early_why="走漏了", by=member, now=now + 3 * DAY)
    assert (opened.state, opened.early_why) == (State.REVEALED, "走漏了")


def test_on_its_day_the_plan_is_opened_without_a_reason(drawn, go, member, now):
    go()
    opened = actions.reveal(study=drawn, by=member, now=now + 10 * DAY)
    assert opened.early_why == ""
    assert opened.plan
    assert opened.team
    assert opened.plan_sealed is None


def test_nothing_is_added_after_the_plan_is_opened(revealed, go):
    with pytest.raises(NotNow):
        go()


def test_a_dropped_lot_is_opened_for_everybody(drawn, member, matter, now):
    with pytest.raises(Incomplete):
        actions.drop(study=drawn, why="", by=member, now=now)
    dropped = actions.drop(study=drawn, why="学校都放假了", by=member, now=now + DAY)
    assert dropped.plan
    (proof,) = queries.seals_of(dropped)
    assert proof.holds
    assert queries.lot_of(dropped).holds
    assert told(matter)[-1][1] == "学校都放假了"


def test_a_plan_that_was_never_sealed_is_dropped_without_a_word_in_public(
    study, write, member, matter, now
):
    write()
    actions.drop(study=study, why="不看了", by=member, now=now)
    assert told(matter) == []
    assert queries.get_published(study.pk) is None


def test_a_report_has_good_and_bad_each_with_its_visits(write_report, revealed, matter):
    report = write_report()
    assert report.state == State.REPORTED
    found = queries.findings(report)
    assert [one.visits.count() for one in (*found["good"], *found["bad"])] == [1, 3]
    assert told(matter)[-1][1] == "看到的好 1 条，不好 1 条。"


def test_a_report_is_not_taken_one_sided_or_without_a_place(write_report, revealed):
    visits = list(revealed.visits.all())
    for changes, field in (
        ({"findings": []}, "good"),
        ({"findings": [(Side.GOOD, "好", "", visits)]}, "one_sided_why"),
        ({"findings": [(Side.GOOD, "好", "", []), (Side.BAD, "坏", "", visits)]}, "findings"),
        ({"causes": [("问题", "原因", "办法", "")]}, "causes"),
    ):
        with pytest.raises(Incomplete) as wrong:
            write_report(**changes)
        assert wrong.value.field == field
    assert not revealed.findings.exists()
    write_report(findings=[(Side.BAD, "坏", "", visits)], one_sided_why="好的没有看到")


def test_the_page_says_when_a_text_no_longer_gives_what_was_published(revealed):
    seal = revealed.seals.get()
    seal.opened = {**seal.opened, "plan": seal.opened["plan"] + "。"}
    seal.save()
    assert not queries.seals_of(revealed)[0].holds
    site = revealed.sites.filter(drawn=False).first()
    site.drawn = True
    site.save()
    assert not queries.lot_of(revealed).holds


def test_what_waits_for_whom(study, write, member, other_member, staff, now):
    write()
    today = now.date()
    assert queries.waiting(other_member, today) == []
    (line,) = queries.waiting(member, today)
    assert (line["href_name"], line["state"]) == ("desk-study", "")
    actions.seal(study=study, by=member, now=now)
    assert queries.waiting(member, today)[0]["due_on"] == today + DAY
    assert queries.waiting(staff, today + DAY)[0]["state"] == "slow"
    actions.draw(study=study, value=VALUE, by=member, now=now + DAY)
    assert queries.waiting(member, today + 9 * DAY)[0]["state"] == ""
    assert queries.waiting(member, today + 11 * DAY)[0]["state"] == "stop"


def test_the_part_for_the_matters_page_takes_few_queries(
    matter, topic, django_assert_num_queries, request, django_assert_max_num_queries
):
    with django_assert_num_queries(1):
        assert queries.of_matter(matter) is None
    request.getfixturevalue("write_report")()
    with django_assert_max_num_queries(3):
        shown = queries.of_matter(matter)
    assert (len(shown.good), len(shown.bad), shown.visits) == (1, 1, 3)


def test_a_topic_that_was_put_aside_is_not_studied_anew(topic, staff, second, member, now):
    for doer in (staff, second):
        topics.decide(
            topic=topic,
            choice=Choice.ASIDE,
            why="先办",
            goes_to="task",
            goes_where="城管",
            review_on=now.date() + DAY,
            by=doer,
            now=now,
        )
    with pytest.raises(NotNow):
        actions.open_study(topic=topic, title="去看", by=member, now=now)
