"""Words in the library: found by page and paragraph, quotations at their place, kin by words."""

import random

import pytest

from biaochi.core.actors import RESIDENT
from biaochi.core.refusals import Incomplete
from biaochi.library import actions, queries, searching
from biaochi.library.models import Page
from biaochi.library.queries import Sieve
from biaochi.library.rules import Genre
from tests.library.conftest import RULE, SPEECH


def find(query, **sieve):
    return searching.find(Sieve(query=query, **sieve))


def asked_for(hit):
    return [[words for words, asked in one.pieces if asked] for one in hit.excerpts]


def test_words_are_found_with_their_page_and_paragraph_and_marked(speech, rule):
    results = find("实惠")
    assert results.document_count == results.page_count == 2
    hit = next(hit for hit in results.hits if hit.document.pk == speech.pk)
    (excerpt,) = hit.excerpts
    assert (excerpt.page, excerpt.paragraph) == (1, 3)
    assert ("实惠", True) in excerpt.pieces
    assert "".join(words for words, _asked in excerpt.pieces) in SPEECH


def test_all_words_have_to_be_there(speech, rule):
    assert [hit.document.pk for hit in find("实惠 书面答复").hits] == [rule.pk]
    assert find("实惠 月球").hits == []


def test_a_title_is_found_before_the_pages(speech, rule, open_up):
    other = open_up(
        "提案工作办法怎么读\n第一句讲提案工作办法。提案工作办法要读两遍。", name="读.txt"
    )
    hits = find("提案工作办法").hits
    assert {hit.document.pk for hit in hits} == {rule.pk, other.pk}


@pytest.mark.parametrize("query", ["", "，。", "%", "'; --", '"', "*", "NEAR(a b)"])
def test_a_search_without_words_finds_nothing_and_breaks_nothing(speech, query):
    assert find(query).document_count == 0


def test_the_parts_of_a_compilation_are_found_as_documents_of_their_own(compilation):
    results = find("高质量发展")
    assert {hit.document.parent_id for hit in results.hits} == {compilation.pk}
    numbers = {one.page for hit in results.hits for one in hit.excerpts}
    assert numbers <= set(range(1, compilation.page_count + 1))
    for hit in results.hits:
        own = set(hit.document.pages.values_list("number", flat=True))
        assert {one.page for one in hit.excerpts} <= own


def test_every_pair_of_characters_of_the_compilation_is_found(compilation):
    dice = random.Random(3)
    pages = list(Page.objects.filter(document__parent=compilation))
    for _ in range(25):
        page = dice.choice(pages)
        place = dice.randrange(len(page.text) - 2)
        pair = page.text[place : place + 2]
        if pair.isalpha():
            assert any(hit.document.pk == page.document_id for hit in find(pair).hits), pair


def test_the_sieve_lets_through_by_genre_year_field_and_wholeness(
    open_up, compilation, city, staff, now
):
    rule = open_up(RULE, genre=Genre.RULE, category=city.lamps)
    assert [hit.document.pk for hit in find("实惠", genre="rule").hits] == [rule.pk]
    assert [hit.document.pk for hit in find("实惠", category=city.lamps.pk).hits] == [rule.pk]
    assert [hit.document.pk for hit in find("实惠", whole="whole", year=now.year).hits] == [rule.pk]
    assert find("实惠", year=1999).hits == []
    assert {hit.document.truncated for hit in find("发展", whole="cut").hits} == {True}


def test_the_facet_counts_pages_by_genre(speech, rule, staff, now):
    actions.describe(document=rule, genre=Genre.RULE, by=staff, now=now)
    assert sorted(find("实惠").genres) == [("other", 1), ("rule", 1)]


def test_a_quotation_to_the_letter_opens_at_its_paragraph(rule):
    (one,) = searching.check("他说：“承办单位应当在三个月内书面答复”。")
    assert one.kind == "exact"
    assert (one.places[0].page.document_id, one.places[0].paragraph) == (rule.pk, 3)
    assert one.changes == 0


