"""The pages that every look goes over. Whoever adds a page to the product adds its line here."""

from typing import NamedTuple


class Page(NamedTuple):
    """An address and who looks at it.

    ``role`` is None for a visitor, or staff, member, unit, auditor, operator. ``scene`` names a
    fixture that fills the database; what it returns (a mapping) is put into the address.
    ``status`` is the answer that is expected.
    """

    address: str
    role: str | None = None
    scene: str = ""
    status: int = 200


PAGES = [
    Page("/"),
    Page("/voices"),
    Page("/matters"),
    Page("/say"),
    Page("/mine"),
    Page("/help"),
    Page("/privacy"),
    Page("/accessibility"),
    Page("/numbers"),
    Page("/site-map"),
    Page("/styleguide"),
    Page("/sign-in"),
    Page("/en/help"),
    Page("/desk", "staff"),
    Page("/desk", "member"),
    Page("/desk", "unit"),
    Page("/desk/inbox", "unit"),
    Page("/desk/voices", "staff"),
    Page("/desk/matters", "staff"),
    Page("/desk/tasks", "staff"),
    Page("/desk/import", "staff"),
    Page("/desk/intake", "staff"),
    Page("/desk/settings", "staff"),
    Page("/desk/accounts", "operator"),
    Page("/desk/record", "auditor"),
    Page("/no-such-page", status=404),
]
