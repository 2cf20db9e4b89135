import csv
import io
import json
import pickle
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biaochi.engine import route
from biaochi.engine.route_features import Block, Space, blocks, plain
from biaochi.engine.route_model import NO_REASONS
from biaochi.engine.route_training import fold, near_groups
from biaochi.engine.sheet_categories import read_categories

SUBJECTS = {
    "路灯": ("路灯坏了", "路灯不亮", "照明线路断了", "灯杆倒了", "夜里没有灯光"),
    "学校": ("学校招生", "老师补课", "学生午餐", "幼儿园学费", "课后托管"),
    "医保": ("医保报销", "医院看病", "门诊费用", "药品价格", "住院押金"),
}
PLACES = (
    "幸福路",
    "人民路",
    "学府街",
    "城东",
    "城南",
    "老火车站",
    "新区",
    "江边",
    "三组",
    "花园小区",
)
ENDS = ("请尽快处理。", "已经反映多次。", "希望有人来看看。", "大家意见很大。", "拖了三个月了。")


def sorted_texts():
    texts, labels = [], []
    for label, phrases in SUBJECTS.items():
        for i, phrase in enumerate(phrases):
            for j, place in enumerate(PLACES):
                other = phrases[(i + 1 + j % 3) % len(phrases)]
                texts.append(f"{place}的{phrase}，{other}，{ENDS[(i + j) % len(ENDS)]}")
                labels.append(label)
    return texts, labels


@pytest.fixture(scope="module")
def model():
    return route.train(*sorted_texts())


def test_a_text_is_sent_where_its_like_went_and_the_reason_is_in_it(model):
    text = "江边有三盏路灯坏了，请来修"
    told = model.suggest([text])[0]
    assert (told.label, told.sure) == ("路灯", True)
    assert told.second[0] in ("学校", "医保")
    assert told.reasons
    assert all(reason.phrase in text and 0 < reason.share <= 1 for reason in told.reasons)
    assert "路灯" in told.reasons[0].phrase


def test_words_that_explain_nothing_are_no_reasons(model):
    told = model.suggest(["请问领导，我们大家希望解决路灯坏了的问题"])[0]
    said = {reason.phrase for reason in told.reasons}
    assert "路灯" in said
    assert not said & set(NO_REASONS)


def test_a_text_without_anything_known_is_not_sure(model):
    told = model.suggest(["zzzz", "", ("", "")])
    assert [(one.sure, one.reasons) for one in told] == [(False, ())] * 3


def test_probabilities_sum_to_one_and_the_threshold_is_the_callers(model):
    chances = model.probabilities(["路灯坏了", "老师补课"])
    assert chances.shape == (2, 3)
    assert np.allclose(chances.sum(1), 1)
    assert not model.suggest(["路灯坏了"], least=1.01)[0].sure


def test_a_title_counts_as_the_beginning_of_its_text(model):
    told = model.suggest([("路灯坏了", "请来修"), "路灯坏了。请来修"])
    assert told[0] == told[1]


def test_the_same_rows_give_the_same_model_bit_for_bit():
    first, second = route.train(*sorted_texts()), route.train(*sorted_texts())
    assert first.weights.tobytes() == second.weights.tobytes()
    assert first.quality == second.quality


def test_a_model_survives_a_file_and_answers_as_before(model, tmp_path):
    route.save(model, tmp_path / "model.npz")
    texts, _ = sorted_texts()
    for source in (tmp_path / "model.npz", (tmp_path / "model.npz").read_bytes()):
        again = route.load(source)
        assert again.quality == model.quality
        assert again.suggest(texts[:20]) == model.suggest(texts[:20])


def test_the_same_model_gives_the_same_file(model):
    first, second = io.BytesIO(), io.BytesIO()
    route.save(model, first)
    route.save(route.load(first.getvalue()), second)
    assert first.getvalue() == second.getvalue()


class Trap:
    def __reduce__(self):
        return (pytest.fail, ("loading ran what was in the file",))


def changed(model, **arrays):
    """The bytes of a model file with some of its arrays replaced."""
    stream = io.BytesIO()
    route.save(model, stream)
    stream.seek(0)
    with np.load(stream) as kept:
        arrays = {name: kept[name] for name in kept} | arrays
    out = io.BytesIO()
    np.savez(out, **arrays)
    return out.getvalue()


def test_loading_runs_nothing_that_is_in_the_file(model):
    array = np.array([Trap()], dtype=object)
    for bad in (changed(model, weights=array), pickle.dumps(Trap()), b"", b"PK\x03\x04", b"x" * 99):
        with pytest.raises(route.RouteError) as caught:
            route.load(bad)
        assert caught.value.code == "not_a_model"


def test_a_file_whose_parts_do_not_fit_is_refused(model):
    told = json.dumps({"form": "other", "labels": ["a", "b"], "slip": 0, "quality": {}}).encode()
    wrong = (
        {"weights": model.weights[:-1]},
        {"weights": np.full_like(model.weights, np.nan)},
        {"offsets": model.offsets[:-1]},
        {"letters_codes": model.spaces[0].codes[::-1]},
        {"told": np.frombuffer(told, np.uint8)},
        {"weights": model.weights + np.float32(0.001)},
        {"offsets": np.full_like(model.offsets, np.inf)},
    )
    for change in wrong:
        with pytest.raises(route.RouteError):
            route.load(changed(model, **change))


