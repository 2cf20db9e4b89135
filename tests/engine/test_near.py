"""The index answers as grouping does."""

import pytest

from biaochi.engine.group import group
from biaochi.engine.matter import Message
from biaochi.engine.near import Index
from biaochi.engine.sameness import LEAST
from tests.bench.planted import planted

MESSAGES, TRUTH = planted(matters=12, voices=7, seed=6)


def by_truth(messages):
    groups = {}
    for message in messages:
        groups.setdefault(TRUTH[message.id], []).append(message)
    return list(groups.items())


def test_a_voice_left_out_finds_its_matter():
    left_out, rest, seen = [], [], set()
    for message in MESSAGES:
        (rest if TRUTH[message.id] in seen else left_out).append(message)
        seen.add(TRUTH[message.id])
    index = Index.of_groups(by_truth(rest))
    found = [index.nearest(m.text, title=m.title)[0] for m in left_out]
    assert [near.matter for near in found] == [TRUTH[m.id] for m in left_out]
    assert all(near.same and near.chance > 0.5 for near in found)


def test_the_index_agrees_with_the_batch():
    found = group(MESSAGES)
    index = Index.of_messages(MESSAGES)
    assert len(index) == len(found.matters)
    agree = [
        index.nearest(m.text, title=m.title)[0].matter == found.members[m.id].matter
        for m in MESSAGES
    ]
    assert sum(agree) >= 0.95 * len(agree)


def test_a_new_trouble_at_a_new_place_is_the_same_as_nothing():
    index = Index.of_groups(by_truth(MESSAGES))
    near = index.nearest("学校食堂的饭菜有异物，孩子吃了肚子疼", title="青禾小学食堂问题")
    assert all(not n.same and n.similarity < LEAST for n in near)


def test_adding_one_by_one_comes_near_building_at_once():
    groups = by_truth(MESSAGES)
    whole = Index.of_groups(groups)
    grown = Index.of_groups([(matter, messages[:3]) for matter, messages in groups])
    for matter, messages in groups:
        for message in messages[3:]:
            grown.add(matter, message)
    for m in MESSAGES[::5]:
        one, other = (index.nearest(m.text, 1, title=m.title)[0] for index in (whole, grown))
        assert one.matter == other.matter
        assert one.similarity == pytest.approx(other.similarity, abs=0.1)


def test_a_hundred_new_matters_are_all_found_at_once():
    index = Index.of_groups(by_truth(MESSAGES))
    spoken = planted(matters=40, voices=4, seed=9)[0]
    for message in spoken:
        index.add("new " + message.id, message)
    assert len(index) == len(by_truth(MESSAGES)) + len(spoken)
    for message in spoken[::7]:
        names = [near.matter for near in index.nearest(message.text, 8, title=message.title)]
        assert "new " + message.id in names
    assert index.stale


def test_a_removed_matter_is_never_offered():
    index = Index.of_groups(by_truth(MESSAGES))
    message = MESSAGES[0]
    index.add(TRUTH[message.id], message)
    index.remove(TRUTH[message.id])
    names = [near.matter for near in index.nearest(message.text, 50, title=message.title)]
    assert TRUTH[message.id] not in names
    with pytest.raises(KeyError):
        index.remove(TRUTH[message.id])


def test_an_empty_index_answers_nothing_and_can_begin():
    index = Index.of_groups([])
    assert index.nearest("路灯坏了") == ()
    index.add("1", Message("1", "青禾小区三号楼的路灯坏了半年"))
    assert len(index) == 1
    assert index.nearest("") == ()


def test_a_matter_id_cannot_stand_twice():
    with pytest.raises(ValueError, match="twice"):
        Index.of_groups([("1", MESSAGES[:1]), ("1", MESSAGES[1:2])])
