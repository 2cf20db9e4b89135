"""Nobody is found by a number: no unit reads another's question, small words are not shown."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from biaochi.core.actors import Role
from biaochi.yardstick import queries
from biaochi.yardstick.models import Achievement, Alert, Hand, Spending

DAY = dt.timedelta(days=1)


@pytest.fixture
def asked(city, now):
    return Alert.objects.create(
        question="surge",
        mark="surge:x",
        unit=city.homes,
        asked_at=now,
        answer_by=dt.date(2026, 3, 20),
        figures={
            "span": "month", "first": "2026-02-01", "last": "2026-02-28", "end_days": 6,
            "total": 20, "at_end": 18, "even": 0.2, "without_photo": 0, "others": 0,
            "others_at_end": 0, "bars": [2, 18], "hot": [1], "bar_days": 3, "shuffles": 9999,
        },
        p_value=0.001,
        q_value=0.01,
    )  # fmt: skip


def test_another_units_question_is_refused_by_every_address(city, asked):
    client = Client()
    client.force_login(city.users[Role.UNIT])
    for answer in (
        client.get(reverse("unit-alert", args=[asked.pk])),
        client.post(reverse("unit-alert-answer", args=[asked.pk]), {"words": "是"}),
        client.post(reverse("unit-alert-wrong", args=[asked.pk]), {"kind": "data", "wrong": "错"}),
        client.get(reverse("unit-alert", args=[asked.pk + 1])),
    ):
        assert answer.status_code == 403
    assert "最后 6 天" not in client.get(reverse("unit-alerts")).content.decode()
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_no_table_of_the_stage_points_at_a_speaker_or_scores_an_account():
    for table in (Achievement, Hand, Alert, Spending):
        targets = {
            field.related_model.__name__ for field in table._meta.fields if field.is_relation
        }
        assert targets <= {"Matter", "Area", "Unit", "User", "Achievement"}
        names = {field.name for field in table._meta.fields}
        assert not names & {"score", "rank", "points", "speaker", "voice"}


def test_the_words_of_fewer_than_five_are_not_counted_on_any_page(facts, client, staff, member):
    from biaochi.yardstick import ledger

    day = timezone.localdate() - 60 * DAY
    task = facts.whole(day)
    facts.round(task, day + 9 * DAY, "solved", solved=3, unsolved=1)
    now = timezone.now()
    done = ledger.write_achievement(
        title="灯", for_whom="户", what="亮", by_what="班", kind="livelihood", horizon="now",
        matter=task.matter, by=staff, now=now,
    )  # fmt: skip
    ledger.tick(achievement=done, ticks={"rule": "有"}, by=member, now=now)
    html = client.get(reverse("yardstick"), {"period": "all"}).content.decode()
    assert "回话的人还不够，没放上图" in html
    assert "位说解决了" not in html


def test_rows_and_tables_carry_no_number_of_people(facts, frame):
    facts.whole(dt.date(2026, 4, 1), "solved", people_count=3)
    lines = "".join(queries.rows_table("effect", queries.rows_of("effect", frame)))
    assert "几人" not in lines
    assert ",3," not in lines
