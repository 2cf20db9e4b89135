"""How much work a page is when a city has spoken: CPU time and queries, page by page.

    BIAOCHI_DEBUG=1 python tests/bench/bench_pages.py            # 100,000 voices, 5,000 matters
    BIAOCHI_DEBUG=1 python tests/bench/bench_pages.py 10000 500

Builds a database of its own in a temporary folder (that takes some minutes) and prints a table. The goal is under 150 ms of CPU for every page.
"""

import datetime as dt
import os
import random
import sys
import tempfile
import time
from pathlib import Path

PAGES = (
    "/",
    "/voices",
    "/voices?time=all",
    "/voices?q=电梯",
    "/voices?q=路灯&time=all",
    "/matters",
    "/matters?sort=heat",
    "/matters?sort=new&step=1",
    "/matters?q=电梯",
    "/matters/{matter}",
    "/desk",
    "/desk/suggestions",
    "/desk/matters",
    "/desk/matters/{matter}",
    "/desk/voices",
    "/desk/voices?which=alone",
    "/desk/voices/{voice}",
)
GOAL = 150.0
ROUNDS = 5
PLACES = [
    a + b + c for a in "文武东西南柳石河" for b in "化兴园湖桥安" for c in ("路", "小区", "村")
]
THINGS = (
    "路灯不亮", "垃圾没人收", "下水道堵了", "公交太少", "电梯老坏", "停车难", "夜里施工吵",
    "井盖松动", "路面积水", "暖气不热", "物业乱收费", "校门口堵车", "没有充电桩", "油烟呛人",
)  # fmt: skip
TAILS = (
    "晚上走路看不见",
    "好几天了",
    "反映过没人管",
    "老人孩子都不方便",
    "已经半个月了",
    "投诉三次了",
)


def main(voices=100_000, matters=5_000):
    home = tempfile.mkdtemp(prefix="biaochi-bench-")
    os.environ.setdefault("BIAOCHI_HOME", home)
    os.environ.setdefault("BIAOCHI_DEBUG", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "biaochi.settings")
    sys.path.insert(0, str(Path(__file__).parents[2] / "src"))
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)
    started = time.process_time()
    with transaction.atomic():
        keys = build(voices, matters)
    print(f"{voices:,} voices in {matters:,} matters: {time.process_time() - started:.0f} s CPU")
    measure(keys)


def build(voices, matters):
    """Fill an empty database through the verbs; returns a matter and a voice to look at."""
    from django.utils import timezone

    from biaochi.core.actors import Actor, Role
    from biaochi.people import actions as people
    from biaochi.people.models import Area, Speaker
    from biaochi.voice import actions
    from biaochi.voice.actions import Words
    from biaochi.voice.matters import actions as regroup
    from biaochi.voice.models import Batch

    dice, now = random.Random(1), timezone.now()
    operator = Actor("operator", frozenset({Role.OPERATOR}))
    staff = Actor("bench", frozenset({Role.STAFF}))
    people.open_account(
        username="bench", shown_name="测", role=Role.STAFF, password="a long one 42", by=operator,
        now=now,
    )  # fmt: skip
    unit = people.name_unit(name="市城管局", by=operator, now=now)
    for thing in THINGS:
        people.name_category(name=thing[:2], unit=unit, words=thing, by=operator, now=now)
    for place in range(12):
        people.name_area(
            name=f"第{place}街道", row=place // 4, column=place % 4, by=operator, now=now
        )
    areas = list(Area.objects.all())
    speakers = Speaker.objects.bulk_create(Speaker(mark=f"b{n}") for n in range(voices // 2))
    batch = Batch.objects.create(file_name="bench", file_hash="0", tried_at=now)
    told = []
    for _n in range(voices):
        spot, thing = dice.choice(PLACES), dice.choice(THINGS)
        told.append(
            {
                "words": Words(f"{spot}{thing}，{dice.choice(TAILS)}，{dice.choice(TAILS)}。"),
                "channel": "sheet",
                "area": dice.choice(areas),
                "groups": dice.sample(["old", "child", "adult", "frail", "all"], 1),
                "speaker": dice.choice(speakers),
                "said_at": now - dt.timedelta(minutes=dice.randrange(365 * 24 * 60)),
                "seen": dice.random() < 0.9,
                "public": dice.random() < 0.8,
            }
        )
    heard = actions.hear_many(items=told, batch=batch, by=staff, now=now)
    grouped = int(voices * 0.7)
    edges = sorted(dice.sample(range(1, grouped), matters - 1))
    groups = [heard[a:b] for a, b in zip([0, *edges], [*edges, grouped], strict=True)]
    last = open_matters(groups, now)
    regroup.open_matter(title="单独一件", voices=heard[grouped : grouped + 9], by=staff, now=now)
    return {"matter": last.pk, "voice": heard[-1].pk}


def open_matters(groups, now):
    """What ``open_matter`` writes, for thousands at once; the counts come from the verb."""
    from biaochi.core import search
    from biaochi.voice.matters.actions import recount
    from biaochi.voice.models import Event, Matter, Membership, Regroup

    rows = [
        Matter(number=f"测〔2000〕{n:05}", title=group[0].text.split("，")[0], opened_at=now)
        for n, group in enumerate(groups, 1)
    ]
    Matter.objects.bulk_create(rows, batch_size=500)
    pairs = [(row, voice) for row, group in zip(rows, groups, strict=True) for voice in group]
    Membership.objects.bulk_create(
        (Membership(matter=row, voice=voice, at=now, how="staff") for row, voice in pairs),
        batch_size=500,
    )
    Regroup.objects.bulk_create(
        (
            Regroup(kind="opened", at=now, by="bench", moves=[[v.pk, None, row.pk] for v in group])
            for row, group in zip(rows, groups, strict=True)
        ),
        batch_size=500,
    )
    told = (Event(matter=row, at=now, kind="opened", params={"voices": 1}) for row in rows)
    Event.objects.bulk_create(told, batch_size=500)
    for row in rows:
        search.add("matter", row.pk, row.title)
    recount(matters=rows)
    return rows[-1]


def measure(keys):
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from biaochi.core import search
    from biaochi.people.models import User

    search.weigh()  # as the worker's sweep does when tables have grown
    client = Client()
    client.force_login(User.objects.get(username="bench"))
    print(f"{'page':34} {'CPU ms':>7} {'queries':>8} {'KB':>6}")
    for page in PAGES:
        address = page.format(**keys)
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        asked = len(caught)
        started = time.process_time()
        for _n in range(ROUNDS):
            answer = client.get(address)
        spent = (time.process_time() - started) / ROUNDS * 1000
        slow = "  over the goal" if spent > GOAL else ""
        size = len(answer.content) / 1024
        print(f"{page:34} {spent:7.1f} {asked:8} {size:6.1f} {answer.status_code}{slow}")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
