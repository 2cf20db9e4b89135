"""Every page, on a telephone and on a desk, in the usual and in the largest letters."""

import pytest

from tests.browser import look
from tests.browser.pages import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = ((390, True, (320, 480)), (1280, False, (768, 1024)))
HALF = {390: ("xl",), 1280: ("m",)}


def name_of(page):
    return " ".join(filter(None, (page.role or "anybody", page.address, page.press)))


@pytest.fixture(params=PAGES, ids=name_of)
def wanted(request):
    """A page with its address filled in from its scene."""
    page = request.param
    told = request.getfixturevalue(page.scene) if page.scene else {}
    told = told or {}
    fill = {name: str(value).format(**told) for name, value in page.fill.items()}
    also = [address.format(**told) for address in page.also]
    return page._replace(address=page.address.format(**told), fill=fill, also=also)


def test_every_page_is_fit_for_everybody(open_page, wanted):
    """No fault that axe knows, large targets, nothing inline, and never wider than its window."""
    wrong = []
    for address in (wanted.address, *wanted.also):
        for width, touch, others in LOOKS:
            with open_page(
                address,
                role=wanted.role,
                width=width,
                touch=touch,
                status=wanted.status,
                fill=wanted.fill,
                press=wanted.press,
            ) as page:
                look.no_inline_style(page.content())
                for size in HALF[width] if wanted.half else ("m", "xl"):
                    found = faults(page, width, size, others)
                    wrong += [f"{address} at {width} px, size {size}: {line}" for line in found]
    assert not wrong, "\n".join(wrong)


def faults(page, width, size, others):
    """What is wrong in one size of letters; in ``others`` widths only what sticks out."""
    # what the server writes into the page for readers who chose the largest letters
    page.evaluate("size => document.documentElement.dataset.size = size", size)
    page.set_viewport_size({"width": width, "height": 900})
    found = look.axe(page) + look.small_targets(page) + look.too_wide(page)
    for other in others:
        page.set_viewport_size({"width": other, "height": 900})
        found += [f"at {other} px {line}" for line in look.too_wide(page)]
    return found
