"""A real browser: Debian's Chromium, driven by Playwright, in front of a live server."""

import os
from contextlib import contextmanager

import pytest

from tests.browser.look import FLAGS, chromium_path
from tests.browser.scenes import *
from tests.browser.scenes_of_advice import *
from tests.browser.scenes_of_work import *

# Playwright keeps an event loop in this thread; Django would take it for an async view.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests."""
    path = chromium_path()
    if not path:
        pytest.skip("Chromium is absent")
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is absent")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def tabs(chromium):
    """One tab for each kind of window, kept for the whole test: a new one costs a new process."""
    kept = {}

    def tab(width, touch, script):
        if (width, touch, script) not in kept:
            context = chromium.new_context(
                viewport={"width": width, "height": 900},
                has_touch=touch,
                is_mobile=touch,
                java_script_enabled=script,
                locale="zh-CN",
            )
            page, said = context.new_page(), []
            page.on("console", lambda m: m.type in {"error", "warning"} and said.append(m.text))
            page.on("pageerror", lambda error: said.append(str(error)))
            kept[width, touch, script] = page, said
        page, said = kept[width, touch, script]
        page.context.clear_cookies()
        page.set_viewport_size({"width": width, "height": 900})
        said.clear()
        return page, said

    yield tab
    for page, _ in kept.values():
        page.context.close()


@pytest.fixture
def open_page(tabs, live_server, settings, city, client):
    """Open pages of the live server: ``with open_page("/help", width=390) as page: …``.

    ``role`` signs in, ``size`` sets the letter size, ``touch`` makes it a telephone. ``press``
    is the words of a button that is pressed on the page, after the fields of ``fill`` are filled
    in; ``status`` is then what the form answers. The cookies of ``client`` go along. An error on
    the console (a broken policy, a missing file, a script that fails) fails the test.
    """
    settings.BIAOCHI_DEMO = True

    @contextmanager
    def opened(
        address,
        *,
        role=None,
        width=1280,
        size="m",
        touch=False,
        script=True,
        status=200,
        fill=None,
        press="",
    ):
        page, said = tabs(width, touch, script)
        cookies = [{"name": "size", "value": size, "url": live_server.url}]
        if role:
            client.force_login(city.users[role])
        cookies += [
            {"name": name, "value": kept.value, "url": live_server.url}
            for name, kept in client.cookies.items()
            if kept.value
        ]
        page.context.add_cookies(cookies)
        answer = page.goto(live_server.url + address)
        if press:
            assert answer.status == 200, f"{address} answered {answer.status}"
            answer = filled_in(page, fill or {}, press)
        assert answer.status == status, f"{address} answered {answer.status}"
        yield page
        # the browser itself reports an answer of 404 as a failed load of the page
        told = [text for text in said if f"status of {status}" not in text]
        assert not told, f"the console of {address} says: {told}"

    return opened


def filled_in(page, fill, press):
    """Fill in the fields by their names, press the button with these words, give the answer."""
    # what is folded away is opened first, as a person would
    page.locator("main details").evaluate_all("all => all.forEach(one => (one.open = true))")
    button = page.get_by_role("button", name=press, exact=True).first
    form = button.locator("xpath=ancestor::form")
    for name, value in fill.items():
        form.locator(f"[name={name}]:not([type=hidden])").fill(value)
    with page.expect_navigation() as going:
        button.click()
    return going.value
