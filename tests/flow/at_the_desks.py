"""What each hand does at its desk, page by page, so that the stories stay short.

Every function takes the visitor who does it and leaves them on the page that comes after.
A page that refuses is shown whole.
"""

import re

GRADES = ("strong", "whom", "narrow", "feasible")


def fine(visitor):
    """The visitor, unless the last page was a refusal."""
    assert visitor.response.status_code == 200, f"{visitor.url}: {visitor.text}"
    return visitor


def number_in(address):
    """The number of the thing in an address."""
    return re.findall(r"\d+", address)[-1]


def further(visitor, words):
    """Follow the link with these words that leads on from this page, not the one in the menu."""
    for href, label in visitor.page.links:
        if words in "".join(label.split()) and href.startswith(f"{visitor.url}/"):
            return fine(visitor.open(href))
    raise AssertionError(f"nothing leads on by “{words}” from {visitor.url}")


# ---- matters and topics


def gather(clerk, title):
    """The office reads all new voices and brings them together by hand; the matter's number."""
    clerk.open("/desk/voices?which=unseen")
    clerk.submit("归成", voice=clerk.choices("voice"), title=title, within="/desk/voices")
    return re.search(r"/desk/matters/(\d+)", fine(clerk).url)[1]


def raise_topic(member, about, title, question):
    """A member puts a matter forward, with a sentence for each of the four questions."""
    member.open("/desk/member/topics").follow("提一件")
    member.submit("找", find=about, within="find")
    typed = {f"grade-{name}": "yes" for name in GRADES}
    typed |= dict.fromkeys(GRADES, "去看过一次，数过一遍")
    found = member.choices("matter")
    member.submit("放进候选", title=title, question=question, matter=found, **typed)
    return fine(member)


def choose(clerk, title, why):
    """One of two people takes a topic."""
    clerk.open("/desk/topics").follow(title)
    return fine(clerk.submit("签上我的意见", choice="take", why=why))


# ---- studies


def begin_study(member, topic, title):
    """A member leads a study of a chosen topic; its address on the desk."""
    member.open("/desk/member/studies").follow("开始一次")
    member.submit("去写计划", topic=member.value_of("topic", topic), title=title)
    return fine(member).url.removesuffix("/plan")


def seal(member, study, plan, places, drawn, source_on, reveal_on):
    """The plan and the list of places are sealed before anybody knows the lot."""
    typed = {"stratum-0": "有人说过的", "draw-0": str(drawn), "sites-0": "\n".join(places)}
    dates = {"source_on": source_on.isoformat(), "reveal_on": reveal_on.isoformat()}
    member.open(f"{study}/plan")
    member.submit("存好，封起来", plan=plan, source="福彩 3D 当天的三个号码", **dates, **typed)
    return fine(member)


def draw(member, study, value):
    return fine(member.open(study).submit("抽签", value=value, within="/draw"))


def visit(member, study, day, good, bad):
    """Go to the next drawn place and write down what was seen, beside the road."""
    further(member.open(study), "记现场")
    member.submit(
        "记完这一处",
        day=day.isoformat(),
        arrived_at="7:08",
        left_at="8:41",
        depth="home",
        announced="no",
        **{"whom-0": "路过的老人", "count-0": "6", "chosen-0": "chance"},
        observed="站了一个半小时，数了亮的灯",
        good=good,
        bad=bad,
    )
    return fine(member)


def report(member, study, **causes):
    """Good and bad are already there from the visits; the cause and the remedy are added."""
    further(member.open(study), "写报告")
    return fine(member.submit("公开报告", **causes))


# ---- proposals


def begin_proposal(member, title):
    """A member begins a proposal; its address on the member's desk."""
    member.open("/desk/member/proposals").submit("开始写", title=title)
    return fine(member).url


def write(member, proposal, texts, clauses, find=""):
    """Write the whole draft; what ``find`` finds is linked."""
    member.open(proposal)
    for n, clause in enumerate(clauses, 1):
        if n > 1:
            member.submit("再加一条建议")
        named = zip(("doer", "act", "due_on", "measure"), clause, strict=True)
        member.submit("先存好", within="/write", **{f"clause-{n}-{name}": v for name, v in named})
        fine(member)
    member.submit("先存好", within="/write", **texts)
    if find:
        member.submit("找", find=find, within="find")
        links = {name: member.choices(name) for name in ("matter", "study")}
        member.submit("先存好", within="/write", **{k: v for k, v in links.items() if v})
    return fine(member)


def submit(member, proposal):
    return fine(member.open(proposal).submit("递交"))


def review(clerk, title, decision="file", failed="", **details):
    """One person takes the three looks and decides."""
    clerk.open("/desk/proposals").follow(title)
    looks = {f"look-{look}": "fail" if look == failed else "pass" for look in LOOKS}
    return fine(clerk.submit("我审好了", decision=decision, **looks, **details))


LOOKS = ("who", "what", "form")


def hand_proposal(clerk, title):
    clerk.open("/desk/proposals?tab=filed").follow(title)
    return fine(clerk.submit("交办", within="/hand-over"))


