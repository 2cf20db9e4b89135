import pytest

from biaochi.people import actions as people
from biaochi.voice.matters import actions, analysis, queries, routing


@pytest.fixture(autouse=True)
def own_file(settings, tmp_path):
    settings.HOME = tmp_path


def matter_of(say, staff, now, words, title="一件事"):
    return actions.open_matter(title=title, voices=[say(words)], by=staff, now=now)


def test_the_catalogue_alone_suggests_a_unit_with_the_words_that_say_so(city, say, staff, now):
    matter = matter_of(say, staff, now, "文化路的路灯不亮，晚上没有照明")
    route = queries.route(matter)
    assert (route.unit, route.category) == (city.roads, city.lamps)
    assert route.probability is None
    assert "路灯" in "".join(route.reasons)
    assert "把握不大，请看一看原话" in route.doubts


def test_nothing_is_suggested_where_no_word_fits(city, say, staff, now):
    assert queries.route(matter_of(say, staff, now, "邻里纠纷无处评理", "评理")) is None


def test_what_the_office_decided_is_what_stands(city, say, staff, now):
    matter = matter_of(say, staff, now, "文化路的路灯不亮")
    matter = actions.categorise(matter=matter, category=city.lifts, by=staff, now=now)
    route = queries.route(matter)
    assert (route.unit, route.probability) == (city.homes, 1.0)
    assert route.reasons == ["办公室已经把它定为“电梯”"]


def test_a_category_without_a_unit_is_said_to_have_none(city, operator, say, staff, now):
    nobody = people.name_category(name="古树", by=operator, now=now, words="古树 名木")
    matter = matter_of(say, staff, now, "古树")
    matter = actions.categorise(matter=matter, category=nobody, by=staff, now=now)
    assert queries.route(matter).doubts == ["目录里“古树”还没有写归谁管"]


def test_the_sweep_learns_from_the_decisions_and_the_pages_use_it(
    city, say, staff, now, monkeypatch
):
    monkeypatch.setattr(routing, "ENOUGH", 20)
    streets = "东西南北中上下前后左"
    for n, street in enumerate(streets):
        for words, category in (
            (f"{street}街夜里漆黑一片", city.lamps),
            (f"{street}楼升降机困人", city.lifts),
        ):
            matter = matter_of(say, staff, now, f"{words}，第 {n} 回了", f"{street}{category.name}")
            actions.categorise(matter=matter, category=category, by=staff, now=now)
    assert routing.learn() == 20
    assert routing.learn() == 0
    route = queries.route(matter_of(say, staff, now, "柳街夜里漆黑一片", "看不见"))
    assert route.category == city.lamps
    assert route.probability is not None


def test_decisions_of_one_kind_teach_nothing(city, tmp_path):
    assert analysis.learn([(1, "路灯"), (1, "灯")], tmp_path / "model") == 0