def test_a_wrong_quotation_is_near_with_what_differs(rule):
    (one,) = searching.check("“承办单位应当在两个月内书面答复，并逐件说明办到哪一步”")
    assert one.kind == "near"
    assert one.changes == 2
    assert one.apart == ("number", "words")
    assert "三个月" in one.places[0].original


def test_a_wrong_comma_is_not_called_a_wrong_word(rule):
    (one,) = searching.check("“钱从哪里来谁可能吃亏”")
    assert (one.kind, one.apart) == ("marks", ("marks",))


def test_what_is_not_in_the_library_is_not_found_and_nothing_is_guessed(rule):
    (one,) = searching.check("“一张蓝图要让三代人接着画”")
    assert (one.kind, one.places) == ("none", ())


def test_each_quotation_of_a_draft_gets_its_own_answer(rule, speech):
    draft = "有人说“楼道里那盏不亮的灯”，又说“逐条说明办到哪里”，还说“没有的一句话在这里”。"
    assert [one.kind for one in searching.check(draft)] == ["exact", "near", "none"]


def test_a_quotation_across_a_break_of_pages_is_found(open_up):
    text = "\n".join(f"第{n}段说到这里，" + "讲了许多别的话。" * 60 for n in range(1, 6))
    document = open_up(text)
    second = document.pages.get(number=2).text
    first = document.pages.get(number=1).text
    (one,) = searching.check(f"“{first[-20:]}{second[:20]}”")
    assert one.kind == "exact"
    assert one.places[0].page.number == 1


def test_misquotations_of_the_compilation_are_found_on_their_page(compilation):
    """One letter in twelve changed or lost, in passages from every page."""
    dice = random.Random(11)
    for page in Page.objects.filter(document__parent=compilation):
        place = dice.randrange(max(1, len(page.text) - 60))
        original = page.text[place : place + 48].replace("\n", "")
        letters = list(original)
        for at in range(5, len(letters), 12):
            letters[at] = dice.choice(["某", ""])
        one = searching.checked("".join(letters))
        assert one.kind == "near", page.number
        assert page.number in {found.page.number for found in one.places}


def test_a_draft_and_a_taken_down_text_prove_nothing(take_in, rule, staff, now):
    take_in(SPEECH)
    assert searching.checked("后来我给自己立了个规矩").kind == "none"
    actions.take_down(document=rule, why="核对", by=staff, now=now)
    assert searching.checked("承办单位应当在三个月内书面答复").kind == "none"


@pytest.mark.parametrize(
    "draft", ["", "  ，。", "字" * 5_001, "".join(f"“第{n}句话”" for n in range(31))]
)
def test_too_little_or_too_much_is_refused_in_a_sentence(db, draft):
    with pytest.raises(Incomplete) as wrong:
        searching.check(draft)
    assert wrong.value.field == "draft"


def test_a_quotation_of_more_than_a_thousand_letters_is_said_to_be_too_long(rule):
    (one,) = searching.check("“" + "承办单位应当答复" * 150 + "”")
    assert one.kind == "long"


def test_texts_that_share_words_are_related_with_the_words_shown(speech, open_up):
    kin = open_up("老话重提\n每写一条建议，先写清三样，谁得实惠、谁来办。别的都好说。")
    leaf = queries.leaf(RESIDENT, speech, 1)
    (one,) = searching.related(leaf)
    assert one.document.pk == kin.pk
    assert one.words == "每写一条建议，先写清三样，谁得实惠、谁来办"
    assert one.number == 1


def test_a_formula_that_everybody_uses_makes_nobody_kin(speech, open_up):
    for n in range(5):
        open_up(f"第{n}份说自己的第{n}件事。\n去年冬天，我跟着城建组去了机床厂宿舍。")
    assert searching.related(queries.leaf(RESIDENT, speech, 1)) == []


def test_parts_of_the_same_file_are_not_called_related(compilation):
    assert searching.related(queries.leaf(RESIDENT, compilation, 1)) == []
