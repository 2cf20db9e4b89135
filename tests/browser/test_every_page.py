"""Every page, on a telephone and on a desk, in the usual and in the largest letters."""

from itertools import groupby

import pytest

from tests.browser import look
from tests.browser.pages import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = ((390, True, (320, 480)), (1280, False, (768, 1024)))
HALF = {390: ("xl",), 1280: ("m",)}
TOGETHER = 8  # pages that are looked at in one scene before it is built again


def walks(pages):
    """Pages of one role in one scene, some at a time; a form is sent off in a scene of its own."""
    plain = sorted((page for page in pages if not page.press), key=place_of)
    for _, several in groupby(plain, place_of):
        several = list(several)
        for start in range(0, len(several), TOGETHER):
            yield several[start : start + TOGETHER]
    yield from ([page] for page in pages if page.press)


def place_of(page):
    return page.scene, page.role or ""


def name_of(walk):
    first = walk[0]
    return " ".join(
        filter(None, (first.scene, first.role or "anybody", first.address, first.press))
    )


@pytest.mark.parametrize("walk", list(walks(PAGES)), ids=name_of)
def test_every_page_is_fit_for_everybody(open_page, request, walk):
    """No fault that axe knows, large targets, nothing inline, and never wider than its window."""
    scene = walk[0].scene
    told = (request.getfixturevalue(scene) if scene else None) or {}
    wrong = []
    for wanted in walk:
        fill = {name: str(value).format(**told) for name, value in wanted.fill.items()}
        address = wanted.address.format(**told)
        for width, touch, others in LOOKS:
            with open_page(
                address,
                role=wanted.role,
                width=width,
                touch=touch,
                status=wanted.status,
                fill=fill,
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
