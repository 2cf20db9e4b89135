"""The pages of proposals: each one, each unhappy path, and what was typed stays."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from biaochi.core.actors import Role
from biaochi.proposal import actions
from biaochi.proposal.models import Proposal, Report
from biaochi.proposal.rules import State
from tests.proposal.conftest import MEMBER_RATING, NAME, PHONE, TEXT, UNIT_RATING


@pytest.fixture
def now():
    """Pages read the clock: everything happens just now."""
    return timezone.now()


@pytest.fixture
def sign_in(city):
    def client_of(name):
        client = Client()
        name = name.value if isinstance(name, Role) else name
        assert client.login(username=name, password=city.password)
        return client

    return client_of


@pytest.fixture
def writer(sign_in):
    return sign_in(Role.MEMBER)


@pytest.fixture
def office(sign_in):
    return sign_in(Role.STAFF)


@pytest.fixture
def desk(sign_in):
    """The unit's person."""
    return sign_in(Role.UNIT)


def html(answer):
    return answer.content.decode()


def typed(draft=None, **changes):
    """What the form of a draft sends."""
    form = {**TEXT, "rows": "1", "do": "save", "no_link_why": ""}
    form |= {
        "clause-1-doer": "市城管局",
        "clause-1-act": "定清单",
        "clause-1-due_on": "2031-03-31",
        "clause-1-measure": "清单公开",
    }
    return form | changes


# ---- members


def test_a_member_begins_with_a_title_and_comes_to_the_draft(writer, db):
    wrong = writer.post(reverse("member-proposals"), {"title": " "})
    assert wrong.status_code == 422
    assert "请写题目" in html(wrong) and 'href="#title"' in html(wrong)
    page = writer.post(reverse("member-proposals"), {"title": "保底清单"}, follow=True)
    assert page.status_code == 200
    assert 'value="保底清单"' in html(page)
    assert "草稿 第 1 版" in html(page)


def test_the_draft_shows_checks_versions_and_signers(writer, draft, friend, member, now):
    actions.ask_to_sign(proposal=draft, member=friend.account, by=member, now=now)
    page = html(writer.get(reverse("member-proposal", args=[draft.pk])))
    for words in (
        "交之前看一看",
        "每条都有人、有事、有日子",
        "顾明川",
        "第 2 版",
        "递交后 24 小时内可以撤回",
    ):
        assert words in page
    assert "社区卫生站的降压药总断货" in page
    assert "不足 5 人说过" in page


def test_a_row_is_added_and_dropped_without_script(writer, draft):
    here = reverse("member-proposal-write", args=[draft.pk])
    answer = writer.post(here, typed(do="add"))
    assert "more=1#clause-2-doer" in answer.url
    assert 'name="clause-2-doer"' in html(writer.get(answer.url))
    rows = typed(rows="2", do="drop-1", **{"clause-2-doer": "市住建局", "clause-2-act": "补配送"})
    writer.post(here, rows)
    assert [c.act for c in draft.clauses.all()] == ["补配送"]


def test_a_draft_may_lack_things_and_a_submission_may_not(writer, draft):
    here = reverse("member-proposal-write", args=[draft.pk])
    lacking = typed(gains="", **{"clause-1-measure": ""})
    assert writer.post(here, lacking).status_code == 302
    wrong = writer.post(here, lacking | {"do": "submit", "matter": ""})
    assert wrong.status_code == 422
    assert "请写谁得实惠" in html(wrong) and 'href="#gains"' in html(wrong)
    assert TEXT["situation"] in html(wrong)
    wrong = writer.post(here, typed(do="submit", **{"clause-1-measure": ""}))
    assert 'href="#clause-1-measure"' in html(wrong)
    assert Proposal.objects.get().state == State.DRAFT


