"""An office's own table of categories: levels side by side, or one name a row."""

from dataclasses import dataclass

from .sheet import read
from .sheet_limits import SheetError
from .sheet_rows import clean_text
from .sheet_words import plain_name

LEVEL_WORDS = ("级", "类", "level", "category", "名称", "name", "分类")
KEYWORD_WORDS = (
    "关键词",
    "关键字",
    "说明",
    "备注",
    "示例",
    "keyword",
    "description",
    "example",
)


@dataclass(frozen=True)
class Category:
    """One name in the tree. `path` leads from the top to the name itself; level = len(path)."""

    path: tuple[str, ...]
    keywords: tuple[str, ...] = ()

    @property
    def name(self):
        return self.path[-1]

    @property
    def level(self):
        return len(self.path)


def read_categories(source, name="", *, sheet=None):
    """Return every Category of a table (bytes or path), parents before children, in its order.

    A blank cell left of a filled one means "as above" (merged cells). Columns named 关键词 or 说明
    become keywords of the deepest name in their row. Raises SheetError.
    """
    table = read(source, name, sheet=sheet)
    levels, keys = _columns(table)
    paths, above = {}, [""] * len(levels)
    for cells in table.rows:
        names = [clean_text(cells[i]).replace("\n", " ") for i in levels]
        filled = [i for i, text in enumerate(names) if text]
        if not filled:
            continue
        above = above[: filled[0]] + names[filled[0] :]
        path = tuple(text for text in above if text)
        for depth in range(1, len(path) + 1):
            paths.setdefault(path[:depth], [])
        for i in keys:
            paths[path].extend(_split(clean_text(cells[i])))
    return tuple(Category(path, tuple(dict.fromkeys(words))) for path, words in paths.items())


def _columns(table):
    """Return (places of the levels, places of the keywords); without names all are levels."""
    if not table.header_row:
        return list(range(len(table.columns))), []
    plain = [plain_name(column) for column in table.columns]
    keys = [i for i, p in enumerate(plain) if any(word in p for word in KEYWORD_WORDS)]
    rest = [i for i in range(len(plain)) if i not in keys]
    levels = [i for i in rest if any(word in plain[i] for word in LEVEL_WORDS)]
    if not levels and len(rest) == 1:
        levels = rest
    if not levels:
        raise SheetError("no_category_column", columns=table.columns)
    return levels, keys


def _split(text):
    for mark in "、，,；;|/\n":
        text = text.replace(mark, " ")
    return text.split()
