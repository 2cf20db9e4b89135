import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from biaochi.core.actors import Role
from biaochi.people import vault
from biaochi.voice import actions as verbs
from biaochi.voice.matters import actions
from biaochi.voice.matters.lists import is_public
from biaochi.voice.models import Matter, Membership, Regroup, Suggestion, Voice
from biaochi.voice.queries import PUBLIC
from biaochi.voice.rules import Answer, MatterState

PUBLIC_PAGES = ("/voices", "/matters", "/voices.csv", "/voices.csv?what=words")
DESK_PAGES = ("/desk/suggestions", "/desk/matters", "/desk/voices")


@pytest.fixture
def today():
    return timezone.now() - dt.timedelta(days=2)


@pytest.fixture
def spoken(say, city, staff, today):
    """Six people about lamps in the east (one in the north), seen by the office."""
    voices = [
        say(
            f"文化路的路灯坏了，第 {n} 个人说",
            area=city.north if n == 5 else city.east,
            groups=["old"],
            speaker=vault.speaker_for(visit=f"v{n}"),
            moment=today,
        )
        for n in range(6)
    ]
    verbs.mark_seen(voices=voices, by=staff, now=today)
    return voices


@pytest.fixture
def lamps(spoken, staff, today):
    return actions.open_matter(title="文化路路灯不亮", voices=spoken, by=staff, now=today)


