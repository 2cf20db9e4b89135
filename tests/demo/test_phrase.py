"""The sentence grammar, and how a hand writes a sentence down."""

import re
from random import Random

import pytest

from biaochi.demo.hand import PUNCTUATIONS, Hand, write
from biaochi.demo.phrase import expand


def test_choices_nest_and_ranges_count():
    found = {expand("{a|{b|c}}{1..2}", Random(n), {}) for n in range(60)}
    assert found == {"a1", "a2", "b1", "b2", "c1", "c2"}


def test_a_named_value_may_hold_choices_itself():
    assert expand("在{$place}", Random(0), {"place": "{柳园|柳园}"}) == "在柳园"


def test_an_unknown_name_is_an_error():
    with pytest.raises(KeyError):
        expand("{$nowhere}", Random(0), {})


@pytest.mark.parametrize("broken", ["开头{a|b", "结尾a|b}"])
def test_a_stray_brace_is_an_error(broken):
    with pytest.raises(ValueError, match="stray brace"):
        expand(broken, Random(0), {})


@pytest.mark.parametrize("punctuation", PUNCTUATIONS)
def test_no_way_of_punctuating_eats_a_word(punctuation):
    hand = Hand(punctuation, dialect=0.0, slips=0.0, wordy=0.5)
    written = write("路灯坏了，没人修。大家都是邻居", hand, Random(0))
    assert re.sub(r"[\W]", "", written) == "路灯坏了没人修大家都是邻居"


def test_staff_who_type_for_somebody_keep_the_stops():
    hand = Hand("bare", dialect=0.0, slips=1.0, wordy=0.5)
    text = "再反映一次，安装慢。"
    assert write(text, hand, Random(0), typed_by_staff=True) == text
    assert write(text, hand, Random(0)) != text
