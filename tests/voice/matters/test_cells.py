from hypothesis import given
from hypothesis import strategies as st

from biaochi.voice.matters.cells import shown_cells


def test_small_cells_are_hidden_and_the_largest_comes_first():
    cells = shown_cells({"城东": 9, "北关": 30, "河西": 4, "南湖": 3}, 5)
    assert cells.shown == (("北关", 30), ("城东", 9))
    assert set(cells.hidden) == {"河西", "南湖"}


def test_one_hidden_cell_takes_another_with_it():
    cells = shown_cells({"城东": 9, "北关": 30, "河西": 2}, 5)
    assert cells.shown == (("北关", 30),)


def test_two_hidden_cells_of_one_each_take_another_with_them():
    cells = shown_cells({"城东": 9, "北关": 30, "河西": 1, "南湖": 1}, 5)
    assert cells.shown == (("北关", 30),)


@given(st.dictionaries(st.sampled_from("甲乙丙丁戊己"), st.integers(0, 40)), st.integers(2, 9))
def test_no_small_cell_is_shown_or_found_by_subtraction(counts, smallest):
    cells = shown_cells(counts, smallest)
    assert all(n >= smallest for _name, n in cells.shown)
    left = sum(counts.values()) - sum(n for _name, n in cells.shown)
    if cells.hidden and cells.shown:
        assert len(cells.hidden) > 1
        assert left >= smallest
