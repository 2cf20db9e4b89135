"""Documents for the library, brought in by the verbs: small fictional ones, and the real file."""

import pytest

from biaochi.library import actions

SPEECH = (
    "把小事当自己的大事\n"
    "去年冬天，我跟着城建组去了机床厂宿舍。没打招呼，也没让人陪。三楼的门开着，"
    "老人在炉子边烘一双棉鞋。\n"
    "后来我给自己立了个规矩：每写一条建议，先写清三样，谁得实惠、谁来办、哪天能看见。\n"
    "有人说，事太小，不值得上会。可对一家人来说，楼道里那盏不亮的灯，就是每天晚上最大的事。"
)
RULE = (
    "青溪市政协提案工作办法\n"
    "第十二条　立案以前，应当写明群众能得什么实惠、多少人得、何时得、钱从哪里来、谁可能吃亏。\n"
    "第十九条　承办单位应当在三个月内书面答复，并逐条说明办到哪一步。"
)
RIGHTS = "市政协资料室存稿，可以公开阅读"


@pytest.fixture
def take_in(staff, now):
    """Bring a text in as a draft."""

    def bring(text=SPEECH, **changes):
        data = text if isinstance(text, bytes) else text.encode()
        deed = {"data": data, "name": "稿子.txt", "rights": RIGHTS, "by": staff, "now": now}
        return actions.take_in(**{**deed, **changes})

    return bring


@pytest.fixture
def open_up(take_in, staff, now):
    """Bring a text in and publish it."""

    def bring(text=SPEECH, **changes):
        return actions.publish(document=take_in(text, **changes), by=staff, now=now)

    return bring


@pytest.fixture
def speech(open_up):
    return open_up(SPEECH)


@pytest.fixture
def rule(open_up):
    return open_up(RULE)


@pytest.fixture
def real_file(shared):
    return (shared / "library" / "compilation_of_four_speeches.txt").read_bytes()


@pytest.fixture
def compilation(open_up, real_file):
    return open_up(real_file, name="汇编.txt")