def test_a_day_that_cannot_be_read_stays_as_it_was_typed(writer, draft):
    here = reverse("member-proposal-write", args=[draft.pk])
    wrong = writer.post(here, typed(**{"clause-1-due_on": "明年春天", "pays": "四十万"}))
    assert wrong.status_code == 422
    assert "明年春天" in html(wrong) and "四十万" in html(wrong)
    assert 'id="clause-1-due_on-err"' in html(wrong)
    draft.refresh_from_db()
    assert draft.pays == TEXT["pays"]


def test_matters_are_found_by_words_or_number_and_linked(writer, member, matter, now):
    one = actions.begin(title="另一件", by=member, now=now)
    here = reverse("member-proposal-write", args=[one.pk])
    found = writer.post(here, typed(find="降压药", do="find"))
    page = html(writer.get(found.url))
    assert matter.title in page and f'value="{matter.pk}"' in page
    writer.post(here, typed(matter=[matter.pk]))
    assert list(one.matters.all()) == [matter]
    assert "没有找到“不存在的事”" in html(
        writer.get(reverse("member-proposal", args=[one.pk]), {"find": "不存在的事"})
    )
    writer.post(here, typed())
    assert not one.matters.exists()


def test_it_is_submitted_and_taken_back_from_the_page(writer, draft, matter):
    here = reverse("member-proposal-write", args=[draft.pk])
    page = writer.post(here, typed(do="submit", matter=[matter.pk]), follow=True)
    assert "交上去了" in html(page) and "撤回" in html(page)
    page = writer.post(reverse("member-proposal-take-back", args=[draft.pk]), follow=True)
    assert "撤回了" in html(page) and "照着写" in html(page)
    page = writer.post(reverse("member-proposal-anew", args=[draft.pk]), follow=True)
    assert TEXT["situation"] in html(page)
    assert "撤回的" in html(writer.get(reverse("member-proposals")))


def test_a_friend_reads_the_whole_text_and_signs_that_version(
    writer, sign_in, friend, draft, member
):
    actions.ask_to_sign(proposal=draft, member=friend.account, by=member, now=timezone.now())
    other = sign_in("friend")
    assert draft.title in html(other.get(reverse("member-proposals")))
    page = html(other.get(reverse("member-proposal", args=[draft.pk])))
    assert TEXT["situation"] in page and 'name="version" value="2"' in page
    here = reverse("member-proposal-sign", args=[draft.pk])
    wrong = other.post(here, {"signing": "recused", "version": "2", "why": ""})
    assert wrong.status_code == 422 and "有什么利害" in html(wrong)
    old = other.post(here, {"signing": "signed", "version": "1"})
    assert old.status_code == 409 and "又改了" in html(old)
    assert other.post(here, {"signing": "signed", "version": "2"}).status_code == 302
    assert "已签 第 2 版" in html(writer.get(reverse("member-proposal", args=[draft.pk])))


def test_asking_nobody_says_so(writer, draft):
    wrong = writer.post(reverse("member-proposal-ask", args=[draft.pk]), {"member": ""})
    assert wrong.status_code == 422 and "请选一位别的委员" in html(wrong)


def test_another_members_draft_is_refused(sign_in, friend, draft):
    other = sign_in("friend")
    for name in ("member-proposal", "member-proposal-write"):
        address = reverse(name, args=[draft.pk])
        answer = other.get(address) if name == "member-proposal" else other.post(address, typed())
        assert answer.status_code == 403


def test_two_versions_stand_side_by_side(writer, draft):
    page = writer.get(reverse("member-proposal-version", args=[draft.pk, 2]))
    assert "原来" in html(page) and TEXT["analysis"] in html(page)
    assert writer.get(reverse("member-proposal-version", args=[draft.pk, 9])).status_code == 404


