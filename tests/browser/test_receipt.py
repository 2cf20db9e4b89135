"""The receipt's picture leads to the page of codes with the code behind the #."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_code_of_the_receipt_fills_itself_in_and_no_server_is_told(
    open_page, live_server, town
):
    with open_page("/help") as page:
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{live_server.url}/mine#{town['code']}")
        assert page.locator("#id_code").input_value() == town["code"]
        assert "#" not in page.evaluate("location.href")
        page.get_by_role("button", name="查一查").click()
        page.wait_for_url("**/mine/matter")
        assert "文化路的路灯不亮" in page.locator("main").inner_text()
        assert not [url for url in asked if town["code"] in url]


@pytest.mark.parametrize("behind", ["main", "id_code", "QX", "<b>-aaaa-bbbb"])
def test_what_is_no_code_is_not_filled_in(open_page, behind):
    with open_page(f"/mine#{behind}") as page:
        assert page.locator("#id_code").input_value() == ""


def test_without_script_the_code_is_typed(open_page, town):
    with open_page(f"/mine#{town['code']}", script=False) as page:
        assert page.locator("#id_code").input_value() == ""
        page.fill("#id_code", town["code"])
        page.get_by_role("button", name="查一查").click()
        assert "/mine/matter" in page.url
