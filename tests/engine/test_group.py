"""Grouping into concrete matters, on invented messages whose truth is known."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biaochi.engine import linkage, lists
from biaochi.engine.crew import Alone, Several
from biaochi.engine.group import group
from biaochi.engine.matter import Message
from biaochi.engine.reading import fetch, prepare
from biaochi.engine.sameness import LEAST, similarity
from biaochi.engine.store import Folder, Memory
from tests.bench.planted import pair_scores, planted

MESSAGES, TRUTH = planted(matters=10, voices=6, seed=4)


def matters_of(messages, **choices):
    return {name: m.matter for name, m in group(messages, **choices).members.items()}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_matters_are_found_again(seed):
    messages, truth = planted(matters=8, voices=6, seed=seed)
    precision, recall = pair_scores(truth, matters_of(messages))
    assert precision >= 0.95
    assert recall >= 0.95


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_trouble_at_many_places_is_not_one_matter(seed):
    messages, truth = planted(matters=60, voices=6, seed=seed)
    places = {name: planted_as.split()[0] for name, planted_as in truth.items()}
    precision, _ = pair_scores(places, matters_of(messages))
    assert precision >= 0.9


def test_every_message_is_in_exactly_one_matter():
    found = group(MESSAGES)
    listed = sorted(name for matter in found.matters for name in matter.members)
    assert listed == sorted(m.id for m in MESSAGES) == sorted(found.members)
    for matter in found.matters:
        assert {found.members[name].matter for name in matter.members} == {matter.id}


@settings(max_examples=12, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(random):
    shuffled = list(MESSAGES)
    random.shuffle(shuffled)
    assert group(shuffled) == group(MESSAGES)


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_what_people_decided_is_always_obeyed(data):
    names = sorted(TRUTH)
    pair = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda p: p[0] != p[1])
    same = data.draw(st.lists(pair, max_size=3))
    tied = matters_of([Message(n, "") for n in names], same=same)
    different = [p for p in data.draw(st.lists(pair, max_size=6)) if tied[p[0]] != tied[p[1]]]
    found = matters_of(MESSAGES, same=same, different=different)
    assert all(found[a] == found[b] for a, b in same)
    assert all(found[a] != found[b] for a, b in different)


def test_decisions_that_contradict_each_other_are_refused():
    a, b, c = sorted(TRUTH)[:3]
    with pytest.raises(ValueError, match="same and to be different"):
        group(MESSAGES, same=[(a, b), (b, c)], different=[(a, c)])
    with pytest.raises(ValueError, match="no message has the id"):
        group(MESSAGES, same=[(a, "nobody")])
    with pytest.raises(ValueError, match="share an id"):
        group([MESSAGES[0], MESSAGES[0]])


def test_copies_are_one_matter_even_when_a_hundred_of_them_come():
    flood = [replace(MESSAGES[0], id=f"copy{n:03d}", person="one") for n in range(100)]
    found = group([*MESSAGES, *flood])
    matter = found.members[MESSAGES[0].id].matter
    assert {found.members[m.id].matter for m in flood} == {matter}
    whole = next(m for m in found.matters if m.id == matter)
    before = group(MESSAGES)
    alone = before.members[MESSAGES[0].id].matter
    assert whole.people == next(m for m in before.matters if m.id == alone).people + 1


def test_copies_do_not_pull_other_matters_together():
    flood = [replace(MESSAGES[0], id=f"copy{n:03d}") for n in range(100)]
    plain, flooded = matters_of(MESSAGES), matters_of([*MESSAGES, *flood])
    together = {(a, b) for a in plain for b in plain if plain[a] == plain[b]}
    after = {(a, b) for a in plain for b in plain if flooded[a] == flooded[b]}
    assert len(together ^ after) <= 0.1 * len(together)


def test_likes_change_neither_matters_nor_their_order():
    liked = [replace(m, likes=10_000 if n % 7 == 0 else 0) for n, m in enumerate(MESSAGES)]
    plain = group(MESSAGES)
    assert [m.id for m in group(liked).matters] == [m.id for m in plain.matters]
    assert group(liked).members == plain.members


def test_neither_month_nor_place_of_writing_splits_a_matter():
    rng = Random(7)
    moved = [
        replace(m, at=m.at.replace(year=rng.randint(2015, 2024), month=rng.randint(1, 12), day=1))
        for m in MESSAGES
    ]
    spread = [replace(m, place=rng.choice(("", "热线", "信箱"))) for m in MESSAGES]
    assert matters_of(moved) == matters_of(spread) == matters_of(MESSAGES)


def test_matters_are_ordered_by_people_not_by_messages():
    loud = [
        replace(MESSAGES[-1], id=f"loud{n}", person="loud", text=f"{MESSAGES[-1].text}第{n}次")
        for n in range(30)
    ]
    people = [m.people for m in group([*MESSAGES, *loud]).matters]
    assert people == sorted(people, reverse=True)


def test_a_member_says_why_it_belongs():
    found = group(MESSAGES)
    for matter in found.matters:
        for name in matter.members:
            member = found.members[name]
            kinds = {reason.kind for reason in member.why}
            assert kinds & {"phrase", "copy"} if len(matter.members) > 1 else kinds == {"alone"}
            assert 0 <= member.probability <= 1


def test_title_and_place_are_words_of_the_messages():
    by_id = {m.id: m for m in MESSAGES}
    for matter in group(MESSAGES).matters:
        assert matter.title.rstrip("…") in by_id[matter.id].title
        place = TRUTH[matter.id].split()[0]
        assert place[:2] in matter.place


def test_nothing_in_gives_nothing_out():
    assert group([]).matters == ()
    assert [m.people for m in group([Message("1", "")]).matters] == [1]


def test_messages_without_a_word_stay_alone():
    found = matters_of([Message("a", "？？？"), Message("b", "……"), *MESSAGES])
    assert found["a"] == "a"
    assert found["b"] == "b"


def test_average_linkage_agrees_with_joining_one_pair_at_a_time():
    messages, store = Random(3).sample(MESSAGES, 40), Memory()
    store.fill(messages)
    rows = prepare(Alone(), store, np.arange(len(messages)))
    found = linkage.join(Alone(), store, rows, LEAST, np.arange(len(messages)))
    assert _partition(found) == _partition(_one_at_a_time(fetch(store, rows)))


def test_chunks_spans_processes_and_the_disk_change_nothing(tmp_path):
    whole = group(MESSAGES)
    assert group(MESSAGES, chunk=17, span=23) == whole
    with Several(2) as crew:
        assert group(MESSAGES, crew=crew, store=Folder(tmp_path), chunk=29, span=31) == whole


def test_long_lists_are_cut_alike_whatever_the_span(monkeypatch):
    monkeypatch.setattr(linkage, "CAP", 5)
    monkeypatch.setattr(lists, "RANGE", 300)
    cut = group(MESSAGES)
    assert group(MESSAGES, chunk=40, span=19) == cut
    assert group(Random(2).sample(MESSAGES, len(MESSAGES)), span=33) == cut


def _partition(labels):
    return {tuple(np.flatnonzero(labels == k)) for k in set(labels.tolist())}


def _one_at_a_time(rows):
    """Average linkage as in the textbook: join the most similar two groups, again and again."""
    labels = np.arange(len(rows))
    while True:
        labels = np.unique(labels, return_inverse=True)[1]
        count = labels.max() + 1
        groups = rows.gather(labels, count)
        i, j = np.triu_indices(count, 1)
        scores = similarity(groups, i, groups, j)
        best = int(np.argmax(scores)) if len(scores) else -1
        if best < 0 or scores[best] < LEAST:
            return labels
        labels[labels == j[best]] = i[best]
