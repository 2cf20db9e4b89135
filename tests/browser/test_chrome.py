"""What stands around every page, used with and without JavaScript."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_letter_size_is_kept_on_the_next_page(open_page, script, live_server):
    with open_page("/help", script=script) as page:
        page.get_by_role("button", name="特大").click()
        page.goto(live_server.url + "/privacy")
        assert page.locator("html").get_attribute("data-size") == "xl"
        pressed = page.locator(".bc-size [aria-pressed=true]")
        assert pressed.inner_text() == "特大"


def test_without_script_the_size_form_comes_back_to_the_same_page(open_page, live_server):
    with open_page("/numbers?x=1", script=False) as page:
        page.get_by_role("button", name="大", exact=True).click()
        assert page.url == live_server.url + "/numbers?x=1"
        assert page.locator("html").get_attribute("data-size") == "l"


def test_the_language_link_leads_to_the_same_page(open_page, live_server):
    with open_page("/help") as page:
        page.locator(".bc-tools").get_by_role("link", name="English").click()
        assert page.url == live_server.url + "/en/help"
        page.locator(".bc-tools").get_by_role("link", name="中文").click()
        assert page.url == live_server.url + "/help"


def test_the_first_key_leads_past_the_menus(open_page):
    with open_page("/help") as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_a_chosen_file_is_named_on_its_tile(open_page, tmp_path):
    photo = tmp_path / "lift.jpg"
    photo.write_bytes(b"not looked into here")
    with open_page("/styleguide") as page:
        page.set_input_files("#f1", photo)
        assert page.locator(".bc-file small").inner_text() == "已选：lift.jpg"


def test_the_summary_of_errors_is_read_first(open_page):
    with open_page("/styleguide") as page:
        assert page.evaluate("document.activeElement.className") == "bc-errsum"
        page.locator(".bc-errsum a").click()
        assert page.evaluate("document.activeElement.id") == "t2"
