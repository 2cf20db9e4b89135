"""Line icons and the house mark, drawn as SVG without script or inline style."""

from biaochi.web.svg import picture

PATHS = {
    "home": '<path d="M3 11.5 12 4l9 7.5M5.5 9.8V20h13V9.8M10 20v-5.5h4V20"/>',
    "chat": '<path d="M4 5h16v11H11l-5 4v-4H4z"/><path d="M8 9.2h8M8 12.4h5"/>',
    "pen": '<path d="M4 20l1-4.5L15.5 5 19 8.5 8.5 19z"/><path d="M13.5 7 17 10.5"/>',
    "list": '<path d="M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01"/>',
    "phone": (
        '<path d="M6 3.5h3l1.6 4.4-2.2 1.6a12 12 0 0 0 6.1 6.1l1.6-2.2 4.4 1.6v3'
        'c0 1.4-1 2.5-2.4 2.5C10.6 20.5 3.5 13.4 3.5 5.9 3.5 4.5 4.6 3.5 6 3.5z"/>'
    ),
    "mic": (
        '<rect x="9" y="3" width="6" height="11" rx="3"/>'
        '<path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>'
    ),
    "cam": ('<path d="M4 8h3.5l1.5-2.5h6L16.5 8H20v11H4z"/><circle cx="12" cy="13" r="3.3"/>'),
    "pin": (
        '<path d="M12 21s7-6.3 7-11.5A7 7 0 0 0 5 9.5C5 14.7 12 21 12 21z"/>'
        '<circle cx="12" cy="9.5" r="2.5"/>'
    ),
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.3l3.5 2"/>',
    "users": (
        '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 20c.4-3.8 3-6 6.5-6s6.1 2.2 6.5 6'
        'M16 5.2a3.5 3.5 0 0 1 0 6.6M18 14.5c2 .8 3.2 2.7 3.5 5.5"/>'
    ),
    "doc": '<path d="M6 3h8l4 4v14H6z"/><path d="M14 3v4h4M9 12h6M9 16h6"/>',
    "lock": (
        '<rect x="5" y="10.5" width="14" height="10" rx="1.5"/>'
        '<path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>'
    ),
    "check": '<path d="M5 12.5 10 17.5 19.5 7"/>',
    "x": '<path d="M6 6l12 12M18 6 6 18"/>',
    "bang": '<path d="M12 4v10M12 19v.2"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5 21 21"/>',
    "ear": (
        '<path d="M4 9v6h4l5 4V5L8 9z"/><path d="M16 9a4.5 4.5 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11"/>'
    ),
    "back": '<path d="M14.5 5.5 8 12l6.5 6.5"/>',
    "arrow": '<path d="M4 12h15M13 6l6 6-6 6"/>',
    "ruler": '<path d="M3 8h18v8H3zM7 8v3M11 8v4M15 8v3M19 8v4"/>',
    "book": (
        '<path d="M4 5c3-1.2 6-1 8 .8C14 4 17 3.8 20 5v14c-3-1.2-6-1-8 .8C10 18 7 17.8 4 19z'
        'M12 5.8v14"/>'
    ),
    "flag": '<path d="M5 21V4M5 5h13l-2.5 4L18 13H5"/>',
    "merge": '<path d="M5 4c0 6 7 5 7 11v5M19 4c0 6-7 5-7 11M8.5 17 12 20.5 15.5 17"/>',
    "split": (
        '<path d="M12 21v-7c0-4-6-4-6-10M12 14c0-4 6-4 6-10"/>'
        '<path d="M3.5 7 6 4l2.5 3M15.5 7 18 4l2.5 3"/>'
    ),
    "bell": '<path d="M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 21h4"/>',
    "down": '<path d="M12 4v12M6.5 11 12 16.5 17.5 11M5 20.5h14"/>',
    "up": '<path d="M12 16V4M6.5 9.5 12 4l5.5 5.5M5 20.5h14"/>',
    "gear": (
        '<circle cx="12" cy="12" r="3"/><path d="M12 2.8v3M12 18.2v3M2.8 12h3M18.2 12h3'
        'M5.5 5.5l2.1 2.1M16.4 16.4l2.1 2.1M18.5 5.5l-2.1 2.1M7.6 16.4l-2.1 2.1"/>'
    ),
    "inbox": (
        '<path d="M4 13l2.5-8.5h11L20 13v6.5H4z"/><path d="M4 13h4.5l1.5 2.5h4l1.5-2.5H20"/>'
    ),
    "undo": '<path d="M8 5 4 9l4 4"/><path d="M4 9h10a5.5 5.5 0 0 1 0 11H9"/>',
    "trash": '<path d="M5 7h14M9.5 7V4.5h5V7M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "eye": (
        '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/>'
        '<circle cx="12" cy="12" r="3"/>'
    ),
    "key": ('<circle cx="8" cy="15.5" r="4.5"/><path d="M11.2 12.3 19.5 4M15.5 8l3 3"/>'),
    "shield": (
        '<path d="M12 3 5 6v5.5c0 4.5 3 7.8 7 9.5 4-1.7 7-5 7-9.5V6z"/>'
        '<path d="M8.8 12l2.3 2.3 4.3-4.6"/>'
    ),
    "seal": (
        '<path d="M12 3l2.3 1.7 2.8-.2.7 2.7 2.3 1.6-1 2.7 1 2.7-2.3 1.6-.7 2.7-2.8-.2L12 20'
        'l-2.3-1.7-2.8.2-.7-2.7L3.9 14.2l1-2.7-1-2.7 2.3-1.6.7-2.7 2.8.2z"/>'
        '<path d="M9 11.7l2.2 2.2 3.8-4.2"/>'
    ),
    "lot": (
        '<rect x="4" y="4" width="16" height="16" rx="3"/>'
        '<path d="M8.5 8.5h.01M15.5 8.5h.01M12 12h.01M8.5 15.5h.01M15.5 15.5h.01"/>'
    ),
    "ledger": (
        '<path d="M6 3h13v18H6a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z"/>'
        '<path d="M8 3v18M11.5 8h4.5M11.5 12h4.5"/>'
    ),
    "off": (
        '<path d="M3 3l18 18M8.5 8.7A9.5 9.5 0 0 1 20 11M4 11a11 11 0 0 1 2.5-1.7'
        'M7.5 14.5a6.3 6.3 0 0 1 5-1.8M12 19h.01"/>'
    ),
    "link": (
        '<path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3L11.8 6.5"/>'
        '<path d="M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1.2-1.2"/>'
    ),
    "table": (
        '<rect x="3.5" y="5" width="17" height="14" rx="1.5"/>'
        '<path d="M3.5 10h17M3.5 14.5h17M9.5 5v14"/>'
    ),
    "yuan": '<path d="M6 4l6 8 6-8M12 12v8.5M7.5 13h9M7.5 16.5h9"/>',
    "question": ('<path d="M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.2-1.5 2.3v.5M12 19v.2"/>'),
    "scissors": (
        '<circle cx="6.5" cy="7" r="2.7"/><circle cx="6.5" cy="17" r="2.7"/>'
        '<path d="M8.8 8.5 20 17M8.8 15.5 20 7"/>'
    ),
    "skip": '<path d="M5 6l7 6-7 6zM13 6l7 6-7 6z"/>',
    "calc": (
        '<rect x="5" y="3" width="14" height="18" rx="2"/><path d="M8.5 7.5h7M8.5 12h.01M12 12h.01'
        'M15.5 12h.01M8.5 16.5h.01M12 16.5h.01M15.5 16.5h.01"/>'
    ),
}


def icon(name, label=""):
    """A line icon as tall as the text. Without a label it is hidden from screen readers.

    :raises KeyError: no icon of that name
    """
    return picture("i", "0 0 24 24", PATHS[name], label)


def logo():
    """The house mark: a short ruler with its red pointer."""
    marks = "".join(
        f'<rect class="f-brand-d" x="9" y="{7 + i * 5.2:.1f}" width="{width}" height="2.2"/>'
        for i, width in enumerate((13, 7, 10, 7, 13))
    )
    body = (
        f'<rect class="f-paper" x="4" y="1" width="32" height="38" rx="5"/>{marks}'
        '<path class="f-stop" d="M36,14.5 L26.5,20 L36,25.5 Z"/>'
    )
    return picture("", "0 0 40 40", body)
