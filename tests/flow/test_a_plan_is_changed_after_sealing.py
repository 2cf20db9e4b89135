"""A sealed plan may be changed, but not in secret: the first seal stays for everybody, with why.
And a plan that was altered behind everybody's back no longer gives what was published."""

import hashlib
import re

import pytest

from biaochi.study.models import Seal
from tests.flow import at_the_desks as desks
from tests.flow import chapters

FIRST, SECOND = "夜里八点去，走着去", "夜里九点去，走着去"
WHY = "八点天还没黑透，改晚一个钟头"
DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


@pytest.fixture
def study(town, say):
    """A study whose plan is sealed; its public address."""
    chapters.neighbours_speak(town, say)
    chapters.topic_is_chosen(town)
    chapters.plan_is_sealed(town, FIRST)
    return f"/studies/{desks.number_in(town.study)}"


def test_a_plan_is_changed_after_sealing(town, study):
    first = digests(town, study)
    assert len(first) == 2, "one of the plan, one of the list"

    # Without a reason nothing is opened.
    author = town.author.open(town.study).submit("拆开重写", why="")
    assert author.response.status_code == 422
    desks.fine(author.submit("拆开重写", why=WHY))
    page = town.public(study)
    assert WHY in page and "计划拆开重写了，原来的指纹和理由都在下面" in page
    assert digests(town, study) == first

    town.clock.go(hours=2)
    chapters.plan_is_sealed(town, SECOND)
    both = digests(town, study)
    assert both[:2] == first and len(both) == 4
    assert "八点去" not in town.public(study) and "九点去" not in town.public(study)

    # When it is opened, both plans are there, and each gives what was published of it.
    chapters.places_are_visited(town)
    page = town.public(study)
    assert FIRST in page and SECOND in page and WHY in page
    assert page.count("对得上。") == 3 and "对不上！" not in page, "two plans and the lot"
    assert sums_of_what_is_offered(town, study) == both


def test_a_plan_altered_behind_the_back_does_not_match(town, study):
    chapters.places_are_visited(town)
    published = sums_of_what_is_offered(town, study)
    assert published == digests(town, study)

    # Somebody with a key to the database makes the plan sound better.
    # (No page does this, so it is the one place of these stories that reaches past the pages.)
    seal = Seal.objects.get()
    Seal.objects.update(opened=seal.opened | {"plan": SECOND})

    page = town.public(study)
    assert "对不上！" in page and "今天的文字算不出那天公布的指纹" in page
    assert digests(town, study) == published, "what was published stands"
    assert sums_of_what_is_offered(town, study)[0] != published[0], "anybody finds it alone"
    assert "再算一遍，对不上" in town.author.open(town.study).text


def digests(town, study):
    """The fingerprints that stand on the public page, in their order."""
    return list(dict.fromkeys(DIGEST.findall(town.visitor().open(study).page.text)))


def sums_of_what_is_offered(town, study):
    """What a stranger finds who downloads the sealed texts and takes their SHA-256."""
    stranger = town.visitor().open(study)
    texts = [href for href, _words in stranger.page.links if href.endswith(".txt")]
    return [
        hashlib.sha256(town.visitor().open(href).response.content).hexdigest() for href in texts
    ]
