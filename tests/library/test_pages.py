"""The pages of the library: for readers, for the office, and what is said when it cannot be."""

import re
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from biaochi.core.actors import RESIDENT, Role
from biaochi.library import actions, complaints, lists, views
from biaochi.library.complaints import LONGEST
from biaochi.library.models import Complaint, Document, ReadingList
from biaochi.library.rules import Reason, State
from tests.library.conftest import RIGHTS, RULE, SPEECH


@pytest.fixture
def reader(db):
    return Client()


@pytest.fixture
def sign_in(city):
    def client_of(role):
        client = Client()
        assert client.login(username=role.value, password=city.password)
        return client

    return client_of


@pytest.fixture
def office(sign_in):
    return sign_in(Role.STAFF)


def page_of(client, name, *args, data=None, status=200):
    answer = client.get(reverse(name, args=args), data or {})
    assert answer.status_code == status
    return answer.content.decode()


def words_of(html):
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


def test_the_library_shows_what_is_open_and_nothing_else(reader, speech, take_in):
    take_in(RULE)
    html = page_of(reader, "library")
    assert "把小事当自己的大事" in words_of(html)
    assert "提案工作办法" not in words_of(html)
    assert "1份。每一段都有地址" in words_of(html)


def test_an_empty_library_says_so(reader):
    assert "还没有资料" in page_of(reader, "library")


def test_a_filter_that_finds_nothing_offers_the_way_back(reader, speech):
    assert "看所有的资料" in page_of(reader, "library", data={"genre": "minutes"})


@pytest.mark.parametrize(
    "data",
    [
        {"page": "x"},
        {"page": "99"},
        {"genre": "<b>"},
        {"category": "-1"},
        {"year": "9" * 30},
        {"year": "99999"},
    ],
)
def test_nonsense_in_an_address_breaks_nothing(reader, speech, data):
    page_of(reader, "library", data=data)
    page_of(reader, "library-search", data={"q": "实惠"} | data)


def test_a_page_is_read_with_an_address_for_every_paragraph(reader, speech):
    html = page_of(reader, "library-read", speech.pk, 1)
    for number, paragraph in enumerate(SPEECH.split("\n"), 1):
        assert f'id="p1-{number}"' in html
        assert paragraph in html


def test_where_a_page_comes_from_stands_beside_it_without_a_name(reader, speech, city):
    html = page_of(reader, "library-read", speech.pk, 1)
    assert RIGHTS in html
    assert speech.source_hash in html
    assert "办公室工作人员传" in words_of(html)
    assert "权利没核清，只能在线读" in html
    assert 'class="bc-tools__who' not in html
    assert "稿子.txt" not in html


def test_an_opened_paragraph_can_be_copied_with_its_source(reader, speech):
    html = page_of(reader, "library-read", speech.pk, 1, data={"at": "3"})
    cited = re.search(r"<textarea[^>]*readonly>(.*?)</textarea>", html, re.DOTALL)[1]
    assert SPEECH.split("\n")[2] in cited
    assert "《把小事当自己的大事》，第 1 页第 3 段" in cited
    assert reverse("library-read", args=[speech.pk, 1]) in cited


@pytest.mark.parametrize("at", ["0", "99", "x", "-1"])
def test_a_paragraph_that_is_not_there_is_not_opened(reader, speech, at):
    assert "readonly" not in page_of(reader, "library-read", speech.pk, 1, data={"at": at})


def test_the_reader_of_the_compilation_names_its_parts_and_what_is_absent(reader, compilation):
    html = words_of(page_of(reader, "library-read", compilation.pk, 1))
    assert f"共{compilation.page_count}页，正在看第1页" in html
    assert "第1篇第1页起" in html
    absent = [n["number"] for n in compilation.notes if n["code"] == "absent"]
    for number in absent:
        assert f"第{number}篇（原件里没有）" in html
    assert "原件到这里断了" not in html


def test_the_last_page_says_that_the_original_breaks_off(reader, compilation):
    html = words_of(page_of(reader, "library-read", compilation.pk, compilation.page_count))
    assert "原件到这里断了" in html
    assert "我们没有补，也没有猜" in html
    assert "不全：后面断了" in html


def test_the_last_page_of_a_whole_part_breaks_off_nowhere(reader, compilation):
    first = compilation.parts.get(order=1)
    html = page_of(reader, "library-read", compilation.pk, first.page_count)
    assert "原件到这里断了" not in html


