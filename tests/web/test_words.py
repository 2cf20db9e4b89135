"""Days, moments and numbers in words."""

import datetime as dt

import pytest
from django.utils import translation

from biaochi.web import words

TODAY = dt.date(2026, 11, 16)
EVENING = dt.datetime(2026, 11, 6, 16, 30, tzinfo=dt.UTC)  # 0:30 of the next day in Shanghai


def test_the_year_is_named_only_when_it_is_another_one():
    assert words.day(dt.date(2026, 11, 6), today=TODAY) == "11月6日"
    assert words.day(dt.date(2025, 11, 6), today=TODAY) == "2025年11月6日"
    assert words.full_day(dt.date(2026, 5, 8)) == "2026年5月8日"


def test_an_aware_moment_is_told_in_local_time():
    assert words.day(EVENING, today=TODAY) == "11月7日"
    assert words.weekday(EVENING) == "周六"
    assert words.moment(EVENING).endswith("11月7日 0:30")


def test_english_readers_get_english_days():
    with translation.override("en"):
        assert words.day(dt.date(2026, 11, 6)) == "6 Nov 2026"
        assert words.weekday(dt.date(2026, 11, 6)) == "Fri"
        assert words.moment(EVENING) == "7 Nov 2026, 0:30"
        assert words.period(dt.date(2026, 11, 9), dt.date(2026, 11, 15)) == "9–15 Nov 2026"
        assert words.count(12_345) == "12,345"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ((2026, 11, 9), (2026, 11, 15), "11月9日至15日"),
        ((2026, 10, 28), (2026, 11, 3), "10月28日至11月3日"),
        ((2025, 11, 1), (2026, 10, 31), "2025年11月1日至2026年10月31日"),
        ((2025, 11, 9), (2025, 11, 15), "2025年11月9日至15日"),
        ((2026, 11, 9), (2026, 11, 9), "11月9日"),
    ],
)
def test_a_period_repeats_only_what_changes(first, last, said):
    assert words.period(dt.date(*first), dt.date(*last), today=TODAY) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0"), (1286, "1,286"), (9999, "9,999"), (10_000, "1万"), (12_345, "1.2万")],
)
def test_numbers_are_exact_below_ten_thousand(number, said):
    assert words.count(number) == said


def test_nothing_to_divide_is_a_dash_and_not_nought():
    assert words.percent(None) == "—"
    assert words.percent(0) == "0.0%"
    assert words.percent(913 / 1286) == "71.0%"


def test_phrases_of_a_heading_stay_together_and_are_escaped():
    assert words.phrases("路灯不亮") == "路灯不亮"
    html = words.phrases("签字难，<b>筹钱难")
    assert html == '<span class="bc-u">签字难，</span><span class="bc-u">&lt;b&gt;筹钱难</span>'


def test_a_group_is_described_in_tenths_only():
    assert words.tenths(0.02) == "不到半成"
    assert words.tenths(0.71) == "7 成"
    assert words.vote_words(0.98, 0.0) == "几乎都同意"
    assert words.vote_words(0.6, 0.3) == "同意 6 成，不同意 3 成"
    assert words.vote_words(0.6, 0.0) == "同意 6 成，其余说不准"
    assert words.vote_words(0.0, 0.9) == "几乎没人同意，不同意 9 成"
