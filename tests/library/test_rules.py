"""Who may move a document from where to where: every pair of states with every role."""

import pytest

from biaochi.core.actors import Role
from biaochi.core.moves import check_move
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.library.models import Complaint, Document, Page, ReadingItem, ReadingList
from biaochi.library.rules import (
    MOVES,
    Genre,
    Reason,
    State,
    check_complaint,
    check_document,
    is_shown,
)

ALLOWED = {
    (None, State.DRAFT): {Role.STAFF, Role.MEMBER},
    (State.DRAFT, State.OPEN): {Role.STAFF},
    (State.OPEN, State.DOWN): {Role.STAFF},
    (State.DOWN, State.OPEN): {Role.STAFF},
    (State.DRAFT, State.DOWN): {Role.STAFF, Role.MEMBER},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("before", [None, *State])
@pytest.mark.parametrize("after", State)
def test_each_move_is_open_to_exactly_the_roles_of_the_table(before, after, role):
    allowed = ALLOWED.get((before, after))
    if allowed is None:
        with pytest.raises(NotNow):
            check_move(MOVES, before, after, {role})
    elif role in allowed:
        check_move(MOVES, before, after, {role})
    else:
        with pytest.raises(NotYours):
            check_move(MOVES, before, after, {role})


@pytest.mark.parametrize(
    ("title", "rights", "genre", "field"),
    [
        (" ", "存稿", Genre.TALK, "title"),
        ("标题", "", Genre.TALK, "rights"),
        ("标题", "存稿", "poem", "genre"),
    ],
)
def test_a_document_says_what_it_is_and_by_what_right_it_stands_here(title, rights, genre, field):
    with pytest.raises(Incomplete) as wrong:
        check_document(title, rights, genre)
    assert wrong.value.field == field


@pytest.mark.parametrize(
    ("reason", "words", "field"),
    [("", "写错了", "reason"), ("bored", "写错了", "reason"), (Reason.WRONG, " 。", "words")],
)
def test_a_complaint_has_a_reason_and_words(reason, words, field):
    with pytest.raises(Incomplete) as wrong:
        check_complaint(reason, words)
    assert wrong.value.field == field


@pytest.mark.parametrize(
    ("own", "around", "shown"),
    [
        (State.OPEN, None, True),
        (State.OPEN, State.OPEN, True),
        (State.OPEN, State.DOWN, False),
        (State.DOWN, State.OPEN, False),
        (State.DRAFT, None, False),
        (State.DOWN, None, False),
    ],
)
def test_a_text_is_shown_only_where_it_and_its_compilation_are_open(own, around, shown):
    assert is_shown(own, around) is shown


@pytest.mark.parametrize("table", [Document, Page, Complaint, ReadingList, ReadingItem])
def test_no_table_counts_readers_or_says_anything_about_a_belief(table):
    """The library is for reading: no field may watch a reader or sort texts by conviction."""
    forbidden = ("view", "reader", "read_", "visit", "minute", "duration", "attitude", "stance")
    for field in table._meta.concrete_fields:
        if field.name != "reading_list":
            assert not any(word in field.name for word in forbidden), field.name
