"""Who said this before: best first, with the words that are shared."""

import csv
import datetime as dt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biaochi.engine.earlier import Index, Said
from biaochi.engine.earlier_part import PASSAGE, cut
from biaochi.engine.earlier_words import folded, units, words

DAY = dt.date(2026, 3, 1)
ITEMS = [
    Said("1", "proposal", "老楼加装电梯审批太慢，建议一窗受理。", "关于加快老旧小区加装电梯的提案", DAY),
    Said("2", "proposal", "河道清淤多年没有做，汛期前应当完成。", "关于白沙河清淤的提案", dt.date(2025, 1, 9)),
    Said("3", "matter", "青禾小区三栋电梯困人两次，业主不敢坐。", "青禾小区电梯故障", dt.date(2026, 5, 1)),
    Said("4", "matter", "青禾小区门口的夜市油烟很大，晚上不能开窗。", "青禾小区夜市油烟"),
    Said("5", "library", "Ban the sale of fireworks to the public, they frighten pets.", "Fireworks"),
    Said("6", "library", "Plant more trees in the towns.", "Trees", DAY),
]  # fmt: skip


@pytest.fixture(scope="module")
def index():
    return Index.of(ITEMS)


def ids(found):
    return [one.id for one in found]


def test_the_one_who_said_it_before_comes_first(index):
    assert ids(index.nearest("白沙河的淤泥该清了，汛期快到了"))[0] == "2"
    assert ids(index.nearest("老旧小区装电梯为什么要跑五个窗口审批"))[0] == "1"


def test_endings_of_other_scripts_do_not_part_what_belongs_together(index):
    found = index.nearest("Banning firework sales")
    assert ids(found) == ["5"]
    assert [r.value for r in found[0].why if r.kind == "phrase"] == ["firework sales"]


def test_reasons_are_shared_names_and_phrases_that_stand_in_the_question(index):
    text = "青禾小区的电梯又困人了"
    found = index.nearest(text)[0]
    assert found.id == "3"
    assert ("name", "青禾小区") in [(reason.kind, reason.value) for reason in found.why]
    assert all(
        r.value in text for one in index.nearest(text) for r in one.why if r.kind == "phrase"
    )


def test_the_same_words_are_told_as_a_copy(index):
    found = index.nearest(ITEMS[1].text, ITEMS[1].title)[0]
    assert (found.id, found.why[0].kind, found.similarity) == ("2", "copy", 1.0)


def test_only_the_kinds_and_days_asked_for_are_shown(index):
    text = "青禾小区电梯加装、电梯困人、清淤"
    assert set(ids(index.nearest(text, kinds={"proposal"}))) == {"1", "2"}
    earlier = ids(index.nearest(text, before=DAY))
    assert "2" in earlier
    assert "4" in earlier, "a day nobody knows may lie before"
    assert not {"1", "3"} & set(earlier)


def test_nothing_is_shown_that_shares_no_wording(index):
    assert index.nearest("幼儿保教费") == ()
    assert index.nearest("") == ()
    assert Index.of([]).nearest("路灯") == ()


def test_a_long_text_is_found_by_its_passage():
    filler = "".join(f"第{n}条，各单位按照分工做好年度工作总结并及时报送。\n" for n in range(160))
    said = "白沙河上游的采砂场应当关停，恢复河滩植被。"
    text = filler + said + "\n" + filler
    index = Index.of([Said("long", "library", text), *ITEMS])
    found = index.nearest("采砂场毁了白沙河的河滩植被")[0]
    assert found.id == "long"
    assert said in text[found.start : found.end]
    assert found.end - found.start <= PASSAGE


@given(st.text(alphabet="河路。\n a", max_size=5000))
@settings(max_examples=30)
def test_passages_hold_the_whole_text_in_order(text):
    parts = cut(text)
    assert "".join(text[start:end] for start, end in parts) == text
    assert all(end - start <= PASSAGE for start, end in parts)


def test_the_order_of_the_items_changes_nothing(index):
    items = ITEMS.copy()
    Random(3).shuffle(items)
    other = Index.of(items)
    for text in ("青禾小区电梯", "河道清淤", "fireworks in town"):
        assert other.nearest(text) == index.nearest(text)


def test_two_items_of_one_kind_and_id_are_refused():
    with pytest.raises(ValueError, match="twice"):
        Index.of([ITEMS[0], ITEMS[0]])
    assert len(Index.of([ITEMS[0], Said("1", "matter", "别的话")])) == 2


