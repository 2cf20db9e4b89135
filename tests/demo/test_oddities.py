"""Copies, floods and hostile input are present, and nothing in them belongs to anybody."""

import re
from collections import Counter
from datetime import timedelta
from itertools import combinations

import pytest

from biaochi.demo.voices import voices

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@pytest.fixture(scope="module")
def year():
    return voices(7)


def hostile(year, name):
    (found,) = [v for v in year if v.truth == f"hostile:{name}"]
    return found.text


def shingles(text):
    return {text[i : i + 3] for i in range(len(text) - 2)}


def test_sixty_copies_come_from_sixty_people_and_read_nearly_alike(year):
    copies = [v for v in year if v.kind == "near_duplicate"]
    assert len(copies) == 60
    assert len({v.person for v in copies}) == 60
    for truth in {v.truth for v in copies}:
        batch = [shingles(v.text) for v in copies if v.truth == truth]
        alike = [len(a & b) / len(a | b) for a, b in combinations(batch, 2)]
        assert sum(alike) / len(alike) > 0.6


def test_copies_belong_to_matters_others_put_in_their_own_words(year):
    for truth in {v.truth for v in year if v.kind == "near_duplicate"}:
        own = [v for v in year if v.truth == truth and v.kind == "ordinary"]
        assert len(own) >= 5


def test_one_person_sends_ninety_two_messages_over_some_weeks(year):
    flood = [v for v in year if v.truth == "flood:bright_sign"]
    assert len(flood) == 92
    assert len({v.person for v in flood}) == 1
    assert timedelta(days=14) < flood[-1].at - flood[0].at < timedelta(days=28)


def test_three_people_send_forty_copies_in_one_evening(year):
    flood = [v for v in year if v.truth == "flood:pile"]
    assert len(flood) == 40
    assert len({v.person for v in flood}) == 3
    assert len({v.text for v in flood}) <= 3
    assert flood[-1].at - flood[0].at < timedelta(hours=5)


def test_hostile_input_of_every_sort_is_present(year):
    assert "<script>" in hostile(year, "script")
    assert "DROP TABLE" in hostile(year, "sql")
    assert hostile(year, "formula").startswith("=cmd|")
    assert "\u202e" in hostile(year, "bidi")
    assert "\u200b" in hostile(year, "zero_width")
    assert not re.search(r"\w", hostile(year, "punctuation"))
    assert hostile(year, "spaces").strip() == ""
    assert len(hostile(year, "very_long")) > 10_000
    assert "😡" in hostile(year, "emoji")
    assert hostile(year, "english").isascii()
    assert len({v.text for v in year if v.kind == "hostile"}) >= 30


def test_identity_numbers_have_a_valid_form_and_a_region_which_does_not_exist(year):
    found = [n for v in year for n in re.findall(r"\d{17}[\dX]", v.text)]
    assert len(found) == 2
    for number in found:
        total = sum(int(d) * w for d, w in zip(number, WEIGHTS, strict=False))
        assert "10X98765432"[total % 11] == number[17]
        assert number.startswith("99")


def test_no_telephone_number_could_ring_anywhere(year):
    for voice in year:
        numbers = re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", voice.text)
        assert all(n.startswith("1990000") for n in numbers)
        assert voice.contact is None or re.fullmatch(r"1990000\d{4}", voice.contact)


def test_a_contact_belongs_to_one_person_only(year):
    owners = {(v.contact, v.person) for v in year if v.contact}
    assert max(Counter(contact for contact, _ in owners).values()) == 1
    assert len(owners) > 1000


def test_plates_are_of_a_series_nobody_is_given(year):
    plates = [p for v in year for p in re.findall(r"[\u4e00-\u9fff][A-Z][A-Z0-9]{5,6}", v.text)]
    assert plates
    assert all(re.search(r"0000", plate) for plate in plates)


def test_persons_are_keys_and_never_names(year):
    assert all(re.fullmatch(r"[PH]\d{3,4}", v.person) for v in year)
