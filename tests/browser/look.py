"""What a browser test looks for on a page. Nothing here knows any page of the product."""

import os
import re
import shutil
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
INLINE = re.compile(r"\sstyle=|\son[a-z]+=[\"']|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)
FINGER, MOUSE = 44, 24  # pixels: for a finger everywhere; the least WCAG 2.2 allows for a mouse

# A target may be lower when it is a link inside a sentence, when its label or the card that it
# covers is large enough, or when it is meant for screen readers only (a pixel in size). The desk
# is worked with a mouse; under a finger it grows to the same height as everything else.
SMALL_TARGETS = """([finger, mouse, touch]) => {
  const seen = e => { const b = e.getBoundingClientRect(), s = getComputedStyle(e);
    return b.width > 1 && b.height > 1 && s.visibility !== 'hidden' && s.opacity !== '0'; };
  const inText = e => e.tagName === 'A' && getComputedStyle(e).display === 'inline'
    && [...e.parentElement.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  const small = [];
  for (const e of document.querySelectorAll('a[href],button,input,select,textarea,summary')) {
    if (e.type === 'hidden' || e.closest('svg') || !seen(e) || inText(e)) continue;
    const label = e.closest('label') || (e.id && document.querySelector(`label[for="${e.id}"]`));
    const boxes = [e, ...(label && seen(label) ? [label] : [])].map(x => x.getBoundingClientRect());
    if (getComputedStyle(e, '::after').position === 'absolute')
      boxes.push(e.closest('li,article').getBoundingClientRect());
    const least = !touch && e.closest('.is-staff') ? mouse : finger;
    const high = Math.max(...boxes.map(b => b.height)), wide = Math.max(...boxes.map(b => b.width));
    if (high < least - 0.5 || wide < Math.min(least, 24) - 0.5)
      small.push(`${e.tagName} ${e.className} “${(e.innerText || e.name || '').slice(0, 20)}” `
        + `${Math.round(wide)}×${Math.round(high)}`);
  }
  return small;
}"""


def axe(page):
    """What axe-core finds wrong, one line each; it should be nothing."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(told => told.violations)")
    return [
        f"{violation['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for violation in found
        for node in violation["nodes"]
    ]


def too_wide(page):
    """What sticks out of the window sideways, one line each."""
    return page.evaluate(
        """() => { const w = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= w) return [];
        const scrolls = e => e && (/auto|scroll/.test(getComputedStyle(e).overflowX)
          || scrolls(e.parentElement));
        const out = [...document.querySelectorAll('body *')].filter(e => {
          const b = e.getBoundingClientRect();
          return b.right > w + 1 && b.width > 1 && !scrolls(e.parentElement); });
        return ['wider than the window', ...out.slice(0, 4).map(e =>
          'sticks out: ' + e.tagName + ' ' + (e.getAttribute('class') || ''))]; }"""
    )


def no_sideways_scroll(page):
    """Fail when the page is wider than the window."""
    out = too_wide(page)
    assert not out, out


def small_targets(page):
    """Links, buttons and fields that are too small to hit, one line each."""
    touch = page.evaluate("matchMedia('(pointer: coarse)').matches")
    return page.evaluate(SMALL_TARGETS, [FINGER, MOUSE, touch])


def targets_are_large(page):
    """Fail when something is too small to hit."""
    small = small_targets(page)
    assert not small, f"too small to hit: {small}"


def no_inline_style(html):
    """Fail when the page needs what the strict policy forbids."""
    found = INLINE.search(html)
    assert not found, f"inline: {html[max(found.start() - 60, 0) : found.end() + 60]}"


def chromium_path():
    """Where the browser is, or "" when there is none. Nothing is ever downloaded."""
    wanted = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    return wanted if Path(wanted).exists() else (shutil.which("chromium") or "")
