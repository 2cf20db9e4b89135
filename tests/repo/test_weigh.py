"""SQLite chooses its indexes by what it knows of its tables; the sweep lets it count them."""

import pytest
from django.db import connection

from biaochi.core import search
from biaochi.voice.actions import Words, hear_many
from biaochi.voice.rules import Channel


@pytest.mark.django_db
def test_tables_are_weighed_when_they_have_grown_and_not_again(staff, now):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL weighs its tables by itself")
    few = [{"words": Words(f"路灯坏了 {n}"), "channel": Channel.PHONE} for n in range(20)]
    hear_many(items=few, batch=None, by=staff, now=now)
    assert not search.weigh(), "too few rows to matter"
    many = [{"words": Words(f"井盖响 {n}"), "channel": Channel.PHONE} for n in range(600)]
    hear_many(items=many, batch=None, by=staff, now=now)
    assert search.weigh()
    assert not search.weigh(), "nothing has grown since"
