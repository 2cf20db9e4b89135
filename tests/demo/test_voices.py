"""A year of voices: repeatable, varied, in a human rhythm, and nobody real in it."""

import re
import time
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from biaochi.demo.city import qingxi
from biaochi.demo.spoken import CHANNELS, KINDS, URGENCIES
from biaochi.demo.voices import FEWEST, UNTIL, voices

SEED = 7
GROUPS = {"一老", "一小", "一青壮", "行动不便", "街坊"}


@pytest.fixture(scope="module")
def year():
    return voices(SEED)


@pytest.fixture(scope="module")
def ordinary(year):
    return [v for v in year if v.kind == "ordinary"]


@pytest.fixture(scope="module")
def people(year):
    found = defaultdict(set)
    for voice in year:
        found[voice.truth].add(voice.person)
    return {truth: len(persons) for truth, persons in found.items()}


def test_the_same_seed_tells_the_same_year_and_another_seed_another():
    small = voices(SEED, 400)
    assert small == voices(SEED, 400)
    assert [v.text for v in small] != [v.text for v in voices(SEED + 1, 400)]


@pytest.mark.parametrize("count", [FEWEST, 777, 3000, 3400])
def test_exactly_as_many_voices_are_told_as_asked_for(count):
    told = voices(3, count)
    assert len(told) == count
    assert [v.number for v in told] == list(range(1, count + 1))


def test_fewer_than_the_fewest_is_refused():
    with pytest.raises(ValueError, match="at least"):
        voices(SEED, FEWEST - 1)


def test_the_year_is_told_in_under_three_seconds_of_work():
    voices(SEED)
    began = time.process_time()
    voices(SEED)
    assert time.process_time() - began < 3


def test_all_lies_within_one_year_and_in_order_of_time(year):
    moments = [v.at for v in year]
    assert moments == sorted(moments)
    assert UNTIL - timedelta(days=366) < moments[0]
    assert moments[-1] <= UNTIL
    assert len({(at.year, at.month) for at in moments}) >= 12


def test_an_aware_until_gives_aware_moments():
    until = datetime(2027, 3, 3, 20, 0, tzinfo=UTC)
    told = voices(SEED, 400, until)
    assert {v.at.tzinfo for v in told} == {UTC}
    assert max(v.at for v in told) <= until


def test_the_five_hottest_matters_are_those_of_the_prototypes(people):
    top = sorted(people.items(), key=lambda item: -item[1])[:5]
    assert top == [
        ("elevator", 86),
        ("school_parking", 64),
        ("night_bus", 51),
        ("pills", 47),
        ("lights", 33),
    ]


def test_sizes_have_a_heavy_tail(people):
    sizes = [n for truth, n in people.items() if ":" not in truth or n > 1]
    shared = [n for n in people.values() if n >= 2]
    assert 180 <= len(shared) <= 230
    assert sum(n <= 3 for n in shared) >= 30
    assert sum(n >= 20 for n in sizes) >= 15
    assert 300 <= sum(truth.startswith("single:") for truth in people) <= 700


def test_some_people_speak_twice_of_one_matter(year):
    pairs = Counter((v.truth, v.person) for v in year if v.kind == "ordinary")
    assert sum(n > 1 for n in pairs.values()) >= 50
    lift = [v for v in year if v.truth == "elevator"]
    assert len(lift) == 91


def test_no_two_ordinary_voices_are_identical(ordinary):
    assert len({v.text for v in ordinary}) == len(ordinary)


def test_ordinary_words_vary(ordinary):
    shingles = [v.text[i : i + 12] for v in ordinary for i in range(len(v.text) - 11)]
    assert len(set(shingles)) / len(shingles) > 0.72
    openings = Counter(v.text[:12] for v in ordinary)
    assert openings.most_common(1)[0][1] < 0.01 * len(ordinary)


def test_ordinary_lengths_run_from_a_cry_to_a_letter(ordinary):
    lengths = sorted(len(v.text) for v in ordinary)
    assert lengths[0] >= 8
    assert lengths[-1] <= 300
    assert lengths[len(lengths) // 10] < 25
    assert lengths[-30] > 120


def test_ordinary_texts_show_no_trace_of_the_grammar(ordinary):
    odd = re.compile(r"[{}|$]|[，。：；]{2,}|？。|，$")
    assert [v.text for v in ordinary if odd.search(v.text)] == []


def test_counter_and_phone_speak_only_while_the_office_is_open(ordinary):
    staffed = [v.at for v in ordinary if v.channel in ("phone", "counter")]
    assert len(staffed) > 600
    assert all(at.weekday() < 5 for at in staffed)
    assert all((8, 30) <= (at.hour, at.minute) <= (17, 29) for at in staffed)
    web = [v.at for v in ordinary if v.channel == "web"]
    assert sum(at.weekday() > 4 for at in web) / len(web) > 0.15
    assert sum(at.hour >= 19 for at in web) / len(web) > 0.25


def test_every_field_holds_one_of_its_known_values(year):
    city = qingxi()
    categories = {c for unit in city.units for c in unit.categories} | {""}
    for voice in year:
        assert voice.channel in CHANNELS
        assert voice.kind in KINDS
        assert voice.urgency in (*URGENCIES, "")
        assert set(voice.groups) <= GROUPS
        assert voice.category in categories
        assert city.place(voice.place).area == voice.area
        assert (voice.likes is None) == (voice.channel != "sheet")
    assert {v.channel for v in year} == set(CHANNELS)


def test_ordinary_voices_always_have_a_category(ordinary):
    assert all(v.category for v in ordinary)


def test_one_theme_is_a_different_matter_at_each_place(year):
    for theme in ("dance_noise", "site_noise", "parking", "street_light", "waterlog"):
        truths = {v.truth for v in year if v.truth.startswith(theme + ":")}
        assert len(truths) >= 5
        for truth in truths:
            assert len({v.place for v in year if v.truth == truth}) == 1


def test_likes_are_no_measure_of_how_many_people_spoke(year):
    loudest = max((v for v in year if v.likes is not None), key=lambda v: v.likes)
    assert loudest.truth == "fountain"
    assert loudest.likes > 500


def test_some_speakers_see_the_largest_matters_from_the_other_side(year):
    lift = Counter(v.stance for v in year if v.truth == "elevator")
    assert lift["other"] == 12
    assert {v.truth for v in year if v.stance == "other"} >= {"night_bus", "school_parking"}


def test_nobody_gives_thanks_before_the_work_was_done(year):
    drained = [v for v in year if v.truth == "beiguan_water" and "没积水" in v.text]
    assert drained
    assert all((v.at.month, v.at.day) >= (11, 4) for v in drained)


def test_a_voice_is_frozen(year):
    assert replace(year[0], text="改过") != year[0]
    with pytest.raises(AttributeError):
        year[0].text = "改"
