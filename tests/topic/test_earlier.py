"""Who said it before, while a topic is taken up: matters and library texts, with the place."""

import pytest
from django.urls import reverse

from biaochi.library import actions as library
from biaochi.people import vault
from biaochi.topic import earlier
from biaochi.topic.analysis import bare
from biaochi.voice import actions as voices
from biaochi.voice.matters import actions as matters
from biaochi.voice.models import Membership, Voice
from biaochi.voice.rules import Channel

PAGE = (
    "校门口调研手记\n"
    "我们数了三天。\n"
    "放学那四十分钟，接孩子的车排出去三百米，救护车开不进来，老人推着自行车在车缝里走。\n"
    "建议错峰放学，把河边的空地借出来停车。"
)


@pytest.fixture(autouse=True)
def nothing_kept():
    earlier.KEPT.forget()
    yield
    earlier.KEPT.forget()


@pytest.fixture
def say(city, resident, staff, now):
    """A matter of one voice in its own words."""

    def spoken(title, text, phone, *, public=True, seen=True):
        heard = voices.hear(
            words=voices.Words(text),
            channel=Channel.WEB,
            area=city.east,
            public=public,
            speaker=vault.speaker_for(phone=phone),
            by=resident,
            now=now,
        ).voice
        if seen:
            voices.mark_seen(voices=[heard], by=staff, now=now)
        return matters.open_matter(
            title=title, voices=[heard], category=city.lamps, by=staff, now=now
        )

    return spoken


@pytest.fixture
def school(say):
    return say("实验小学门口放学堵车", "接孩子的车把路占满了，老人孩子没法走。", "13900000001")


@pytest.fixture
def river(say):
    return say("白沙河发臭", "夏天不敢开窗，水面漂着死鱼。", "13900000002")


@pytest.fixture
def notes(staff, now):
    taken = library.take_in(
        data=PAGE.encode(), name="稿.txt", rights="资料室存稿", by=staff, now=now
    )
    return library.publish(document=taken, by=staff, now=now)


def asked(title="", text="", but=()):
    found = earlier.found(title=title, text=text, but=but)
    return [line.title for line in found["matter"]], found["library"]


def html(client, *keys, **typed):
    sent = {"matter": list(keys), **typed}
    return client.get(reverse("desk-topic-new"), sent).content.decode()


def test_a_matter_in_other_words_is_found_and_an_unrelated_one_is_not(school, river):
    titles, _texts = asked("小学放学的时候门口堵", "接孩子的车没处停")
    assert titles == ["实验小学门口放学堵车"]
    assert asked("幼儿保教费能不能退") == ([], [])


def test_a_library_text_opens_at_its_paragraph(notes, school):
    _titles, (line,) = asked("接孩子的车排得太长", "救护车开不进来")
    assert line.page == "library-read"
    assert line.args == (notes.pk, 1)
    number = next(n for n, words in enumerate(_paragraphs(notes), 1) if "救护车" in words)
    assert line.at == f"?at={number}#p1-{number}"
    assert "救护车" in "".join(words for words, _shared in line.quote)
    assert any(shared for _words, shared in line.quote)


def _paragraphs(document):
    return document.pages.get(number=1).text.split("\n")


def test_the_page_of_a_new_topic_shows_both_and_leaves_out_what_was_chosen(
    enter, say, school, notes
):
    other = say("城东小学门口接孩子没处停", "放学接孩子的车占了半条路。", "13900000003")
    page = html(enter("staff"), other.pk, question="救护车开不进来怎么办")
    assert "以前有人说过" in page
    assert f'href="{reverse("matter", args=[school.pk])}"' in page
    assert f"{reverse('library-read', args=[notes.pk, 1])}?at=" in page
    assert f'href="{reverse("matter", args=[other.pk])}"' not in page
    member = enter("member").get(reverse("member-topic-new"), {"matter": other.pk})
    assert school.title in member.content.decode()


def test_nothing_found_is_said_plainly_and_nothing_asked_shows_nothing(enter, river):
    office = enter("staff")
    assert "没有找到以前有人这样说过" in html(office, title="幼儿保教费能不能退")
    assert "以前有人说过" not in html(office)


def test_a_hostile_title_is_escaped(enter, say):
    say("<script>alert(1)</script>接孩子堵车", "<b>接孩子</b>的车占满了路。", "13900000004")
    page = html(enter("staff"), title="接孩子的车占满了路")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<b>接孩子" not in page


def test_words_that_are_not_public_are_neither_found_nor_quoted(say):
    say("一件小事", "我家楼下的铁皮房夜里锯木头。", "13900000005", public=False)
    say("又一件小事", "我家楼下的铁皮房夜里锯木头。", "13900000006", seen=False)
    assert asked("楼下铁皮房锯木头") == ([], [])


def test_the_list_renews_when_the_record_moves(school, staff, resident, say, now):
    assert asked("河水发臭有死鱼") == ([], [])
    river = say("白沙河发臭", "夏天不敢开窗，水面漂着死鱼。", "13900000002")
    assert asked("河水发臭有死鱼")[0] == [river.title]
    matters.rename(matter=river, title="青溪河的味道", place="", by=staff, now=now)
    assert asked("青溪河的味道")[0] == ["青溪河的味道"]
    (voice,) = Voice.objects.filter(membership__matter=river)
    voices.hide(voice=voice, reason="写到了别人", by=staff, now=now)
    assert asked("水面漂着死鱼") == ([], [])


def test_a_large_shelf_reads_only_what_was_touched(
    school, say, resident, now, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr("biaochi.topic.keeping.FEW", 0)
    monkeypatch.setattr("biaochi.topic.keeping.GROWN", 100)
    first = earlier.KEPT.shelf()
    river = say("白沙河发臭", "夏天不敢开窗，水面漂着死鱼。", "13900000002")
    grown = earlier.KEPT.shelf()
    assert grown.learnt is first.learnt, "it was not built anew"
    assert len(grown) == len(first) + 1
    assert asked("河水发臭有死鱼")[0] == [river.title]
    (voice,) = Voice.objects.filter(membership__matter=river)
    matters.withdraw(voice=voice, by=resident, now=now)
    assert Membership.objects.filter(matter=river).exists()
    assert len(earlier.KEPT.shelf()) == len(first), "nobody stands behind it any more"
    with django_assert_max_num_queries(1):
        earlier.KEPT.shelf()


def test_a_text_that_was_taken_down_is_gone(notes, staff, now):
    assert len(asked("救护车开不进来")[1]) == 1
    library.take_down(document=notes, why="写错了", by=staff, now=now)
    assert asked("救护车开不进来") == ([], [])


@pytest.mark.parametrize(
    ("title", "rest"),
    [
        ("关于加快老楼加装电梯的提案", "加快老楼加装电梯"),
        ("白沙河清淤", "白沙河清淤"),
        ("的建议", "的建议"),
    ],
)
def test_the_form_of_a_title_says_nothing(title, rest):
    assert bare(title) == rest