def test_the_member_reads_the_reply_takes_classes_and_rates(writer, replied):
    assert replied.title in html(writer.get(reverse("member-replies")))
    page = html(writer.get(reverse("member-proposal", args=[replied.pk])))
    assert "清单已经公布" in page and "您认吗" in page
    here = reverse("member-proposal-classes", args=[replied.pk])
    assert writer.post(here, {}).status_code == 422
    page = html(writer.post(here, {"take-1": "yes", "take-3": "no"}, follow=True))
    assert "提案人认这一类" in page and "提案人不认这一类" in page
    here = reverse("member-proposal-rate", args=[replied.pk])
    sent = {f"how-{key}": how for key, (how, _say) in MEMBER_RATING.items()}
    sent |= {f"say-{key}": say for key, (_how, say) in MEMBER_RATING.items()}
    wrong = writer.post(here, sent | {"words": ""})
    assert wrong.status_code == 422 and "第三条还拖着" in html(wrong)
    page = html(writer.post(here, sent | {"words": "第三条要重办"}, follow=True))
    assert "您这一边写好了" in page and "第三条要重办" not in page


# ---- the office


def test_the_review_page_keeps_what_was_typed(office, submitted, city):
    page = html(office.get(reverse("desk-proposal", args=[submitted.pk])))
    assert "三看" in page and "没有联名" in page
    assert f'<option value="{city.roads.pk}" selected>' in page
    here = reverse("desk-proposal-review", args=[submitted.pk])
    sent = {
        "look-who": "pass",
        "look-what": "fail",
        "look-form": "pass",
        "decision": "not_file",
        "case": "empty",
        "passed_to": "",
        "where": "",
        "why": "没有具体建议",
    }
    wrong = office.post(here, sent)
    assert wrong.status_code == 422
    assert "不能退了就完" in html(wrong) and "没有具体建议" in html(wrong)
    assert 'href="#passed_to"' in html(wrong)


def test_two_people_file_it_from_the_page_and_hand_it_over(
    office, sign_in, second, submitted, city
):
    here = reverse("desk-proposal-review", args=[submitted.pk])
    sent = {
        "look-who": "pass",
        "look-what": "pass",
        "look-form": "pass",
        "decision": "file",
        "category": "科教文卫体",
        "lead": city.roads.pk,
        "co": [city.homes.pk],
    }
    assert "还要换一个人审" in html(office.post(here, sent, follow=True))
    other = sign_in("second")
    page = html(other.get(reverse("desk-proposal", args=[submitted.pk])))
    assert "您写完才看得到怎么定的" in page
    assert "立案了，编号青提" in html(other.post(here, sent, follow=True))
    here = reverse("desk-proposal-hand-over", args=[submitted.pk])
    assert "交给单位了" in html(office.post(here, {"lead": city.homes.pk}, follow=True))
    assert "市住建局" in html(office.get(reverse("desk-proposals"), {"tab": "handed"}))
    assert office.post(here, {"lead": city.homes.pk}).status_code == 409


def test_when_two_differ_both_reasons_show(office, sign_in, second, third, submitted, city):
    here = reverse("desk-proposal-review", args=[submitted.pk])
    looks = {"look-who": "pass", "look-what": "pass", "look-form": "pass"}
    filed = {
        "decision": "file",
        "category": "其他方面",
        "lead": city.roads.pk,
        "file_why": "写得实",
    }
    office.post(here, looks | filed)
    refused = {"look-what": "fail", "decision": "not_file", "case": "empty", "why": "太空"}
    refused |= {"passed_to": "writer", "where": "退给本人"}
    sign_in("second").post(here, looks | refused)
    page = html(sign_in("third").get(reverse("desk-proposal", args=[submitted.pk])))
    assert "写得实" in page and "太空" in page and "请第三个人" in page
    assert "等第三个人" in html(office.get(reverse("desk-proposals")))


@pytest.mark.parametrize("tab", ["review", "filed", "returned", "replied", "not_filed", "away"])
def test_every_drawer_opens_for_office_and_auditor(office, sign_in, tab, submitted):
    for client in (office, sign_in(Role.AUDITOR)):
        assert client.get(reverse("desk-proposals"), {"tab": tab, "q": "清单"}).status_code == 200


