"""Rulers: where a matter stands, how a number lies between its marks, how the days run."""

from biaochi.web.svg import picture


def _tick(x, width, height, foot, css="f-line"):
    return (
        f'<rect class="{css}" x="{x - width / 2:.2f}" y="{foot - height}" width="{width}" '
        f'height="{height}"/>'
    )


def _scale(foot, low, middle, high, *, width=0.24, css="f-line"):
    """Ticks of a 0–100 ruler: one every five, longer at tens, longest at 0, 50 and 100."""
    return "".join(
        _tick(i, width, low if i % 10 else (middle if i % 50 else high), foot, css)
        for i in range(0, 101, 5)
    )


def steps(now, total=6, state="go"):
    """A small ruler of steps: those passed are solid, the present one is a pointer.

    ``now`` counts from one. Say the name of the step beside it.
    """
    width, pad = 120, 7
    step = (width - 2 * pad) / (total - 1)
    body = [
        f'<rect class="f-line" x="{pad}" y="8" width="{width - 2 * pad}" height="3"/>',
        f'<rect class="f-brand" x="{pad}" y="8" width="{(now - 1) * step:.1f}" height="3"/>',
    ]
    for i in range(total):
        x = pad + i * step
        if i + 1 < now:
            body.append(f'<rect class="f-brand" x="{x - 1.5:.1f}" y="3" width="3" height="13"/>')
        elif i + 1 == now:
            css = {"go": "f-brand", "stop": "f-stop", "slow": "f-slow"}[state]
            body.append(
                f'<circle class="{css}" cx="{x:.1f}" cy="9.5" r="6"/>'
                f'<circle class="f-paper" cx="{x:.1f}" cy="9.5" r="2.2"/>'
            )
        else:
            body.append(f'<rect class="f-line" x="{x - 1.25:.1f}" y="4" width="2.5" height="11"/>')
    return picture("", f"0 0 {width} 18", "".join(body), shape="xMinYMid meet")


def long_ruler(now, total, label=""):
    """A thin ruler as wide as its box: one tick a step, solid as far as ``now`` of ``total``."""
    width = 600
    step = width / total
    body = [
        f'<rect class="f-line" x="0" y="14" width="{width}" height="2"/>',
        f'<rect class="f-brand" x="0" y="13" width="{now * step:.1f}" height="4"/>',
    ]
    for i in range(total + 1):
        height = 12 if i % 5 == 0 else 7
        body.append(
            f'<rect class="{"f-brand" if i <= now else "f-none"}" '
            f'x="{min(i * step, width - 2):.1f}" y="{15 - height}" width="2" height="{height}"/>'
        )
    return picture("bc-long", f"0 0 {width} 18", "".join(body), label, shape="none")


def gap_ruler(reported, people, label):
    """What a unit reports and what the people say, both 0–100, with the gap between them."""
    low, high = sorted((reported, people))
    body = (
        '<rect class="f-line" x="0" y="27" width="100" height="1"/>'
        + _scale(28, 7, 11, 14)
        + f'<rect class="f-stop" opacity=".2" x="{low:.2f}" y="4" width="{high - low:.2f}" '
        'height="18"/>'
        f'<rect class="f-ink" x="{reported - 0.35:.2f}" y="0" width=".7" height="28" '
        'opacity=".55"/>'
        f'<rect class="f-brand" x="{people - 0.6:.2f}" y="0" width="1.2" height="28"/>'
    )
    return picture("", "-1 0 102 28", body, label, shape="none")


def ind_ruler(value, red, green, before=None, rev=False):
    """A value 0–100 between its two thresholds; ``rev`` when less is better.

    The short mark is the value of the time before. The number stands beside it in words.
    """
    zones = [("f-stop", 0, red), ("f-slow", red, green), ("f-go", green, 100)]
    if rev:
        zones = [("f-go", 0, green), ("f-slow", green, red), ("f-stop", red, 100)]
    body = [
        f'<rect class="{css}" opacity=".32" x="{a}" y="11" width="{b - a}" height="9"/>'
        for css, a, b in zones
    ]
    body += [
        f'<rect class="f-line" x="{i - 0.1}" y="14" width=".25" height="6"/>'
        for i in range(0, 101, 10)
    ]
    if before is not None:
        body.append(
            f'<rect class="f-ink" opacity=".45" x="{before - 0.35}" y="8" width=".7" height="12"/>'
        )
    body.append(f'<rect class="f-ink" x="{value - 0.6}" y="2" width="1.2" height="18"/>')
    return picture("", "-1 0 102 20", "".join(body), shape="none")


