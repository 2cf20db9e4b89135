import pytest

from biaochi.core.refusals import Incomplete, NotYours
from biaochi.people import actions as people
from biaochi.people.models import Category
from biaochi.voice.sheets.catalogue import Brought, import_categories

TREE = [
    ("城乡建设", "市政设施", "路灯照明"),
    ("", "", "下水道"),
    ("", "物业管理", "电梯"),
    ("教育文体", "学前教育", "入园"),
]
LEVELS = ("一级分类", "二级分类", "三级分类")


def bring(rows, by, now, columns=LEVELS, as_csv=None):
    return import_categories(
        file_bytes_or_path=as_csv(rows, columns=columns), file_name="分类.csv", by=by, now=now
    )


def test_three_levels_come_in_as_a_tree(staff, now, as_csv):
    assert bring(TREE, staff, now, as_csv=as_csv) == Brought(read=9, new=9, known=0, levels=3)
    lamp = Category.objects.get(name="路灯照明")
    assert (lamp.parent.name, lamp.parent.parent.name) == ("市政设施", "城乡建设")
    assert Category.objects.get(name="下水道").parent.name == "市政设施"


def test_the_same_table_again_changes_nothing_and_keeps_the_units(staff, city, now, as_csv):
    bring(TREE, staff, now, as_csv=as_csv)
    lamp = Category.objects.get(name="路灯照明")
    people.name_category(
        name=lamp.name, parent=lamp.parent, unit=city.roads, words="黑", by=staff, now=now
    )
    assert bring(TREE, staff, now, as_csv=as_csv).new == 0
    lamp.refresh_from_db()
    assert (lamp.unit, lamp.words) == (city.roads, "黑")


def test_words_of_the_table_are_added_to_the_words_that_stand(staff, now, as_csv):
    columns = ("一级分类", "关键词")
    bring([("护栏", "栏杆、断了")], staff, now, columns, as_csv)
    bring([("护栏", "断了 松了")], staff, now, columns, as_csv)
    assert Category.objects.get(name="护栏").words == "栏杆 断了 松了"


@pytest.mark.parametrize("role", ["member", "unit", "resident"])
def test_only_the_office_brings_categories(role, request, now, as_csv, db):
    by = request.getfixturevalue(role)
    with pytest.raises(NotYours):
        bring(TREE, by, now, as_csv=as_csv)


def test_a_table_without_levels_is_refused_with_a_sentence(staff, now, as_csv):
    with pytest.raises(Incomplete, match="没有找到类别的列"):
        bring([("1", "2", "3")], staff, now, ("甲", "乙", "丙"), as_csv)


@pytest.mark.shared
def test_a_real_table_of_three_levels_comes_in(staff, now, shared):
    path = shared / "voices" / "category_tree.xlsx"
    brought = import_categories(file_bytes_or_path=path, file_name=path.name, by=staff, now=now)
    assert (brought.levels, brought.new) == (3, brought.read)
    assert Category.objects.filter(parent=None).count() >= 15
