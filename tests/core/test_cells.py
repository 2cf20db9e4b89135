"""Small counts stay hidden, also against whoever subtracts what is shown from the total."""

from hypothesis import given
from hypothesis import strategies as st

from biaochi.core.cells import hide_small

FLOOR = 5
COUNTS = st.dictionaries(st.text("东西南北", min_size=1, max_size=3), st.integers(0, 30))


def test_a_count_under_five_is_hidden_and_five_is_shown():
    assert hide_small({"城东": 5, "河西": 4, "北关": 3}, FLOOR) == {
        "城东": 5,
        "河西": None,
        "北关": None,
    }


def test_a_single_hidden_cell_takes_the_smallest_other_with_it():
    assert hide_small({"城东": 9, "河西": 4, "北关": 7}, FLOOR) == {
        "城东": 9,
        "河西": None,
        "北关": None,
    }


def test_two_hidden_cells_of_one_each_take_a_third_with_them():
    assert hide_small({"城东": 9, "河西": 1, "北关": 1, "南湖": 8}, FLOOR)["南湖"] is None


def test_what_lies_in_no_cell_hides_as_well():
    assert hide_small({"城东": 9, "河西": 4}, FLOOR, rest=3) == {"城东": 9, "河西": None}


def test_when_every_cell_is_large_all_are_shown():
    assert hide_small({"城东": 9, "河西": 14}, FLOOR) == {"城东": 9, "河西": 14}


@given(COUNTS, st.integers(0, 10))
def test_no_small_cell_and_no_small_remainder_can_be_computed(counts, rest):
    shown = hide_small(counts, FLOOR, rest)
    assert set(shown) == set(counts)
    assert all(count is None or count == counts[cell] >= FLOOR for cell, count in shown.items())
    hidden = [cell for cell, count in shown.items() if count is None]
    if hidden and len(hidden) < len(counts):
        remainder = sum(counts.values()) + rest - sum(n for n in shown.values() if n is not None)
        assert remainder >= FLOOR
