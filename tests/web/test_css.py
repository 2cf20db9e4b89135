"""The stylesheet: old browsers understand it, its colours can be read, and pages only use it."""

import gzip
import re

import pytest
from django.conf import settings

PACKAGE = settings.PACKAGE
STATIC = PACKAGE / "web" / "static" / "biaochi"
RAW = (STATIC / "bc.css").read_text(encoding="utf-8")
CSS = re.sub(r"/\*.*?\*/", "", RAW, flags=re.DOTALL)
TEMPLATES = sorted(PACKAGE.glob("**/pages/*.html"))

# Chromium 86, Safari 14.1, Firefox 86: what came later must not be needed.
TOO_NEW = (
    "@layer",
    ":has(",
    "color-mix(",
    "oklch(",
    "@container",
    "light-dark(",
    "@property",
    "@scope",
    "&:",
    "&.",
    "inset:",
    "dvh",
    "@import",
    "url(http",
    "data:",
)
PAIRS = (
    ("ink", "ground", 7),
    ("ink", "paper", 7),
    ("ink-2", "paper", 7),
    ("ink-2", "ground", 7),
    ("ink-3", "paper", 4.5),
    ("ink-3", "ground", 4.5),
    ("brand", "paper", 4.5),
    ("brand", "ground", 4.5),
    ("brand-d", "brand-l", 7),
    ("on-brand", "brand", 4.5),
    ("on-brand-2", "brand-d", 7),
    ("go", "paper", 4.5),
    ("go", "go-l", 4.5),
    ("slow", "paper", 4.5),
    ("slow", "slow-l", 4.5),
    ("stop", "paper", 4.5),
    ("stop", "stop-l", 4.5),
    ("stop", "ground", 4.5),
    ("ink-2", "brand-l", 4.5),
    ("ink-2", "sunk", 4.5),
    ("ink", "mark", 7),
    ("line-2", "paper", 3),
    ("line-2", "ground", 3),
    ("go-f", "paper", 3),
    ("stop-f", "paper", 3),
    ("slow-f", "ink", 3),
    ("focus", "ink", 3),
    ("brand-m", "brand-d", 3),
)


def tokens(selector):
    block = re.search(re.escape(selector) + r"\s*\{(.*?)\}", CSS, re.DOTALL).group(1)
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", block))


ROOT = tokens(":root")
THEMES = {"": ROOT, "zhu": ROOT | tokens('[data-theme="zhu"]')}


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("feature", TOO_NEW)
def test_an_old_office_browser_understands_the_stylesheet(feature):
    assert feature not in CSS


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_the_colours_can_be_told_apart(theme, front, back, least):
    named = THEMES[theme]
    assert contrast(named[front], named[back]) >= least


def test_colours_stand_in_the_tokens_only():
    rest = re.sub(r":root\s*\{.*?\}|\[data-theme[^{]*\{.*?\}", "", CSS, flags=re.DOTALL)
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", rest)


def test_no_token_is_used_that_is_not_set():
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", CSS))
    assert used <= set(re.findall(r"--([a-z0-9-]+):", CSS))


def test_no_rule_stands_twice():
    seen, twice = set(), []
    for medium, block in blocks():
        for rule in re.findall(r"[^{}]+\{[^{}]*\}", block):
            key = (medium, re.sub(r"\s+", " ", rule.strip()))
            twice += [key] if key in seen else []
            seen.add(key)
    assert not twice


def blocks():
    """(medium, rules): what stands outside of every @media, then each @media block."""
    yield "", re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}", "", CSS)
    yield from re.findall(r"@media([^{]*)\{((?:[^{}]*\{[^{}]*\})*)\s*\}", CSS)


def test_the_braces_of_the_stylesheet_match():
    assert CSS.count("{") == CSS.count("}")


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_every_class_of_a_page_stands_in_the_stylesheet(file):
    styled = set(re.findall(r"\.([a-zA-Z][\w-]*)", CSS))
    used = set()
    for value in re.findall(r'class="([^"]*)"', file.read_text(encoding="utf-8")):
        if "{" not in value:
            used |= set(value.split())
        else:
            plain = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ", value)
            # what touches a placeholder is only part of a name
            glued = set(re.findall(r"[\w-]+(?=\{)|(?<=\})[\w-]+", value))
            used |= set(plain.split()) - glued
    names = {name for name in used if name.startswith(("bc-", "f-", "s-", "sg-", "ty-", "sw-"))}
    assert names <= styled, names - styled


def test_script_and_style_are_light():
    assert len(gzip.compress((STATIC / "bc.js").read_bytes())) <= 1536
    assert len(gzip.compress(RAW.encode())) <= 24 * 1024


def test_the_script_needs_no_eval_and_sets_no_style():
    script = re.sub(r"/\*.*?\*/", "", (STATIC / "bc.js").read_text(encoding="utf-8"))
    assert not re.search(r"\beval\b|new Function|\.style\b|innerHTML|insertAdjacentHTML", script)
