"""The fictional city holds together."""

from biaochi.demo.city import PLACE_KINDS, qingxi


def test_the_city_has_the_six_areas_of_the_prototypes():
    names = [area.name for area in qingxi().areas]
    assert sorted(names) == sorted(
        ["柳林镇", "北关街道", "石桥乡", "河西街道", "城东街道", "南湖街道"]
    )
    assert len({area.tile for area in qingxi().areas}) == 6


def test_no_two_places_share_a_name():
    names = [p.name for kind in PLACE_KINDS for p in qingxi().places(kind.removesuffix("s"))]
    assert len(names) == len(set(names))
    assert len(names) > 100


def test_every_category_is_answered_for_by_exactly_one_unit():
    city = qingxi()
    named = [category for unit in city.units for category in unit.categories]
    assert len(named) == len(set(named))


def test_no_two_people_with_a_part_in_the_work_share_a_name():
    city = qingxi()
    names = [m.name for m in city.members] + [c.name for c in city.staff]
    assert len(names) == len(set(names))
