import datetime as dt
from pathlib import Path

import pytest

from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.people.models import Speaker
from biaochi.voice.models import Batch, RefusedRow, Voice
from biaochi.voice.rules import BatchState
from biaochi.voice.sheets import actions, queries, report
from tests.voice.sheets.conftest import COLUMNS, row


def files(settings):
    return list(Path(settings.MEDIA_ROOT).glob("sheets/*"))


def test_a_dry_run_takes_nothing_and_counts_everything(try_in, ledger, as_xlsx, settings):
    batch = try_in(as_xlsx([*ledger, row(6, "")]), "台账.xlsx")
    figures = report.figures(batch)
    assert (figures.read, figures.takes, figures.known, figures.refused) == (6, 5, 0, 1)
    assert batch.state == BatchState.TRIED
    assert not Voice.objects.exists()
    assert not Speaker.objects.exists()
    assert len(files(settings)) == 1
    assert files(settings)[0].stat().st_mode & 0o077 == 0


def test_people_are_counted_once_by_telephone_and_by_name(try_in, ledger, as_csv):
    batch = try_in(as_csv(ledger))
    assert (batch.report["people"], batch.report["reachable"]) == (4, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_does_not_matter(try_in, ledger, as_csv, encoding):
    batch = try_in(as_csv(ledger, encoding=encoding))
    assert batch.mapping["fields"]["text"] == ["诉求内容"]
    assert report.figures(batch).takes == 5


def test_every_refused_row_says_why(try_in, ledger, as_csv, now):
    ahead = (now + dt.timedelta(days=40)).strftime("%Y-%m-%d")
    rows = [
        *ledger,
        row(6, ""),
        row(7, "路灯又坏了一盏，请来修一修。", day="10月35日"),
        row(8, "路灯又坏了两盏，请来修一修。", day=ahead),
        row(9, "路灯又坏了三盏，请来修一修。", day="1900-01-01"),
        ("合计", "", "9", "", "", ""),
        row(10, "路\ufffd\ufffd又\ufffd\ufffd了"),
        ledger[0],
        COLUMNS,
    ]
    batch = try_in(as_csv(rows))
    told = {r.row_number: r.code for r in RefusedRow.objects.filter(batch=batch)}
    assert told == {
        7: "no_text",
        8: "moment_unread",
        9: "moment_ahead",
        10: "moment_too_old",
        11: "total_row",
        12: "garbled",
        13: "same_row_again",
        14: "header_again",
    }
    why = {group.why for group in report.refused_groups(batch)}
    assert {"没有原话", "日子不对：10月35日", "整行是合计", "乱码"} <= why


def test_a_telephone_number_in_the_wrong_column_is_not_kept_as_a_reason(try_in, ledger, as_csv):
    rows = [*ledger, row(6, "门口的路灯坏了。", day="13800000009 打来")]
    batch = try_in(as_csv(rows))
    refused = RefusedRow.objects.get(batch=batch)
    assert (refused.code, refused.params) == ("moment_unread", {"value": "…"})


def test_rows_worth_a_look_are_counted_by_reason(try_in, ledger, as_csv):
    rows = [
        *ledger,
        row(6, "站台的灯坏了，我去看过一次。", person="常客", day="2026-02-06 08:00"),
        row(7, "站台的灯坏了，我去看过两次。", person="常客", day="2026-02-06 09:00"),
        row(8, "站台的灯坏了，我去看过三次。", person="常客", day="2026-02-06 10:00"),
        row(9, ledger[1][2], person="用户戊"),
        row(10, "菜场收了钱不给票，请打 13912345678 找我。", person="用户己"),
        row(11, "河边的护栏断了一截。", day="", person="用户庚"),
        row(12, "河边的护栏又断了一截。", phone="打不通", person="用户辛"),
    ]
    looks = {code: count for code, count, _rows in try_in(as_csv(rows)).report["looks"]}
    assert looks == {
        "often": 3,
        "same_text": 1,
        "covered_contact": 1,
        "no_moment": 1,
        "contact_unread": 1,
    }


def test_a_sheet_without_a_column_of_days_says_so_once(try_in, as_csv):
    data = as_csv([("站台的灯坏了很久了。",), ("菜场的水沟又堵住了。",)], columns=("诉求内容",))
    batch = try_in(data)
    assert report.figures(batch).look == 0
    assert report.notes(batch) == ["表里没有日子那一列，都当成导入这天说的"]


def test_no_sample_shows_a_telephone_number(try_in, ledger, as_csv):
    batch = try_in(as_csv(ledger))
    samples = {column.name: column.samples for column in queries.columns(batch)}
    assert samples["联系电话"] == ("138****01",)
    assert samples["工单编号"][0].startswith("QX2026")
    assert "1380000" not in str(batch.report)


@pytest.mark.parametrize("role", ["member", "unit", "operator", "resident"])
def test_only_staff_try_sheets(role, request, ledger, as_csv, now, city, settings):
    by = request.getfixturevalue(role)
    with pytest.raises(NotYours):
        actions.try_in(file_bytes_or_path=as_csv(ledger), file_name="a.csv", by=by, now=now)
    assert not Batch.objects.exists()
    assert files(settings) == []


def test_a_file_over_the_limit_is_refused_before_it_is_read(try_in, settings):
    settings.UPLOAD_LIMIT = 10
    with pytest.raises(Incomplete, match="文件太大了"):
        try_in(b"a,b\n" * 10)


def test_other_columns_give_another_report(try_in, ledger, as_csv, staff, now):
    batch = try_in(as_csv(ledger))
    fields = {**batch.mapping["fields"], "title": ["地点"]}
    del fields["contact"], fields["place"]
    again = actions.remap(batch=batch, mapping=fields, by=staff, now=now)
    assert again.mapping["fields"]["title"] == ["地点"]
    assert again.report["reachable"] == 0


def test_a_sheet_whose_words_nobody_found_can_be_tried_but_not_taken(try_in, staff, now):
    batch = try_in(b"a,b\n1,2\n3,4\n5,6\n")
    assert batch.mapping["fields"].get("text") is None
    with pytest.raises(Incomplete, match="哪一列是“原话”"):
        actions.take_in(batch=batch, by=staff, now=now)


def test_a_sheet_with_the_same_columns_is_read_as_the_last_one_was(
    try_in, ledger, as_csv, staff, now
):
    first = try_in(as_csv(ledger))
    fields = {**first.mapping["fields"], "title": ["地点"], "place": []}
    actions.remap(batch=first, mapping=fields, by=staff, now=now)
    actions.take_in(batch=first, by=staff, now=now)
    second = try_in(as_csv([row(60, "公园的长椅都拆走了，老人没地方坐。")]), "三月.csv")
    assert second.mapping["fields"]["title"] == ["地点"]
    assert "列跟 3月2日 那次一样，照那次的对法" in report.notes(second)


def test_the_mapping_of_a_sheet_that_was_taken_back_is_not_used_again(
    try_in, ledger, as_csv, staff, now
):
    wrong = try_in(as_csv(ledger), mapping={"text": "地点", "place": None})
    actions.undo(batch=actions.take_in(batch=wrong, by=staff, now=now), by=staff, now=now)
    assert try_in(as_csv(ledger)).mapping["fields"]["text"] == ["诉求内容"]


def test_the_same_file_again_is_known_row_by_row(try_in, ledger, as_csv, as_xlsx, staff, now):
    batch = try_in(as_csv(ledger))
    actions.take_in(batch=batch, by=staff, now=now)
    again = try_in(as_xlsx(ledger), "同一份.xlsx")
    assert (report.figures(again).known, report.figures(again).takes) == (5, 0)
    actions.take_in(batch=again, by=staff, now=now)
    assert Voice.objects.count() == 5


def test_a_sheet_nobody_takes_is_forgotten_with_its_file(try_in, ledger, as_csv, now, settings):
    batch = try_in(as_csv(ledger))
    assert actions.forget_tried(now=now + dt.timedelta(days=14)) == 0
    assert actions.forget_tried(now=now + dt.timedelta(days=15)) == 1
    assert not Batch.objects.filter(pk=batch.pk).exists()
    assert not RefusedRow.objects.exists()


def test_a_sheet_that_is_taken_can_no_longer_be_dropped(try_in, ledger, as_csv, staff, now):
    batch = actions.take_in(batch=try_in(as_csv(ledger)), by=staff, now=now)
    with pytest.raises(NotNow):
        actions.drop(batch=batch, by=staff, now=now)


def test_no_cell_of_the_refused_rows_runs_as_a_formula(try_in, ledger, as_csv, staff):
    rows = [*ledger, ("=1+1", "@SUM(A1)", "", "+8613800000000", "-1", "\t=2")]
    batch = try_in(as_csv(rows))
    line = queries.refused_table(batch).splitlines()[1]
    assert line == "'=1+1,'@SUM(A1),,'+8613800000000,'-1,'\t=2,7,没有原话,补上原话再导"
