"""Every entrance × every role × both methods: whoever is not named at the door stays outside."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from biaochi.core.actors import Role
from biaochi.core.doors import EVERYBODY

ROLES = [role for role in Role if role != Role.CLOCK]
# Who may come in anywhere behind the desk, by the first part of the address' name. A new page
# that is opened wider than this table fails here, and somebody has to think about it.
WIDEST = {
    "desk": frozenset({Role.STAFF, Role.MEMBER, Role.UNIT, Role.AUDITOR, Role.OPERATOR}),
    "unit": frozenset({Role.UNIT}),
    "member": frozenset({Role.MEMBER}),
}
OFFICE = frozenset({Role.STAFF})
# Pages of the desk that others than the office enter, each for a reason.
SHARED = {
    "desk": WIDEST["desk"],  # sends everybody to their own page
    "desk-intake": frozenset({Role.STAFF, Role.MEMBER}),  # a member fills in after a visit
    "desk-password": WIDEST["desk"],  # everybody with a duty has one
    "desk-waiting": frozenset({Role.STAFF, Role.MEMBER, Role.UNIT, Role.AUDITOR}),
    "desk-record": frozenset({Role.STAFF, Role.AUDITOR, Role.OPERATOR}),
    "desk-settings": frozenset({Role.STAFF, Role.OPERATOR}),
    "desk-account": frozenset({Role.OPERATOR}),
    "desk-accounts": frozenset({Role.OPERATOR}),
    "desk-library": frozenset({Role.STAFF, Role.MEMBER, Role.UNIT, Role.AUDITOR}),  # all read
    "desk-import-categories": frozenset({Role.STAFF, Role.OPERATOR}),  # the office's catalogue
    "desk-deliberation": frozenset({Role.STAFF, Role.AUDITOR}),  # an auditor reads the desk
    "desk-deliberations": frozenset({Role.STAFF, Role.AUDITOR}),
    "desk-alert": frozenset({Role.STAFF, Role.AUDITOR}),  # an auditor reads what is asked
    "desk-alerts": frozenset({Role.STAFF, Role.AUDITOR}),
    "desk-achievement": frozenset({Role.STAFF, Role.MEMBER}),  # members write and tick too
    "desk-achievements": frozenset({Role.STAFF, Role.MEMBER, Role.AUDITOR}),
    "desk-task": frozenset({Role.STAFF, Role.AUDITOR}),  # an auditor reads who has what
    "desk-tasks": frozenset({Role.STAFF, Role.AUDITOR}),
    "desk-proposal": frozenset({Role.STAFF, Role.AUDITOR}),  # who reviewed, who handles
    "desk-proposals": frozenset({Role.STAFF, Role.AUDITOR}),
    "desk-report": frozenset({Role.STAFF, Role.AUDITOR}),
    "desk-reports": frozenset({Role.STAFF, Role.AUDITOR}),
    "desk-check": frozenset({Role.STAFF, Role.AUDITOR}),  # an auditor asks whether claims hold
    "desk-checks": frozenset({Role.STAFF, Role.AUDITOR}),
    "desk-side": frozenset({Role.STAFF, Role.AUDITOR}),
    "desk-revisit": frozenset({Role.STAFF, Role.AUDITOR}),
    "desk-revisits": frozenset({Role.STAFF, Role.AUDITOR}),
    "desk-round": frozenset({Role.STAFF, Role.AUDITOR}),
    "desk-rounds": frozenset({Role.STAFF, Role.AUDITOR}),
    "desk-round-call": OFFICE,  # contacts are opened there
    "desk-round-counter": OFFICE,
    "desk-exhibit": frozenset({Role.STAFF, Role.AUDITOR, Role.UNIT}),  # a unit sees its own photos
    "desk-debt": frozenset({Role.STAFF, Role.AUDITOR}),  # an auditor reads the debt book
    "desk-debts": frozenset({Role.STAFF, Role.AUDITOR}),
    "desk-topics": frozenset({Role.STAFF, Role.AUDITOR}),
    "desk-topic": frozenset({Role.STAFF, Role.AUDITOR}),
    # A member leads and joins studies; who may read a sealed plan is checked at each one.
    "desk-study": frozenset({Role.STAFF, Role.MEMBER, Role.AUDITOR}),
    "desk-studies": frozenset({Role.STAFF, Role.AUDITOR}),
}


def patterns(resolver=None):
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from patterns(pattern)
        else:
            yield pattern


def entrances():
    found = {}
    for pattern in patterns():
        values = {
            name: 1 if type(converter).__name__ == "IntConverter" else "x"
            for name, converter in pattern.pattern.converters.items()
        }
        found[pattern.name] = (reverse(pattern.name, kwargs=values), pattern.callback.door)
    return found


ENTRANCES = entrances()


@pytest.fixture
def clients(city, client):
    def of(role):
        client.logout()
        if role != Role.RESIDENT:
            client.force_login(city.users[role])
        return client

    return of


@pytest.mark.parametrize("name", sorted(ENTRANCES))
def test_who_is_not_named_at_the_door_stays_outside(clients, name):
    address, door = ENTRANCES[name]
    for role in ROLES:
        if role in door.roles:
            continue
        visitor = clients(role)
        answer = visitor.get(address)
        if "GET" not in door.methods:
            assert answer.status_code == 405, (name, role)
        elif role == Role.RESIDENT:
            assert answer.status_code == 302 and "/sign-in" in answer.headers["Location"]
        else:
            assert answer.status_code == 403, (name, role)
        if "POST" in door.methods:
            assert visitor.post(address).status_code == 403, (name, role)


@pytest.mark.parametrize("name", sorted(ENTRANCES))
def test_no_door_behind_the_desk_is_opened_wider_than_the_table(name):
    _address, door = ENTRANCES[name]
    part = name.split("-")[0]
    if part == "desk":
        room = "-".join(name.split("-")[:2])
        assert door.roles <= SHARED.get(name, SHARED.get(room, OFFICE)), name
    elif part in WIDEST:
        assert door.roles <= WIDEST[part], name


@pytest.mark.parametrize("name", sorted(ENTRANCES))
def test_whoever_is_named_gets_an_answer_and_never_a_crash(clients, name):
    address, door = ENTRANCES[name]
    for role in ROLES:
        if role in door.roles and "GET" in door.methods:
            answer = clients(role).get(address)
            assert answer.status_code in {200, 301, 302, 403, 404, 409}, (name, role)
        if role in door.roles and "POST" in door.methods and name != "sign-out":
            answer = clients(role).post(address, {"nonsense": "\x00<>&'\""})
            assert answer.status_code < 500, (name, role)


@pytest.mark.parametrize("name", sorted(ENTRANCES))
def test_a_form_without_its_token_changes_nothing(city, name):
    address, door = ENTRANCES[name]
    if "POST" not in door.methods:
        pytest.skip("reads only")
    strict = Client(enforce_csrf_checks=True)
    role = next(iter(sorted(door.roles - {Role.CLOCK})))
    if role != Role.RESIDENT:
        strict.force_login(city.users[role])
    assert strict.post(address).status_code == 403


def test_the_table_of_shared_pages_names_only_pages_that_exist():
    names = set(ENTRANCES) | {"-".join(name.split("-")[:2]) for name in ENTRANCES}
    assert set(SHARED) <= names
    assert WIDEST["desk"] <= EVERYBODY
