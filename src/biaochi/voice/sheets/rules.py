"""What a row of a spreadsheet needs to become a voice, and what is only worth a look."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.clock import due_on, local_day
from biaochi.core.refusals import Incomplete, NotNow

# What a column may be taken for. A column that is not in the list is left where it is.
FIELDS = {
    "text": gettext_lazy("原话"),
    "title": gettext_lazy("标题"),
    "at": gettext_lazy("什么时候说的"),
    "place": gettext_lazy("地方（只到社区）"),
    "number": gettext_lazy("外来编号"),
    "person": gettext_lazy("谁说的（只用来数人）"),
    "contact": gettext_lazy("电话（另存，加密）"),
    "category": gettext_lazy("类别"),
    "likes": gettext_lazy("点赞数"),
    "dislikes": gettext_lazy("反对数"),
}
SEVERAL = frozenset({"text", "title", "place"})  # may be put together from several columns
CHUNK = 500
AT_ONCE = 2000  # as many rows are taken while the visitor waits; more go on in the background
OLDEST_YEAR = 1980
OFTEN = 3  # voices of one person on one day from which somebody should have a look

TOTAL = re.compile(
    r"(?:合计|总计|小计|共计|总数|grand total|total)[:：]?\s*[\d,，]*\s*(?:件|条|行|个|宗)?",
    re.IGNORECASE,
)
NOBODY = re.compile(
    r"(?:匿名.*|网友|市民|群众|居民|游客|访客|用户|无名氏|不详|未知|不愿.*|.?某+|"
    r".{1,2}(?:先生|女士|小姐|同志|老师|某|某某)|anonymous|guest|user|unknown)",
    re.IGNORECASE,
)
# Columns that are left where they are, and why: words in their names.
LEFT_ALONE = {
    "satisfaction": ("满意", "评价", "评分"),
    "officials": ("承办", "经办", "办理人", "受理人", "坐席", "接线", "工号"),
}
SENTENCE_END = re.compile(r"(?<=[。！？!?；;\n])")


def why_left_alone(column):
    """The reason why a column that is not used is none of our business, as a code."""
    return next(
        (code for code, words in LEFT_ALONE.items() if any(word in column for word in words)),
        "unused",
    )


def is_total(cells):
    """True for a row which only adds up the rows above: its first words say so."""
    filled = [str(cell).strip() for cell in cells if cell is not None and str(cell).strip()]
    return any(TOTAL.fullmatch(cell) for cell in filled[:2])


def is_garbled(text):
    """True for a text that lost its letters on the way."""
    return text.count("\ufffd") > max(2, len(text) // 20)


def is_somebody(person):
    """False for names which many people go by, such as 匿名网友 or 王女士.

    Those who share such a name are not one person, so each of their voices counts by itself.
    """
    return bool(person) and not NOBODY.fullmatch(person.strip())


def split_words(text, most):
    """Cut a text that is too long for one voice into pieces, between sentences where it can.

    The pieces put together are the text; none is longer than ``most``.
    """
    pieces, piece = [], ""
    for sentence in SENTENCE_END.split(text):
        while len(piece) + len(sentence) > most:
            room = most - len(piece) if not piece or len(sentence) > most else 0
            pieces.append(piece + sentence[:room])
            piece, sentence = "", sentence[room:]
        piece += sentence
    return [part for part in (*pieces, piece) if part.strip()]


def role_of(column, fields):
    """What a column is shown as: the first thing it is used for, or ""."""
    return next((field for field in FIELDS if column in fields.get(field, ())), "")


def with_roles(fields, columns, roles):
    """The mapping after somebody chose a role for each column: ``{field: [columns]}``.

    A column whose role was left as it was keeps everything it is used for; one that was changed
    is used for its new role only. Several columns of one field stand in the order of the sheet.
    """
    changed = {column: role for column, role in roles.items() if role != role_of(column, fields)}
    chosen = {
        field: [column for column in names if column not in changed]
        for field, names in fields.items()
    }
    for column, role in changed.items():
        if role:
            chosen.setdefault(role, []).append(column)
    order = {column: place for place, column in enumerate(columns)}
    moved = set(changed.values())
    return {
        field: sorted(names, key=order.get) if field in moved else names
        for field, names in chosen.items()
        if names
    }


def check_fields(fields, columns):
    """Raise unless the columns exist and each is taken for one thing only.

    ``fields`` is ``{field: [column, …]}``.
    """
    for field, names in fields.items():
        if field not in FIELDS:
            raise Incomplete(
                _("不认识“%(field)s”。可以写：%(known)s。")
                % {"field": field, "known": _("、").join(FIELDS)},
                "mapping",
            )
        missing = [name for name in names if name not in columns]
        if missing:
            raise Incomplete(
                _("表里没有“%(column)s”这一列。有的列是：%(columns)s。")
                % {"column": missing[0], "columns": _("、").join(columns)},
                "mapping",
            )
        if len(names) > 1 and field not in SEVERAL:
            raise Incomplete(
                _("“%(field)s”只能选一列，现在选了 %(n)s 列。")
                % {"field": FIELDS[field], "n": len(names)},
                "mapping",
            )


def check_has_words(fields):
    """Raise unless it is known in which column the words stand."""
    if not fields.get("text"):
        raise Incomplete(_("还不知道哪一列是“原话”，请先选好，再试一遍。"), "mapping")


def check_undo(taken_at, span, now):
    """Raise when the days in which a whole sheet may be taken back are over."""
    if taken_at and local_day(now) > due_on(taken_at, span):
        raise NotNow(_("整批撤回的日子过了。单条的话，说的人随时可以凭查询码撤回。"))
