"""Diagrams of places and of opinions. None of them is a map with boundaries."""

import math

from django.utils.translation import gettext as _
from markupsafe import escape

from biaochi.web.charts.marks import SHAPES, numbered_dot
from biaochi.web.svg import picture

TILE_W, TILE_H, TILE_GAP = 126, 132, 8


def area_map(tiles):
    """Streets and townships as tiles in their compass places, with a circle for each count.

    ``tiles`` are mappings with ``name``, ``count`` (``None`` when it must stay hidden), ``href``,
    ``row`` and ``column``. Only the relative place is drawn and no boundary, so this is not a map
    of administrative areas and needs no approved base map. The area of a circle follows its count.
    """
    left = min(tile["column"] for tile in tiles)
    top = min(tile["row"] for tile in tiles)
    most = max([tile["count"] or 0 for tile in tiles]) or 1
    columns = max([3, *(tile["column"] - left + 1 for tile in tiles)])  # few tiles stay small
    width = columns * (TILE_W + TILE_GAP) - TILE_GAP
    height = max(tile["row"] - top + 1 for tile in tiles) * (TILE_H + TILE_GAP) - TILE_GAP
    body = "".join(
        _tile(
            tile,
            (tile["column"] - left) * (TILE_W + TILE_GAP),
            (tile["row"] - top) * (TILE_H + TILE_GAP),
            most,
        )
        for tile in tiles
    )
    label = _("各街道、乡镇的心声条数，按方位排列")
    return picture("bc-map", f"0 0 {width} {height}", body, label, role="group")


def _tile(tile, x, y, most):
    name, count = tile["name"], tile["count"]
    middle = x + TILE_W / 2
    said = _("少于 5") if count is None else f"{count:,}"
    radius = 39.1 * math.sqrt((count or 0) / most)
    inside = radius > 9 + 5 * len(said)
    number_y = y + 59.5 if inside or not count else y + 45 - radius
    spoken = escape(_("%(name)s：%(count)s 条，看这里的心声") % {"name": name, "count": said})
    circle = (
        f'<circle class="f-brand" cx="{middle:g}" cy="{y + 53}" r="{radius:.1f}"/>' if count else ""
    )
    return (
        f'<a href="{escape(tile["href"])}" aria-label="{spoken}">'
        f'<rect class="f-brand-l" x="{x}" y="{y}" width="{TILE_W}" height="{TILE_H}" rx="10"/>'
        f'{circle}<text class="{"f-paper" if inside else "f-ink"}" x="{middle:g}" '
        f'y="{number_y:.1f}" text-anchor="middle" font-size="{19 if count else 16}" '
        f'font-weight="700">{said}</text>'
        f'<text class="f-ink" x="{middle:g}" y="{y + TILE_H - 13}" text-anchor="middle" '
        f'font-size="{18 if len(name) < 7 else 14}" font-weight="700">{escape(name)}</text></a>'
    )


def quadrant(items):
    """What shows now against what lasts: ``items`` are mappings ``n``, ``x``, ``y`` (0–100), ``c``.

    ``n`` is the number in the list beside it, ``c`` go, slow, stop, calm or none.
    """
    left, top, side = 34, 12, 352
    half = side / 2
    right, foot = left + side, top + side
    body = [
        f'<rect class="f-paper s-line" x="{left}" y="{top}" width="{side}" height="{side}"/>',
        *(
            f'<rect class="{css}" x="{x:g}" y="{y:g}" width="{half:g}" height="{half:g}"/>'
            for css, x, y in (
                ("f-calm-l", left, top),
                ("f-go-l", left + half, top),
                ("f-slow-l", left + half, top + half),
                ("f-ground", left, top + half),
            )
        ),
        _quadrant_ticks(left, top, side),
        _words(left + 9, top + 21, _("打基础，记上一功"), "f-calm"),
        _words(right - 9, top + 21, _("又见效，又管长远"), "f-go-d", "end"),
        _words(left + 9, foot - 11, _("看看值不值"), "f-ink-2"),
        _words(right - 9, foot - 11, _("见效快，看能否长久"), "f-slow-d", "end"),
        _words(right, foot + 28, _("显绩：现在看得见 →"), "f-ink", "end"),
    ]
    body.append(
        f'<text class="f-ink" transform="translate(13 {top + half + 72:g}) rotate(-90)" '
        f'font-size="15" font-weight="700">{escape(_("潜绩：以后管用 →"))}</text>'
    )
    body += [
        numbered_dot(
            left + side * item["x"] / 100,
            top + side * (100 - item["y"]) / 100,
            item["n"],
            item["c"],
        )
        for item in items
    ]
    label = _("显绩与潜绩象限图，各点说明见旁边的清单")
    return picture("bc-quad", "0 0 394 400", "".join(body), label)


