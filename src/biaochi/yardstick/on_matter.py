"""The five lights of one matter: what can be said of a single thing, each with its reason."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from biaochi.core.profiles import number
from biaochi.evaluation.models import Ask
from biaochi.evaluation.rules import COUNTED
from biaochi.outcome.models import SideEffect
from biaochi.study.models import Study
from biaochi.study.rules import Side
from biaochi.study.rules import State as StudyState
from biaochi.task.models import Claim, Task
from biaochi.task.rules import State as TaskState
from biaochi.voice.models import Matter
from biaochi.yardstick.models import Achievement
from biaochi.yardstick.rows import verdicts
from biaochi.yardstick.rules import Field, Light

LATE_STATES = (TaskState.HANDED, TaskState.ACCEPTED)


@dataclass(frozen=True)
class One:
    """A light on one matter. ``words`` says why it shows; ``Light.NONE`` where nothing applies."""

    field: str
    light: str
    words: str

    @property
    def label(self):
        return str(Field(self.field).label)

    @property
    def light_words(self):
        return str(Light(self.light).label)


def lights_of_matter(matter, today, tasks=None, judged=None):
    """The five lights of a matter, in their fixed order.

    :param tasks: its tasks, where the caller has read them
    :param judged: its latest round (``evaluation.queries.Judged``), where the caller has read it
    """
    tasks = Task.objects.filter(matter=matter) if tasks is None else tasks
    tasks = [task for task in tasks if task.state != TaskState.RECALLED]
    facts = facts_of(matter)
    return [
        One(Field.INNOVATION, *innovation(facts)),
        One(Field.BALANCE, *balance(tasks, today)),
        One(Field.GREEN, *green(facts)),
        One(Field.OPENNESS, *openness(facts)),
        One(Field.SHARING, *sharing(matter, judged)),
    ]


def facts_of(matter):
    """What three of the lights ask of the tables, in one query: ``{name: whether there is any}``."""
    studies = Study.objects.filter(topic__matters=OuterRef("pk"), state=StudyState.REPORTED)
    claims = Claim.objects.filter(task__matter=OuterRef("pk"), taken_back_at=None)
    claims = claims.exclude(task__state=TaskState.RECALLED)
    any_of = {
        "spread": Achievement.objects.filter(matter=OuterRef("pk"), ticks__has_key="spread"),
        "studied": studies,
        "bad_news": studies.filter(findings__side=Side.BAD),
        "trouble": SideEffect.objects.filter(matter=OuterRef("pk"), answered_at=None),
        "claimed": claims,
        "unpaid": claims.filter(paid_by=""),
        "standing": claims.filter(task__claimed_at__isnull=False),
        "both_sides": claims.filter(task__claimed_at__isnull=False)
        .exclude(good="")
        .exclude(bad=""),
    }
    row = Matter.objects.filter(pk=matter.pk).order_by()
    row = row.annotate(**{f"any_{name}": Exists(found) for name, found in any_of.items()})
    found = row.values_list(*(f"any_{name}" for name in any_of)).get()
    return dict(zip(any_of, found, strict=True))


def innovation(facts):
    if facts["spread"]:
        return Light.GO, _("办法有人评过：别的地方能照着做。")
    if not facts["studied"]:
        return Light.NONE, _("还没有做过调研，也没有新办法可评。")
    if facts["bad_news"]:
        return Light.GO, _("调研报告里好的坏的都写了。")
    return Light.SLOW, _("调研报告只写了好的。")


def balance(tasks, today):
    if not tasks:
        return Light.NONE, _("还没有交给单位。")
    late = [task for task in tasks if task.state in LATE_STATES and task.due_on < today]
    if late:
        return Light.STOP, _("超期了。人多的事、人少的事，期限一样。")
    if any(task.state == TaskState.RETURNED for task in tasks):
        return Light.SLOW, _("单位退回了，还没有转出去。")
    return Light.GO, _("没有超期。")


def green(facts):
    if facts["trouble"]:
        return Light.STOP, _("办完以后，同一个地方又有人说新麻烦，还没有说明。")
    if not facts["claimed"]:
        return Light.NONE, _("单位还没有报办完。")
    if not facts["unpaid"]:
        return Light.GO, _("以后谁出钱养，写明了。")
    return Light.SLOW, _("以后谁出钱养，没有写。")


def openness(facts):
    if not facts["standing"]:
        return Light.NONE, _("单位还没有报办完，没有要公开的材料。")
    if facts["both_sides"]:
        return Light.GO, _("做成的、没做成的都公开写了。")
    return Light.SLOW, _("只写了一栏：做成的和没做成的没有都写。")


def sharing(matter, judged=None):
    if judged and judged.months is None:
        state, shown = judged.state, judged.tally is not None
    else:
        state = verdicts(matter).get(matter.pk, ("", None))[0]
        answers = Ask.objects.filter(round__matter=matter, round__revisit=None, answer__in=COUNTED)
        shown = answers.filter(round__state=state).count() >= number("smallest_cell")
    if state not in ("solved", "unsolved"):
        return Light.DARK, _("还没有问到头。")
    if not shown:
        return Light.DARK, _("回话的不足 %(n)s 位，不亮灯。") % {"n": number("smallest_cell")}
    if state == "solved":
        return Light.GO, _("提的人多数说解决了。")
    return Light.STOP, _("提的人多数说没解决，退回重办。")
