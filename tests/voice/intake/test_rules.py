import pytest

from biaochi.voice.intake.rules import EMPTY, exact_age, sentences, spelled, whole_text
from biaochi.voice.intake.rules import letter_hints as hints
from biaochi.voice.rules import CODE_LETTERS, new_code


def test_a_text_is_cut_where_a_reader_takes_breath():
    assert sentences("灯坏了。没人修！您说“等等吧。”\n盼着：快点") == [
        "灯坏了。",
        "没人修！",
        "您说“等等吧。”",
        "盼着：快点",
    ]


def test_everything_that_was_said_is_in_the_text_once():
    said = {**EMPTY, "words": "灯坏了。", "when": "上周", "hope": "快点修"}
    assert whole_text(said) == "灯坏了。\n什么时候：上周\n盼着：快点修"
    assert whole_text({**EMPTY, "words": " 灯坏了。 "}) == "灯坏了。"


@pytest.mark.parametrize(
    ("text", "age", "blurred"),
    [
        ("我八十一岁了", "八十一", "八十多"),
        ("老人今年81岁", "81", "80 多"),
        ("我八十一了，坐公交要倒一回车", "八十一", "八十多"),
        ("他十六岁", "十六", "十多"),
    ],
)
def test_an_exact_age_is_found_and_blurred(text, age, blurred):
    assert exact_age(text) == (age, blurred)


@pytest.mark.parametrize("text", ["坏了十几天", "我等了三十了天", "八十多岁的老人", "修了81天"])
def test_other_numbers_are_no_ages(text):
    assert exact_age(text) is None


def test_a_code_is_spelled_with_digits_in_chinese():
    assert spelled("QX-4K7P-2M63") == ["Q X", "四 K 七 P", "二 M 六 三"]


def test_every_letter_a_code_can_have_can_be_said():
    letters = [letter for letter in CODE_LETTERS if letter.isalpha()]
    assert len(hints("-".join(letters))) == len(letters)
    assert all(part for part in spelled(new_code("QX")))
