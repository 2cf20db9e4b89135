import pytest

from biaochi.core.refusals import NotNow, NotYours
from biaochi.voice.matters import actions, queries
from biaochi.voice.models import Matter, Membership, Suggestion, Verdict, Voice
from biaochi.voice.rules import Answer, MatterState

WORDS = (
    "幸福里小区七号楼加装电梯，一楼两户不肯签字，老人下不了楼",
    "我们幸福里小区想加装电梯，就差一楼的签字，六楼老人天天爬楼",
    "幸福里加装电梯的事卡在一楼签字上，请帮忙协调",
)
OTHER = (
    "石桥垃圾中转站夏天臭气熏天，夜里车辆吵得睡不着",
    "石桥垃圾中转站的臭味越来越大，窗户不敢开",
)


FAR_AWAY = (
    "下水道堵了三天，污水漫到楼道里",
    "小学门口早晚高峰堵成一锅粥",
    "十路公交车班次稀少",
    "药店买不到降压药",
)


@pytest.fixture
def lifts(say, city):
    for text in FAR_AWAY:  # what is rare is only known among other things
        say(text)
    return [say(text, area=city.east) for text in WORDS]


@pytest.fixture
def smells(say):
    return [say(text) for text in OTHER]


def open_suggestions():
    return list(Suggestion.objects.filter(answer=Answer.OPEN))


def voices_of(suggestion):
    return set(suggestion.voices.values_list("voice", flat=True))


def test_three_wordings_become_one_matter_and_undoing_restores_everything(
    lifts, smells, staff, resident, now
):
    assert actions.suggest(now=now) == 2
    suggestion = max(open_suggestions(), key=lambda s: s.size)
    assert voices_of(suggestion) == {voice.pk for voice in lifts}
    regroup = actions.answer(suggestion=suggestion, answer="yes", by=staff, now=now)
    matter = Matter.objects.get()
    assert (matter.people_count, matter.areas) == (3, ["城东"])
    assert {m.how for m in Membership.objects.all()} == {"suggested"}
    assert Verdict.objects.filter(same=True).count() == 2
    actions.withdraw(voice=lifts[0], by=resident, now=now)
    matter.refresh_from_db()
    assert matter.people_count == 2
    actions.come_back(voice=lifts[0], by=resident, now=now)
    actions.undo(regroup=regroup, by=staff, now=now)
    suggestion.refresh_from_db()
    assert (suggestion.answer, suggestion.regroup) == (Answer.OPEN, None)
    assert not Membership.objects.exists()
    assert not Verdict.objects.exists()
    assert Matter.objects.get().state == MatterState.DISSOLVED


def test_a_second_sweep_finds_nothing_new(lifts, smells, now):
    assert actions.suggest(now=now) == 2
    assert actions.suggest(now=now) == 0
    assert Suggestion.objects.count() == 2


def test_what_people_said_is_not_the_same_is_never_suggested_again(lifts, say, staff, now):
    actions.suggest(now=now)
    (suggestion,) = open_suggestions()
    actions.answer(suggestion=suggestion, answer="no", by=staff, now=now)
    say("文化路的路灯不亮")
    actions.suggest(now=now)
    pairs = {frozenset(pair) for pair in Verdict.objects.values_list("one", "other")}
    assert len(pairs) == 3
    assert open_suggestions() == []


def test_a_no_can_be_taken_back(lifts, staff, now):
    actions.suggest(now=now)
    (suggestion,) = open_suggestions()
    actions.answer(suggestion=suggestion, answer="no", by=staff, now=now)
    actions.take_back(suggestion=suggestion, by=staff, now=now)
    suggestion.refresh_from_db()
    assert suggestion.answer == Answer.OPEN
    assert not Verdict.objects.exists()


def test_a_new_voice_is_suggested_for_the_matter_that_stands(lifts, say, staff, now):
    matter = actions.open_matter(title="幸福里加装电梯", voices=lifts, by=staff, now=now)
    late = say("幸福里小区加装电梯什么时候能签完字，老人等不起")
    assert actions.suggest(now=now) == 1
    (suggestion,) = open_suggestions()
    assert suggestion.matter == matter
    assert voices_of(suggestion) == {late.pk}
    actions.answer(suggestion=suggestion, answer="yes", by=staff, now=now)
    assert Membership.objects.get(voice=late).matter == matter


