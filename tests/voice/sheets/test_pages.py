import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from biaochi.core.actors import Role
from biaochi.people.models import Category
from biaochi.voice.models import Batch, Voice
from biaochi.voice.rules import BatchState
from biaochi.voice.sheets import actions, views
from tests.voice.sheets.conftest import COLUMNS, row


@pytest.fixture
def desk(client, city):
    client.force_login(city.users[Role.STAFF])
    return client


def upload(client, data, name="台账.csv", address="desk-import"):
    return client.post(reverse(address), {"file": SimpleUploadedFile(name, data)})


def page(client, batch):
    return client.get(reverse("desk-batch", args=[batch.pk])).content.decode()


def press(client, batch, deed, **more):
    return client.post(reverse("desk-batch", args=[batch.pk]), {"deed": deed, **more})


def test_an_upload_leads_to_its_report(desk, ledger, as_csv):
    response = upload(desk, as_csv([*ledger, row(6, "")]))
    batch = Batch.objects.get()
    assert response.url == reverse("desk-batch", args=[batch.pk])
    html = page(desk, batch)
    for words in ("只是试，一条都还没收", "收下 5 行", "没有原话", "补上原话再导", "138****01"):
        assert words in html
    assert "13800000001" not in html
    assert not Voice.objects.exists()


@pytest.mark.parametrize(("data", "sentence"), [(b"", "这个文件是空的"), (b"%PDF-1.4", "不是表格")])
def test_a_wrong_file_shows_the_form_again_with_one_sentence(desk, data, sentence):
    response = upload(desk, data)
    assert response.status_code == 422
    assert response.content.decode().count(sentence) == 2  # in the summary and at the field


def test_nothing_chosen_is_told(desk):
    response = desk.post(reverse("desk-import"), {})
    assert response.status_code == 422
    assert "请先选一个文件。" in response.content.decode()


def test_other_columns_are_chosen_and_tried_again(desk, try_in, ledger, as_csv):
    batch = try_in(as_csv(ledger))
    chosen = {f"c{place}": "" for place in range(len(COLUMNS))} | {"c2": "text", "c5": "title"}
    press(desk, batch, "remap", **chosen)
    batch.refresh_from_db()
    assert batch.mapping["fields"] == {"text": ["诉求内容"], "title": ["地点"]}


def test_one_column_for_two_days_is_refused_and_the_page_stands(desk, try_in, ledger, as_csv):
    batch = try_in(as_csv(ledger))
    response = press(desk, batch, "remap", c3="at", c0="at")
    assert response.status_code == 422
    assert "只能选一列" in response.content.decode()


def test_columns_changed_and_taken_in_one_click_are_shown_first(desk, try_in, ledger, as_csv):
    batch = try_in(as_csv(ledger))
    response = press(desk, batch, "take", c5="")
    assert response.status_code == 422
    assert "您改了列的对法" in response.content.decode()
    batch.refresh_from_db()
    assert (batch.state, "place" in batch.mapping["fields"]) == (BatchState.TRIED, False)
    press(desk, batch, "take", c5="")
    assert Voice.objects.count() == 5


def test_a_small_sheet_is_taken_undone_and_done_again(desk, try_in, ledger, as_csv):
    batch = try_in(as_csv(ledger))
    press(desk, batch, "take")
    assert "5 条话收下了。" in page(desk, batch)
    press(desk, batch, "undo")
    assert "这一批 5 条话都撤回了" in page(desk, batch)
    press(desk, batch, "redo")
    assert "5 条话收下了。" in page(desk, batch)


def test_words_are_public_at_once_only_if_the_office_vouches(desk, try_in, ledger, as_csv):
    press(desk, try_in(as_csv(ledger)), "take", seen="on")
    assert not Voice.objects.filter(seen_at=None).exists()


def test_a_large_sheet_goes_on_in_the_background(desk, try_in, ledger, as_csv, monkeypatch):
    monkeypatch.setattr(views, "AT_ONCE", 3)
    batch = try_in(as_csv(ledger))
    press(desk, batch, "take")
    html = page(desk, batch)
    assert "正在收" in html
    assert '<meta http-equiv="refresh"' in html
    assert not Voice.objects.exists()
    press(desk, batch, "hold")
    html = page(desk, batch)
    assert "停住了" in html
    assert '<meta http-equiv="refresh"' not in html
    press(desk, batch, "go")
    assert Voice.objects.count() == 5


def test_the_progress_that_watches_a_sheet_learns_that_it_is_in(desk, try_in, ledger, as_csv):
    batch = try_in(as_csv(ledger))
    press(desk, batch, "take")
    address = reverse("desk-batch", args=[batch.pk])
    assert desk.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_a_sheet_not_wanted_is_gone(desk, try_in, ledger, as_csv):
    batch = try_in(as_csv(ledger))
    assert press(desk, batch, "drop").url == reverse("desk-import")
    assert desk.get(reverse("desk-batch", args=[batch.pk])).status_code == 404


def test_a_deed_that_is_not_possible_now_is_refused(desk, try_in, ledger, as_csv):
    batch = try_in(as_csv(ledger))
    assert press(desk, batch, "undo").status_code == 409
    assert press(desk, batch, "burn").status_code == 409


def test_refused_rows_can_be_taken_home(desk, try_in, ledger, as_csv):
    batch = try_in(as_csv([*ledger, row(6, "")]))
    response = desk.get(reverse("desk-batch-refused", args=[batch.pk]))
    assert response.headers["Content-Type"].startswith("text/csv")
    assert response.content.decode("utf-8-sig").splitlines()[1] == (
        "QX2026-00006,用户甲,,2026-02-03 09:10,,城东,7,没有原话,补上原话再导"
    )


def test_the_list_shows_what_was_imported_and_what_waits(desk, try_in, ledger, as_csv, staff, now):
    actions.take_in(batch=try_in(as_csv(ledger), "二月.csv"), by=staff, now=now)
    try_in(as_csv(ledger), "三月.csv")
    html = desk.get(reverse("desk-import")).content.decode()
    assert "二月.csv" in html
    assert "收 5 行，没收 0 行" in html
    assert "三月.csv" in html


def test_a_category_table_comes_in_by_its_page(desk, as_csv):
    data = as_csv([("民政", "养老"), ("", "救助")], columns=("一级分类", "二级分类"))
    response = upload(desk, data, "分类.csv", "desk-import-categories")
    assert "新加 3 个" in response.content.decode()
    assert Category.objects.get(name="救助").parent.name == "民政"


ADDRESSES = ["desk-import", "desk-batch", "desk-batch-refused", "desk-import-categories"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("role", [Role.MEMBER, Role.UNIT, Role.AUDITOR])
def test_nobody_but_the_office_comes_in(client, city, role, address, try_in, ledger, as_csv):
    batch = try_in(as_csv(ledger))
    client.force_login(city.users[role])
    args = [batch.pk] if address.startswith("desk-batch") else []
    assert client.get(reverse(address, args=args)).status_code == 403


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_visitor_is_asked_to_sign_in(client, db, address):
    args = [1] if address.startswith("desk-batch") else []
    assert client.get(reverse(address, args=args)).status_code == 302
