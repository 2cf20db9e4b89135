"""The office of 青溪 opens: its lists, its catalogue and an account for each duty."""

from dataclasses import dataclass

from biaochi.core.actors import Actor, Role
from biaochi.demo.city import qingxi
from biaochi.people import actions as people
from biaochi.people import queries

# Further people of the story; they sign in with the same password.
OTHERS = (
    ("guming", "顾明川", Role.MEMBER, "科学技术界"),
    ("tangzq", "唐知秋", Role.MEMBER, "社会福利和社会保障界"),
    ("shaobc", "邵北辰", Role.MEMBER, "工会界"),
    ("lingsh", "凌霜", Role.MEMBER, "教育界"),
    ("caizhengju", "沈流光", Role.UNIT, "市财政局"),
    ("gongjijin", "卞舟", Role.UNIT, "市公积金中心"),
    ("gongjiao", "穆野", Role.UNIT, "市公交公司"),
    ("shuiwu", "池明", Role.UNIT, "市水务集团"),
    ("renshe", "宋岸", Role.UNIT, "市人社局"),
    ("minzheng", "葛蔚", Role.UNIT, "市民政局"),
    ("chengdong", "梁槐", Role.UNIT, "城东街道"),
)
PASSWORD = "qingxi-2026-demo"  # noqa: S105  printed for everybody who tries the demo
FOUNDER = Actor("operator", frozenset({Role.OPERATOR}))
# Sign-in name, who it is in the story, role. Units sign in by their short names.
DUTIES = (
    ("linxiao", "林晓", Role.STAFF, ""),
    ("zhouqi", "周启", Role.STAFF, ""),
    ("shenhe", "沈禾", Role.MEMBER, "医药卫生界"),
    ("bailu", "白露", Role.MEMBER, "教育界"),
    ("zhujianju", "闻笛", Role.UNIT, "市住建局"),
    ("chengguanju", "尹川", Role.UNIT, "市城管局"),
    ("weijianwei", "何苗", Role.UNIT, "市卫健委"),
    ("jiaotongju", "洛宁", Role.UNIT, "市交通局"),
    ("jiaoyuju", "田一粟", Role.UNIT, "市教育局"),
    ("shenji", "江渚", Role.AUDITOR, ""),
    ("operator", "系统管理员", Role.OPERATOR, ""),
)


@dataclass(frozen=True)
class Office:
    """What later verbs need at hand; keys are the names of the story."""

    areas: dict
    units: dict
    categories: dict
    staff: tuple
    unit_actors: dict
    members: dict


def open_office(*, now):
    """Write the lists and open the accounts; returns an ``Office``."""
    city = qingxi()
    areas = {
        area.key: people.name_area(
            name=area.name, row=area.tile[1], column=area.tile[0], by=FOUNDER, now=now
        )
        for area in city.areas
    }
    units = {u.name: people.name_unit(name=u.name, by=FOUNDER, now=now) for u in city.units}
    categories = {
        name: people.name_category(name=name, unit=units[u.name], words=name, by=FOUNDER, now=now)
        for u in city.units
        for name in u.categories
    }
    sectors = {
        m.sector: people.name_sector(name=m.sector, by=FOUNDER, now=now) for m in city.members
    }
    everybody = (*DUTIES, *OTHERS)
    for username, shown_name, role, where in everybody:
        people.open_account(
            username=username,
            shown_name=shown_name,
            role=role,
            password=PASSWORD,
            unit=units[where] if role == Role.UNIT else None,
            sector=sectors.get(where) if role == Role.MEMBER else None,
            by=FOUNDER,
            now=now,
        )
    actors = {name: queries.actor_named(name) for name, *_rest in everybody}
    return Office(
        areas,
        units,
        categories,
        (actors["linxiao"], actors["zhouqi"]),
        {where: actors[name] for name, _who, role, where in everybody if role == Role.UNIT},
        {who: actors[name] for name, who, role, _where in everybody if role == Role.MEMBER},
    )
