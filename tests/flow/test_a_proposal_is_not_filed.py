"""A proposal that is not filed never just comes back: everybody reads which case it is and why, it
goes on as an information report, and the answer from above returns to its writer."""

from tests.flow import at_the_desks as desks
from tests.flow import chapters
from tests.flow.chapters import PROPOSAL

WHY = "说得对，可是要市里定，政协的提案定不了电费谁出"
REFUSED = {
    "decision": "not_file",
    "failed": "what",
    "case": "empty",
    "passed_to": "report",
    "where": "研究室编好，报市政府办",
    "why": WHY,
}


def test_a_proposal_is_not_filed(town, say):
    chapters.neighbours_speak(town, say)
    chapters.topic_is_chosen(town)
    chapters.proposal_is_submitted(town)

    # No case, no place where it goes on: the office cannot simply send it back.
    for missing, sentence in (
        ("case", "哪一种"),
        ("where", "不能退了就完"),
        ("why", "为什么不立案"),
    ):
        assert sentence in refuse(town.clerk, **{missing: ""}).text
    refuse(town.clerk)
    assert PROPOSAL not in town.public("/proposals?tab=not_filed"), "one person does not decide it"
    refuse(town.second_clerk)

    # Everybody reads the case, the reason and the way on. The text stays with its writer.
    page = town.public("/proposals?tab=not_filed")
    for words in (PROPOSAL, "空泛，没有具体建议", WHY, "转到：社情民意信息", REFUSED["where"]):
        assert words in page
    number = desks.number_in(town.proposal)
    assert town.visitor().open(f"/proposals/{number}").response.status_code == 404
    assert WHY in town.friend.open("/desk/member/proposals").follow(PROPOSAL).text

    # It goes on as a report: its own words are there already, its writer shortens and sends it.
    author, clerk = town.author, town.clerk
    author.open("/desk/member/proposals").follow(PROPOSAL)
    assert "照着再写一件" in author.text
    author.follow("看转成的信息")
    report = author.url
    words = [text for form in author.page.forms for name, text in form["fields"] if name == "text"]
    assert "后街十二盏灯，夜里亮四盏" in words[0]
    desks.fine(author.submit("递交"))
    assert report == author.url
    clerk.open("/desk/reports").follow(PROPOSAL)
    desks.fine(clerk.submit("编好了", edited_text="后街灯不亮，电费三家不认。请市里定。"))
    desks.fine(clerk.submit("报上去了", sent_to="市政府办公室"))
    town.clock.go(days=5)
    page = author.open(report).text
    assert "市政府办公室" in page and "还没有回音" in page
    clerk.open("/desk/reports").follow(PROPOSAL)
    desks.fine(clerk.submit("记下", answer="市长批了：城管局先出一年"))

    # The answer comes back to the one who wrote.
    page = author.open(report).text
    assert "有了回音" in page and "市长批了：城管局先出一年" in page
    assert "后街十二盏灯，夜里亮四盏" in page, "the first words stay as they were written"


def refuse(clerk, **changed):
    """One person looks and refuses; with something missing the form comes back as typed."""
    typed = REFUSED | changed
    failed, decision = typed.pop("failed"), typed.pop("decision")
    clerk.open("/desk/proposals").follow(PROPOSAL)
    looks = {f"look-{look}": "fail" if look == failed else "pass" for look in desks.LOOKS}
    clerk.submit("我审好了", decision=decision, **looks, **typed)
    assert clerk.response.status_code == (422 if changed else 200), clerk.text
    return clerk
