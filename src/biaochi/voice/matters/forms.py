"""What visitors and clerks send, read with care: anything unknown counts as not chosen."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _

from biaochi.flow import Step
from biaochi.people import queries as people
from biaochi.voice.matters.lists import SORTS, SPANS, Wanted
from biaochi.voice.rules import Channel, Group

SHORT = 60  # nobody looks for more letters than that
KEYS = 200  # how many rows one post may tick


def wanted_of(sent, *, span="all", sort="people"):
    """Read what a visitor wants from the address."""
    area = next((a for a in people.areas() if str(a.pk) == sent.get("area", "")), None)
    step = sent.get("step", "")
    return Wanted(
        query=sent.get("q", "").strip()[:SHORT],
        step=int(step) if step in {str(s.value) for s in Step} else None,
        area=area.pk if area else None,
        area_name=area.name if area else "",
        group=sent.get("group", "") if sent.get("group") in Group.values else "",
        span=sent.get("time") if sent.get("time") in SPANS else span,
        sort=sent.get("sort") if sent.get("sort") in SORTS else sort,
        page=page_of(sent),
    )


def page_of(sent):
    typed = sent.get("page", "")
    return int(typed) if typed.isdigit() and 0 < int(typed) < 100_000 else 1


def keys_of(sent, name):
    """Keys of ticked rows, each once, in their order."""
    keys = [int(key) for key in sent.getlist(name) if key.isdigit() and len(key) < 19]
    return list(dict.fromkeys(keys))[:KEYS]


def address_of(wanted, *, usual="all", **changes):
    """The query of an address that asks for this; what stands by itself is left out.

    ``usual`` is the span of time that the page takes when the address names none.
    """
    wanted = wanted.but(**changes)
    pairs = [
        ("q", wanted.query, ""),
        ("step", wanted.step or "", ""),
        ("area", wanted.area or "", ""),
        ("group", wanted.group, ""),
        ("time", wanted.span, usual),
        ("sort", wanted.sort, "people"),
        ("page", wanted.page, 1),
    ]
    return "?" + urlencode([(name, value) for name, value, left in pairs if value != left])


def steps():
    return [("", _("全部")), *((s.value, s.label) for s in Step)]


def areas():
    return [("", _("全部")), *((a.pk, a.name) for a in people.areas())]


def groups():
    return [("", _("全部")), *Group.choices]


def spans():
    words = span_words()
    return [(span, words[span]) for span in SPANS]


def span_words():
    return {
        "1w": _("这七天"),
        "4w": _("近四周"),
        "3m": _("近三个月"),
        "year": _("今年"),
        "all": _("全部时间"),
    }


def channels():
    return [("", _("全部")), *Channel.choices]


def categories():
    """The catalogue as choices: trunk and branch, and whose it is."""
    rows = []
    for line in people.categories():
        name = f"{line.parent.name} › {line.name}" if line.parent else line.name
        rows.append((line.pk, f"{name}（{line.unit.name}）" if line.unit else name))
    return [("", _("还没有定")), *sorted(rows, key=lambda row: row[1])]


def category_of(sent):
    """The line of the catalogue that was chosen, or None."""
    chosen = sent.get("category", "")
    return next((line for line in people.categories() if str(line.pk) == chosen), None)
