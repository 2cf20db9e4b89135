"""Topics and studies in 青溪, played through their verbs."""

import datetime as dt

from biaochi.core.clock import local_day
from biaochi.demo.working import DAY, moment
from biaochi.study import actions as study
from biaochi.study.analysis import draw
from biaochi.study.rules import Announced, ChosenBy, Depth, Side, State
from biaochi.topic import actions as topic
from biaochi.topic.rules import Choice, Criterion, GoesTo, Grade

OTHERS = ("南湖新居", "铁路三村", "向阳里", "水利小区", "北关大院", "师范家属院")
TOLD = (
    ("社情民意", GoesTo.REPORT),
    ("再议", GoesTo.LATER),
    ("法院", GoesTo.TOLD),
    ("回了话", GoesTo.TOLD),
)
AGAIN = dt.timedelta(days=180)
SHORTFALLS = (("差一些", Grade.PARTLY), ("切口太大", Grade.NO), ("推不动", Grade.NO))
UNMET = (("定不了", Grade.NO), ("插手", Grade.NO), ("说不上", Grade.NONE), ("看不到", Grade.PARTLY))


def choose(office, matter, story, now):
    """Raise a matter as a candidate and let two of the staff decide; the topic, or None yet."""
    choice = story.choice
    raised = moment(choice.on - 6 * DAY, 9)
    if raised >= now:
        return None
    candidate = topic.raise_topic(
        matters=[matter],
        title=story.title,
        question=f"{story.title}：卡在哪里，怎么才办得成",
        criteria={
            Criterion.STRONG: graded(choice.strong),
            Criterion.WHOM: graded(choice.whom),
            Criterion.NARROW: graded(choice.narrow),
            Criterion.FEASIBLE: graded(choice.feasible),
        },
        by=member(office, story),
        now=raised,
    )
    for hour, clerk in ((14, office.staff[0]), (15, office.staff[1])):
        at = moment(choice.on, hour)
        if at < now:
            topic.decide(topic=candidate, by=clerk, now=at, **decision(choice))
    candidate.refresh_from_db()
    return candidate


def graded(words):
    """The grade that a sentence of the story stands for, with the sentence."""
    found = (grade for mark, grade in (*SHORTFALLS, *UNMET) if mark in words)
    return next(found, Grade.YES), words


def decision(choice):
    if choice.outcome == "chosen":
        return {"choice": Choice.TAKE, "why": choice.votes or "四条都够，先去弄清楚"}
    if choice.outcome == "direct":
        goes, where = GoesTo.TASK, choice.where_to or "直接交给单位办，不必再选"
    else:
        goes = next((to for mark, to in TOLD if mark in choice.where_to), GoesTo.OTHER)
        where = choice.where_to
    return {
        "choice": Choice.ASIDE,
        "why": choice.feasible,
        "goes_to": goes,
        "goes_where": where,
        "review_on": choice.on + AGAIN,
    }


def member(office, story):
    """The member of the story who leads: of its study, of its proposal, or the first one."""
    names = (*(story.study.team if story.study else ()),)
    names += (story.proposal.lead,) if story.proposal else ()
    return next(
        (office.members[name] for name in names if name in office.members), office.members["沈禾"]
    )


def go_and_see(office, candidate, story, now):
    """Seal the plan, draw the sites, visit, reveal and report, as far as the days have come."""
    told, lead = story.study, member(office, story)
    first = told.begins_on
    if moment(first - 4 * DAY) >= now:
        return None
    going = study.open_study(
        topic=candidate, title=story.title[:120], by=lead, now=moment(first - 9 * DAY)
    )
    pool = [name for name in OTHERS if name not in told.sites]
    study.write_plan(
        study=going,
        plan=plan_of(story),
        team="、".join(told.team),
        strata={"可以去的地方": len(told.sites)},
        sites={"可以去的地方": [*told.sites, *pool[:4]]},
        source="公开摇奖的五位号码（示例）",
        source_on=first - DAY,
        reveal_on=told.ends_on + DAY,
        by=lead,
        now=moment(first - 5 * DAY),
    )
    study.seal(study=going, by=lead, now=moment(first - 4 * DAY, 17))
    if moment(first, 8) >= now:
        return going
    study.draw(study=going, value=lucky(going, told.sites), by=lead, now=moment(first - DAY, 21))
    visit_all(going, told, lead, now)
    if moment(told.ends_on + DAY, 9) < now:
        report(going, told, lead)
    return going