def test_a_model_file_that_unpacks_to_too_much_is_refused():
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("weights.npy", "w", force_zip64=True) as part,
    ):
        for _ in range(1100):
            part.write(bytes(1 << 20))
    with pytest.raises(route.RouteError) as caught:
        route.load(stream.getvalue())
    assert caught.value.params == {"because": "too_large"}


@pytest.mark.parametrize(
    ("texts", "labels", "code"),
    [
        ([], [], "no_texts"),
        (["a"], ["x", "y"], "lengths_differ"),
        (["a", "b"], ["x", "x"], "one_label"),
    ],
)
def test_nothing_to_learn_from_is_said(texts, labels, code):
    with pytest.raises(route.RouteError) as caught:
        route.train(texts, labels)
    assert caught.value.code == code


def test_two_labels_and_rare_labels_can_be_learned():
    texts, labels = sorted_texts()
    two = route.train(texts[:100], labels[:100])
    assert two.suggest(["老师补课"])[0].label == "学校"
    rare = route.train([*texts, "垃圾没人清运"], [*labels, "环卫"])
    assert rare.labels == tuple(sorted({*SUBJECTS, "环卫"}))
    assert rare.suggest(["老师补课收费"])[0].label == "学校"


def test_category_names_alone_give_a_first_order_but_no_certainty():
    tree = read_categories(
        "一级,二级,关键词\n城建,路灯照明,灯杆 灯光\n教育,学校招生,补课 托管\n医疗,医保报销,门诊 药品\n".encode()
    )
    model = route.from_categories(tree)
    assert model.labels == ("城建", "教育", "医疗")
    assert [one.label for one in model.suggest(["灯杆倒了", "老师有偿补课", "门诊费用"])] == list(
        model.labels
    )
    assert not model.quality.calibrated
    deeper = route.from_categories(tree, level=2)
    assert deeper.suggest(["学校招生不公"])[0].label == "学校招生"


def test_copies_with_small_changes_fall_into_one_group():
    base = "幸福路和人民路交叉口的红绿灯已经坏了两个星期，早晚高峰非常危险，请交警部门尽快维修。"
    groups = near_groups(
        [
            plain(t)
            for t in (
                base,
                "尊敬的领导：" + base,
                base[:-4] + "来看看",
                "学校门口井盖不见了，孩子差点掉下去，请快点来人处理一下。",
            )
        ]
    )
    assert groups[0] == groups[1] == groups[2] != groups[3]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 12)), min_size=1, max_size=80))
def test_folds_never_cut_a_group(pairs):
    labels, groups = np.array(pairs).T
    where = fold(labels, groups, 5)
    assert all(len(set(where[groups == group])) == 1 for group in groups)


LETTERS = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4E20), max_size=40)


@settings(max_examples=60)
@given(st.lists(LETTERS, min_size=1, max_size=6))
def test_a_stretch_has_one_hash_wherever_it_stands_and_never_leaves_its_text(texts):
    block, seen = Block(texts), {}
    for found in (block.runs(2), block.runs(6), block.stretches("words")):
        for code, row, start, end in zip(
            found.codes.tolist(), found.rows, found.starts, found.ends, strict=True
        ):
            said = block.text[start:end]
            assert said in texts[row]
            assert seen.setdefault(said, code) == code
    assert len(set(seen.values())) == len(seen)


def test_words_are_the_same_alone_and_beside_other_texts():
    texts = ["幸福路的路灯坏了三个月", "", "学校门口没有红绿灯", "，，", "门诊报销太慢"]
    together = Block(texts).stretches("words")
    for row, text in enumerate(texts):
        alone = Block([text]).stretches("words").codes
        assert sorted(alone) == sorted(together.codes[together.rows == row])


@given(st.sets(st.integers(0, 2**48 - 1), max_size=60), st.lists(st.integers(0, 2**48 - 1)))
def test_a_space_finds_what_it_knows_and_nothing_else(known, others):
    # Hashes that end alike want the same slot.
    known = sorted(known | {one >> 20 << 20 for one in known})
    space = Space("x", np.array(known, np.uint64), np.ones(len(known), np.float32))
    asked = known + others
    places, columns = space.find(np.array(asked, np.uint64))
    expected = {place: known.index(one) for place, one in enumerate(asked) if one in known}
    assert dict(zip(places.tolist(), columns.tolist(), strict=True)) == expected


def test_many_texts_are_cut_into_blocks_without_losing_one():
    texts = ["路灯坏了" * 300] * 60 + [""] * 1500
    found = list(blocks(texts))
    assert len(found) > 2
    assert [first for first, _ in found] == np.cumsum([0] + [b.size for _, b in found])[
        :-1
    ].tolist()
    assert sum(block.size for _, block in found) == len(texts)


def test_what_is_said_of_a_text_does_not_depend_on_its_company(model):
    texts, _ = sorted_texts()
    assert [model.suggest([text])[0] for text in texts[:30]] == model.suggest(texts)[:30]


@pytest.mark.shared
def test_on_real_messages_the_held_out_quality_is_kept(shared):
    with open(shared / "voices/labelled_train.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    model = route.train([row["text"] for row in rows], [row["label"] for row in rows])
    assert model.quality.macro_f1 >= 0.90
    assert model.quality.calibration_error <= 0.03
