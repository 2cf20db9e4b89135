"""Tests of the repository itself: what was agreed on, checked."""

import re
import subprocess
import tomllib
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.urls import get_resolver

from biaochi.core.doors import Door
from biaochi.flow import FLOW

ROOT = settings.ROOT
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text())
TABLES = list(apps.get_app_config("biaochi").get_models())


def tracked(*patterns):
    command = ["git", "ls-files", *patterns]
    out = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    files = [ROOT / line for line in out.stdout.splitlines()]
    if not files:
        pytest.skip("not a git checkout")
    return [file for file in files if file.is_file()]


def test_the_import_rule_has_the_stages_in_the_order_of_the_flow():
    layers = CONFIG["tool"]["importlinter"]["contracts"][0]["layers"]
    labels = [stage.label for stage in FLOW]
    assert [layer for layer in reversed(layers) if layer in labels] == labels


@pytest.mark.parametrize("stage", FLOW, ids=lambda stage: stage.label)
@pytest.mark.parametrize("module", ["rules", "models", "actions", "queries"])
def test_every_stage_has_the_same_four_files(stage, module):
    assert find_spec(f"{stage.package}.{module}")


def test_the_drawing_of_the_flow_is_fresh():
    call_command("draw_flow", check=True)


def test_the_catalogues_are_whole():
    call_command("translations", check=True)


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_field_of_every_table_is_called_personal_or_plain(table):
    """A new field cannot slip into an export, a log or a developer's copy unnoticed."""
    fields = (*table._meta.concrete_fields, *table._meta.local_many_to_many)
    named = {field.name for field in fields}
    own = named - {"password", "last_login"} if table.__name__ != "User" else named
    assert own <= table.PERSONAL | table.PLAIN, own - table.PERSONAL - table.PLAIN
    assert named >= table.PERSONAL | table.PLAIN
    assert not table.PERSONAL & table.PLAIN


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_no_field_ranks_scores_or_profiles_a_person(table):
    forbidden = re.compile(r"points|rank|loyal|belief|faith|ethnic|party|credit|reputation|mood")
    for field in table._meta.concrete_fields:
        assert not forbidden.search(field.name), f"{table.__name__}.{field.name}"


def all_views(resolver=None, prefix=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        here = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from all_views(pattern, here)
        else:
            yield here, pattern


def test_every_address_says_who_may_come_in():
    found = list(all_views())
    assert len(found) > 5
    for address, pattern in found:
        assert isinstance(getattr(pattern.callback, "door", None), Door), address


def test_files_are_small_and_nouns():
    empty_names = {"utils", "helpers", "common", "misc", "manager", "service", "handler", "process"}
    for file in tracked("src/*.py"):
        assert file.stem not in empty_names, file
        if "migrations" not in file.parts:
            lines = file.read_text(encoding="utf-8").count("\n")
            assert lines <= 400, f"{file.relative_to(ROOT)} has {lines} lines"


def test_no_import_hides_inside_a_function():
    for file in tracked("src/*.py"):
        hidden = re.findall(
            r"^[ \t]+(?:from \S+ )?import \S+", file.read_text("utf-8"), re.MULTILINE
        )
        assert not hidden, f"{file.relative_to(ROOT)}: {hidden[0].strip()}"


def test_nothing_is_left_unfinished():
    words = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|raise NotImpl" + r"ementedError")
    for file in tracked("*.py", "*.html", "*.css", "*.js", "*.md"):
        assert not words.search(file.read_text(encoding="utf-8")), file


def test_no_machine_path_and_no_registry_host_is_in_the_tree():
    paths = re.compile(r"/(?:work|root|farm)/|" + "pypi" + r"\.org|registry\." + "npmjs")
    for file in tracked():
        if file.suffix in {".py", ".html", ".md", ".toml", ".lock", ".css", ".js", ".json", ""}:
            assert not paths.search(file.read_text(encoding="utf-8", errors="ignore")), file


def test_every_dependency_is_pinned_with_a_hash():
    lock = (ROOT / "requirements.lock").read_text()
    pins = re.findall(r"^([a-z0-9._-]+)==\S+.*\\$", lock, re.MULTILINE)
    wanted = CONFIG["project"]["dependencies"] + CONFIG["project"]["optional-dependencies"]["dev"]
    names = {re.split(r"[\[<>= ]", name)[0].lower() for name in wanted}
    assert names <= set(pins), names - set(pins)
    assert lock.count("--hash=sha256:") >= len(pins)


def test_no_template_has_an_inline_style_or_script():
    inline = re.compile(r"\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)
    for file in tracked("src/*.html"):
        found = inline.search(file.read_text(encoding="utf-8"))
        assert not found, f"{file.relative_to(ROOT)}: {found and found.group()}"


@pytest.mark.parametrize("file", ["README.md", "README.zh-CN.md", "GLOSSARY.md", "CHANGELOG.md"])
def test_the_papers_are_there(file):
    assert len((ROOT / file).read_text(encoding="utf-8")) > 400
