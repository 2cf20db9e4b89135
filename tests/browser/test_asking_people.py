"""The pages of checking and of asking in a real browser: small, large, and without a script."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from biaochi.core.actors import Role
from biaochi.outcome import actions as outcome
from biaochi.outcome.models import SideEffect
from biaochi.task import actions as tasks
from tests.browser import look
from tests.evaluation.test_pages import picture
from tests.outcome.scene import Scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES")  # a folder, to look at what was drawn


@pytest.fixture
def scene(city, staff, unit, resident):
    return Scene(city, staff, unit, resident, timezone.now())


@pytest.fixture
def check(scene):
    scene.open(7)
    scene.hand()
    made = scene.claims()
    for when, caption in (("before", "换灯以前"), ("after", "换好的灯")):
        tasks.add_exhibit(
            claim=scene.claim,
            when=when,
            caption=caption,
            file=picture(),
            by=scene.unit,
            now=scene.now,
        )
    return made


@pytest.fixture
def fit(open_page):
    """Open a page at both widths and in both sizes, and look for everything that is wrong."""

    def fits(address, name, role=None):
        wrong = []
        for width, touch, size in ((390, True, "m"), (390, True, "xl"), (1280, False, "m")):
            with open_page(address, role=role, width=width, size=size, touch=touch) as page:
                look.no_inline_style(page.content())
                found = [*look.axe(page), *look.too_wide(page), *look.small_targets(page)]
                wrong += [f"{width} {size}: {one}" for one in found]
                if PICTURES:
                    path = Path(PICTURES) / f"{name}-{width}-{size}.png"
                    page.screenshot(path=path, full_page=True)
        assert not wrong, "\n".join(wrong)

    return fits


def test_the_office_looks_at_a_claim(fit, scene, check):
    fit(reverse("desk-checks"), "checks", Role.STAFF)
    fit(reverse("desk-check", args=[check.pk]), "check", Role.STAFF)
    scene.checked(check, true=False, why="只亮了三盏")
    fit(reverse("desk-check", args=[check.pk]), "check-done", Role.STAFF)


def test_the_office_asks(fit, scene, check):
    scene.checked(check)
    round_ = scene.ask()
    scene.all_say("solved", "partly", "unsolved", "solved", "unsolved")
    scene.says(5, "later", words="等两天再看", words_public=True)
    fit(reverse("desk-rounds"), "rounds", Role.STAFF)
    fit(reverse("desk-round", args=[round_.pk]), "round", Role.STAFF)
    fit(reverse("desk-round-call", args=[round_.pk]), "call", Role.STAFF)
    fit(reverse("desk-round-counter", args=[round_.pk]), "counter", Role.STAFF)
    fit(reverse("matter", args=[scene.matter.pk]), "matter")


def test_the_unit_reads_what_people_said(fit, scene, check):
    scene.checked(check)
    scene.ask()
    scene.says(0, "unsolved", words="三号灯还黑")
    for number, said in enumerate(("unsolved", "unsolved", "partly", "unsolved", "solved"), 1):
        scene.says(number, said)
    fit(reverse("unit-people", args=[scene.task.pk]), "unit-people", Role.UNIT)
    fit(reverse("matter", args=[scene.matter.pk]), "matter-unsolved")


def test_looking_back_and_new_trouble(fit, scene, check):
    scene.checked(check)
    scene.ask()
    scene.all_say(*["solved"] * 7)
    scene.later(days=3)
    scene.speak(3, first=40, place="后街菜场")
    outcome.watch(now=scene.later(days=63))
    outcome.start_revisits(now=scene.now)
    fit(reverse("desk-side-effects"), "side-effects", Role.STAFF)
    effect = SideEffect.objects.get()
    fit(reverse("desk-side-effect", args=[effect.pk]), "side-effect", Role.STAFF)
    fit(reverse("desk-revisits"), "revisits", Role.STAFF)
    fit(reverse("desk-revisit", args=[scene.matter.revisits.first().pk]), "revisit", Role.STAFF)
    fit(reverse("matter", args=[scene.matter.pk]), "matter-solved")


def test_whoever_holds_the_code_answers_without_a_script(fit, open_page, scene, check, client):
    scene.checked(check)
    scene.ask()
    client.post("/mine", {"code": scene.told[0].code})
    fit("/mine/confirm", "confirm-1")
    client.post("/mine/confirm", {"answer": "partly"})
    fit("/mine/confirm/2", "confirm-2")
    with open_page("/mine/confirm", width=390, touch=True, script=False) as page:
        page.get_by_text("没解决", exact=True).click()
        page.get_by_role("button", name="下一题").click()
        page.get_by_label("哪儿没解决？").fill("三号灯还黑")
        page.get_by_role("button", name="交上去").click()
        assert "您说的是：没解决" in page.inner_text("main")
    scene.all_say(*["solved"] * 6)
    fit("/mine/confirm/done", "confirm-done")


def test_the_keyboard_is_enough(open_page, scene, check, client):
    scene.checked(check)
    scene.ask()
    client.post("/mine", {"code": scene.told[1].code})
    with open_page("/mine/confirm") as page:
        page.locator("#answer_0").focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/mine/confirm/2")
        page.keyboard.press("Tab")
        assert "解决了一部分" in page.inner_text("main")
