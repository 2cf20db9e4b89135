"""The record in words: for everybody about one matter, whole for the auditor."""

import ast
from pathlib import Path

import pytest

from biaochi.core.actors import Actor, Role
from biaochi.core.models import Entry
from biaochi.core.record import unguard
from biaochi.core.refusals import NotYours
from biaochi.task import actions as tasks
from biaochi.trace import deeds
from biaochi.trace.words import REGROUPS, VERBS
from biaochi.voice import actions as voices
from biaochi.voice.matters import actions as matters
from biaochi.voice.rules import Channel

SOURCE = Path(__file__).parents[2] / "src" / "biaochi"


@pytest.fixture
def matter(city, staff, unit, resident, now):
    heard = voices.hear(words=voices.Words("路灯不亮"), channel=Channel.WEB, by=resident, now=now)
    made = matters.open_matter(title="路灯不亮", voices=[heard.voice], by=staff, now=now)
    task = tasks.hand_over(
        matter=made, unit=city.roads, what="修好", why="归城管", by=staff, now=now
    )
    tasks.accept(task=task, first_act="查线路", by=unit, now=now)
    return made


@pytest.fixture
def auditor(city):
    return city.actor(Role.AUDITOR)


def test_everybody_reads_who_did_what_by_role_and_unit_never_by_name(matter):
    lines = deeds.of_matter(matter)
    assert {line.who for line in lines} == {"办公室工作人员", "市城管局"}
    assert {"归成一件事", "单位收下交办"} <= {line.what for line in lines}
    assert all(line.note == "" for line in lines)


def test_the_lines_of_a_matter_carry_the_hashes_of_the_chain(matter):
    stored = dict(Entry.objects.values_list("pk", "hash"))
    assert all(line.hash == stored[line.number] for line in deeds.of_matter(matter))


def test_the_auditor_reads_names_and_reasons_and_narrows_by_each_field(matter, auditor):
    lines, more = deeds.page(auditor, deeds.Sieve(verb="hand over"))
    assert ([line.who for line in lines], [line.note for line in lines], more) == (
        ["staff"],
        ["归城管"],
        False,
    )
    narrowed = {
        deeds.Sieve(kind="task"): {"交给承办单位", "单位收下交办"},
        deeds.Sieve(who="unit"): {"单位收下交办", "走到哪一步"},
        deeds.Sieve(verb="no such verb"): set(),
    }
    for sieve, words in narrowed.items():
        assert {line.what for line in deeds.page(auditor, sieve)[0]} == words


def test_days_of_the_sieve_are_both_included(matter, auditor, now):
    day = now.date()
    assert deeds.page(auditor, deeds.Sieve(first=day, last=day))[0]
    assert not deeds.page(auditor, deeds.Sieve(first=day.replace(day=3)))[0]
    assert not deeds.page(auditor, deeds.Sieve(last=day.replace(day=1)))[0]


@pytest.mark.parametrize("role", [Role.STAFF, Role.UNIT, Role.MEMBER, Role.RESIDENT])
def test_nobody_else_reads_the_whole_record(role, db):
    actor = Actor("x", frozenset({role}))
    for read in (lambda: deeds.page(actor, deeds.Sieve()), lambda: deeds.check_chain(actor)):
        with pytest.raises(NotYours):
            read()


def test_the_check_finds_the_line_that_somebody_changed(matter, auditor):
    assert deeds.check_chain(auditor) is None
    unguard()
    second = Entry.objects.order_by("pk")[1]
    Entry.objects.filter(pk=second.pk).update(note="nothing happened")
    assert deeds.check_chain(auditor) == second.pk


def test_every_verb_that_the_program_writes_has_words():
    written = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "verb":
                if isinstance(node.value, ast.Constant):
                    written.add(node.value.value)
                if isinstance(node.value, ast.IfExp):
                    written |= {node.value.body.value, node.value.orelse.value}
    assert written, "no verb was found: has the way of recording changed?"
    assert not written - set(VERBS) - set(REGROUPS)