def test_a_voice_left_out_stays_alone_and_is_kept_apart(lifts, staff, now):
    actions.suggest(now=now)
    (suggestion,) = open_suggestions()
    actions.answer(suggestion=suggestion, answer="yes", by=staff, now=now, without=[lifts[2].pk])
    assert not Membership.objects.filter(voice=lifts[2]).exists()
    assert Verdict.objects.get(other=lifts[2]).same is False


def test_a_larger_suggestion_takes_the_place_of_a_smaller_one(lifts, say, now):
    actions.suggest(now=now)
    fourth = say("幸福里小区加装电梯，楼下一楼还是不签字")
    actions.suggest(now=now)
    (suggestion,) = open_suggestions()
    assert fourth.pk in voices_of(suggestion)
    assert Suggestion.objects.filter(answer=Answer.STALE).count() == 1


def test_a_suggestion_whose_voice_was_withdrawn_is_closed(lifts, resident, now):
    actions.suggest(now=now)
    actions.withdraw(voice=lifts[0], by=resident, now=now)
    actions.suggest(now=now)
    assert all(lifts[0].pk not in voices_of(s) for s in open_suggestions())
    assert Suggestion.objects.filter(answer=Answer.STALE).count() == 1


def test_put_aside_voices_are_not_suggested_again(lifts, say, staff, now):
    actions.suggest(now=now)
    (suggestion,) = open_suggestions()
    actions.answer(suggestion=suggestion, answer="later", by=staff, now=now)
    say("文化路的路灯不亮")
    actions.suggest(now=now)
    assert open_suggestions() == []
    actions.answer(suggestion=suggestion, answer="yes", by=staff, now=now)
    assert Matter.objects.get().voice_count == 3


def test_many_are_answered_at_once_only_where_all_are_sure(lifts, smells, staff, now):
    actions.suggest(now=now)
    found = open_suggestions()
    Suggestion.objects.filter(pk=found[0].pk).update(probability=0.9)
    with pytest.raises(NotNow, match="一条一条看"):
        actions.answer_all(suggestions=list(Suggestion.objects.all()), by=staff, now=now)
    assert not Matter.objects.exists()
    Suggestion.objects.update(probability=0.99)
    actions.answer_all(suggestions=list(Suggestion.objects.all()), by=staff, now=now)
    assert Matter.objects.count() == 2


def test_only_the_office_answers(lifts, unit, now):
    actions.suggest(now=now)
    with pytest.raises(NotYours):
        actions.answer(suggestion=open_suggestions()[0], answer="yes", by=unit, now=now)


def test_a_card_says_why_and_what_is_unsure(lifts, say, now):
    say("幸福里小区加装电梯，一楼不签字，我家老人下不去")
    actions.suggest(now=now)
    (card,) = queries.suggestions(5)
    assert any("幸福里" in reason or "电梯" in reason for reason in card.reasons)
    assert card.doubts[0] == "第 4 条没说在哪里"
    assert any(hit for _text, hit in card.lines[0].pieces)


def test_an_erased_voice_leaves_no_word_in_a_suggestion(lifts, resident, now):
    actions.suggest(now=now)
    actions.erase(voice=lifts[0], by=resident, now=now)
    suggestion = Suggestion.objects.get()
    assert (suggestion.answer, suggestion.title, suggestion.reasons) == (Answer.STALE, "", [])


def test_similar_finds_a_matter_while_somebody_writes(lifts, smells, staff, now):
    assert queries.similar("幸福里加装电梯", 3) == []
    matter = actions.open_matter(title="幸福里加装电梯", voices=lifts, by=staff, now=now)
    actions.open_matter(title="垃圾站臭味", voices=smells, by=staff, now=now)
    found = queries.similar("幸福里小区想装电梯，一楼不签字", 3)
    assert found[0][0] == matter
    assert found[0][1] > 0.5
    assert any("幸福里" in reason for reason in found[0][2])
    assert queries.similar("   ", 3) == []


def test_similar_forgets_what_was_merged_away(lifts, smells, staff, now):
    actions.open_matter(title="垃圾站臭味", voices=smells, by=staff, now=now)
    for far in Voice.objects.filter(text__in=FAR_AWAY):
        actions.open_matter(title=far.text, voices=[far], by=staff, now=now)
    one = actions.open_matter(title="幸福里加装电梯", voices=lifts[:1], by=staff, now=now)
    two = actions.open_matter(title="幸福里小区加装电梯", voices=lifts[1:], by=staff, now=now)
    assert two in {m for m, *_rest in queries.similar(WORDS[1], 5)}
    actions.merge(into=one, matters=[two], by=staff, now=now)
    assert {m for m, *_rest in queries.similar(WORDS[1], 5)} == {one}
