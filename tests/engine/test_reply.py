"""What a reply says: kinds with their words, promises with what they leave open, points asked."""

from dataclasses import fields, is_dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaochi.engine.reply import KINDS, NAMED, Reading, read_reply
from biaochi.engine.reply_clauses import clauses
from biaochi.engine.reply_points import asked, words
from biaochi.engine.reply_words import BODY, DATE, trimmed
from biaochi.engine.sheet import read


def said(reading, kind):
    return [span.said for span in reading.spans if span.kind == kind]


def codes(reading):
    return [reason.code for reason in reading.why]


def test_several_kinds_may_hold_at_once():
    reading = read_reply(
        "漏水的总阀已于3月2日更换。外墙渗水需待雨季过后施工。噪音一事已转区生态环境局处理。"
        "退还物业费的要求不予支持。"
    )
    assert reading.kinds == KINDS


def test_every_span_stands_in_the_reply_as_it_says():
    text = "您好！ 已转  区城管局办理，预计5月底前修复路灯。\n感谢您的来信！2026年3月1日"
    reading = read_reply(text, ("路灯何时修好",))
    assert reading.spans
    assert all(text[span.start : span.end] == span.said for span in reading.spans)
    assert all(0 <= a < b <= len(text) for point in reading.points for a, b in point.places)


def test_a_matter_only_passed_on_is_said_to_be_only_passed_on():
    reading = read_reply("网友您好，您反映的问题已转住建局核实、办复，感谢您的留言。")
    assert reading.kinds == ("handed_over",)
    assert codes(reading)[0] == "only_handed_over"


def test_an_office_that_sends_the_person_elsewhere_has_handed_over():
    reading = read_reply("该路段不属于我局管理，建议您向公路管理处反映。")
    assert reading.kinds == ("handed_over",)
    assert {"told_to_ask", "not_ours"} <= set(codes(reading))
    further = read_reply("医保卡补办需带身份证，三个工作日办好。具体请咨询医保中心。")
    assert further.kinds == ("answer",), "where to ask more is no hand-over of what was answered"


def test_what_was_received_from_elsewhere_is_not_handed_on():
    assert "handed_over" not in read_reply("您的留言转由我单位办理，路灯已经修复点亮。").kinds


def test_thanks_and_greetings_say_nothing():
    reading = read_reply("网友您好！留言已收悉，感谢您对我们工作的关心与支持！2026年1月3日")
    assert (reading.kinds, codes(reading)) == ((), ["nothing_said"])
    assert read_reply("").kinds == ()


def test_a_promise_names_act_day_and_body_or_says_what_is_missing():
    full = read_reply("区水务局将于6月30日前更换该段供水管网。").promises
    assert [promise.missing for promise in full] == [()]
    assert {span.kind for span in full[0].named} == set(NAMED)
    empty = read_reply("下一步将进一步加大工作力度，争取早日解决。")
    assert empty.promises[0].missing == NAMED
    assert {"promise_no_date", "promise_no_act", "promise_no_body", "vague"} <= set(codes(empty))


def test_the_day_a_reply_was_written_is_no_day_of_a_deed():
    assert said(read_reply("我局将尽快安装护栏。2026年3月1日"), "date") == []
    assert said(read_reply("我局将于2026年3月1日安装护栏。"), "date") == ["2026年3月1日"]


def test_vague_phrases_are_shown_as_they_stand():
    reading = read_reply("我局高度重视，将积极协调相关部门，条件成熟时适时推进。")
    assert said(reading, "vague") == ["高度重视", "积极协调", "相关部门", "条件成熟", "适时"]


def test_each_point_is_answered_repeated_or_not_found():
    reading = read_reply(
        "关于您反映的青石巷路灯问题，已更换灯具六盏。幼儿园学费一事，已转教育局。",
        ("青石巷路灯不亮", "幼儿园学费为什么涨", "公交站能不能加棚子"),
    )
    assert [point.state for point in reading.points] == ["answered", "only_mentioned", "not_found"]
    assert {"point_only_mentioned", "point_not_found"} <= set(codes(reading))


def test_who_asked_when_is_told_if_no_time_is_named():
    point = "断头路什么时候打通"
    without = read_reply("该断头路涉及两户拆迁，正在协商补偿。", (point,))
    assert "point_no_date" in codes(without)
    dated = read_reply("该断头路两户拆迁已签约，计划2027年6月打通。", (point,))
    assert "point_no_date" not in codes(dated)


def test_points_are_taken_from_questions_wishes_and_numbers_but_not_from_anger():
    text = "小区停水三天了。难道没人管吗？请问什么时候恢复供水？1、水费怎么减免。希望设临时供水点！"
    assert asked(text) == ("请问什么时候恢复供水？", "水费怎么减免", "希望设临时供水点！")
    assert asked("路灯坏了很久") == ("路灯坏了很久",)
    assert asked("！！") == ()


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("已转区住房和城乡建设局处理", ["区住房和城乡建设局"]),
        ("经我局与公安局和住建局会商", ["我局", "公安局", "住建局"]),
        ("请到和平街道办事处登记", ["和平街道办事处"]),
        ("路网规划布局正在调整", []),
        ("办一张银行卡", []),
    ],
)
def test_bodies_are_named_without_the_words_around_them(text, bodies):
    assert [match[0][trimmed(match[0]) :] for match in BODY.finditer(text)] == bodies


@pytest.mark.parametrize("day", ["2026年3月1日", "5月底前", "年内", "三个工作日内", "明年上半年"])
def test_days_are_known_in_the_usual_ways_of_writing(day):
    assert DATE.fullmatch(day)


def test_no_result_carries_a_score_or_says_that_a_matter_is_solved():
    def names(kind):
        for part in fields(kind):
            yield part.name

    assert set(names(Reading)) == {"kinds", "spans", "promises", "points", "why"}
    reading = read_reply("路灯已修复，3月1日点亮。", ("路灯",))
    shown = [*reading.spans, *reading.promises, *reading.points, *reading.why]
    numbers = {name for one in shown if is_dataclass(one) for name in names(type(one))}
    assert not numbers & {"score", "grade", "rank", "solved", "share", "weight"}


@given(
    st.text(alphabet="已转将不予您好感谢。，：\n2026年月日局路灯修复请问 　（）1、", max_size=80)
)
def test_any_text_is_read_the_same_twice_and_clauses_never_overlap(text):
    parts = clauses(text)
    assert all(a.end <= b.start for a, b in pairwise(parts))
    assert read_reply(text, asked(text)) == read_reply(text, asked(text))


def test_words_every_reply_uses_tell_nothing():
    assert words("请问这个问题什么时候能够解决") == ()


@pytest.mark.shared
def test_real_replies_that_only_hand_on_are_about_as_many_as_were_counted_by_hand(shared):
    rows = list(read(shared / "voices/messages_with_replies.xlsx").rows)
    kinds = [read_reply(str(row[5] or "")).kinds for row in rows]
    assert 180 <= kinds.count(("handed_over",)) <= 210  # 191 were counted by hand
    assert sum("answer" in kind for kind in kinds) > 0.85 * len(rows)
