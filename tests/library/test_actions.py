"""The verbs on documents: in, described, open, down, back; the index follows each of them."""

import hashlib
import re

import pytest

from biaochi.core import record, search
from biaochi.core.actors import RESIDENT, Role
from biaochi.core.models import Entry
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.library import actions, complaints, lists, originals, queries, sentences
from biaochi.library.models import Complaint, Document, Page
from biaochi.library.rules import Genre, Reason, State
from tests.engine.docx_made import docx, paragraph
from tests.library.conftest import RIGHTS, RULE, SPEECH


def found(words):
    """The numbers of the pages that everybody finds by these words."""
    return sorted(search.matching(Page.objects, "library", words).values_list("number", flat=True))


def test_a_file_becomes_a_draft_whose_original_is_kept_to_the_byte(take_in, staff, now):
    data = SPEECH.encode("gb18030")
    document = take_in(data, name="讲话稿.txt")
    assert document.state == State.DRAFT
    assert originals.kept(document).read_bytes() == data
    assert document.source_hash == hashlib.sha256(data).hexdigest()
    assert (document.source_size, document.source_name) == (len(data), "讲话稿.txt")
    assert (document.title, document.genre) == ("把小事当自己的大事", Genre.OTHER)
    assert document.uploaded_at == now
    assert document.published_at is None
    assert "\n".join(document.pages.values_list("text", flat=True)) == SPEECH
    assert [note["code"] for note in document.notes] == ["encoding"]


def test_the_original_is_readable_by_nobody_else(take_in):
    path = originals.kept(take_in())
    assert oct(path.stat().st_mode)[-3:] == "600"
    assert "稿子" not in path.name


def test_the_compilation_comes_in_with_its_parts_its_gaps_and_its_repairs(take_in, real_file):
    document = take_in(real_file, name="汇编.txt")
    parts = list(document.parts.order_by("order"))
    text = real_file.decode()
    announced = int(re.search(r"\((\d+)篇\)", text)[1])
    assert document.genre == Genre.COMPILATION
    assert document.truncated
    assert document.compiled_on == re.search(r"(\d+年\d+月)整理", text)[1]
    assert document.happened_on is None
    assert [part.truncated for part in parts] == [False, True]
    assert {part.genre for part in parts} == {Genre.TALK}
    codes = [note["code"] for note in document.notes]
    assert codes.count("absent") == announced - len(parts)
    assert {"slices", "seam", "announced", "site", "site_pages"} <= set(codes)
    assert [note["code"] for note in parts[1].notes] == ["paragraphs_made", "breaks_off"]
    assert all(sentences.of_note(note) for note in document.notes + parts[1].notes)


def test_the_pages_of_a_compilation_are_numbered_through_and_lose_no_letter(take_in, real_file):
    document = take_in(real_file, name="汇编.txt")
    pages = Page.objects.filter(document__parent=document).order_by("number")
    assert [page.number for page in pages] == list(range(1, document.page_count + 1))
    assert sum(part.page_count for part in document.parts.all()) == document.page_count
    pieces = re.findall(r"(?m)^\d+、(.*)$", real_file.decode())
    titles = sum(len(re.sub(r"\s", "", part.title)) for part in document.parts.all())
    assert sum(len(page.text.replace("\n", "")) for page in pages) + titles == len("".join(pieces))


def test_a_draft_can_be_read_again_as_one_text_and_split_once_more(take_in, real_file, staff, now):
    document = take_in(real_file, name="汇编.txt")
    one = actions.read_again(document=document, as_one=True, by=staff, now=now)
    assert one.parts.count() == 0
    assert one.pages.count() == one.page_count > 0
    assert one.truncated
    again = actions.read_again(document=one, as_one=False, by=staff, now=now)
    assert again.parts.count() == 2


def test_what_was_published_is_not_laid_out_anew(compilation, staff, now):
    with pytest.raises(NotNow):
        actions.read_again(document=compilation, as_one=True, by=staff, now=now)


