import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaochi.core.clock import Span, add_months, calendar, due_on

D = dt.date


def test_spring_festival_and_its_make_up_days_are_known():
    days = calendar()
    assert days.is_working(D(2026, 2, 14)), "a Saturday that is worked"
    assert not days.is_working(D(2026, 2, 16)), "a Monday of the festival"
    assert not days.is_working(D(2026, 2, 23))
    assert days.is_working(D(2026, 2, 28)), "the other Saturday that is worked"


def test_five_working_days_across_the_spring_festival_of_2026():
    """From Thursday 12 February: Fri 13, Sat 14 (worked), Tue 24, Wed 25, Thu 26."""
    assert due_on(D(2026, 2, 12), Span(5, "wd")) == D(2026, 2, 26)


def test_without_a_list_only_weekends_are_free():
    days = calendar()
    assert not days.is_known(2031)
    assert days.is_working(D(2031, 10, 1)) and not days.is_working(D(2031, 10, 4))


def test_a_span_of_no_days_that_begins_on_a_free_day_ends_on_the_next_working_day():
    assert due_on(D(2026, 10, 3), Span(0, "wd")) == D(2026, 10, 8)


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (D(2026, 1, 31), 1, D(2026, 2, 28)),
        (D(2023, 11, 30), 3, D(2024, 2, 29)),
        (D(2026, 12, 31), 1, D(2027, 1, 31)),
        (D(2026, 11, 15), 3, D(2027, 2, 15)),
        (D(2026, 5, 6), 60, D(2031, 5, 6)),
    ],
)
def test_months_keep_the_day_where_the_month_has_it(day, months, end):
    assert add_months(day, months) == end


def test_hours_end_on_the_day_on_which_they_end(now):
    late = now.replace(hour=23)
    assert due_on(late, Span(2, "h")) == D(2026, 3, 3)
    assert due_on(now, Span(2, "h")) == D(2026, 3, 2)


def test_an_unknown_unit_is_refused():
    with pytest.raises(ValueError, match="unknown unit"):
        due_on(D(2026, 1, 1), Span(1, "weeks"))


@given(st.dates(D(2023, 1, 1), D(2026, 12, 31)), st.integers(0, 60))
def test_counting_on_and_counting_between_agree(day, count):
    days = calendar()
    end = days.after(day, count)
    assert days.is_working(end) or count == 0
    if days.is_working(day) or count:
        assert days.between(day, end) == count


@given(st.dates(D(2023, 1, 1), D(2026, 12, 1)), st.dates(D(2023, 1, 1), D(2026, 12, 1)))
def test_between_is_antisymmetric(a, b):
    assert calendar().between(a, b) == -calendar().between(b, a)
