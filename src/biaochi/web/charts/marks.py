"""Small signs: lamps, ticks and dots. State is shape, sign and colour together."""

from markupsafe import escape

from biaochi.web.svg import picture

TICK, CROSS, DASH = "M-4.5,0 L-1.2,3.8 L5,-3.8", "M-4,-4 L4,4 M4,-4 L-4,4", "M-4,0 L4,0"
OCTAGON = "M8.6,1.5 H19.4 L26.5,8.6 V19.4 L19.4,26.5 H8.6 L1.5,19.4 V8.6 Z"

# state → fill, sign, colour of the sign, shape, middle of the sign
LAMPS = {
    "go": ("f-go", TICK, "s-paper", '<circle class="f-go" cx="14" cy="14" r="12.5"/>', 14),
    "slow": (
        "f-slow",
        "M0,-4 L0,2 M0,5.6 L0,5.8",
        "s-ink",
        '<path class="f-slow" d="M14,1.5 L27,25.5 L1,25.5 Z" stroke-linejoin="round"/>',
        16.5,
    ),
    "stop": ("f-stop", CROSS, "s-paper", f'<path class="f-stop" d="{OCTAGON}"/>', 14),
    "none": ("f-none", DASH, "s-ink", '<circle class="f-none" cx="14" cy="14" r="12.5"/>', 14),
}
LAMPS["dark"] = LAMPS["none"]  # too few cases to light a lamp; the words beside it say so
MARKS = {
    "yes": (TICK, "s-paper", '<circle class="f-go" cx="12" cy="12" r="11"/>', 12),
    "no": (
        CROSS,
        "s-ink",
        '<rect class="f-none" x="1.5" y="1.5" width="21" height="21" rx="3"/>',
        12,
    ),
    "part": (
        "M-4.5,0 L4.5,0",
        "s-ink",
        '<path class="f-slow" d="M12,1 L23.5,21.5 L.5,21.5 Z"/>',
        14.5,
    ),
}
SHAPES = {"c": "f-op-c", "s": "f-op-s", "t": "f-op-t", "d": "f-op-c", "p": "f-op-s"}
DOTS = {"go": "f-go-d", "slow": "f-slow-d", "stop": "f-stop-d", "calm": "f-calm", "none": "f-ink-3"}


def _sign(path, css, x, y, width):
    return (
        f'<path class="{css}" transform="translate({x} {y})" d="{path}" fill="none" '
        f'stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"/>'
    )


def lamp(state):
    """A light in a line of text: go, slow, stop or none. Say the state in words beside it."""
    _, sign, ink, shape, y = LAMPS[state]
    return picture("bc-lamp", "0 0 28 28", shape + _sign(sign, ink, 14, y, 2.8))


def signal(state):
    """A standing traffic light with one lamp lit: go, slow or stop."""
    lamps = (
        ("stop", CROSS, "s-paper"),
        ("slow", "M0,-5 L0,1.5 M0,5 L0,5.2", "s-ink"),
        ("go", TICK, "s-paper"),
    )
    body = ['<rect class="f-case" x="4" y="1" width="32" height="94" rx="9"/>']
    for i, (name, sign, ink) in enumerate(lamps):
        y = 19 + i * 29
        if name == state:
            body.append(f'<circle class="f-{name}" cx="20" cy="{y}" r="12.5"/>')
            body.append(_sign(sign, ink, 20, y, 3))
        else:
            body.append(f'<circle class="f-dark" cx="20" cy="{y}" r="11"/>')
    return picture("bc-signal", "0 0 40 96", "".join(body))


def mark(kind):
    """A yes, no or part in a fixed box, never colour alone."""
    sign, ink, shape, y = MARKS[kind]
    return picture("bc-mark", "0 0 24 24", shape + _sign(sign, ink, 12, y, 2.6))


def opdot(shape):
    """The sign of an opinion group: c(ircle), s(quare), t(riangle), d(iamond) or p(lus)."""
    css = SHAPES[shape]
    body = {
        "c": f'<circle class="{css}" cx="9" cy="9" r="7.5"/>',
        "s": f'<rect class="{css}" x="2" y="2" width="14" height="14"/>',
        "t": f'<path class="{css}" d="M9,1 l8.5,15 h-17 z"/>',
        "d": f'<path class="{css}" d="M9,1 L17,9 L9,17 L1,9 z"/>',
        "p": f'<path class="{css}" d="M6.5,1 h5 v5.5 H17 v5 h-5.5 V17 h-5 v-5.5 H1 v-5 h5.5 z"/>',
    }[shape]
    return picture("bc-opdot", "0 0 18 18", body)


def numbered_dot(x, y, number, state, size=14.0):
    """The body of a numbered dot: a square on its corner where something stopped."""
    css = DOTS[state]
    side = size * 13 / 14
    shape = (
        f'<circle class="{css} s-paper" cx="{x:.0f}" cy="{y:.0f}" r="{size:g}" stroke-width="2"/>'
        if state != "stop"
        else f'<rect class="{css} s-paper" x="{x - side:.0f}" y="{y - side:.0f}" '
        f'width="{2 * side:.0f}" height="{2 * side:.0f}" rx="3" '
        f'transform="rotate(45 {x:.0f} {y:.0f})" stroke-width="2"/>'
    )
    return (
        f'{shape}<text class="f-paper" x="{x:.0f}" y="{y + 5.5:.0f}" text-anchor="middle" '
        f'font-size="15" font-weight="700">{escape(number)}</text>'
    )


def qdot(number, state):
    """The numbered dot of the quadrant, for the list beside it."""
    css = DOTS[state]
    shape = (
        f'<circle class="{css}" cx="15" cy="15" r="13"/>'
        if state != "stop"
        else f'<rect class="{css}" x="5.5" y="5.5" width="19" height="19" rx="2" '
        'transform="rotate(45 15 15)"/>'
    )
    text = (
        f'<text class="f-paper" x="15" y="20.5" text-anchor="middle" font-size="15" '
        f'font-weight="700">{escape(number)}</text>'
    )
    return picture("d", "0 0 30 30", shape + text)


def stage_dot(number, state):
    """The pointer on the standing ruler: done, now or next."""
    css = "f-none" if state == "next" else "f-brand"
    ink = "f-ink" if state == "next" else "f-paper"
    ring = (
        '<circle class="s-paper" cx="17" cy="18" r="12.6" fill="none" stroke-width="1.6"/>'
        if state == "now"
        else ""
    )
    body = (
        f'<path class="{css}" d="M17,2 A16,16 0 1 0 17,34 L30,34 L44,18 L30,2 Z"/>{ring}'
        f'<text class="{ink}" x="18" y="24.5" text-anchor="middle" font-size="18" '
        f'font-weight="700">{escape(number)}</text>'
    )
    return picture("", "0 0 46 36", body)
