"""Somebody who knows nothing follows one matter by links only, from the front page to the rows of a
number. And every number that can be opened shows as many rows as it says."""

import html
import re

import pytest

from tests.flow import at_the_desks as desks
from tests.flow import chapters
from tests.flow.chapters import MATTER, POINTS, PROMISE, PROPOSAL, SESSION, STUDY, TOPIC

TOILET = "菜市口的公厕总锁着"
NUMBERED = ("/", "/ratios", "/yardstick")
PART = re.compile(r"/numbers/[a-z-]+/[a-z-]+(\?|$)")
# A part of a bar with its number beside it, and a line of a table that ends in “each of them”.
BESIDE = re.compile(r'<a [^>]*href="([^"]+)">[^<]*</a>\s*<b class="num">([\d,]+)</b>')
LINE = re.compile(r"<tr.*?</tr>", re.DOTALL)


@pytest.fixture
def lived(town, say):
    """One matter has gone the whole way, another one is late."""
    say("菜市口的公厕总锁着，要走半站路")
    key = desks.gather(town.clerk, TOILET)
    town.clerk.open(f"/desk/matters/{key}/hand-over")
    to = town.clerk.value_of("unit", "市住建局")
    desks.fine(town.clerk.submit("交办", unit=to, what="把公厕的门打开"))
    chapters.neighbours_speak(town, say)
    chapters.topic_is_chosen(town)
    chapters.plan_is_sealed(town)
    chapters.places_are_visited(town)
    chapters.study_is_reported(town)
    chapters.proposal_is_submitted(town)
    chapters.proposal_is_filed(town)
    chapters.unit_replies(town)
    chapters.reply_is_published(town)
    code = chapters.session_is_called(town)
    chapters.people_vote(town)
    chapters.record_is_written(town)
    chapters.all_sign(town, code)
    chapters.work_is_handed_over(town)
    chapters.work_is_claimed(town)
    chapters.work_is_checked(town)
    chapters.people_judge(town)
    town.clock.go(days=1)
    return town


def test_a_stranger_follows_one_matter(lived):
    they_follow_it_by_links_only(lived)
    every_number_that_opens_shows_what_it_says(lived)
    what_is_late_is_late_on_every_page(lived)


def they_follow_it_by_links_only(lived):
    """From the front page through all stages to the rows of a number, in ten clicks."""
    stranger, clicks = lived.visitor().open("/"), []

    def click(words, *seen):
        stranger.follow(words)
        clicks.append(words)
        for sentence in seen:
            assert sentence in desks.fine(stranger).text, f"{stranger.url}: {sentence}"

    # The page of the matter is the hub: each thing made of it leads back there.
    click(MATTER, "提的人说解决了")
    click(TOPIC, "老人夜里摔过")
    click(MATTER)
    click(STUDY, "看到的不好", "对得上。")
    click(MATTER)
    click(SESSION, f"{POINTS[2]}没谈拢")
    click(PROPOSAL, "卡在哪：要市财政定")
    click("看欠账本", PROMISE, "答应2026年12月31日前")
    click("标尺", "条条落实", "件件落地", "事事见效")
    click("核查属实", "2件", POINTS[0])
    assert len(clicks) <= 10

    # From a row it goes back to the matter.
    stranger.follow(POINTS[0])
    assert stranger.url == lived.matter


def every_number_that_opens_shows_what_it_says(lived):
    stranger, opened = lived.visitor(), 0
    for page in NUMBERED:
        shown = desks.fine(stranger.open(page)).html
        links = {href for href, _words in stranger.page.links if href.startswith("/")}
        for href in links:
            desks.fine(lived.visitor().open(href))
        for href, number in numbers_of_parts(shown):
            rows, told = rows_of(lived, href)
            assert rows == told == number, f"{page} → {href}"
            opened += 1
    assert opened >= 12, "parts with a number stand on these pages"


def what_is_late_is_late_on_every_page(lived):
    """The matter that nobody took on, in its own words or in those of its task."""
    for page in ("/", "/matters/late", "/numbers/landed/late"):
        text = lived.public(page)
        assert TOILET in text or "把公厕的门打开" in text, page
    told = dict(numbers_of_parts(lived.visitor().open("/ratios").html))
    assert told["/numbers/landed/late?period=12m"] == 1


def numbers_of_parts(shown):
    """``[(address, number)]`` of every part of a number that a page counts."""
    found = [(html.unescape(href), number) for href, number in BESIDE.findall(shown)]
    for line in LINE.findall(shown):
        href, number = re.search(r'href="([^"]+)"', line), re.search(r">(\d[\d,]*) 件<", line)
        if href and number:
            found.append((html.unescape(href[1]), number[1]))
    return [(href, int(n.replace(",", ""))) for href, n in found if PART.search(href)]


def rows_of(town, href):
    """How many rows the page of a part shows, over all its leaves, and how many it says."""
    reader = desks.fine(town.visitor().open(href))
    told = int(re.search(r"·(\d+)[件条]", reader.text)[1])
    rows = 0
    while True:
        lists = re.findall(r'<ul class="bc-links">(.*?)</ul>', reader.html, re.DOTALL)
        rows += sum(one.count("<li>") for one in lists)
        if not any("下一页" in label for label in reader.labels()):
            return rows, told
        desks.fine(reader.follow("下一页"))