def test_a_word_file_comes_in_with_its_title(take_in):
    data = docx(paragraph("到群众中去", "T"), paragraph("去年冬天。"))
    document = take_in(data, name="x.docx")
    assert document.title == "到群众中去"
    assert document.stored_as.endswith(".docx")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (b"%PDF-1.4", "PDF"),
        (docx(paragraph("话"), more={"word/vbaProject.bin": b"x"}), "宏"),
        (docx(paragraph("话"), doctype="<!DOCTYPE x [<!ENTITY a 'b'>]>"), "不该有的定义"),
        (docx("<w:p/>"), "没有字"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_one_sentence_and_leaves_nothing(
    take_in, settings, data, words
):
    with pytest.raises(Incomplete) as wrong:
        take_in(data)
    assert words in str(wrong.value)
    assert wrong.value.field == "file"
    assert not Document.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*.*"))


@pytest.mark.parametrize(
    ("code", "params"),
    [
        *((code, {}) for code in ("old_word", "encrypted", "damaged", "too_deep", "not_text")),
        *((code, {}) for code in ("fetches_from_outside", "unknown_encoding", "empty", "no_words")),
        *((code, {"limit": 20 * 2**20}) for code in ("too_large", "unpacks_too_large")),
        ("too_long", {"limit": 1_000_000}),
        *(
            ("not_a_document", {"looks_like": kind})
            for kind in ("pdf", "picture", "archive", "rtf", "web page", "program")
        ),
    ],
)
def test_every_reason_to_refuse_a_file_has_its_own_sentence(code, params):
    sentence = sentences.of_refusal(code, params)
    assert sentence.endswith("。")
    assert "%" not in sentence


def test_a_file_that_is_too_large_says_how_large_it_may_be(take_in, settings):
    settings.UPLOAD_LIMIT = 2**20
    with pytest.raises(Incomplete, match="最多 1 MB"):
        take_in("路灯" * 600_000)


def test_the_same_file_comes_in_once(take_in, open_up, staff, now):
    document = open_up(RULE)
    with pytest.raises(NotNow, match="已经在库里"):
        take_in(RULE, name="换个名字.txt")
    actions.take_down(document=document, why="作者要求", by=staff, now=now)
    with pytest.raises(NotNow, match="作者要求"):
        take_in(RULE)


def test_nothing_comes_in_without_saying_by_what_right(take_in):
    with pytest.raises(Incomplete) as wrong:
        take_in(rights=" ")
    assert wrong.value.field == "rights"


@pytest.mark.parametrize("role", [Role.UNIT, Role.AUDITOR, Role.OPERATOR])
def test_others_than_staff_and_members_bring_nothing_in(take_in, city, role):
    with pytest.raises(NotYours):
        take_in(by=city.actor(role))


def test_a_draft_is_found_by_nobody_until_it_is_published(take_in, staff, now):
    document = take_in()
    assert found("实惠") == []
    actions.publish(document=document, by=staff, now=now)
    assert found("实惠") == [1]
    assert document.__class__.objects.get(pk=document.pk).published_at == now


def test_what_is_taken_down_leaves_the_index_and_comes_back_whole(compilation, staff, now):
    before = found("高质量发展")
    assert before
    actions.take_down(document=compilation, why="有人说是他写的，正在核对", by=staff, now=now)
    assert found("高质量发展") == []
    assert "正在核对" in queries.taken_down(compilation.pk)
    actions.put_back(document=compilation, by=staff, now=now)
    assert found("高质量发展") == before
    assert queries.taken_down(compilation.pk) == ""


def test_one_part_can_be_taken_down_alone_and_stays_down_with_its_compilation(
    compilation, staff, now
):
    first, second = compilation.parts.order_by("order")
    last = second.pages.first().number
    before = found("发展")
    actions.take_down(document=second, why="作者要求", by=staff, now=now)
    assert found("发展") == [number for number in before if number < last]
    actions.take_down(document=compilation, why="核对", by=staff, now=now)
    actions.put_back(document=compilation, by=staff, now=now)
    assert found("发展") == [number for number in before if number < last]
    assert not queries.shown().filter(pk=second.pk).exists()
    assert queries.shown().filter(pk=first.pk).exists()


def test_taking_down_needs_a_reason_that_the_public_will_read(speech, staff, now):
    with pytest.raises(Incomplete) as wrong:
        actions.take_down(document=speech, why="  ", by=staff, now=now)
    assert wrong.value.field == "why"


def test_a_draft_that_was_thrown_away_says_nothing_to_the_public(take_in, staff, now):
    document = actions.take_down(document=take_in(), why="传错了", by=staff, now=now)
    assert document.state == State.DOWN
    assert queries.taken_down(document.pk) == ""


def test_publishing_is_for_whole_drafts_and_putting_back_for_what_was_down(
    take_in, real_file, staff, now
):
    document = take_in(real_file, name="汇编.txt")
    with pytest.raises(NotNow):
        actions.publish(document=document.parts.first(), by=staff, now=now)
    with pytest.raises(NotNow):
        actions.put_back(document=document, by=staff, now=now)
    actions.publish(document=document, by=staff, now=now)
    actions.take_down(document=document, why="核对", by=staff, now=now)
    with pytest.raises(NotNow):
        actions.publish(document=document, by=staff, now=now)


def test_a_member_brings_in_and_changes_only_an_own_draft(take_in, member, staff, now):
    own = take_in(SPEECH, by=member)
    other = take_in(RULE)
    changed = actions.describe(document=own, title="换个标题", by=member, now=now)
    assert changed.title == "换个标题"
    with pytest.raises(NotYours):
        actions.describe(document=other, title="换个标题", by=member, now=now)
    with pytest.raises(NotYours):
        actions.publish(document=own, by=member, now=now)
    actions.publish(document=own, by=staff, now=now)
    with pytest.raises(NotNow):
        actions.describe(document=own, title="再换", by=member, now=now)
    with pytest.raises(NotYours):
        actions.take_down(document=own, why="不想放了", by=member, now=now)


def test_a_member_throws_away_an_own_draft_only(take_in, member, now):
    with pytest.raises(NotYours):
        actions.take_down(document=take_in(RULE), why="不要", by=member, now=now)
    own = take_in(SPEECH, by=member)
    assert actions.take_down(document=own, why="传错了", by=member, now=now).state == State.DOWN


def test_a_compilation_that_lacks_a_part_can_never_be_called_whole(compilation, staff, now):
    same = actions.describe(document=compilation, truncated=False, by=staff, now=now)
    assert same.truncated


def test_staff_may_say_that_a_text_is_not_whole_and_take_it_back(speech, staff, now):
    assert actions.describe(document=speech, truncated=True, by=staff, now=now).truncated
    assert not actions.describe(document=speech, truncated=False, by=staff, now=now).truncated


def test_an_original_that_was_changed_behind_our_back_is_not_handed_out(speech):
    path = originals.kept(speech)
    path.write_bytes(b"something else")
    with pytest.raises(NotNow, match="不一样"):
        queries.original(speech)


def test_every_deed_stands_in_the_record_and_no_complaint_in_words(speech, staff, now):
    complaint = complaints.complain(
        document=speech, reason=Reason.PRIVATE, words="写了我家的事", by=RESIDENT, now=now
    )
    complaints.answer(complaint=complaint, words="核对了，下架", by=staff, now=now, down=True)
    verbs = list(Entry.objects.filter(thing=record.label(speech)).values_list("verb", flat=True))
    assert verbs == ["take in document", "publish document", "take down document"]
    assert not Entry.objects.filter(note__contains="我家").exists()
    assert record.first_break() is None


def test_anybody_complains_without_a_name_and_finds_the_answer_under_a_secret_address(
    speech, staff, now
):
    complaint = complaints.complain(
        document=speech, reason=Reason.WRONG, words="第 2 段的年份错了", by=RESIDENT, now=now
    )
    mark = queries.mark_of(complaint)
    assert len(mark) > 20
    complaints.answer(complaint=complaint, words="对，改成原件的写法", by=staff, now=now)
    assert queries.by_mark(mark).answer == "对，改成原件的写法"
    assert Document.objects.get(pk=speech.pk).state == State.OPEN


def test_a_complaint_is_answered_once_and_by_staff_only(speech, staff, member, now):
    complaint = complaints.complain(
        document=speech, reason=Reason.OTHER, words="不该放", by=RESIDENT, now=now
    )
    with pytest.raises(NotYours):
        complaints.answer(complaint=complaint, words="好", by=member, now=now)
    with pytest.raises(Incomplete):
        complaints.answer(complaint=complaint, words=" ", by=staff, now=now)
    complaints.answer(complaint=complaint, words="好", by=staff, now=now)
    with pytest.raises(NotNow):
        complaints.answer(complaint=complaint, words="又答", by=staff, now=now)


def test_an_answer_that_cannot_take_the_document_down_is_not_kept(speech, staff, now):
    complaint = complaints.complain(
        document=speech, reason=Reason.MINE, words="我写的", by=RESIDENT, now=now
    )
    actions.take_down(document=speech, why="别的原因", by=staff, now=now)
    with pytest.raises(NotNow):
        complaints.answer(complaint=complaint, words="下架", by=staff, now=now, down=True)
    assert Complaint.objects.get().answered_at is None


def test_nobody_complains_about_what_is_not_open(take_in, now):
    with pytest.raises(NotNow):
        complaints.complain(
            document=take_in(), reason=Reason.MINE, words="我写的", by=RESIDENT, now=now
        )


def test_reading_lists_are_kept_by_staff_and_show_only_what_is_open(
    speech, rule, staff, member, city, now
):
    made = lists.make_list(title="怎样写提案", category=city.lamps, by=staff, now=now)
    item = lists.put_on(reading_list=made, document=speech, what_for="看第 2 段", by=staff, now=now)
    lists.put_on(reading_list=made, document=rule, by=staff, now=now)
    with pytest.raises(NotNow):
        lists.put_on(reading_list=made, document=rule, by=staff, now=now)
    with pytest.raises(NotYours):
        lists.put_on(reading_list=made, document=rule, by=member, now=now)
    actions.take_down(document=rule, why="核对", by=staff, now=now)
    shown, items = queries.reading_list(made.pk)
    assert (shown.open_count, [one.document_id for one in items]) == (1, [speech.pk])
    assert [one.pk for one in queries.lists_with(speech)] == [made.pk]
    lists.take_off(item=item, by=staff, now=now)
    assert queries.lists_with(speech) == []


def test_a_closed_list_is_gone_for_readers_and_stays_for_the_office(speech, staff, now):
    made = lists.make_list(title="旧书单", by=staff, now=now)
    lists.change_list(reading_list=made, title="旧书单", closed=True, by=staff, now=now)
    assert queries.reading_lists() == []
    assert [one.pk for one in queries.reading_lists(closed=True)] == [made.pk]


def test_the_rights_are_those_that_were_stated(speech):
    assert speech.rights == RIGHTS
    assert not speech.may_download
