"""Real sheets go in as they are, with nothing put right by hand."""

import pytest

from biaochi.people.models import Speaker
from biaochi.voice.models import Voice
from biaochi.voice.sheets import actions, report

# file: (rows, people, columns that must have been understood)
FILES = {
    "voices/messages_2019.xlsx": (4326, 3332, {"number", "person", "title", "text", "at", "likes"}),
    "voices/messages_with_replies.xlsx": (2816, 2559, {"number", "person", "title", "text", "at"}),
    "voices/labelled_train.csv": (2464, 2464, {"text", "category"}),
    "requests/JanSR-2014.csv": (16780, 16780, {"title", "text", "at", "place", "category"}),
    "requests/FebSR-2014.csv": (13462, 13462, {"title", "text", "at", "place", "category"}),
}
TAKEN_WHOLE = ("voices/messages_2019.xlsx", "voices/labelled_train.csv")


@pytest.mark.shared
@pytest.mark.parametrize("name", FILES)
def test_a_real_sheet_is_read_whole(name, shared, staff, now):
    rows, people, fields = FILES[name]
    batch = actions.import_file(shared / name, by=staff, now=now, dry_run=True, echo=len)
    figures = report.figures(batch)
    assert (figures.read, figures.takes, figures.known, figures.refused) == (rows, rows, 0, 0)
    assert fields <= set(batch.mapping["fields"])
    assert batch.report["people"] == people


@pytest.mark.shared
@pytest.mark.parametrize("name", TAKEN_WHOLE)
def test_a_real_sheet_goes_in_whole_and_only_once(name, shared, staff, now):
    rows, people, fields = FILES[name]
    batch = actions.import_file(shared / name, by=staff, now=now, echo=len)
    assert (batch.taken_count, Voice.objects.count()) == (rows, rows)
    assert Speaker.objects.count() == (people if "person" in fields else 0)
    again = actions.import_file(shared / name, by=staff, now=now, dry_run=True, echo=len)
    assert report.figures(again).known == rows