def plan_of(story):
    told = story.study
    return (
        f"弄清楚：{story.title}。\n办法：列出的地方里抽 {len(told.sites)} 处，用前一天晚上公开摇奖的号码抽。\n"
        "日子：不定时，不通知街道、单位和物业。\n"
        f"谁去：{'、'.join(told.team)}，都报过利害关系。\n"
        "问谁：到了现场由我们自己找人，不用别人约好的人；好的、不好的都要记。"
    )


def lucky(going, wanted):
    """A five-digit value that draws the places of the story; in a real city nobody may look for one."""
    names = list(going.sites.values_list("name", flat=True))
    layer = going.sites.first().stratum
    for number in range(100_000):
        value = f"{number * 7919 % 100_000:05d}"
        drawn = draw(value, {layer: len(wanted)}, {layer: names})
        if {ticket.name for ticket in drawn if ticket.drawn} == set(wanted):
            return value
    raise LookupError(wanted)


def visit_all(going, told, lead, now):
    """One visit to each drawn place, spread over the days of the study."""
    sites = list(going.sites.filter(drawn=True))
    days = max((told.ends_on - told.begins_on).days, 1)
    for place, site in enumerate(sites):
        on = told.begins_on + dt.timedelta(days=days * place // max(len(sites), 1))
        start = moment(on, 8)
        if start + DAY / 8 >= now:
            return
        people = max(told.people // len(sites), 1)
        study.record_visit(
            study=going,
            site=site,
            arrived_at=start,
            left_at=start + DAY / 12,
            announced=Announced.NO,
            depth=Depth.HOME,
            signs=[],
            observed=told.bad[place % len(told.bad)],
            thought="只去了一处，不能说全市都这样；要和别处对着看。",
            good=told.good[place % len(told.good)],
            bad=told.bad[place % len(told.bad)],
            one_sided_why="",
            met=[
                ("住户", people, ChosenBy.CHANCE, False),
                ("值守的人", 2, ChosenBy.UNIT, True),
            ],
            by=lead,
            now=start + DAY / 8,
        )


def report(going, told, lead):
    """Break the seal and write the findings, good and bad."""
    study.reveal(study=going, by=lead, now=moment(told.ends_on + DAY, 9))
    going.refresh_from_db()
    if going.state != State.REVEALED:
        return
    visits = list(going.visits.all())
    sides = [(Side.GOOD, text) for text in told.good] + [(Side.BAD, text) for text in told.bad]
    study.report(
        study=going,
        findings=[
            (side, text, "现场看到、数到的", [visits[n % len(visits)]] if visits else [])
            for n, (side, text) in enumerate(sides)
        ],
        causes=[(one.problem, one.cause, one.remedy, one.measure) for one in told.remedies],
        staging=told.staged,
        one_sided_why="",
        by=lead,
        now=moment(told.ends_on + 3 * DAY, 9),
    )


def raise_some(office, matters, now):
    """A few candidates wait at the desk: one has one opinion already."""
    today = local_day(now)
    chosen = []
    for place, matter in enumerate(matters[:3]):
        candidate = topic.raise_topic(
            matters=[matter],
            title=matter.title,
            question=f"{matter.title}：先弄清楚是谁、在哪里、卡在什么地方",
            criteria={
                Criterion.STRONG: (Grade.YES, f"{matter.people_count} 人说过"),
                Criterion.WHOM: (Grade.PARTLY, "跟谁有关，还要再看原话"),
                Criterion.NARROW: (Grade.YES, "一个地方、一件事"),
                Criterion.FEASIBLE: (Grade.PARTLY, "要先问清楚归谁管"),
            },
            by=list(office.members.values())[place % 2],
            now=moment(today - 4 * DAY, 11 + place),
        )
        chosen.append(candidate)
    if chosen:
        topic.decide(
            topic=chosen[0],
            choice=Choice.TAKE,
            why="小事，天天有，三天能看完",
            by=office.staff[1],
            now=moment(today - 2 * DAY, 10),
        )
    return chosen