def test_a_part_has_an_address_of_its_own_that_opens_at_its_first_page(reader, compilation):
    second = compilation.parts.get(order=2)
    answer = reader.get(reverse("library-document", args=[second.pk]))
    first = second.pages.first().number
    assert answer.url == reverse("library-read", args=[compilation.pk, first])
    answer = reader.get(reverse("library-read", args=[second.pk, first]))
    assert answer.url == reverse("library-read", args=[compilation.pk, first])


def test_the_jump_to_a_page_stays_inside_the_document(reader, compilation):
    address = reverse("library-document", args=[compilation.pk])
    last = compilation.page_count
    for asked, got in (("2", 2), ("999999", last), ("0", 1), ("x", 1)):
        assert reader.get(address, {"p": asked}).url.endswith(f"/{got}")


@pytest.mark.parametrize("number", [0, 99, 10**30])
def test_a_page_that_does_not_exist_is_not_found(reader, speech, number):
    page_of(reader, "library-read", speech.pk, number, status=404)


def test_a_document_that_never_was_is_not_found(reader):
    page_of(reader, "library-document", 10**30, status=404)


def test_a_draft_is_not_found_by_others_and_marked_for_the_office(reader, office, take_in):
    draft = take_in()
    page_of(reader, "library-read", draft.pk, 1, status=404)
    assert "只有您看得到" in page_of(office, "library-read", draft.pk, 1)


def test_what_was_taken_down_says_why_and_is_gone(reader, speech, staff, now):
    actions.take_down(document=speech, why="作者要求撤下", by=staff, now=now)
    for name, args in (
        ("library-document", [speech.pk]),
        ("library-read", [speech.pk, 1]),
        ("library-original", [speech.pk]),
        ("library-complain", [speech.pk]),
    ):
        html = page_of(reader, name, *args, status=410)
        assert "作者要求撤下" in html
        assert "把小事" not in html


def test_a_part_that_was_taken_down_leaves_the_rest_to_read(reader, compilation, staff, now):
    second = compilation.parts.get(order=2)
    words = second.pages.first().text[:30]
    actions.take_down(document=second, why="作者要求撤下", by=staff, now=now)
    number = second.pages.first().number
    html = page_of(reader, "library-read", compilation.pk, number)
    assert "这一篇下架了" in html
    assert "作者要求撤下" in html
    assert words not in html
    page_of(reader, "library-read", compilation.pk, 1)


def test_where_a_paragraph_is_used_is_filled_in_by_whoever_reads_across(rf, speech):
    request = rf.get("/")
    request.actor = RESIDENT

    def links_to(page):
        assert page.document_id == speech.pk
        return [(3, "提案第 118 号", "/proposals/118"), (0, "11月选题会", "/topics/4")]

    html = views.reading(request, speech.pk, 1, links_to=links_to).content.decode()
    used = re.search(r'id="p1-3".*?这段话用在.*?</div>', html, re.DOTALL)[0]
    assert '<a href="/proposals/118">' in used
    assert '<a href="/topics/4">11月选题会</a>' in html
    assert "这段话用在" not in html.split('id="p1-3"')[0]


def test_search_results_open_at_the_paragraph_with_the_words_marked(reader, speech, rule):
    html = page_of(reader, "library-search", data={"q": "实惠"})
    assert "<mark>实惠</mark>" in html
    href = next(one.replace("&amp;", "&") for one in re.findall(r'href="([^"]+#p1-3)"', html))
    target = reader.get(href)
    assert "<mark>实惠</mark>" in target.content.decode()
    assert 'class="bc-para is-on" id="p1-3"' in target.content.decode()


