"""What is said of a file: why it is refused, and what was mended or left out on the way in."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FOREIGN = {
    "pdf": lambda: _(
        "这是 PDF。现在能收的是 .docx 和 .txt，请找原来的 Word 文件，或者另存为这两种。"
    ),
    "picture": lambda: _("这是图片，里面没有能查的字。请传 .docx 或 .txt。"),
    "archive": lambda: _("这是压缩包。请解开，一份一份地传 .docx 或 .txt。"),
    "rtf": lambda: _("这是 RTF。请用 Word 打开，另存为 .docx 再传。"),
    "web page": lambda: _("这是网页。请把正文另存为 .docx 或 .txt 再传。"),
    "program": lambda: _("这是程序，不是资料。只收 .docx 和 .txt。"),
}


def of_refusal(code, params):
    """One clear sentence for a file that cannot be taken."""
    if code == "not_a_document":
        return FOREIGN[params["looks_like"]]()
    if code in {"too_large", "unpacks_too_large"}:
        return _("文件太大了，打开以后最多 %(most)s MB。请分成几份。") % {
            "most": params["limit"] // 2**20
        }
    if code == "too_long":
        return _("字太多了，一份最多 %(most)s 万字。请分成几份。") % {
            "most": params["limit"] // 10_000
        }
    return {
        "empty": _("这个文件是空的，请重新选一个。"),
        "old_word": _("这是老格式的 Word（.doc）。请用 Word 打开，另存为 .docx 再传。"),
        "encrypted": _("这个文件加了密码，打不开。请去掉密码再传。"),
        "damaged": _("这个文件坏了，或者没有传完。请重新存一份再传。"),
        "too_deep": _("这个文件的结构不正常，不敢打开。请新建一份 Word，把正文贴过去再传。"),
        "has_macros": _("这份 Word 带着宏，下载的人打开会有危险。请另存为不带宏的 .docx 再传。"),
        "fetches_from_outside": _(
            "这份 Word 一打开就要从别处取东西，下载的人会有危险。请新建一份，把正文贴过去再传。"
        ),
        "declares_entities": _(
            "这份文件里有不该有的定义，不敢打开。请新建一份，把正文贴过去再传。"
        ),
        "unknown_encoding": _("看不懂这个文件的编码。请用记事本另存为 UTF-8 再传。"),
        "not_text": _("这个文件里有不是字的东西。请确认选对了文件。"),
        "no_words": _("这个文件里没有字，可能是扫描的图片。现在还认不了图片里的字。"),
    }[code]


def read_only():
    return _("这份资料的权利还没核清，只能在线读，不能下载。")


def of_note(note):
    """One sentence for something that was mended, left out or found on the way in."""
    params = {
        key: f"{value:,}" if isinstance(value, int) else value
        for key, value in note.items()
        if key != "code"
    }
    write = COUNTED.get(note["code"])
    if write:
        return write(note["count"]) % {"n": params["count"]}
    return WRITTEN[note["code"]]() % params


COUNTED = {
    "footnotes": lambda n: ngettext(
        "%(n)s 处脚注没有收进来，请看原件。", "%(n)s 处脚注没有收进来，请看原件。", n
    ),
    "pictures": lambda n: ngettext(
        "%(n)s 张图没有收进来，请看原件。", "%(n)s 张图没有收进来，请看原件。", n
    ),
    "numbering": lambda n: ngettext(
        "%(n)s 段前面的自动编号没有收进来，请看原件。",
        "%(n)s 段前面的自动编号没有收进来，请看原件。",
        n,
    ),
    "struck_words": lambda n: ngettext(
        "原件里有 %(n)s 处标了删除还没定的字，没有收进来。",
        "原件里有 %(n)s 处标了删除还没定的字，没有收进来。",
        n,
    ),
    "comments": lambda n: ngettext(
        "原件里有 %(n)s 条批注，没有收进来；放出原件以前请先删掉。",
        "原件里有 %(n)s 条批注，没有收进来；放出原件以前请先删掉。",
        n,
    ),
    "hidden_words": lambda n: ngettext(
        "原件里有 %(n)s 个藏起来的字，没有收进来；放出原件以前请先看看。",
        "原件里有 %(n)s 个藏起来的字，没有收进来；放出原件以前请先看看。",
        n,
    ),
    "unseen_letters": lambda n: ngettext(
        "去掉了 %(n)s 个看不见的字符。", "去掉了 %(n)s 个看不见的字符。", n
    ),
    "paragraphs_made": lambda n: ngettext(
        "原件有的段太长，或者分段丢了。按句子另起了 %(n)s 段，一个字没有动。",
        "原件有的段太长，或者分段丢了。按句子另起了 %(n)s 段，一个字没有动。",
        n,
    ),
}
WRITTEN = {
    "slices": lambda: _(
        "网站把全文切成 %(count)s 段、每段 %(length)s 字，编了号。编号去掉了，接回了整篇，"
        "一共 %(letters)s 字。"
    ),
    "seam": lambda: _("第 %(number)s 段的接缝：“%(before)s”接成“%(after)s”。"),
    "site": lambda: _("从“%(site)s”来，那上面的介绍没有算进正文。"),
    "site_pages": lambda: _("网站写着 %(pages)s 页；这里按能读的长短重新分页。"),
    "tail": lambda: _("全文后面还有网站自己的一行，没有算进正文：“%(words)s”。"),
    "announced": lambda: _("标题说有 %(count)s 篇，文件里找到 %(found)s 篇。"),
    "absent": lambda: _("第 %(number)s 篇：原件里没有。"),
    "unsplit": lambda: _("标题说有 %(count)s 篇，可是分不清从哪儿断开，先按一篇收。"),
    "breaks_off": lambda: _("停在半句话上：“……%(words)s”。没有补，也没有猜。"),
    "encoding": lambda: _("原件的编码是 %(name)s。"),
}