def reply(unit_clerk, title, answers):
    """The unit answers each clause: A with its proof, B with a day, C with what stands in the way."""
    unit_clerk.open("/desk/inbox/proposals").follow(title)
    further(unit_clerk, "写答复")
    return fine(unit_clerk.submit("送出答复", number="城管函〔2026〕12号", **answers))


def rate(visitor, title, page, words):
    """One side rates the other: each question with a sentence, no points."""
    visitor.open(page).follow(title)
    asked = {n for form in visitor.page.forms for n in form.get("choices", {}) if "how-" in n}
    typed = dict.fromkeys(asked, "yes")
    typed |= {name.replace("how-", "say-"): "说得清楚，约了两回" for name in asked}
    return fine(visitor.submit("写好了，交", words=words, **typed))


# ---- sitting down together


def call_session(clerk, title, question, proposal, day):
    """The office calls a session about a proposal; its address on the desk."""
    clerk.open("/desk/deliberation").follow("开一次")
    clerk.submit(
        "建好，去请人",
        title=title,
        question=question,
        proposal=clerk.value_of("proposal", proposal),
        place="后街社区活动室",
        day=day.isoformat(),
        clock="19:00",
    )
    return fine(clerk).url


def seat(clerk, session, **who):
    """Invite somebody; the code that is shown once."""
    clerk.open(session).submit("请来，给席位码", **who)
    return re.search(r"ZW-[0-9A-Z-]+", fine(clerk).text)[0]


def sit_down(visitor, session, code):
    """Enter with the code of a seat."""
    visitor.open(f"{session}/enter").submit("进去", code=code)
    return fine(visitor)


def own_seat(visitor, session):
    """A member or a unit goes to the seat of their account."""
    return fine(visitor.open("/desk").open(f"{session}/seat"))


def vote(visitor, session, code, choices):
    """Somebody who spoke votes with the receipt, sentence by sentence."""
    visitor.open(f"{session}/enter").submit("进去", code=code)
    for choice in choices:
        fine(visitor).submit(choice)
    assert "都点完了" in visitor.text
    return visitor


def note_point(clerk, session, text, **more):
    """Add one line to the record; those that stand have a form of their own."""
    new = str(("point", ""))
    return fine(clerk.open(session).submit("记下这一条", within=new, text=text, **more))


def note_stands(clerk, session, position, others):
    """What every seat says to one point: agreed, unless ``others`` has other words.

    :param others: ``{place at the table, as they were invited: (stand, words)}``
    """
    clerk.open(session)
    forms = [form for form in clerk.page.forms if "/stands" in form["attrs"].get("action", "")]
    form = forms[position - 1]
    seats = [name.removeprefix("stand") for name in form["choices"] if name.startswith("stand")]
    typed = {f"stand{seat}": "agreed" for seat in seats}
    for place, (stand, words) in others.items():
        typed |= {f"stand{seats[place]}": stand, f"words{seats[place]}": words}
    point = ("point", dict(form["fields"])["point"])
    return fine(clerk.submit("记下各席的话", within=str(point), **typed))


# ---- tasks, checks, answers


def hand_line(clerk, line, unit):
    """Hand over one line of what was agreed or replied; the form already holds its words."""
    fine(clerk.follow("逐条交办"))
    for form in clerk.page.forms:
        if dict(form["fields"]).get("what") == line:
            key = str(("key", dict(form["fields"])["key"]))
            to = clerk.value_of("unit", unit)
            return fine(clerk.submit("交办这一条", within=key, unit=to))
    raise AssertionError(f"no line “{line}” on {clerk.url}: {clerk.text}")


def take_on(unit_clerk, first_act):
    unit_clerk.open("/desk/inbox")
    return fine(unit_clerk.submit("收下，开始办", first_act=first_act))


def claim(unit_clerk, title, words, good, bad):
    """The unit says clause by clause what was done and what was not."""
    page = unit_clerk.open("/desk/inbox?tab=doing").follow(title)
    page.open(f"{page.url}/claim")
    items = re.findall(r'name="done-(\d+)"', page.html)
    typed = {f"done-{item}": "yes" for item in items}
    typed |= {f"words-{item}": words for item in items}
    return fine(page.submit("交给办公室去核", good=good, bad=bad, **typed))


def check(clerk, title, before, after):
    """Somebody else at the office looks whether it is true."""
    clerk.open("/desk/checks").follow(title)
    items = set(re.findall(r'name="match-(\d+)"', clerk.html))
    matched = {f"match-{item}": "yes" for item in items}
    return fine(
        clerk.submit(
            "就这样定",
            how="quiet",
            before=before,
            after=after,
            why="去看过，和报的一样",
            true="yes",
            **matched,
        )
    )


def judge(person, answer, words="", public="no"):
    """Somebody who spoke says whether it is solved. They stand on their own page."""
    person.follow("我来说").submit("下一题", answer=answer)
    person.submit("交上去", words=words, public=public)
    assert "记下了" in person.text, person.text
    return person
