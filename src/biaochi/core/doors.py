"""Entrances: every address says who may come in, or nobody may.

A view carries its door as an attribute; the middleware refuses any view without one. So a page
that somebody forgot to think about is closed, not open.
"""

from dataclasses import dataclass

from biaochi.core.actors import Role

EVERYBODY = frozenset(Role)
OFFICE = frozenset({Role.STAFF, Role.OPERATOR})


@dataclass(frozen=True)
class Door:
    """Who may enter, by which methods, and how often one visitor may post."""

    roles: frozenset
    methods: frozenset
    posts: int
    seconds: int


def door(*roles, methods=("GET", "POST"), posts=120, seconds=600):
    """Open a view to some roles. ``posts`` in ``seconds`` is what one visitor may send."""
    allowed = frozenset(roles) or EVERYBODY
    known = frozenset(methods) | ({"HEAD"} if "GET" in methods else frozenset())

    def mark(view):
        view.door = Door(allowed, known, posts, seconds)
        return view

    return mark
