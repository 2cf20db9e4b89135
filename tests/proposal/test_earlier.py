"""Who said it before, while somebody writes: proposals, matters and library texts, for this reader."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from biaochi.core.actors import Role
from biaochi.library import actions as library
from biaochi.proposal import actions, earlier
from biaochi.proposal.models import Report
from biaochi.topic import earlier as others
from tests.proposal.conftest import CLAUSES, NAME, PHONE, TEXT

LIKE = {
    **TEXT,
    "title": "让卫生站有药",
    "situation": "老人跑了三次卫生站，降压药都没有到。",
    "analysis": "配送商嫌低价药不挣钱，常用药总缺货。",
}
ALIEN = {
    **TEXT,
    "title": "河道夜钓围栏要补齐",
    "situation": "桥墩旁边围栏断了四处。",
    "analysis": "冬汛冲毁，没人认领。",
    "gains": "钓鱼爱好者",
}
PAGE = "走访手记\n乡镇卫生站的降压药断货最久，常用药要有一张保底清单。\n路不好走。"


@pytest.fixture
def now():
    """Pages read the clock: everything happens just now."""
    return timezone.now()


@pytest.fixture(autouse=True)
def nothing_kept():
    earlier.KEPT.forget()
    others.KEPT.forget()
    yield
    earlier.KEPT.forget()
    others.KEPT.forget()


@pytest.fixture
def sign_in(city):
    def client_of(name):
        client = Client()
        assert client.login(username=str(name), password=city.password)
        return client

    return client_of


@pytest.fixture
def notes(staff, now):
    taken = library.take_in(
        data=PAGE.encode(), name="稿.txt", rights="资料室存稿", by=staff, now=now
    )
    return library.publish(document=taken, by=staff, now=now)


@pytest.fixture
def write(now):
    """A draft of a member."""

    def written(by, text, clauses=(), **links):
        begun = actions.begin(title=text["title"], by=by, now=now)
        return actions.write(
            proposal=begun, **text, clauses=list(clauses), matters=[], by=by, now=now, **links
        )

    return written


def shown(client, name, pk):
    return client.get(reverse(name, args=[pk])).content.decode()


def section(page):
    """The list of the page only."""
    return page.partition("以前有人说过</h2>")[2].partition("</section>")[0]


def found(actor, text, **rest):
    title, words = earlier.question_of({**text, "clauses": rest.pop("clauses", ())})
    groups = earlier.found(title=title, text=words, actor=actor, page="member-proposal", **rest)
    return {name: [line.title for line in lines] for name, lines in groups}


def test_a_draft_shows_the_proposal_the_matter_and_the_text_that_said_it(
    sign_in, friend, filed, matter, notes, write
):
    draft = write(friend, LIKE)
    page = section(shown(sign_in("friend"), "member-proposal", draft.pk))
    assert f'href="{reverse("member-proposal", args=[filed.pk])}"' in page
    assert filed.number in page
    assert f'href="{reverse("matter", args=[matter.pk])}"' in page
    assert f'href="{reverse("library-read", args=[notes.pk, 1])}?at=2#p1-2"' in page
    assert "都说到" in page and "<mark>" in page


def test_what_has_nothing_to_do_with_it_is_not_shown_and_that_is_said(
    sign_in, friend, filed, notes, write
):
    draft = write(friend, ALIEN)
    page = section(shown(sign_in("friend"), "member-proposal", draft.pk))
    assert "没有找到以前有人这样说过" in page
    assert filed.title not in page


def test_a_matter_that_the_draft_is_linked_to_is_not_told_again(member, draft, matter):
    assert found(member, LIKE)["大家说过的事"] == [matter.title]
    assert found(member, LIKE, matters=[matter])["大家说过的事"] == []


def test_the_writers_own_draft_shows_to_the_writer_alone(
    sign_in, member, friend, staff, draft, write
):
    assert found(member, LIKE)["提案"] == [draft.title]
    for other in (friend, staff):
        assert found(other, LIKE)["提案"] == []
    own = write(friend, LIKE)
    page = section(shown(sign_in("friend"), "member-proposal", own.pk))
    assert draft.title not in page and own.title not in page
    assert "您自己的" not in page
    again = write(member, LIKE)
    page = section(shown(sign_in(Role.MEMBER), "member-proposal", again.pk))
    assert draft.title in page and "您自己的" in page


def test_nothing_of_a_draft_is_kept_by_the_process(member, draft):
    assert found(member, LIKE)["提案"] == [draft.title]
    assert len(earlier.KEPT.shelf(others.KEPT.shelf())) == 0


def test_what_everybody_may_not_read_yet_does_not_find_a_proposal(friend, filed):
    hidden = {"title": "", "situation": TEXT["situation"], "analysis": TEXT["analysis"]}
    public = {"title": "", "situation": CLAUSES[0]["act"], "analysis": CLAUSES[1]["act"]}
    assert found(friend, {**hidden, "situation": "四次去两个站"})["提案"] == []
    assert found(friend, public)["提案"] == [filed.title]


def test_names_and_telephones_are_covered_before_they_are_held_against_anything(
    friend, member, staff, file_it, write, matter, now
):
    text = {**LIKE, "gains": f"老人，联系人{NAME}，电话{PHONE}"}
    draft = write(member, text, CLAUSES, no_link_why="只有一个人说")
    proposal = file_it(actions.submit(proposal=draft, by=member, now=now), now)
    (words,) = earlier.said()
    assert PHONE not in words.text and NAME not in words.text
    assert words.key == proposal.pk


def test_a_hostile_title_is_escaped(sign_in, member, friend, file_it, write, now):
    hostile = {**LIKE, "title": "<script>alert(1)</script>卫生站的药"}
    draft = write(member, hostile, CLAUSES, no_link_why="只有一个人说")
    file_it(actions.submit(proposal=draft, by=member, now=now), now)
    page = shown(sign_in("friend"), "member-proposal", write(friend, LIKE).pk)
    assert "&lt;script&gt;alert(1)" in section(page)
    assert "<script>alert" not in page


def test_the_list_renews_when_a_proposal_is_filed(friend, submitted, file_it, now):
    assert found(friend, LIKE)["提案"] == []
    filed = file_it(submitted, now)
    assert found(friend, LIKE)["提案"] == [filed.title]


def test_a_report_shows_the_same_to_a_member_and_to_the_office(
    sign_in, friend, staff, filed, matter, now
):
    for actor, name, address in (
        (friend, "member-report", "member-proposal"),
        (staff, "desk-report", "desk-proposal"),
    ):
        report = actions.begin_report(
            title="卫生站又没药", text="降压药断货，老人白跑。", matters=[], by=actor, now=now
        )
        client = sign_in("friend" if actor is friend else Role.STAFF)
        page = section(shown(client, name, report.pk))
        assert f'href="{reverse(address, args=[filed.pk])}"' in page
        assert f'href="{reverse("matter", args=[matter.pk])}"' in page
    actions.submit_report(report=report, by=staff, now=now)
    assert Report.objects.get(pk=report.pk).state == "submitted"
    assert section(shown(sign_in(Role.STAFF), "desk-report", report.pk)) == ""


def test_the_office_reads_it_beside_a_matter(sign_in, filed, matter, notes):
    office = sign_in(Role.STAFF)
    desk = shown(office, "desk-matter", matter.pk)
    assert reverse("desk-matter-earlier", args=[matter.pk]) in desk
    page = section(shown(office, "desk-matter-earlier", matter.pk))
    assert f'href="{reverse("desk-proposal", args=[filed.pk])}"' in page
    assert f"{reverse('library-read', args=[notes.pk, 1])}?at=2" in page
    assert reverse("matter", args=[matter.pk]) not in page
    assert office.get(reverse("desk-matter-earlier", args=[9_999])).status_code == 404
    assert (
        sign_in(Role.MEMBER).get(reverse("desk-matter-earlier", args=[matter.pk])).status_code
        == 403
    )
