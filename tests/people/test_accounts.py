"""Who opens and closes accounts: the operator, and never the own one."""

import pytest

from biaochi.core.actors import Role
from biaochi.core.models import Entry
from biaochi.core.refusals import Incomplete, NotYours
from biaochi.people import actions


@pytest.mark.parametrize("role", [Role.STAFF, Role.MEMBER, Role.UNIT, Role.AUDITOR])
def test_only_the_operator_closes_an_account(city, role, now):
    with pytest.raises(NotYours):
        actions.close_account(user=city.users[Role.MEMBER], by=city.actor(role), now=now)
    city.users[Role.MEMBER].refresh_from_db()
    assert city.users[Role.MEMBER].is_active


def test_a_closed_account_stays_and_the_record_says_who_closed_it(city, now):
    user = city.users[Role.MEMBER]
    actions.close_account(user=user, by=city.actor(Role.OPERATOR), now=now)
    user.refresh_from_db()
    assert not user.is_active
    line = Entry.objects.order_by("-pk").first()
    assert (line.verb, line.actor) == ("close account", "operator")
    assert line.thing == f"user:{user.pk}"


def test_nobody_closes_the_own_account(city, now):
    own = city.users[Role.OPERATOR]
    with pytest.raises(Incomplete, match="不能停用自己的账号"):
        actions.close_account(user=own, by=city.actor(Role.OPERATOR), now=now)
    own.refresh_from_db()
    assert own.is_active


def test_an_account_that_never_was_is_not_found(city, client):
    client.force_login(city.users[Role.OPERATOR])
    assert client.post("/desk/accounts/999999/close").status_code == 404
