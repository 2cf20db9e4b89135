"""The table of contents of the product: the stages that stand, in order.

Menus, the drawing of the flow, the tracking page and the repository tests read this one list.
The six steps which the public sees on the ruler are in ``STEPS``.
"""

from dataclasses import dataclass

from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Stage:
    number: int
    label: str  # the name of the package, and in tables, addresses and permissions
    zh: str
    en: str
    takes_in: str
    gives_out: str

    @property
    def package(self):
        return f"biaochi.{self.label}"


FLOW = (
    Stage(
        1, "voice", "群众呼声", "Voice", "what a resident says", "a matter, without its speakers"
    ),
    Stage(2, "topic", "调研选题", "Topic", "matters", "a question worth studying, on the record"),
    Stage(3, "study", "实地调研", "Study", "a topic", "findings, good and bad"),
    Stage(
        4, "proposal", "提案", "Proposal", "studies and matters", "a proposal that says who gains"
    ),
    Stage(
        5,
        "deliberation",
        "协商议政",
        "Deliberation",
        "a proposal or matters",
        "points agreed, reserved, not agreed",
    ),
    Stage(
        6,
        "task",
        "交办落实",
        "Task",
        "matters, clauses of replies, points agreed",
        "work done, as the unit claims",
    ),
    Stage(7, "outcome", "成效", "Outcome", "a claim", "evidence for and against it"),
    Stage(8, "evaluation", "群众评价", "Evaluation", "an outcome", "the people's judgement"),
    Stage(
        9,
        "yardstick",
        "标尺",
        "Yardstick",
        "all of them",
        "lights, three ratios, achievements, alerts that ask",
    ),
)


class Step(IntegerChoices):
    """The six marks of the public ruler: how far a matter has come."""

    SAID = 1, _("大家说")
    CHOSEN = 2, _("选题")
    STUDIED = 3, _("调研")
    PROPOSED = 4, _("议提案")
    HANDED = 5, _("交办落实")
    JUDGED = 6, _("群众验收")
