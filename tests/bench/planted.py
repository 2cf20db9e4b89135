"""Invented messages about invented places: the truth is known because it was planted.

Every matter is one trouble at one place; the same troubles come back at other places and the same
places have other troubles, so that neither a theme nor a place alone finds the matter.
"""

from datetime import UTC, datetime, timedelta
from random import Random

from biaochi.engine.matter import Message

HEADS = "云翠锦汇澜枫橡鹭霁岚槿珑泓砚棠蕴衡稷黎沐"
MIDDLES = "泽堡麓屿溪庐栖峰津樾苇阙澄坞浦榆璟峦邺汀"
ENDS = ("家园", "花园", "小区", "新城", "公馆", "苑", "嘉园", "华府")
TROUBLES = {
    "搅拌站": (
        "旁边建了搅拌站，噪音和粉尘很大",
        "附近的搅拌站彻夜施工，灰尘满天",
        "边上的混凝土搅拌站，运渣车进进出出，扬尘严重，晚上吵得睡不着",
        "门口不到百米就是搅拌站，粉尘让老人小孩咳嗽不止",
    ),
    "车位": (
        "买房必须捆绑买车位，开发商强制销售",
        "车位和房子捆绑销售，不买车位不给选房",
        "开发商要求购房同时购买车位，这是捆绑销售",
        "交房前又逼我们签车位合同，强制搭售车位",
    ),
    "电梯": (
        "电梯三天两头坏，困过人，物业不修",
        "的电梯又停了，老人爬二十层楼",
        "电梯故障频繁，维修基金申请不下来，物业推诿",
        "电梯半夜突然下坠，住户都不敢坐电梯",
    ),
    "油烟": (
        "楼下餐馆油烟直排，家里不敢开窗",
        "一楼烧烤店油烟扰民，环保来了也没用",
        "架空层违规开餐饮，油烟和噪音扰民",
        "饭店烟道装在住户窗口，油烟熏得受不了",
    ),
    "停水": (
        "经常停水，一停就是两天",
        "高层水压太低，晚上停水，没法做饭洗澡",
        "自来水发黄还总停水，水务公司说不归他管",
        "连续一周停水，打热线没有人处理",
    ),
    "房产证": (
        "交房四年还办不了房产证，孩子上学受影响",
        "开发商一直拖着不办房产证，说资料不全",
        "房产证迟迟办不下来，户口迁不进去",
        "不动产登记卡在开发商欠税，业主拿不到房产证",
    ),
}
OPENINGS = ("领导您好，", "尊敬的领导：", "您好！", "我是这里的居民，", "请问", "反映一个问题：")
ENDINGS = ("请尽快处理。", "希望有关部门管一管！", "谢谢。", "盼回复。", "到底什么时候能解决？", "")
START = datetime(2024, 1, 1, tzinfo=UTC)


def places(count, rng):
    """Return `count` different invented estates."""
    every = [a + b + end for a in HEADS for b in MIDDLES for end in ENDS]
    seen, chosen = set(), []
    rng.shuffle(every)
    for place in every:
        if place[:2] not in seen:
            seen.add(place[:2])
            chosen.append(place)
        if len(chosen) == count:
            return chosen
    raise ValueError("no more places to invent")


def planted(matters=24, voices=6, seed=1):
    """Return (messages, truth): `matters` matters of about `voices` messages each.

    `truth` maps message ids to the planted matter. Every place has two troubles.
    """
    rng = Random(seed)
    estates = places((matters + 1) // 2, rng)
    troubles = list(TROUBLES)
    messages, truth = [], {}
    for number in range(matters):
        place = estates[number // 2]
        trouble = troubles[(number // 2 + number % 2 * 2) % len(troubles)]
        for _ in range(max(2, voices + rng.randint(-2, 2))):
            name = f"m{len(messages):05d}"
            messages.append(_message(name, place, trouble, rng))
            truth[name] = f"{place} {trouble}"
    return messages, truth


def _message(name, place, trouble, rng):
    first, second = rng.sample(TROUBLES[trouble], 2)
    title = rng.choice(("投诉", "反映", "请求处理", "")) + place + rng.choice(TROUBLES[trouble])
    text = f"{rng.choice(OPENINGS)}{place}{first}，{second}。{rng.choice(ENDINGS)}"
    return Message(
        id=name,
        title=title.split("，")[0],
        text=text,
        person=f"p{rng.randrange(10**6)}",
        at=START + timedelta(days=rng.uniform(0, 90)),
        likes=rng.choice((0, 0, 0, 1, 3)),
    )


def pair_scores(truth, found):
    """Return (precision, recall) over pairs of messages: small, for planted truth only."""
    ids = sorted(truth)
    same = together = right = 0
    for n, a in enumerate(ids):
        for b in ids[n + 1 :]:
            planted_same, found_same = truth[a] == truth[b], found[a] == found[b]
            same += planted_same
            together += found_same
            right += planted_same and found_same
    return right / max(together, 1), right / max(same, 1)
