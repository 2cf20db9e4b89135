"""Bars, columns and lines. Bars start at nought; parts without an answer have their own grey."""

from django.utils.translation import gettext as _
from markupsafe import escape

from biaochi.web.svg import picture


def pct_bar(parts, cls="bc-bar", label=""):
    """One bar cut into its parts.

    ``parts`` is a list of (class, amount), amounts not negative; ``label`` says them in words.
    """
    whole = sum(amount for _css, amount in parts) or 1
    x, body = 0.0, []
    for css, amount in parts:
        width = amount * 100 / whole
        gap = 0.5 if x and width > 0 else 0
        body.append(
            f'<rect class="{css}" x="{x + gap:.2f}" y="0" '
            f'width="{max(width - gap, 0):.2f}" height="10"/>'
        )
        x += width
    return picture(cls, "0 0 100 10", "".join(body), label, shape="none")


def swatch(css):
    """The little square of a key."""
    return picture("", "0 0 16 16", f'<rect width="16" height="16" class="{css}"/>')


def columns(values, labels, hot=(), unit="", label="", ref=None):
    """Columns over time.

    ``labels`` are as many as ``values`` ("" for none), ``hot`` the places that are drawn red and
    written out, ``ref`` a level to compare with: (value, words).
    """
    width, height, foot, head = 320, 132, 20, 20
    top = max([*values, ref[0] if ref else 0]) or 1
    step = width / len(values)
    body = []
    for i, value in enumerate(values):
        tall = (height - foot - head) * value / top
        x, y = i * step, height - foot - tall
        css = "f-stop" if i in hot else "f-brand-m"
        body.append(
            f'<rect class="{css}" x="{x + step * 0.16:.1f}" y="{y:.1f}" '
            f'width="{step * 0.68:.1f}" height="{tall:.1f}"/>'
        )
        if i in hot or i == 0:
            body.append(_text(x + step / 2, y - 5, f"{value}{unit}", "middle", bold=True))
        if labels[i]:
            body.append(_foot_label(i, len(values), step, width, height, labels[i]))
    body.append(f'<rect class="f-line" x="0" y="{height - foot}" width="{width}" height="1"/>')
    if ref:
        y = height - foot - (height - foot - head) * ref[0] / top
        body.append(
            f'<rect class="f-ink" x="0" y="{y:.1f}" width="{width}" height="1" opacity=".6"/>'
        )
        body.append(_text(width, y - 4, ref[1], "end"))
    return picture("bc-spark", f"0 0 {width} {height}", "".join(body), label)


def _foot_label(i, count, step, width, height, words):
    if i == 0:
        return _text(0, height - 4, words, "start")
    if i == count - 1:
        return _text(width, height - 4, words, "end")
    return _text(i * step + step / 2, height - 4, words, "middle")


def _text(x, y, words, anchor, *, bold=False):
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{weight}>{escape(words)}</text>'


def two_lines(first, second, labels, first_name, second_name, label=""):
    """Two shares (0–100) over the same moments, the second drawn stronger.

    All three lists are of one length, at least two; ``labels`` may hold "".
    """
    width, height, foot, head = 320, 140, 20, 14
    count = len(first)
    low, high = min([*first, *second]) - 4, max([*first, *second]) + 4

    def x(i):
        return 8 + i * (width - 96) / (count - 1)

    def y(value):
        return head + (height - foot - head) * (high - value) / (high - low)

    def path(values):
        return " ".join(f"{x(i):.1f},{y(value):.1f}" for i, value in enumerate(values))

    end = x(count - 1)
    line = '<polyline class="{}" points="{}" fill="none" stroke-width="{}"/>'
    body = [
        line.format("s-ink-3 is-dashed", path(first), 2.5),
        line.format("s-brand", path(second), 3.5),
        f'<circle class="f-ink-3" cx="{end:.1f}" cy="{y(first[-1]):.1f}" r="4"/>',
        f'<circle class="f-brand" cx="{end:.1f}" cy="{y(second[-1]):.1f}" r="5"/>',
        _text(end + 9, y(first[-1]) + 4, f"{first_name} {first[-1]}%", "start"),
        _text(end + 9, y(second[-1]) + 4, f"{second_name} {second[-1]}%", "start", bold=True),
        f'<rect class="f-line" x="0" y="{height - foot}" width="{width - 80}" height="1"/>',
    ]
    body += [
        _text(x(i) if i else 0, height - 4, words, "middle" if i else "start")
        for i, words in enumerate(labels)
        if words
    ]
    return picture("bc-spark", f"0 0 {width} {height}", "".join(body), label)


def months(rows, labels, now, label=""):
    """The book of promises, a column a month.

    ``rows`` are (kept, late, overdue, to come), ``now`` is the place of today among the months
    and may be broken (2.5 is the middle of the third).
    """
    width, height, foot, head = 980, 230, 26, 34
    top = max(sum(row) for row in rows) or 1
    step, body = width / len(rows), []
    for i, row in enumerate(rows):
        x, w, y = i * step + step * 0.2, step * 0.6, height - foot
        for css, value in zip(("f-go", "f-slow", "f-stop", "f-brand-m"), row, strict=True):
            tall = (height - foot - head) * value / top
            if value:
                y -= tall
                body.append(
                    f'<rect class="{css}" x="{x:.1f}" y="{y + 1:.1f}" width="{w:.1f}" '
                    f'height="{max(tall - 1, 1):.1f}"/>'
                )
        body.append(_text(x + w / 2, y - 5, sum(row), "middle", bold=True))
        body.append(_text(x + w / 2, height - 6, labels[i], "middle"))
    body.append(f'<rect class="f-line" x="0" y="{height - foot}" width="{width}" height="1.5"/>')
    x = now * step
    tip = height - foot - (height - foot - head) * sum(rows[int(now)]) / top - 20
    body.append(
        f'<rect class="f-stop" x="{x - 1:.1f}" y="20" width="2" height="{max(tip - 20, 0):.1f}"/>'
        f'<path class="f-stop" d="M{x - 6:.1f},{tip - 8:.1f} h12 l-6,9 z"/>'
    )
    body.append(_text(x, 14, _("今天"), "middle", bold=True))
    return picture("bc-months", f"0 0 {width} {height}", "".join(body), label)


def tiny_bars(values, label=""):
    """Columns as small as a word, for a cell of a table."""
    width, top = len(values) * 10, max(values) or 1
    body = "".join(
        f'<rect class="f-brand-m" x="{i * 10 + 1.5}" y="{30 - 28 * value / top:.1f}" width="7" '
        f'height="{28 * value / top:.1f}"/>'
        for i, value in enumerate(values)
    )
    body += f'<rect class="f-line" x="0" y="29" width="{width}" height="1"/>'
    return picture("bc-tinybars", f"0 0 {width} 30", body, label, shape="none")
