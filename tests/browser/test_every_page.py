"""Every page, on a telephone and on a desk, in the usual and in the largest letters."""

import pytest

from tests.browser import look
from tests.browser.pages import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=PAGES, ids=lambda page: f"{page.role or 'anybody'} {page.address}")
def wanted(request):
    """A page with its address filled in from its scene."""
    page = request.param
    told = request.getfixturevalue(page.scene) if page.scene else {}
    return page._replace(address=page.address.format(**(told or {})))


def test_every_page_is_fit_for_everybody(open_page, wanted):
    """No fault that axe knows, no sideways scroll, large targets, nothing inline."""
    wrong = []
    for width, touch in ((390, True), (1280, False)):
        for size in ("m", "xl"):
            where = f"{width} px, size {size}"
            with open_page(
                wanted.address,
                role=wanted.role,
                width=width,
                size=size,
                touch=touch,
                status=wanted.status,
            ) as page:
                look.no_inline_style(page.content())
                look.no_sideways_scroll(page)
                wrong += [f"{where}: {line}" for line in look.axe(page)]
                wrong += [f"{where}: {line}" for line in look.small_targets(page)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("width", [320, 480, 768, 1024])
def test_no_page_is_wider_than_its_window(open_page, wanted, width):
    with open_page(wanted.address, role=wanted.role, width=width, status=wanted.status) as page:
        look.no_sideways_scroll(page)