def test_the_office_asks_again_with_a_reason_or_publishes(office, replied):
    here = reverse("desk-proposal-again", args=[replied.pk])
    wrong = office.post(here, {"again_why": ""})
    assert wrong.status_code == 422 and "哪里不对题" in html(wrong)
    assert "请单位重新答复了" in html(office.post(here, {"again_why": "第三条"}, follow=True))
    public = html(Client().get(reverse("proposal", args=[replied.pk])))
    assert "答复不对题，请单位重新答：第三条" in public


# ---- units


def test_the_unit_finds_its_proposals_and_no_others(desk, sign_in, handed, co_unit, city):
    page = html(desk.get(reverse("unit-proposals")))
    assert handed.title in page and "主办" in page
    other = sign_in("homes")
    assert "会办" in html(other.get(reverse("unit-proposals")))
    assert other.get(reverse("unit-reply", args=[handed.pk])).status_code == 403


def test_another_units_proposal_is_refused_by_every_address(
    desk, submitted, staff, second, city, now
):
    from tests.proposal.test_actions import review

    details = {"category": "其他方面", "lead": city.homes.pk, "co": []}
    for by in (staff, second):
        one = review(submitted, by, now, details=details)
    actions.hand_over(proposal=one, by=staff, now=now)
    for name in ("unit-proposal", "unit-reply"):
        assert desk.get(reverse(name, args=[one.pk])).status_code == 403
    for name in ("unit-reply", "unit-proposal-return", "unit-proposal-opinion"):
        assert desk.post(reverse(name, args=[one.pk]), {"words": "x"}).status_code == 403
    for name in ("unit-proposal-contact", "unit-proposal-rate"):
        assert desk.post(reverse(name, args=[one.pk]), {"words": "x"}).status_code == 403


def answered(**changes):
    return {
        "class-1": "A",
        "words-1": "清单已经公布",
        "proof-1": "网址",
        "class-2": "B",
        "words-2": "正在积极协调有关部门",
        "promised_on-2": "2031年6月30日",
        "promise-2": "文号",
        "class-3": "C",
        "words-3": "由省里定",
        "blocked_by-3": "省办法",
        "can_do-3": "先报",
        "number": "青城函51号",
        "do": "send",
    } | changes


def test_a_reply_that_lacks_something_comes_back_with_everything_typed(desk, handed):
    here = reverse("unit-reply", args=[handed.pk])
    wrong = desk.post(here, answered(**{"promised_on-2": ""}))
    page = html(wrong)
    assert wrong.status_code == 422
    assert "请写答应到哪一天" in page and 'href="#promised_on-2"' in page
    assert "青城函51号" in page and "省办法" in page
    assert 'value="A" checked' in page
    wrong = desk.post(here, answered(**{"promised_on-2": "年底"}))
    assert wrong.status_code == 422 and "年底" in html(wrong)


def test_hollow_words_are_pointed_at_and_do_not_hinder(desk, handed):
    here = reverse("unit-reply", args=[handed.pk])
    page = html(desk.post(here, answered(do="keep"), follow=True))
    assert "存好了" in page and "“积极协调”" in page and "“有关部门”" in page
    assert "<b>B</b>" in page
    page = html(desk.post(here, answered(), follow=True))
    assert "答复送出去了" in page
    assert "积极协调" in html(Client().get(reverse("vague-words")))


def test_a_unit_returns_gives_an_opinion_and_notes_a_talk(desk, sign_in, co_unit, handed):
    other, key = sign_in("homes"), [handed.pk]
    wrong = other.post(reverse("unit-proposal-opinion", args=key), {"opinion": ""})
    assert wrong.status_code == 422 and 'href="#opinion"' in html(wrong)
    other.post(reverse("unit-proposal-opinion", args=key), {"opinion": "能补七成"})
    assert "能补七成" in html(desk.get(reverse("unit-reply", args=key)))
    here = reverse("unit-proposal-contact", args=key)
    wrong = desk.post(here, {"on": "前天", "how": "面谈", "talked": "谈了一半"})
    assert wrong.status_code == 422
    assert "前天" in html(wrong) and "谈了一半" in html(wrong)
    today = timezone.localdate().isoformat()
    assert "谈了清单" in html(
        desk.post(here, {"on": today, "how": "面谈", "talked": "谈了清单"}, follow=True)
    )
    here = reverse("unit-proposal-return", args=key)
    assert desk.post(here, {"words": ""}).status_code == 422
    assert "退回了" in html(desk.post(here, {"words": "归住建局"}, follow=True))
    assert "归住建局" in html(Client().get(reverse("proposal", args=key)))