@pytest.fixture
def at_desk(client, city):
    client.force_login(city.users[Role.STAFF])
    return client


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_everybody_may_read_the_public_pages_even_when_nothing_was_said(client, db, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", DESK_PAGES)
@pytest.mark.parametrize("role", [Role.UNIT, Role.MEMBER, Role.AUDITOR])
def test_only_the_office_enters_the_desk_of_matters(client, city, address, role):
    client.force_login(city.users[role])
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", DESK_PAGES)
def test_the_desk_pages_open_when_there_is_nothing_to_do(at_desk, address):
    assert at_desk.get(address).status_code == 200


def test_two_letters_find_matters_and_words_with_the_words_marked(client, lamps):
    page = text(client.get("/voices?q=路灯"))
    assert "文化路路灯不亮" in page
    assert "<mark>路灯</mark>" in page
    assert "找到 1 件事、6 条原话" in page


def test_a_voice_nobody_looked_at_or_that_wants_no_public_is_not_shown(client, say, today, lamps):
    say("路灯那里我藏了钥匙", moment=today)
    say("路灯旁边是我家", public=False, moment=today)
    page = text(client.get("/voices?q=路灯"))
    assert "钥匙" not in page
    assert "我家" not in page
    assert "不足 5 条" in page


def test_many_hidden_voices_are_told_as_a_number(client, say, today, lamps):
    for n in range(7):
        say(f"路灯不亮，不要公开 {n}", public=False, moment=today)
    assert "另外 7 条本人不想公开" in text(client.get("/voices?q=路灯"))


def test_filters_narrow_and_stand_as_chips_that_can_be_taken_away(client, city, lamps):
    page = text(client.get(f"/voices?q=路灯&area={city.north.pk}&group=old"))
    assert "1 条原话" in page
    assert "去掉这个条件" in page
    assert "第 5 个人说" in page
    assert "第 3 个人说" not in page


def test_the_empty_page_says_what_to_try_instead(client, city, lamps):
    page = text(client.get(f"/voices?q=路灯&area={city.north.pk}&step=5"))
    assert "还没有人在这儿说过这件事" in page
    assert "去掉“交办落实”再找" in page


def test_a_chosen_span_of_time_opens(client, lamps):
    for span in ("1w", "4w", "3m", "year", "all", "nonsense"):
        assert client.get(f"/voices?time={span}").status_code == 200


def test_a_week_is_today_and_the_six_days_before_it(client, say, staff):
    now = timezone.now()
    for title, days in (("井盖松了", 6), ("下水道堵了", 7)):
        moment = now - dt.timedelta(days=days)
        voice = say(f"门口{title}", moment=moment)
        verbs.mark_seen(voices=[voice], by=staff, now=now)
        actions.open_matter(title=title, voices=[voice], by=staff, now=now)
    week = text(client.get("/voices?time=1w"))
    assert "井盖松了" in week
    assert "下水道堵了" not in week
    assert '<option value="1w" selected>这七天</option>' in week
    assert "下水道堵了" in text(client.get("/voices?time=4w"))


def test_a_care_mark_keeps_a_small_matter_visible(client, say, staff, today, lamps):
    one = say("盲道断在路灯前", moment=today)
    small = actions.open_matter(title="盲道断了", voices=[one], by=staff, now=today)
    assert "人数少，也等不得" not in text(client.get("/voices"))
    actions.care(matter=small, why="有人摔过", by=staff, now=today)
    page = text(client.get("/voices"))
    assert "人数少，也等不得" in page
    assert "有人摔过" in page
    assert "不足 5 人说，不写具体几位" in page


def test_the_list_of_matters_sorts_and_hides_small_numbers(client, say, staff, today, lamps):
    two = [say(f"井盖 {n}", moment=today) for n in range(2)]
    actions.open_matter(title="井盖松了", voices=two, by=staff, now=today)
    for sort in ("people", "heat", "new"):
        page = text(client.get(f"/matters?sort={sort}"))
        assert page.index("文化路路灯不亮") < page.index("井盖松了")
    assert "不足 5 人说过" in page
    assert "6 条话" in page


def test_the_table_of_matters_has_no_small_cell_and_no_formula(client, say, staff, today, lamps):
    actions.open_matter(title="=1+1", voices=[say("一条", moment=today)], by=staff, now=today)
    answer = client.get("/voices.csv?time=all")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    by_title = {row[1]: row for row in rows[1:]}
    assert by_title["文化路路灯不亮"][4] == "6"
    assert by_title["'=1+1"][4:] == ["不足 5", "不足 5", "", ""]


def test_the_table_of_words_has_only_what_everybody_may_read(client, say, today, lamps):
    say("路灯的秘密", public=False, moment=today)
    answer = client.get("/voices.csv?what=words&time=all")
    table = b"".join(answer.streaming_content).decode()
    assert "第 3 个人说" in table
    assert "秘密" not in table


def test_a_matters_page_shows_words_numbers_and_what_happened(client, lamps):
    page = text(client.get(reverse("matter", args=[lamps.pk])))
    assert "文化路路灯不亮" in page
    assert "陆续 6 人" in page
    assert "归成一件事" in page
    assert "怎么算的" in page
    assert "北关</th>" not in page  # one person there: no cell of the breakdown


def test_a_merged_matter_leads_on_and_a_dissolved_one_is_not_found(
    client, say, staff, today, lamps
):
    other = actions.open_matter(title="黑", voices=[say("黑", moment=today)], by=staff, now=today)
    lone = actions.open_matter(title="孤", voices=[say("孤", moment=today)], by=staff, now=today)
    actions.merge(into=lamps, matters=[other], by=staff, now=today)
    actions.undo(regroup=Regroup.objects.order_by("pk")[2], by=staff, now=today)
    assert client.get(f"/matters/{other.pk}").headers["Location"] == f"/matters/{lamps.pk}"
    assert client.get(f"/matters/{lone.pk}").status_code == 404
    assert client.get("/matters/99999").status_code == 404


@pytest.fixture
def others(say, today):
    """What is rare is only known among other things."""
    for words in ("下水道堵了", "小学门口堵车", "药店买不到药", "十路公交车太少"):
        say(words, moment=today)


def test_the_office_answers_a_suggestion_and_takes_it_back(at_desk, spoken, others, today):
    actions.suggest(now=today)
    suggestion = Suggestion.objects.get()
    assert "<mark>" in text(at_desk.get("/desk/suggestions"))
    keys = [str(voice.pk) for voice in spoken]
    sent = {"answer": "yes", "inside": keys, "voice": keys[:5], "title": "路灯不亮"}
    answer = at_desk.post(f"/desk/suggestions/{suggestion.pk}", sent, follow=True)
    assert "撤回这一次" in text(answer)
    assert Matter.objects.get().title == "路灯不亮"
    assert Membership.objects.count() == 5
    at_desk.post(f"/desk/regroups/{Regroup.objects.get().pk}/undo")
    assert not Membership.objects.exists()
    suggestion.refresh_from_db()
    assert suggestion.answer == Answer.OPEN


def test_no_can_be_taken_back_on_the_page_that_follows(at_desk, spoken, others, today):
    actions.suggest(now=today)
    pk = Suggestion.objects.get().pk
    page = at_desk.post(f"/desk/suggestions/{pk}", {"answer": "no"}, follow=True)
    assert "记下了：不是一回事" in text(page)
    at_desk.post(f"/desk/suggestions/{pk}/back")
    assert Suggestion.objects.get().answer == Answer.OPEN


def test_a_matter_is_put_in_order_at_the_desk(at_desk, lamps, spoken):
    here = f"/desk/matters/{lamps.pk}"
    at_desk.post(f"{here}/name", {"title": "文化路没有灯", "place": "文化路"})
    at_desk.post(f"{here}/care", {"reason": "有老人摔过"})
    lamps.refresh_from_db()
    assert (lamps.title, lamps.place, lamps.care_why) == ("文化路没有灯", "文化路", "有老人摔过")
    keys = [spoken[0].pk, spoken[1].pk]
    page = at_desk.post(
        f"{here}/voices", {"deed": "split", "voice": keys, "title": "另一段路"}, follow=True
    )
    assert "撤回这一次" in text(page)
    new = Matter.objects.get(title="另一段路")
    at_desk.post(f"{here}/voices", {"deed": "move", "voice": [spoken[2].pk], "into": new.pk})
    at_desk.post(f"{here}/voices", {"deed": "out", "voice": [spoken[3].pk]})
    new.refresh_from_db()
    lamps.refresh_from_db()
    assert (new.voice_count, lamps.voice_count) == (3, 2)
    page = at_desk.get(f"{here}?find=另一段")
    assert "另一段路" in text(page)
    at_desk.post(f"{here}/merge", {"into": new.pk})
    lamps.refresh_from_db()
    assert lamps.state == MatterState.MERGED
    assert at_desk.get(here).headers["Location"] == f"/desk/matters/{new.pk}"


def test_what_is_missing_is_said_on_the_page_with_everything_typed(at_desk, lamps, spoken):
    here = f"/desk/matters/{lamps.pk}"
    answer = at_desk.post(f"{here}/voices", {"deed": "split", "voice": [spoken[0].pk], "title": ""})
    assert answer.status_code == 422
    assert f'value="{spoken[0].pk}" checked' in text(answer)
    answer = at_desk.post(f"{here}/name", {"title": "长" * 61, "place": ""})
    assert (answer.status_code, "长" * 61 in text(answer)) == (422, True)
    answer = at_desk.post(f"{here}/merge", {})
    assert (answer.status_code, "请先选一件事" in text(answer)) == (422, True)


def test_voices_are_marked_as_read_grouped_and_hidden_at_the_desk(at_desk, say, today, lamps):
    voices = [say(f"井盖松了 {n}", moment=today) for n in range(4)]
    keys = [voice.pk for voice in voices]
    assert "井盖松了 0" in text(at_desk.get("/desk/voices"))
    at_desk.post("/desk/voices/chosen", {"deed": "seen", "voice": keys[:1]})
    assert Voice.objects.get(pk=keys[0]).seen_at
    at_desk.post("/desk/voices/chosen", {"deed": "open", "voice": keys[:2], "title": "井盖"})
    assert Matter.objects.get(title="井盖").voice_count == 2
    at_desk.post("/desk/voices/chosen", {"deed": "join", "voice": keys[2:3], "into": lamps.number})
    assert Membership.objects.get(voice=keys[2]).matter == lamps
    answer = at_desk.post(
        "/desk/voices/chosen", {"deed": "join", "voice": keys[3:], "into": "没有"}
    )
    assert (answer.status_code, 'value="没有"' in text(answer)) == (422, True)
    at_desk.post(f"/desk/voices/{keys[3]}/hide", {"reason": "指名道姓"})
    assert Voice.objects.get(pk=keys[3]).hidden_why == "指名道姓"
    assert at_desk.post(f"/desk/voices/{keys[2]}/hide", {"reason": ""}).status_code == 422


def test_original_words_are_opened_with_a_reason_only(at_desk, say, today):
    voice = say("我的号码是 13912345678，路灯坏了", moment=today)
    page = text(at_desk.get(f"/desk/voices/{voice.pk}"))
    assert "13912345678" not in page
    assert at_desk.post(f"/desk/voices/{voice.pk}/look", {"why": ""}).status_code == 422
    page = text(at_desk.post(f"/desk/voices/{voice.pk}/look", {"why": "核对地址"}))
    assert "13912345678" in page
    assert "核对地址" in text(at_desk.get(f"/desk/voices/{voice.pk}"))


def test_pages_make_a_fixed_number_of_queries(
    client, lamps, say, staff, today, django_assert_max_num_queries
):
    for n in range(12):
        voice = say(f"别的事 {n}", moment=today)
        actions.open_matter(title=f"别的 {n}", voices=[voice], by=staff, now=today)
    for address, most in (("/voices?q=路灯", 20), ("/matters", 12)):
        with django_assert_max_num_queries(most):
            client.get(address)


def test_what_is_public_is_the_same_in_a_query_and_on_a_row(say, staff, resident, today, spoken):
    say("没人看过", moment=today)
    say("不要公开", public=False, moment=today, seen=True)
    verbs.hide(voice=spoken[0], reason="指名道姓", by=staff, now=today)
    verbs.withdraw(voice=spoken[1], by=resident, now=today)
    by_query = set(Voice.objects.filter(PUBLIC))
    assert by_query == {voice for voice in Voice.objects.all() if is_public(voice)}
    assert len(by_query) == 4
