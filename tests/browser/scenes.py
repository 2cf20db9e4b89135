"""What the pages show when there is something to show. Each scene gives the keys of addresses.

Everything is made by the verbs, at this hour, because pages read the clock. A scene that
belongs to a visitor leaves its cookies in ``client``, and the browser takes them over.
"""

import pytest
from django.urls import reverse
from django.utils import timezone

from biaochi.core.actors import RESIDENT
from biaochi.library import actions as library
from biaochi.library import complaints, lists
from biaochi.library.queries import mark_of
from biaochi.people import vault
from biaochi.task import actions as tasks
from biaochi.voice import actions as voices
from biaochi.voice.matters import actions as matters
from biaochi.voice.models import Suggestion
from biaochi.voice.rules import Channel, Group, Urgency
from biaochi.voice.sheets import actions as sheets
from tests.library.conftest import RIGHTS, RULE, SPEECH
from tests.voice.sheets.conftest import COLUMNS, row

LONG = (
    "文化路从邮局到菜市场这一段的路灯全黑了，半个月没有人来修，晚上下班的人都打着手机走路，"
    "上个星期有一位老人在井盖旁边摔了一跤。我们打过电话，说是已经派单，可是灯还是不亮。"
)
LAMPS = (LONG, "后街路灯不亮，老人不敢出门。", "路灯黑了好久，孩子放学摔了一跤。") * 2
LIFTS = ("我们楼想加装电梯，一楼不肯签字，老人下不了楼。", "老楼加装电梯卡在一楼签字。")
ALIKE = (
    "石桥菜市场门口的下水道又堵了，污水漫到路上，味道很大。",
    "石桥菜市场门口下水道堵了，污水漫到路上，没法走。",
    "石桥菜市场门口的下水道堵了半个月，污水漫到路上。",
)


@pytest.fixture
def say(city):
    """Say something as a resident; gives the voice and its code."""

    def tell(text, phone="", **rest):
        rest = {"area": city.east, "groups": [Group.OLD], "urgency": Urgency.HARD} | rest
        if phone:
            rest["speaker"] = vault.speaker_for(phone=phone)
        words = voices.Words(text, place="幸福里小区")
        return voices.hear(
            words=words, channel=Channel.WEB, by=RESIDENT, now=timezone.now(), **rest
        )

    return tell


@pytest.fixture
def gathered(say, city, staff):
    """Six people about lamps and two about lifts; two voices that nobody has read."""
    now = timezone.now()
    told = [say(text, f"1381234567{n}") for n, text in enumerate(LAMPS)]
    more = [say(text, f"1391234567{n}", area=city.north) for n, text in enumerate(LIFTS)]
    unread = [say("公交站台的灯三个都不亮。", "13712345678"), say("图书馆周一不开门。")]
    heard = [one.voice for one in told + more]
    voices.mark_seen(voices=heard, by=staff, now=now)
    lamps = matters.open_matter(
        title="文化路的路灯不亮", voices=heard[:6], category=city.lamps, by=staff, now=now
    )
    lifts = matters.open_matter(title="老楼装电梯", voices=heard[6:], by=staff, now=now)
    matters.care(matter=lifts, why="六楼的老人下不了楼", by=staff, now=now)
    return {"code": told[0].code, "told": told, "unread": unread, "lamps": lamps, "lifts": lifts}


@pytest.fixture
def town(gathered, say, city, staff, unit):
    """A matter that is worked on, one handed over, one returned, one merged; suggestions wait."""
    now = timezone.now()
    lamps, lifts, told = gathered["lamps"], gathered["lifts"], gathered["told"]
    deed = {"unit": city.roads, "by": staff, "now": now}
    doing = tasks.hand_over(matter=lamps, what="把文化路的路灯修亮", **deed)
    tasks.accept(task=doing, first_act="三天内查清线路", by=unit, now=now)
    new = tasks.hand_over(matter=lifts, what="去楼里问清一楼为什么不签", **deed)
    drain = [say(text).voice for text in ("井盖松了，车一过就响。", "井盖翘起来，绊人。")]
    voices.mark_seen(voices=drain, by=staff, now=now)
    back = matters.open_matter(title="井盖松了", voices=drain[:1], by=staff, now=now)
    twin = matters.open_matter(title="井盖翘起来", voices=drain[1:], by=staff, now=now)
    matters.merge(into=back, matters=[twin], by=staff, now=now)
    returned = tasks.hand_over(matter=back, what="把井盖垫平", **deed)
    tasks.give_back(task=returned, reason="not_ours", words="井盖归水务局管。", by=unit, now=now)
    alike = [say(text, f"1361234567{n}").voice for n, text in enumerate(ALIKE)]
    voices.mark_seen(voices=alike, by=staff, now=now)
    assert matters.suggest(now=now)
    vault.look_at_contact(speaker=told[0].voice.speaker, why="回访", by=staff, now=now)
    hidden = gathered["unread"][1].voice
    voices.hide(voice=hidden, reason="写到了别人的名字", by=staff, now=now)
    return {
        "code": gathered["code"],
        "matter": lamps.pk,
        "small": lifts.pk,
        "returned": back.pk,
        "merged": twin.pk,
        "voice": told[0].voice.pk,
        "unread": gathered["unread"][0].voice.pk,
        "hidden": hidden.pk,
        "doing": doing.pk,
        "new": new.pk,
        "back": returned.pk,
        "suggestion": Suggestion.objects.latest("pk").pk,
    }


