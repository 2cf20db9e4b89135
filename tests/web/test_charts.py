"""The drawings: they say what they show, keep proportion, and need no style."""

import re
from xml.etree import ElementTree as XML

import pytest

from biaochi.web.charts import DRAWINGS
from biaochi.web.icons import PATHS, icon, logo

TILES = [
    {"name": "城东", "count": 100, "href": "/voices?area=1", "row": 1, "column": 1},
    {"name": "<北关>", "count": 25, "href": "/voices?area=2&x=1", "row": 1, "column": 3},
    {"name": "石桥", "count": None, "href": "/voices?area=3", "row": 2, "column": 2},
]
GROUPS = [
    {"name": "甲", "shape": "c", "points": [(10, 10), (30, 20), (20, 40), (15, 15)]},
    {"name": "乙", "shape": "t", "points": [(200, 200)]},
]
SAMPLES = {
    "pct_bar": ([("f-go", 3), ("f-none", 1)], "bc-bar", "四位里三位"),
    "swatch": ("f-go",),
    "columns": ([1, 0, 5], ["1日", "", "3日"], (2,), "", "三天", (4, "平时")),
    "two_lines": ([91, 98], [76, 63], ["4月", "9月"], "自报", "群众", "岔开了"),
    "months": ([(3, 1, 0, 0), (0, 0, 2, 4)], ["1月", "2月"], 1.5, "两个月"),
    "tiny_bars": ([0, 2, 1], "三周"),
    "area_map": (TILES,),
    "quadrant": (
        [{"n": 1, "x": 80, "y": 20, "c": "stop"}, {"n": 2, "x": 5, "y": 90, "c": "calm"}],
    ),
    "opinion_map": (GROUPS, "分成两片"),
    "signal": ("slow",),
    "lamp": ("stop",),
    "mark": ("part",),
    "opdot": ("t",),
    "qdot": (3, "stop"),
    "stage_dot": ("尺", "next"),
    "steps": (5, 6, "stop"),
    "long_ruler": (7, 24, "第 7 条"),
    "gap_ruler": (98, 63, "差 35"),
    "ind_ruler": (22, 60, 35, 30, True),
    "band_ruler": (71.0, [(68.4, 73.4, "f-brand-m")], "71.0%"),
    "bound_ruler": (42, 42, 31, 38, "能放心的 31 处"),
    "share_ruler": (22, 8, 30, "22% 和 8%"),
    "wd_ruler": (10, 12, (3,), "stop", "超 2 天"),
}
DRAWN = {name: str(DRAWINGS[name](*sample)) for name, sample in SAMPLES.items()}


def elements(svg, tag):
    return [found for found in XML.fromstring(svg).iter() if found.tag == tag]


def test_every_drawing_has_a_sample_here():
    assert set(SAMPLES) == set(DRAWINGS)


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_is_well_formed_and_needs_no_style(name):
    svg = DRAWN[name]
    assert XML.fromstring(svg).tag == "svg"
    assert not re.search(r"\sstyle=|<script|\son\w+=|#[0-9a-f]{3,6}\b", svg)


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_speaks_or_is_hidden_from_screen_readers(name):
    root = XML.fromstring(DRAWN[name])
    assert ("aria-label" in root.attrib) != (root.get("aria-hidden") == "true")


def test_the_parts_of_a_bar_fill_it_in_proportion():
    green, grey = elements(DRAWN["pct_bar"], "rect")
    assert float(green.get("width")) == 75
    assert float(grey.get("x")) + float(grey.get("width")) == 100


def test_a_part_of_nothing_leaves_no_gap_at_the_start():
    bar = str(DRAWINGS["pct_bar"]([("f-go", 0), ("f-none", 9)]))
    assert elements(bar, "rect")[1].get("x") == "0.00"


def test_two_places_are_drawn_no_larger_than_three():
    two = str(DRAWINGS["area_map"](TILES[:1]))
    assert XML.fromstring(two).get("viewBox") == "0 0 394 132"


def test_a_bar_of_nothing_has_no_width():
    bar = str(DRAWINGS["pct_bar"]([("f-go", 0), ("f-stop", 0)]))
    assert {rect.get("width") for rect in elements(bar, "rect")} == {"0.00"}


def test_columns_start_at_nought():
    one, none, five = elements(DRAWN["columns"], "rect")[:3]
    assert none.get("height") == "0.0"
    assert float(five.get("height")) == pytest.approx(5 * float(one.get("height")), abs=0.5)


def test_the_area_of_a_circle_follows_its_count():
    large, small = elements(DRAWN["area_map"], "circle")
    assert float(large.get("r")) == pytest.approx(2 * float(small.get("r")), abs=0.2)


def test_a_hidden_place_has_no_circle_and_no_number():
    hidden = next(a for a in elements(DRAWN["area_map"], "a") if "石桥" in a.get("aria-label"))
    assert not [part for part in hidden if part.tag == "circle"]
    assert "少于 5" in "".join(hidden.itertext())


def test_names_of_places_are_escaped():
    assert "&lt;北关&gt;" in DRAWN["area_map"]
    assert "area=2&amp;x=1" in DRAWN["area_map"]


def test_the_reported_and_the_confirmed_stand_at_their_numbers():
    marks = elements(DRAWN["gap_ruler"], "rect")
    gap = next(mark for mark in marks if mark.get("class") == "f-stop")
    assert (gap.get("x"), gap.get("width")) == ("63.00", "35.00")


def test_days_over_the_due_day_are_drawn_red():
    late, early = DRAWN["wd_ruler"], str(DRAWINGS["wd_ruler"](10, 4))
    assert "f-stop" in late
    assert "f-stop" not in early


def test_the_pointer_of_the_steps_is_the_present_one():
    circles = elements(str(DRAWINGS["steps"](1)), "circle")
    assert float(circles[0].get("cx")) == 7
    assert float(elements(DRAWN["steps"], "circle")[0].get("cx")) > 90


@pytest.mark.parametrize("name", PATHS)
def test_an_icon_is_hidden_unless_it_is_named(name):
    assert 'aria-hidden="true"' in icon(name)
    named = icon(name, "再<看")
    assert 'aria-label="再&lt;看"' in named
    assert XML.fromstring(named).tag == "svg"


def test_the_house_mark_is_drawn():
    assert XML.fromstring(str(logo())).tag == "svg"
