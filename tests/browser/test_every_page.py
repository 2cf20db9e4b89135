"""Every page, on a telephone and on a desk, in the usual and in the largest letters."""

import pytest

from tests.browser import look
from tests.browser.pages import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def name_of(page):
    return " ".join(filter(None, (page.role or "anybody", page.address, page.press)))


@pytest.fixture(params=PAGES, ids=name_of)
def wanted(request):
    """A page with its address filled in from its scene."""
    page = request.param
    told = request.getfixturevalue(page.scene) if page.scene else {}
    told = told or {}
    fill = {name: str(value).format(**told) for name, value in page.fill.items()}
    return page._replace(address=page.address.format(**told), fill=fill)


def test_every_page_is_fit_for_everybody(open_page, wanted):
    """No fault that axe knows, large targets, nothing inline, and never wider than its window."""
    wrong = []
    for width, touch, others in ((390, True, (320, 480)), (1280, False, (768, 1024))):
        with open_page(
            wanted.address,
            role=wanted.role,
            width=width,
            touch=touch,
            status=wanted.status,
            fill=wanted.fill,
            press=wanted.press,
        ) as page:
            look.no_inline_style(page.content())
            for size in ("m", "xl"):
                # what the server writes into the page for readers who chose the largest letters
                page.evaluate("size => document.documentElement.dataset.size = size", size)
                page.set_viewport_size({"width": width, "height": 900})
                found = look.axe(page) + look.small_targets(page) + look.too_wide(page)
                for other in others:
                    page.set_viewport_size({"width": other, "height": 900})
                    found += [f"at {other} px {line}" for line in look.too_wide(page)]
                wrong += [f"{width} px, size {size}: {line}" for line in found]
    assert not wrong, "\n".join(wrong)
