"""A session on a filed proposal takes the proposal's matters with it."""

import pytest
from django.test import Client
from django.urls import reverse

from biaochi.core.refusals import NotNow
from biaochi.deliberation import actions, queries
from tests.deliberation.conftest import DAY
from tests.proposal.conftest import draft, file_it, filed, second, submitted

__all__ = ["draft", "file_it", "filed", "second", "submitted"]  # fixtures


def call(proposal, staff, now):
    return actions.open_session(
        title="保底清单怎么定",
        question="清单谁来定？",
        held_at=now + 60 * DAY,
        place="便民中心",
        proposal=proposal,
        by=staff,
        now=now + 30 * DAY,
    )


def test_the_matters_of_the_proposal_are_what_it_is_about(filed, matter, staff, now):
    session = call(filed, staff, now)
    assert list(session.matters.all()) == [matter]
    assert queries.proposals() == [filed]


@pytest.mark.parametrize("name", ["draft", "submitted"])
def test_a_proposal_that_is_not_filed_is_not_deliberated(request, name, staff, now):
    with pytest.raises(NotNow):
        call(request.getfixturevalue(name), staff, now)
    assert queries.proposals() == []


def test_the_form_offers_filed_proposals_and_takes_one(filed, staff, city):
    client = Client()
    assert client.login(username="staff", password=city.password)
    html = client.get(reverse("desk-deliberation-new"), {"proposal": filed.pk}).content.decode()
    assert f'<option value="{filed.pk}" selected>' in html
    typed = {"title": "清单", "question": "谁来定？", "place": "中心", "day": "2030-3-1"}
    client.post(reverse("desk-deliberation-new"), {**typed, "clock": "9:00", "proposal": filed.pk})
    assert [session.proposal for session in queries.visible_to(staff)] == [filed]
