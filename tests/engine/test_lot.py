"""The lot: published results drawn again, and what it promises to everybody who checks it."""

import hashlib
from collections import Counter

import pytest

from biaochi.engine.lot import commitment, digest, draw, numbered

SCHOOLS = {
    "说的人多的": (2, ["东门小学", "西门小学", "河边小学"]),
    "没人说的": (1, ["山上小学", "桥头小学"]),
}


def test_the_example_of_rfc_3797_is_drawn_again():
    sources = [[9319], [2, 5, 12, 8, 10], [9, 18, 26, 34, 41, 45]]
    drawn = numbered(sources, 25, 10, "md5")
    assert drawn == [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]


def test_sha_256_is_the_published_function():
    # FIPS 180-4, the examples "abc" and the empty message
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_anybody_can_draw_again_with_nothing_but_the_rule():
    tickets = draw("2-8-8", SCHOOLS)
    for stratum, (k, names) in SCHOOLS.items():
        by_hand = sorted(
            names, key=lambda name: hashlib.sha256(f"2-8-8|{stratum}|{name}".encode()).hexdigest()
        )
        mine = [ticket for ticket in tickets if ticket.stratum == stratum]
        assert [ticket.name for ticket in mine] == by_hand
        assert [ticket.name for ticket in mine if ticket.drawn] == by_hand[:k]
    assert tickets[0].text == f"2-8-8|说的人多的|{tickets[0].name}"


def test_the_order_in_which_the_list_was_written_does_not_matter():
    turned = {stratum: (k, names[::-1]) for stratum, (k, names) in SCHOOLS.items()}
    assert draw("2-8-8", SCHOOLS) == draw("2-8-8", turned)


def test_another_value_draws_others_and_every_place_has_its_chance():
    names = [f"第{n}处" for n in range(10)]
    times = Counter()
    for value in range(2000):
        times.update(
            ticket.name for ticket in draw(str(value), {"全部": (3, names)}) if ticket.drawn
        )
    # 600 expected, standard deviation 20.5: five of them on either side
    assert set(times) == set(names)
    assert all(500 < n < 700 for n in times.values())


@pytest.mark.parametrize(
    "strata",
    [
        {"a": (0, ["x"])},
        {"a": (2, ["x"])},
        {"a": (1, ["x", "x"])},
        {"a": (1, ["x|y"])},
        {"a|b": (1, ["x"])},
    ],
)
def test_a_list_that_cannot_be_drawn_from_is_refused(strata):
    with pytest.raises(ValueError, match="may not stand|cannot draw"):
        draw("288", strata)


def test_a_bar_in_the_value_is_refused():
    with pytest.raises(ValueError, match="bar"):
        draw("2|8", {"a": (1, ["x"])})


def test_one_other_character_in_the_plan_gives_another_fingerprint():
    sealed = commitment("11月19日 第三小学", "5b7e90c2")
    assert sealed == hashlib.sha256("11月19日 第三小学|5b7e90c2".encode()).hexdigest()
    assert sealed != commitment("11月20日 第三小学", "5b7e90c2")
    assert sealed != commitment("11月19日 第三小学", "5b7e90c3")