def _quadrant_ticks(left, top, side):
    body = []
    for i in range(41):
        length = 9 if i % 10 == 0 else (6 if i % 5 == 0 else 3.5)
        at = side * i / 40
        body.append(
            f'<rect class="f-ink-3" x="{left + at - 0.5:.1f}" y="{top + side}" width="1" '
            f'height="{length}"/>'
            f'<rect class="f-ink-3" x="{left - length}" y="{top + at - 0.5:.1f}" '
            f'width="{length}" height="1"/>'
        )
    return "".join(body)


def _words(x, y, words, css, anchor="start"):
    return (
        f'<text class="{css}" x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="15" '
        f'font-weight="700">{escape(words)}</text>'
    )


def opinion_map(groups, label):
    """Participants laid out by how alike they voted, a sign and a soft shape for each group.

    ``groups`` are mappings with ``name``, ``shape`` (c, s, t, d, p) and ``points``, a list of
    (x, y) inside a box of 360 by 300; ``count`` when more people are meant than are drawn. Show
    only groups that are large enough to hide a person.
    """
    body = ['<rect class="f-ground" x="0" y="0" width="360" height="300" rx="10"/>']
    for i in range(0, 361, 12):
        tall = 10 if i % 60 == 0 else 5
        body.append(f'<rect class="f-line" x="{i}" y="{300 - tall}" width="1" height="{tall}"/>')
    for i in range(0, 301, 12):
        body.append(
            f'<rect class="f-line" x="0" y="{i}" width="{10 if i % 60 == 0 else 5}" height="1"/>'
        )
    drawn = [_opinion_group(group) for group in groups]
    body += [shape for shape, _dots in drawn] + [dots for _shape, dots in drawn]
    return picture("bc-opmap", "0 0 360 300", "".join(body), label)


def _opinion_group(group):
    css, points = SHAPES[group["shape"]], group["points"]
    edge = _hull(points)
    mx = sum(x for x, _y in edge) / len(edge)
    my = sum(y for _x, y in edge) / len(edge)
    wide = [(mx + (x - mx) * 1.16, my + (y - my) * 1.16) for x, y in edge]
    shape = (
        f'<polygon class="{css} is-soft" points="'
        + " ".join(f"{x:.0f},{y:.0f}" for x, y in wide)
        + '"/>'
    )
    draw = {
        "c": lambda x, y: f'<circle class="{css}" cx="{x:.1f}" cy="{y:.1f}" r="3.8"/>',
        "s": lambda x, y: (
            f'<rect class="{css}" x="{x - 3.4:.1f}" y="{y - 3.4:.1f}" width="6.8" height="6.8"/>'
        ),
        "t": lambda x, y: f'<path class="{css}" d="M{x:.1f},{y - 4.6:.1f} l4.8,8.2 h-9.6 z"/>',
        "d": lambda x, y: (
            f'<path class="{css}" d="M{x:.1f},{y - 4.6:.1f} l4.6,4.6 -4.6,4.6 -4.6,-4.6 z"/>'
        ),
        "p": lambda x, y: (
            f'<path class="{css}" d="M{x - 1.4:.1f},{y - 4.2:.1f} h2.8 v2.8 h2.8 v2.8 h-2.8 v2.8 '
            f'h-2.8 v-2.8 h-2.8 v-2.8 h2.8 z"/>'
        ),
    }[group["shape"]]
    top = min(y for _x, y in wide)
    name = escape(
        _("%(name)s组 %(count)d 位")
        % {
            "name": group["name"],
            "count": group.get("count", len(points)),
        }
    )
    sign = (
        f'<rect class="f-paper" x="{mx - 36:.0f}" y="{top - 25:.0f}" width="72" height="22" '
        f'rx="5"/><text class="f-ink" x="{mx:.0f}" y="{top - 9:.0f}" text-anchor="middle" '
        f'font-size="14" font-weight="700">{name}</text>'
    )
    return shape, "".join(draw(x, y) for x, y in points) + sign


def _hull(points):
    """The convex hull of at least one point (Andrew's monotone chain, 1979)."""
    points = sorted(set(points))
    if len(points) < 3:
        return points

    def half(ordered):
        chain = []
        for point in ordered:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        return chain[:-1]

    return half(points) + half(points[::-1])


def _turn(a, b, c):
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
