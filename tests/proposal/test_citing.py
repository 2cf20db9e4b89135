"""A quotation stands in the original, or it is not kept; and the original says who uses it."""

import pytest

from biaochi.core.refusals import Incomplete, NotYours
from biaochi.library import actions as library
from biaochi.proposal import actions, queries

pytestmark = pytest.mark.django_db
TEXT = "调研要去现场。不打招呼，自己找人问。\n\n好的要写，不好的也要写，只写一栏的说明为什么。"
LINE = "好的要写，不好的也要写"


@pytest.fixture
def page(staff, now):
    made = library.take_in(
        data=TEXT.encode(), name="怎么调研.txt", rights="自己写的", by=staff, now=now
    )
    return library.publish(document=made, by=staff, now=now).pages.get()


@pytest.fixture
def draft(member, now):
    return actions.begin(title="关于调研要写两面的提案", by=member, now=now)


def test_a_quotation_is_kept_with_its_place(page, draft, member, now):
    kept = actions.cite(proposal=draft, words=f"“{LINE}”", by=member, now=now)
    assert (kept.page, kept.words, kept.is_exact) == (page, LINE, True)
    assert queries.citations(draft)[0][:2] == (LINE, page.document.title)


@pytest.mark.parametrize("words", ["", "好的要写，坏的不要写", "这一句哪里都没有，是编出来的话"])
def test_what_does_not_stand_there_is_refused(page, draft, member, now, words):
    with pytest.raises(Incomplete):
        actions.cite(proposal=draft, words=words, by=member, now=now)
    assert not queries.citations(draft)


def test_nobody_else_quotes_in_a_draft_or_takes_a_quotation_out(page, draft, member, staff, now):
    with pytest.raises(NotYours):
        actions.cite(proposal=draft, words=LINE, by=staff, now=now)
    kept = actions.cite(proposal=draft, words=LINE, by=member, now=now)
    with pytest.raises(NotYours):
        actions.drop_citation(proposal=draft, citation=kept.pk, by=staff, now=now)
    actions.drop_citation(proposal=draft, citation=kept.pk, by=member, now=now)
    assert not queries.citations(draft)


def test_a_page_names_public_proposals_only(page, draft, member, now, client):
    actions.cite(proposal=draft, words=LINE, by=member, now=now)
    assert queries.citing(page) == []
    draft.state = "filed"
    draft.save(update_fields=["state"])
    assert queries.citing(page) == [(2, draft.title, draft.pk)]
    answer = client.get(f"/library/{page.document_id}/1")
    assert draft.title in answer.content.decode()


def test_a_text_that_was_taken_down_is_quoted_no_more(page, draft, member, staff, now):
    actions.cite(proposal=draft, words=LINE, by=member, now=now)
    library.take_down(document=page.document, why="版权不清", by=staff, now=now)
    assert not queries.citations(draft)


def test_the_page_of_the_draft_takes_a_quotation_and_keeps_what_is_wrong(page, draft, city, client):
    client.force_login(city.users["member"])
    address = f"/desk/member/proposals/{draft.pk}"
    assert client.post(f"{address}/cite", {"words": LINE}).status_code == 302
    assert LINE in client.get(address).content.decode()
    wrong = client.post(f"{address}/cite", {"words": "编出来的一句话，哪儿也没有"})
    assert wrong.status_code == 422
    assert "编出来的一句话" in wrong.content.decode()
