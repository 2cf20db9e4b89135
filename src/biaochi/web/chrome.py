"""What stands around every page: the site's names, the reader's choices, menus and the rail.

It makes no query. Counts in the rail come from the view as ``rail_counts`` (key → number) and
``rail_hot`` (the keys whose count is urgent). Names set here are not free for views: ``site``,
``size``, ``theme``, ``lang``, ``other_language``, ``demo``, ``me``, ``my_name``, ``menu``,
``tabbar``, ``rail``.
"""

from typing import NamedTuple

from django.conf import settings
from django.urls import NoReverseMatch, resolve, reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from biaochi.core.actors import Role

SIZES = ("m", "l", "xl")
MENU = (
    ("home", _("首页")),
    ("voices", _("大家在说")),
    ("say", _("我要说")),
    ("matters", _("办到哪了")),
    ("yardstick", _("标尺")),
    ("library", _("学习资料")),
)
TABBAR = (
    ("home", "home", _("首页")),
    ("voices", "chat", _("大家在说")),
    ("say", "pen", _("我要说")),
    ("mine", "list", _("查我的事")),
)
# The key is the name of the address and of the count. An entry whose page does not stand is absent.
OFFICE_RAIL = (
    ("desk", "list", _("待办台")),
    ("desk-voices", "chat", _("心声")),
    ("desk-matters", "merge", _("归成的事")),
    ("desk-topics", "flag", _("选题")),
    ("desk-studies", "pin", _("调研")),
    ("desk-proposals", "doc", _("提案")),
    ("desk-deliberations", "users", _("协商")),
    ("desk-tasks", "clock", _("交办落实")),
    ("desk-checks", "eye", _("核证据")),
    ("desk-rounds", "check", _("群众验收")),
    ("desk-revisits", "undo", _("回头看")),
    ("desk-debts", "ledger", _("欠账本")),
    ("desk-alerts", "bell", _("提醒")),
    ("desk-achievements", "ruler", _("实绩账")),
    ("desk-library", "book", _("学习资料")),
    ("desk-intake", "phone", _("电话代填")),
    ("desk-import", "up", _("导入")),
    ("desk-record", "eye", _("留底")),
    ("desk-settings", "gear", _("设置")),
    ("desk-accounts", "key", _("账号")),
)
UNIT_RAIL = (
    ("desk", "inbox", _("收件台")),
    ("unit-proposals", "doc", _("写答复")),
    ("unit-debts", "ledger", _("欠账本")),
    ("unit-alerts", "bell", _("请您说明")),
    ("desk-library", "book", _("学习资料")),
)
MEMBER_RAIL = (
    ("desk", "users", _("我的")),
    ("member-topics", "flag", _("选题")),
    ("member-studies", "pin", _("调研")),
    ("member-proposals", "pen", _("写提案")),
    ("member-reports", "up", _("社情民意")),
    ("desk-achievements", "ruler", _("实绩账")),
    ("member-deliberations", "chat", _("协商")),
    ("member-replies", "doc", _("看答复")),
    ("desk-library", "book", _("学习资料")),
)


class Entry(NamedTuple):
    """A line of a menu. ``count`` is None when there is nothing to say."""

    key: str
    icon: str
    label: str
    url: str
    count: int | None = None  # type: ignore[assignment]


def chrome(request):
    """The context processor of every page."""
    actor = getattr(request, "actor", None)
    me = actor if actor and actor.account else None
    return {
        "site": settings.BIAOCHI_SITE,
        "theme": settings.BIAOCHI_THEME,
        "demo": settings.BIAOCHI_DEMO,
        "size": chosen_size(request),
        "lang": get_language() or settings.LANGUAGE_CODE,
        "other_language": other_language(request),
        "me": me,
        "my_name": request.user.shown_name if me else "",
        "menu": standing((key, "", label) for key, label in MENU),
        "tabbar": standing(TABBAR),
        "rail": rail(me) if me else [],
    }


def chosen_size(request):
    size = request.COOKIES.get("size", "m")
    return size if size in SIZES else "m"


def other_language(request):
    """The same page in the other language: (code, its own name, address)."""
    english = (get_language() or "").startswith("en")
    code, name = ("zh-hans", "中文") if english else ("en", "English")
    here = request.get_full_path()
    there = translate_url(here, code)
    if there == here:  # a page without languages, or none at all: the front page then
        there = "/" if english else "/en/"
    return Entry(code, "", name, there)


def rail(actor, counts=None):
    """The menu beside the desk of this doer: a list of entries whose pages stand.

    Pages that do not open for this doer are left out. ``counts`` maps keys to numbers; without
    it every count is None.
    """
    if actor.has(Role.UNIT):
        entries = UNIT_RAIL
    elif actor.has(Role.MEMBER):
        entries = MEMBER_RAIL
    else:
        entries = OFFICE_RAIL
    return [entry for entry in standing(entries, counts or {}) if opens_for(actor, entry.url)]


def opens_for(actor, address):
    """Whether the door of this page lets the doer in (no query is made)."""
    door = getattr(resolve(address).func, "door", None)
    return bool(door and door.roles & actor.roles)


def standing(entries, counts=()):
    """Only the entries whose address exists: a menu promises nothing that is not there."""
    numbers, found = dict(counts), []
    for key, icon, label in entries:
        try:
            address = reverse(key)
        except NoReverseMatch:
            continue
        found.append(Entry(key, icon, label, address, numbers.get(key)))
    return found
