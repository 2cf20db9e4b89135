"""What became of a matter: the values a colleague plays through the product's verbs."""

from dataclasses import dataclass
from datetime import date

STAGES = (
    "voice",
    "topic",
    "study",
    "proposal",
    "deliberation",
    "task",
    "outcome",
    "evaluation",
)
CHOICES = ("chosen", "direct", "put_aside")
TASK_STATES = ("open", "done", "partly", "overdue", "returned")
DEBT_STATES = ("open", "kept", "late", "overdue")
POINT_STATES = ("agreed", "agreed_with_reservation", "split")


@dataclass(frozen=True)
class Choice:
    """The topic meeting's word on the four criteria; `outcome` is one of CHOICES."""

    outcome: str
    on: date
    strong: str
    whom: str
    narrow: str
    feasible: str
    votes: str = ""
    where_to: str = ""


@dataclass(frozen=True)
class Remedy:
    """Problem, cause as we see it, remedy, and what to measure."""

    problem: str
    cause: str
    remedy: str
    measure: str


@dataclass(frozen=True)
class Study:
    """Unannounced visits: where, who went, how many people, good and bad, signs of staging."""

    begins_on: date
    ends_on: date
    sites: tuple[str, ...]
    team: tuple[str, ...]
    people: int
    good: tuple[str, ...]
    bad: tuple[str, ...]
    staged: str = ""
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True)
class Advice:
    """One clause: doer, act, date, measure; then the unit's class A, B or C and its reply."""

    doer: str
    act: str
    due_on: date
    measure: str
    answer: str = ""
    reply: str = ""
    kept_on: date | None = None


@dataclass(frozen=True)
class Proposal:
    """情况, 分析, 建议, and who gains, pays and may lose. No `filed_on`: still a draft."""

    number: str
    title: str
    lead: str
    co: tuple[str, ...]
    situation: str
    analysis: str
    who_gains: str
    who_pays: str
    who_loses: str
    advice: tuple[Advice, ...]
    filed_on: date | None = None


@dataclass(frozen=True)
class Statement:
    """A sentence people voted on before the meeting; `agree`: tenths agreeing, by opinion group."""

    text: str
    agree: tuple[int, ...]


@dataclass(frozen=True)
class Point:
    """What the meeting recorded; split points carry two or more options."""

    text: str
    state: str
    reservation: str = ""
    dissent: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Session:
    """A deliberation: who came, who did not, who stood back, statements and points."""

    on: date
    place: str
    present: str
    absent: str
    recused: str
    statements: tuple[Statement, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Work:
    """One task with what the unit says is done and not done, and what got worse by it."""

    act: str
    unit: str
    due_on: date
    state: str
    done: str
    undone: str
    side_effect: str = ""


@dataclass(frozen=True)
class Verdict:
    """How those who spoke answered; the four counts add up to `asked`."""

    asked: int
    solved: int
    partly: int
    unsolved: int
    silent: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class Debt:
    """A promise with its due date; `extensions` tell when and why it was put off."""

    promise: str
    source: str
    unit: str
    due_on: date
    state: str
    kept_on: date | None = None
    extensions: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Revisit:
    """When to ask again, and what."""

    on: date
    what: str


@dataclass(frozen=True)
class Story:
    """One matter after it was heard. `key` is the `truth` of its voices.

    `lights` pairs the five fields with go, slow, stop or none, as the prototypes show them.
    """

    key: str
    number: str
    title: str
    stage: str
    category: str
    groups: tuple[str, ...]
    areas: tuple[str, ...]
    lead: str
    co: tuple[str, ...]
    opened_on: date
    lights: tuple[tuple[str, str], ...] = ()
    choice: Choice | None = None
    study: Study | None = None
    proposal: Proposal | None = None
    session: Session | None = None
    tasks: tuple[Work, ...] = ()
    verdict: Verdict | None = None
    debts: tuple[Debt, ...] = ()
    revisit: Revisit | None = None