@pytest.fixture
def code_entered(town, client):
    """Somebody typed the code of a receipt."""
    assert client.post(reverse("mine"), {"code": town["code"]}).status_code == 302
    return town


@pytest.fixture
def half_said(city, client):
    """Somebody answered the four questions and has not sent it off."""
    client.post(reverse("say-what"), {"text": LONG})
    client.post(reverse("say-where"), {"area": city.east.pk, "place": "文化路"})
    client.post(reverse("say-whom"), {"groups": ["old"], "urgency": "hard"})
    sent = client.post(
        reverse("say-reply"), {"reply": "phone", "phone": "13812345678", "public": "yes"}
    )
    assert sent.url == reverse("say-check")


@pytest.fixture
def said(half_said, client):
    assert client.post(reverse("say-check"), {"join": "alone"}).url == reverse("say-done")


@pytest.fixture
def call(city, client):
    """A clerk wrote down what somebody said on the telephone, to be read back."""
    client.force_login(city.users["staff"])
    typed = {"agreed": "on", "channel": "phone", "words": LONG, "area": city.east.pk}
    sent = client.post(reverse("desk-intake"), {**typed, "groups": ["old"], "deed": "read"})
    assert sent.status_code == 302, sent.content.decode()
    return {"place": sent.url.split("/")[-2]}


@pytest.fixture
def books(city, staff):
    """A spreadsheet that was tried, one half way in, one taken and one taken back."""
    now = timezone.now()
    texts = ("站台的灯不亮，看不见路。", "没有电梯，老人下楼难。", "", "下水道又堵了。")
    found = {}
    for name in ("tried", "taking", "taken", "undone"):
        rows = [row(n, text and f"{name}：{text}") for n, text in enumerate(texts, 1)]
        lines = [",".join(cells) for cells in [COLUMNS, *rows]]
        batch = sheets.try_in(
            file_bytes_or_path="\n".join(lines).encode(),
            file_name=f"{name}.csv",
            by=staff,
            now=now,
        )
        found[name] = batch.pk
        if name == "taking":
            sheets.begin(batch=batch, by=staff, now=now, seen=True)
        if name in {"taken", "undone"}:
            batch = sheets.take_in(batch=batch, by=staff, now=now, seen=True)
        if name == "undone":
            sheets.undo(batch=batch, by=staff, now=now)
    return found


@pytest.fixture
def shelf(city, staff):
    """Documents to read, one still a draft, one taken down; a list; two complaints."""
    now = timezone.now()

    def bring(text, **more):
        return library.take_in(
            data=text.encode(), name="稿子.txt", rights=RIGHTS, by=staff, now=now, **more
        )

    speech = library.publish(document=bring(SPEECH, author_words="一位委员"), by=staff, now=now)
    rule = bring(RULE, may_download=True, genre="rule", category=city.lamps, happened_on=now.date())
    rule = library.publish(document=rule, by=staff, now=now)
    draft = bring("调研提纲\n先看三处，再问五位老人。")
    down = library.publish(document=bring("旧稿\n这一份后来撤下了。"), by=staff, now=now)
    library.take_down(document=down, why="作者要求撤下", by=staff, now=now)
    reading = lists.make_list(title="怎样写提案", why="新委员先看", by=staff, now=now)
    lists.put_on(reading_list=reading, document=speech, what_for="看第 3 段", by=staff, now=now)
    deed = {"document": speech, "words": "第二段的日子写错了。", "by": RESIDENT, "now": now}
    waiting = complaints.complain(reason="wrong", **deed)
    answered = complaints.complain(reason="mine", **deed)
    complaints.answer(complaint=answered, words="已经核对，改好了。", by=staff, now=now)
    return {
        "speech": speech.pk,
        "rule": rule.pk,
        "draft": draft.pk,
        "down": down.pk,
        "list": reading.pk,
        "waiting": waiting.pk,
        "mark": mark_of(waiting),
        "answered": mark_of(answered),
    }


@pytest.fixture
def compilation(shared, staff):
    """The real compilation, which lacks a part and breaks off."""
    data = (shared / "library" / "compilation_of_four_speeches.txt").read_bytes()
    now = timezone.now()
    found = library.take_in(data=data, name="汇编.txt", rights=RIGHTS, by=staff, now=now)
    library.publish(document=found, by=staff, now=now)
    return {"pk": found.pk, "last": found.page_count}