def band_ruler(value, bands, label=""):
    """A number 0–100 with its uncertainty. ``bands`` are (low, high, class), one under the other."""
    body = [_scale(30, 6, 9, 12, width=0.25, css="f-none")]
    body.append('<rect class="f-line" x="0" y="30" width="100" height="1"/>')
    body += [
        f'<rect class="{css}" x="{low}" y="{8 + i * 9}" width="{max(high - low, 0.6):.2f}" '
        'height="6"/>'
        for i, (low, high, css) in enumerate(bands)
    ]
    body.append(f'<rect class="f-ink" x="{value - 0.3:.2f}" y="2" width=".6" height="28"/>')
    return picture("bc-band-r", "-1 0 102 32", "".join(body), label, shape="none")


def bound_ruler(total, claimed, sure, likely, label=""):
    """How many of ``total`` are claimed, how many are likely, and of how many we may be sure."""
    ticks = "".join(
        _tick(i * 100 / total, 0.22, 9 if i % 10 == 0 else (6 if i % 5 == 0 else 4), 30)
        for i in range(total + 1)
    )
    a, b, c = (value * 100 / total for value in (sure, likely, claimed))
    body = (
        f'<rect class="f-line" x="0" y="29.5" width="100" height="1"/>{ticks}'
        f'<rect class="f-go" x="0" y="10" width="{a:.2f}" height="11"/>'
        f'<rect class="f-slow" opacity=".55" x="{a:.2f}" y="10" width="{max(b - a, 0):.2f}" '
        'height="11"/>'
        f'<rect class="f-none" opacity=".6" x="{b:.2f}" y="10" width="{max(c - b, 0):.2f}" '
        'height="11"/>'
        f'<rect class="f-brand" x="{a - 0.6:.2f}" y="4" width="1.2" height="25"/>'
        f'<rect class="f-ink" x="{c - 0.35:.2f}" y="4" width=".7" height="25"/>'
    )
    return picture("", "-1 0 102 32", body, label, shape="none")


def share_ruler(said, taken, most, label=""):
    """A subject's share of what was said (strong) against its share of what was taken up.

    All three in percent; the ruler runs to ``most``. Red where more was said than taken up.
    """
    k = 100 / most
    a, b = said * k, taken * k
    low, high = sorted((a, b))
    ticks = "".join(
        f'<rect class="f-line" x="{i * k - 0.1:.2f}" y="{18 if i % 10 else 14}" width=".24" '
        f'height="{6 if i % 10 else 10}"/>'
        for i in range(0, int(most) + 1, 2)
    )
    body = (
        f'<rect class="f-line" x="0" y="23.5" width="100" height="1"/>{ticks}'
        f'<rect class="{"f-stop" if a > b else "f-go"}" opacity=".22" x="{low:.2f}" y="5" '
        f'width="{high - low:.2f}" height="15"/>'
        f'<rect class="f-brand" x="{a - 0.7:.2f}" y="1" width="1.4" height="23"/>'
        f'<rect class="f-ink" opacity=".55" x="{b - 0.4:.2f}" y="1" width=".8" height="23"/>'
    )
    return picture("", "-1 0 102 26", body, label, shape="none")


def wd_ruler(total, now, marks=(), state="", label=""):
    """A ruler of working days: ``now`` of ``total`` have passed; it grows when they are over.

    ``marks`` are days with a duty of their own, ``state`` is "", slow or stop.
    """
    width, pad = 400, 6
    days = max(total, now, 1)
    step = (width - 2 * pad) / days

    def x(day):
        return pad + day * step

    body = [f'<rect class="f-line" x="{pad}" y="20" width="{width - 2 * pad}" height="2"/>']
    for i in range(days + 1):
        height = 11 if i % 5 == 0 else 6
        css = "f-brand" if i <= min(now, total) else ("f-stop" if i <= now else "f-line")
        body.append(
            f'<rect class="{css}" x="{x(i) - 0.6:.1f}" y="{21 - height}" width="1.2" '
            f'height="{height}"/>'
        )
    body.append(
        f'<rect class="f-brand" x="{pad}" y="19.5" width="{min(now, total) * step:.1f}" '
        'height="3"/>'
    )
    if now > total:
        body.append(
            f'<rect class="f-stop" x="{x(total):.1f}" y="18.5" '
            f'width="{(now - total) * step:.1f}" height="5"/>'
        )
    body += [
        f'<path class="f-slow" d="M{x(day) - 4.5:.1f},27 L{x(day) + 4.5:.1f},27 L{x(day):.1f},21 Z"/>'
        for day in marks
    ]
    css = {"": "f-brand", "slow": "f-slow", "stop": "f-stop"}[state]
    here = x(now)
    body.append(
        f'<path class="{css}" d="M{here - 5:.1f},1 L{here + 5:.1f},1 L{here:.1f},10 Z"/>'
        f'<rect class="{css}" x="{here - 1:.1f}" y="6" width="2" height="17"/>'
    )
    return picture("", f"0 0 {width} 28", "".join(body), label, shape="none")
