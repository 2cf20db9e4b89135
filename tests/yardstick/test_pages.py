"""The pages of the yardstick: every number opens, every form keeps what was typed."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from biaochi.core.actors import Role

DAY = dt.timedelta(days=1)
PUBLIC = ("yardstick", "ratios", "alerts", "achievements")


@pytest.mark.parametrize("name", PUBLIC)
@pytest.mark.parametrize("query", ["", "?period=2026Q2", "?period=all&area=9", "?area=x&period=y"])
def test_an_empty_city_is_told_honestly(client, city, name, query):
    assert client.get(reverse(name) + query).status_code == 200