# ---- everybody


def test_the_public_list_and_page_tell_what_was_answered(handed, unit, now):
    visitor = Client()
    page = html(visitor.get(reverse("proposals")))
    assert handed.title in page and handed.number in page
    page = html(visitor.get(reverse("proposal", args=[handed.pk])))
    assert "定保底清单" in page and "一起公开" in page and TEXT["situation"] not in page


def test_published_it_is_whole(replied, staff, now):
    actions.publish(proposal=replied, by=staff, now=now)
    page = html(Client().get(reverse("proposal", args=[replied.pk])))
    for words in (TEXT["situation"], "清单已经公布", "欠账", "省考核办法", "先报省里"):
        assert words in page
    assert "答复" in html(Client().get(reverse("proposals"), {"tab": "answered"}))


def test_what_is_not_filed_is_not_on_a_page_of_its_own(submitted, draft):
    assert Client().get(reverse("proposal", args=[submitted.pk])).status_code == 404


def test_ratings_open_together(replied, member, unit, now):
    visitor, here = Client(), reverse("proposal", args=[replied.pk])
    actions.rate(proposal=replied, answers=MEMBER_RATING, words="第三条要", by=member, now=now)
    assert "第三条还拖着" not in html(visitor.get(here))
    actions.rate(proposal=replied, answers=UNIT_RATING, words="附上清单", by=unit, now=now)
    page = html(visitor.get(here))
    assert "第三条还拖着" in page and "附上清单" in page and "不打分" in page


# ---- information reports


def test_a_report_goes_its_way_on_the_pages(writer, office, matter):
    page = writer.post(reverse("member-reports"), {"title": ""})
    assert page.status_code == 422
    page = writer.post(reverse("member-reports"), {"title": "夜里没有儿科"}, follow=True)
    report = Report.objects.get()
    here = reverse("member-report", args=[report.pk])
    wrong = writer.post(here, {"title": "夜里没有儿科", "text": "", "do": "submit"})
    assert wrong.status_code == 422 and 'href="#text"' in html(wrong)
    assert office.get(reverse("desk-report", args=[report.pk])).status_code == 403
    found = writer.post(here, {"title": "夜里", "text": "跑18公里", "find": "降压药", "do": "find"})
    assert matter.title in html(writer.get(found.url))
    writer.post(here, {"title": "夜里", "text": "跑18公里", "matter": matter.pk, "do": "submit"})
    deal = reverse("desk-report-deal", args=[report.pk])
    assert "跑18公里" in html(office.get(reverse("desk-report", args=[report.pk])))
    assert office.post(deal, {"do": "not-use", "why": ""}).status_code == 422
    office.post(deal, {"do": "edit", "edited_text": "北关夜间缺儿科"})
    office.post(deal, {"do": "send", "sent_to": "省政协"})
    office.post(deal, {"do": "answer", "answer": "已经批转"})
    page = html(writer.get(here))
    assert "北关夜间缺儿科" in page and "已经批转" in page
    assert "已经批转" in html(writer.get(reverse("member-reports")))
    assert "夜里" in html(office.get(reverse("desk-reports"), {"state": "answered"}))


def test_the_office_begins_a_report_of_its_own(office):
    page = office.post(reverse("desk-reports-begin"), {"title": "一周的话"}, follow=True)
    assert "写信息" in html(page)


def test_no_page_of_a_unit_or_of_everybody_leads_to_a_speaker(desk, handed):
    for page in (
        desk.get(reverse("unit-proposal", args=[handed.pk])),
        Client().get(reverse("proposal", args=[handed.pk])),
    ):
        assert NAME not in html(page) and PHONE not in html(page)