def test_the_index_keeps_no_text(index):
    (part,) = vars(index)["_parts"]
    kept = repr([part.items, part.passages])
    assert ITEMS[0].id in kept
    assert not any(item.text in kept or (item.title and item.title in kept) for item in ITEMS)


NEW = Said("7", "matter", "菜市场后门的垃圾堆了半个月，夏天臭得很。", "菜市场垃圾没人清", DAY)


def test_what_is_new_is_found_and_what_is_gone_is_not(index):
    grown = index.with_([NEW], gone=[("proposal", "2")])
    assert ids(grown.nearest("菜市场的垃圾"))[0] == "7"
    assert "2" not in ids(grown.nearest("白沙河清淤"))
    assert len(grown) == len(ITEMS)
    assert ids(index.nearest("菜市场的垃圾")) == [], "the one it came from stays as it was"
    assert ids(index.nearest("白沙河清淤"))[0] == "2"


def test_what_is_said_anew_stands_once(index):
    anew = Said("2", "proposal", "菜市场后门要装垃圾压缩箱。", "关于菜市场的提案", DAY)
    grown = index.with_([anew])
    assert len(grown) == len(ITEMS)
    assert ids(grown.nearest("白沙河的淤泥")) == []
    assert ids(grown.nearest("菜市场垃圾压缩")) == ["2"]


@given(st.permutations([*ITEMS, NEW]), st.integers(1, 6))
@settings(max_examples=25, deadline=None)
def test_text_by_text_it_becomes_the_same_index(items, first):
    whole = Index.of([]).with_(items)
    grown = Index.of([]).with_(items[:first])
    for item in items[first:]:
        grown = grown.with_([item])
    for text in ("青禾小区电梯", "河道清淤", "fireworks in town", "垃圾"):
        assert grown.nearest(text) == whole.nearest(text)


def test_so_many_of_each_kind(index):
    found = index.nearest("青禾小区电梯加装审批、夜市油烟、清淤", k=1, each=True)
    assert sorted(one.kind for one in found) == ["matter", "proposal"]
    assert [one.similarity for one in found] == sorted((o.similarity for o in found), reverse=True)


def test_a_small_index_beside_a_large_one_learns_what_is_common():
    often = [Said(str(n), "matter", f"建议有关部门尽快处理第{n}号楼的事") for n in range(300)]
    small = [Said("1", "proposal", "建议有关部门加装电梯"), Said("2", "proposal", "河道清淤")]
    alone, beside = Index.of(small), Index.of(small, beside=Index.of(often))
    (first,), (second,) = (one.nearest("建议有关部门清扫落叶") for one in (alone, beside))
    assert second.similarity < first.similarity / 2


def test_the_closest_piece_is_the_one_that_shares_most(index):
    pieces = ["白沙河边种了树。", "三栋的电梯困人两次，大家害怕。", "谢谢。"]
    assert index.closest("电梯困人", "", pieces) == 1
    assert index.closest("幼儿园", "", pieces) is None
    assert index.closest("", "", pieces) is None


def test_units_are_pairs_of_letters_and_words():
    rows, codes, counts = units([folded("路灯路灯 LED Lamps"), folded("lamp")])
    assert rows.tolist() == sorted(rows.tolist())
    assert counts.max() == 2, "路灯 stands twice"
    assert words("lamps")[0][0] == words("lamp")[0][0]
    assert set(codes[rows == 1]) <= set(codes[rows == 0])


@pytest.mark.shared
def test_on_pairs_made_by_staff_the_original_is_found_as_often_as_was_measured(shared):
    def rows(name):
        with open(shared / "petitions" / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    said = {row["id"]: row for row in rows("petitions.csv")}
    index = Index.of(
        Said(row["id"], "open", f"{row['background']}\n{row['additional_details']}", row["action"])
        for row in said.values()
        if row["state"] != "rejected"
    )
    pairs = rows("duplicate_pairs.csv")[::4]
    hits = 0
    for pair in pairs:
        copy = said[pair["duplicate_id"]]
        text = f"{copy['background']}\n{copy['additional_details']}"
        hits += pair["original_id"] in ids(index.nearest(text, copy["action"], k=10))
    assert hits / len(pairs) >= 0.75
