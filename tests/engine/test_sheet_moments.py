from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biaochi.engine.sheet_moments import guess_date_order, read_moment

MOMENT = datetime(2019, 2, 28, 11, 25, 5)
MOMENTS = st.datetimes(datetime(1950, 1, 1), datetime(2099, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0)
)


@pytest.mark.parametrize(
    "written",
    [
        "2019/2/28 11:25:05",
        "2019-02-28 11:25:05",
        "2019-02-28T11:25:05",
        "2019.2.28 11:25:05",
        "2019年2月28日 11:25:05",
        "2019年2月28日11时25分05秒",
        "2019年2月28日 上午11:25:05",
        "2019年2月28日 星期四 11:25:05",
        "２０１９／２／２８　１１：２５：０５",
        "2019-Feb-28 11:25:05",
        "28-Feb-2019 11:25:05",
        "Feb 28, 2019 11:25:05 AM",
        "Thursday, February 28, 2019 11:25:05 AM",
        "28/02/2019 11:25:05",
        "02/28/2019 11:25:05 AM",
        "20190228112505",
        20190228112505.0,
        43524.475752,
        "43524.475752",
        MOMENT,
    ],
)
def test_one_moment_is_read_from_many_ways_of_writing_it(written):
    assert read_moment(written) == MOMENT


@pytest.mark.parametrize(
    "written",
    [
        "2019年2月28日",
        "二〇一九年二月二十八日",
        "2019年2月28号",
        "20190228",
        43524,
        date(2019, 2, 28),
    ],
)
def test_a_day_alone_begins_at_midnight(written):
    assert read_moment(written) == datetime(2019, 2, 28)


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2014-01-02 8:03:11 AM", 8),
        ("2014-01-02 8:03:11 p.m.", 20),
        ("2014-01-02 12:03:11 AM", 0),
        ("2014-01-02 12:03:11 PM", 12),
        ("2014年1月2日 下午3点03分11秒", 15),
        ("2014年1月2日 中午12:03:11", 12),
        ("2014年1月2日 凌晨12:03:11", 0),
    ],
)
def test_halves_of_the_day_are_understood(written, hour):
    assert read_moment(written) == datetime(2014, 1, 2, hour, 3, 11)


def test_an_offset_in_the_text_is_kept():
    east = timezone(timedelta(hours=8))
    assert read_moment("2019-02-28T11:25:05+08:00") == MOMENT.replace(tzinfo=east)
    assert read_moment("2019-02-28T11:25:05Z") == MOMENT.replace(tzinfo=UTC)
    assert read_moment(1551353105000) == MOMENT.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "", None, "无", "路灯坏了", "12", "2019", 7, True, "2019/13/45", "2019/2/30", "0/0/2019",
        "2019/2/28 25:00", "2019年2月", "13800000000", float("nan"),
    ],
)  # fmt: skip
def test_what_is_no_moment_is_none(written):
    assert read_moment(written) is None


def test_the_order_of_day_and_month_is_the_columns_word():
    assert read_moment("02/03/2014", "DMY") == datetime(2014, 3, 2)
    assert read_moment("02/03/2014", "MDY") == datetime(2014, 2, 3)
    assert read_moment("02/03/2014") is None
    assert read_moment("25/03/2014") == datetime(2014, 3, 25)
    assert read_moment("19/2/1", "YMD") == datetime(2019, 2, 1)


def test_one_number_above_twelve_decides_for_the_column():
    assert guess_date_order(["01/02/2014", "13/02/2014"]) == "DMY"
    assert guess_date_order(["01/02/2014", "02/13/2014"]) == "MDY"
    assert guess_date_order(["19/2/28", "19/2/1", "19/3/4"]) == "YMD"


def test_without_proof_the_reading_that_spans_less_time_wins():
    assert guess_date_order([f"0{day}/03/2014" for day in range(1, 10)]) == "DMY"
    assert guess_date_order([f"03/0{day}/2014" for day in range(1, 10)]) == "MDY"
    assert guess_date_order(["01/02/2014"]) is None
    assert guess_date_order(["2019/2/28"]) is None


@given(MOMENTS, st.sampled_from(["%Y/%m/%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d-%b-%Y %H:%M:%S"]))
def test_every_moment_survives_being_written(moment, form):
    assert read_moment(moment.strftime(form)) == moment


@settings(max_examples=20)
@given(st.lists(MOMENTS, min_size=20, max_size=20), st.sampled_from(["DMY", "MDY"]))
def test_a_column_is_never_read_in_the_order_it_disproves(moments, order):
    form = {"DMY": "%d/%m/%Y", "MDY": "%m/%d/%Y"}[order]
    written = [moment.strftime(form) for moment in moments]
    guessed = guess_date_order(written)
    if any(moment.day > 12 for moment in moments):
        assert guessed == order


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.none(), st.booleans()))
def test_anything_at_all_gives_a_moment_or_none(value):
    moment = read_moment(value)
    assert moment is None or isinstance(moment, datetime)
