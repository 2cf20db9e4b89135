"""Draw docs/flow.md from the tables of moves, so that the drawing can never lie."""

from importlib import import_module
from textwrap import dedent

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from biaochi.core.actors import Role
from biaochi.flow import FLOW

# Which machines a stage has: (the thing, its table of moves, its states).
MACHINES = {
    "voice": (
        ("一条话 Voice", "MOVES"),
        ("一件事 Matter", "MATTER_MOVES"),
        ("一条归并建议 Suggestion", "ANSWER_MOVES"),
        ("一张导入的表 Batch", "BATCH_MOVES"),
    ),
    "proposal": (
        ("一件提案 Proposal", "MOVES"),
        ("一份社情民意信息 Information report", "REPORT_MOVES"),
    ),
    "deliberation": (
        ("一次协商 Session", "MOVES"),
        ("一句看法 Statement", "WALL_MOVES"),
    ),
    "task": (
        ("一项任务 Task", "MOVES"),
        ("一次延期 Extension", "MORE_MOVES"),
        ("一笔欠账 Debt", "DEBT_MOVES"),
    ),
    "outcome": (
        ("一次核查 Check", "CHECK_MOVES"),
        ("一次回访 Revisit", "REVISIT_MOVES"),
    ),
}
ONE = (("", "MOVES"),)


def drawing():
    """The whole page as text."""
    lines = ["<!-- drawn by `make fix`; do not edit -->", "# 一件事怎么走 The flow", ""]
    lines += [
        dedent(
            """\
            每个方框是一种状态，箭头上写着谁能让它走到下一步；没有箭头就是谁也不能。
            Each box is a state; an arrow names who may move it on; where there is no arrow, nobody may.
            """
        )
    ]
    for stage in FLOW:
        rules = import_module(f"{stage.package}.rules")
        lines += [f"## {stage.number}. {stage.zh} {stage.en}", ""]
        lines += [f"{stage.takes_in} → {stage.gives_out}", ""]
        for title, name in MACHINES.get(stage.label, ONE):
            lines += machine(title, getattr(rules, name))
    return "\n".join(lines)


def machine(title, moves):
    states = {state for pair in moves for state in pair if state is not None}
    ordered = [state for state in type(next(iter(states))) if state in states]
    lines = [f"### {title}", ""] if title else []
    lines += ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {state.value}: {state.label} {state.value}" for state in ordered]
    for (before, after), roles in moves.items():
        who = "、".join(str(role.label) for role in Role if role in roles)
        lines.append(f"    {before.value if before else '[*]'} --> {after.value}: {who}")
    return [*lines, "```", ""]


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Draw docs/flow.md from the tables of moves."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *args, check, **options):
        page = settings.ROOT / "docs" / "flow.md"
        if not check:
            page.write_text(drawing(), encoding="utf-8")
        elif not page.exists() or page.read_text(encoding="utf-8") != drawing():
            raise CommandError("docs/flow.md is stale: run `make fix`")