def test_a_complaint_that_is_too_long_comes_back_whole_and_says_how_long_it_may_be(reader, speech):
    typed = {"reason": "wrong", "words": "错" * (LONGEST + 1)}
    answer = reader.post(reverse("library-complain", args=[speech.pk]), typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f"最多写 {LONGEST} 字" in html
    assert typed["words"] in html
    assert not Complaint.objects.exists()


def test_a_search_for_nothing_goes_to_the_library(reader, speech):
    answer = reader.get(reverse("library-search"), {"q": " ", "genre": "other"})
    assert urlsplit(answer.url).path == reverse("library")


def test_a_search_without_a_hit_says_so_and_escapes_what_was_typed(reader, speech):
    html = page_of(reader, "library-search", data={"q": "<script>月球"})
    assert "没有找到" in html
    assert "<script>月球" not in html


def test_the_quotation_page_answers_each_quotation(reader, rule):
    draft = (
        "他说“承办单位应当在三个月内书面答复”，又说“承办单位应当在两个月内书面答复”，"
        "还说“钱从哪里来谁可能吃亏”，最后说“一张蓝图要让三代人接着画”。"
    )
    answer = reader.post(reverse("library-quote"), {"draft": draft})
    html = answer.content.decode()
    words = words_of(html)
    assert answer.status_code == 200
    assert "查了4处引文：一字不差1处，有出入2处，没找到1处" in words
    assert '<del class="bc-d">两</del>' in html
    assert '<ins class="bc-d">三</ins>' in html
    assert "要紧：数目" in words
    assert "字不差，标点有1处不一样" in words
    assert "不等于是编的" in words
    href = re.search(r'href="([^"]+)">.*?打开原文这一段', html)[1].replace("&amp;", "&")
    assert 'class="bc-para is-on" id="p1-3"' in reader.get(href).content.decode()


def test_a_draft_that_was_checked_is_kept_nowhere(reader, rule):
    before = {table: table.objects.count() for table in (Document, Complaint, ReadingList)}
    reader.post(reverse("library-quote"), {"draft": "“绝密的半成品稿子在这里”"})
    assert "绝密" not in page_of(reader, "library-quote")
    assert {table: table.objects.count() for table in before} == before
    assert not reader.session.keys()


@pytest.mark.parametrize("draft", ["", "，。", "字" * 5001])
def test_a_draft_that_cannot_be_checked_comes_back_with_a_sentence(reader, rule, draft):
    answer = reader.post(reverse("library-quote"), {"draft": draft})
    assert answer.status_code == 422
    assert 'href="#draft"' in answer.content.decode()


def test_the_original_is_handed_out_to_the_byte_only_where_the_rights_allow(
    reader, open_up, speech
):
    assert reader.get(reverse("library-original", args=[speech.pk])).status_code == 409
    free = open_up(RULE, may_download=True)
    answer = reader.get(reverse("library-original", args=[free.pk]))
    assert b"".join(answer.streaming_content) == RULE.encode()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_anybody_says_that_a_text_should_not_stand_here_and_finds_the_answer(
    reader, office, speech
):
    html = page_of(reader, "library-complain", speech.pk, data={"reason": "mine"})
    assert re.search(r'value="mine"[^>]* checked', html)
    answer = reader.post(
        reverse("library-complain", args=[speech.pk]), {"reason": "mine", "words": "我写的"}
    )
    receipt = answer.url
    assert "请记下这个地址" in reader.get(receipt).content.decode()
    kept = Complaint.objects.get()
    assert "我写的" in page_of(office, "desk-library-complaints")
    office.post(
        reverse("desk-library-complaint", args=[kept.pk]), {"answer": "核对了，下架", "down": "1"}
    )
    assert "核对了，下架" in reader.get(receipt).content.decode()
    page_of(reader, "library-read", speech.pk, 1, status=410)


@pytest.mark.parametrize(
    ("typed", "field"), [({"words": "错"}, "reason"), ({"reason": "wrong", "words": " "}, "words")]
)
def test_a_complaint_that_lacks_something_comes_back_whole(reader, speech, typed, field):
    answer = reader.post(reverse("library-complain", args=[speech.pk]), typed)
    assert answer.status_code == 422
    assert f'href="#{field}' in answer.content.decode()
    assert not Complaint.objects.exists()


@pytest.mark.parametrize("mark", ["1", "1-", "1-0000", "x-y", "99999999999999999999-aa"])
def test_the_address_of_a_complaint_cannot_be_guessed(reader, speech, now, mark):
    complaints.complain(document=speech, reason=Reason.WRONG, words="错了", by=RESIDENT, now=now)
    page_of(reader, "library-complaint", mark, status=404)


def test_a_reading_list_is_read_by_everybody(reader, speech, staff, now):
    made = lists.make_list(title="怎样写提案", why="写之前读", by=staff, now=now)
    lists.put_on(reading_list=made, document=speech, what_for="看第 3 段", by=staff, now=now)
    html = page_of(reader, "library-list", made.pk)
    assert "看第 3 段" in html
    assert "怎样写提案" in page_of(reader, "library")
    assert "怎样写提案" in page_of(reader, "library-read", speech.pk, 1)
    lists.change_list(reading_list=made, title="怎样写提案", closed=True, by=staff, now=now)
    page_of(reader, "library-list", made.pk, status=404)


def upload(client, content, name="稿子.txt", **typed):
    sent = {"file": SimpleUploadedFile(name, content), "rights": RIGHTS, **typed}
    return client.post(reverse("desk-library-add"), sent)


def test_the_office_tries_a_file_looks_at_it_and_publishes_it(office, reader, real_file):
    answer = upload(office, real_file, "汇编.txt")
    draft = Document.objects.get(parent=None)
    assert answer.url == reverse("desk-library-document", args=[draft.pk])
    page_of(reader, "library-document", draft.pk, status=404)
    html = words_of(page_of(office, "desk-library-document", draft.pk))
    for words in ("第1篇", "第2篇", "原件里没有", "编号去掉了，接回了整篇", "接缝", "公开这一份"):
        assert words in html, words
    office.post(reverse("desk-library-publish", args=[draft.pk]))
    assert reader.get(reverse("library-document", args=[draft.pk])).status_code == 302


def test_a_draft_that_was_split_wrongly_is_read_as_one_and_split_again(office, real_file):
    upload(office, real_file, "汇编.txt")
    draft = Document.objects.get(parent=None)
    office.post(reverse("desk-library-parts", args=[draft.pk]), {"as_one": "1"})
    assert draft.parts.count() == 0
    assert "再试着分一次篇" in page_of(office, "desk-library-document", draft.pk)
    office.post(reverse("desk-library-parts", args=[draft.pk]), {"as_one": "0"})
    assert draft.parts.count() == 2


def test_a_refused_file_brings_the_form_back_with_what_was_typed(office):
    answer = upload(office, b"%PDF-1.7", "x.pdf", title="我的标题", happened_on="2026年3月9日")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "这是 PDF" in html
    assert 'value="我的标题"' in html
    assert 'href="#file"' in html
    assert not Document.objects.exists()


def test_a_file_that_is_here_already_is_refused(office, speech):
    answer = upload(office, SPEECH.encode())
    assert answer.status_code == 409
    assert "已经在库里" in answer.content.decode()


@pytest.mark.parametrize(
    "typed",
    [{"rights": ""}, {"happened_on": "三月初九"}, {"genre": "poem"}, {"title": "长" * 201}],
)
def test_a_form_with_a_mistake_is_not_taken(office, typed):
    assert upload(office, SPEECH.encode(), **typed).status_code == 422
    assert not Document.objects.exists()


def test_without_a_file_nothing_happens(office):
    answer = office.post(reverse("desk-library-add"), {"rights": RIGHTS})
    assert answer.status_code == 422
    assert "请先选一个文件" in answer.content.decode()


def test_what_a_document_is_can_be_said_anew(office, speech, city):
    sent = {
        "title": "新的标题",
        "genre": "talk",
        "rights": "作者同意公开",
        "happened_on": "2026/3/9",
        "category": city.lamps.pk,
        "may_download": "on",
    }
    office.post(reverse("desk-library-describe", args=[speech.pk]), sent)
    speech.refresh_from_db()
    assert (speech.title, speech.genre, speech.may_download) == ("新的标题", "talk", True)
    assert speech.happened_on.isoformat() == "2026-03-09"
    assert speech.category == city.lamps
    sent["rights"] = " "
    answer = office.post(reverse("desk-library-describe", args=[speech.pk]), sent)
    assert answer.status_code == 422
    assert "请写明从哪儿来" in answer.content.decode()


def test_taking_down_without_a_reason_brings_the_form_back(office, speech):
    answer = office.post(reverse("desk-library-down", args=[speech.pk]), {"why": ""})
    assert answer.status_code == 422
    assert 'href="#why"' in answer.content.decode()
    speech.refresh_from_db()
    assert speech.state == State.OPEN


def test_down_and_back_again_through_the_pages(office, reader, speech):
    office.post(reverse("desk-library-down", args=[speech.pk]), {"why": "核对"})
    page_of(reader, "library-read", speech.pk, 1, status=410)
    assert "放回去" in page_of(office, "desk-library-document", speech.pk)
    assert "核对" in page_of(office, "desk-library", data={"tab": "down"})
    office.post(reverse("desk-library-back", args=[speech.pk]))
    page_of(reader, "library-read", speech.pk, 1)


def test_lists_are_kept_through_the_pages(office, reader, speech, city):
    answer = office.post(
        reverse("desk-library-lists"), {"title": "怎样写提案", "category": city.lamps.pk}
    )
    made = ReadingList.objects.get()
    assert answer.url == reverse("desk-library-list", args=[made.pk])
    put = reverse("desk-library-put-on", args=[made.pk])
    assert office.post(put, {"document": "x"}).status_code == 422
    assert office.post(put, {"document": "999"}).status_code == 422
    office.post(put, {"document": speech.pk, "what_for": "看第 3 段"})
    assert "看第 3 段" in page_of(reader, "library-list", made.pk)
    assert office.post(put, {"document": speech.pk}).status_code == 409
    office.post(reverse("desk-library-take-off", args=[made.items.get().pk]))
    assert "还没有能读的资料" in page_of(reader, "library-list", made.pk)
    office.post(answer.url, {"title": "换名字", "closed": "on"})
    assert "收起来了" in page_of(office, "desk-library-lists")


def test_a_member_brings_in_a_draft_and_sees_no_other(sign_in, take_in):
    take_in(RULE)
    member = sign_in(Role.MEMBER)
    upload(member, SPEECH.encode())
    html = words_of(page_of(member, "desk-library"))
    assert "把小事当自己的大事" in html
    assert "提案工作办法" not in html
    own = Document.objects.get(uploaded_by__username="member")
    assert "等办公室看过再公开" in page_of(member, "desk-library-document", own.pk)
    other = Document.objects.exclude(pk=own.pk).get()
    page_of(member, "desk-library-document", other.pk, status=404)
    member.post(reverse("desk-library-down", args=[own.pk]), {"why": "传错了"})
    own.refresh_from_db()
    assert own.state == State.DOWN


def test_a_member_gets_only_the_own_original_while_the_rights_are_not_clear(
    sign_in, speech, office
):
    address = reverse("desk-library-original", args=[speech.pk])
    assert sign_in(Role.MEMBER).get(address).status_code == 403
    assert b"".join(office.get(address).streaming_content) == SPEECH.encode()


def test_a_unit_reads_what_is_open_and_uploads_nothing(sign_in, speech, take_in):
    take_in(RULE)
    html = page_of(sign_in(Role.UNIT), "desk-library")
    assert "把小事当自己的大事" in html
    assert "提案工作办法" not in html
    assert 'type="file"' not in html


def test_the_auditor_sees_everything_and_changes_nothing(sign_in, take_in):
    draft = take_in()
    auditor = sign_in(Role.AUDITOR)
    html = page_of(auditor, "desk-library-document", draft.pk)
    assert "公开这一份" not in html
    assert 'method="post" action="/desk/library' not in html
    for name in ("publish", "down", "describe", "parts", "back"):
        assert auditor.post(reverse(f"desk-library-{name}", args=[draft.pk])).status_code == 403


@pytest.mark.parametrize("role", [None, Role.UNIT])
@pytest.mark.parametrize("name", ["desk-library-complaints", "desk-library-lists"])
def test_the_office_pages_are_closed_to_others(sign_in, reader, role, name):
    client = sign_in(role) if role else reader
    assert client.get(reverse(name)).status_code in {302, 403}


def test_a_page_to_read_needs_few_questions_to_the_database(
    reader, compilation, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        page_of(reader, "library-read", compilation.pk, 1)


def test_nothing_typed_by_a_reader_or_in_a_file_becomes_markup(reader, open_up):
    evil = open_up("<script>alert(1)</script>标题\n正文<img src=x onerror=alert(1)>结束。")
    for html in (
        page_of(reader, "library-read", evil.pk, 1, data={"at": "2", "q": "<b>正文"}),
        page_of(reader, "library"),
        page_of(reader, "library-search", data={"q": "正文"}),
        reader.post(reverse("library-quote"), {"draft": "“正文<img src=x>结束”"}).content.decode(),
    ):
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_english_readers_find_the_same_page(reader, speech):
    answer = reader.get(f"/en/library/{speech.pk}/1")
    assert answer.status_code == 200
    assert f'href="/en/library/{speech.pk}/complain' in answer.content.decode()
