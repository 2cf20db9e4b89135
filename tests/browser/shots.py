"""Pictures of every page of a running server, at both widths, signed in as each role.

    python -m tests.browser.shots http://127.0.0.1:8000 pictures --password "…"

Accounts are named after their roles (staff, unit, member …) unless ``--accounts staff=anna`` says
otherwise. Pages whose addresses need a scene are left out; further addresses can be given with
``--also staff:/desk/tasks/3``.
"""

import argparse
import re
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.look import FLAGS, chromium_path
from tests.browser.pages import PAGES, Page

WIDTHS = (390, 1280)


def main():
    wanted = arguments()
    path = chromium_path()
    if not path:
        raise SystemExit("Chromium is absent")
    wanted.folder.mkdir(parents=True, exist_ok=True)
    pages = [page for page in PAGES if not page.scene] + [read_page(text) for text in wanted.also]
    accounts = dict(text.split("=", 1) for text in wanted.accounts)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(FLAGS))
        for width in WIDTHS:
            for role in sorted({page.role or "" for page in pages}):
                context = browser.new_context(
                    viewport={"width": width, "height": 900}, device_scale_factor=wanted.scale
                )
                tab = context.new_page()
                if role:
                    sign_in(tab, wanted.server, accounts.get(role, role), wanted.password)
                for page in pages:
                    if (page.role or "") == role:
                        picture(tab, wanted, page, width)
                context.close()
        browser.close()


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("server", help="for instance http://127.0.0.1:8000")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--password", default="", help="of all accounts")
    parser.add_argument("--accounts", nargs="*", default=[], help="role=name")
    parser.add_argument("--also", nargs="*", default=[], help="role:address, or :address")
    parser.add_argument("--size", choices=("m", "l", "xl"), default="m")
    parser.add_argument("--scale", type=float, default=1)
    return parser.parse_args()


def read_page(text):
    role, address = text.split(":", 1)
    return Page(address, role or None)


def sign_in(tab, server, name, password):
    tab.goto(server + "/sign-in")
    tab.fill("[name=username]", name)
    tab.fill("[name=password]", password)
    tab.locator("[name=password]").press("Enter")
    tab.wait_for_load_state()


def picture(tab, wanted, page, width):
    tab.context.add_cookies([{"name": "size", "value": wanted.size, "url": wanted.server}])
    tab.goto(wanted.server + page.address)
    name = re.sub(r"[^a-z0-9]+", "-", page.address.lower()).strip("-") or "home"
    file = wanted.folder / f"{page.role or 'public'}-{name}-{wanted.size}-{width}.png"
    tab.screenshot(path=str(file), full_page=True)
    print(file)


if __name__ == "__main__":
    main()
