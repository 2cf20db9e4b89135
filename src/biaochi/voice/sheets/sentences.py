"""The sentences of this room: why a file, or a row of it, was not taken, and what to do.

The tables hold codes and parameters; these tables turn them into words, in one place.
"""

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

FILE = {
    "empty": lazy("这个文件是空的。"),
    "too_large": lazy("文件太大了，请分成几张表。"),
    "unpacks_too_large": lazy("这个文件解开以后大得不正常，没有读。请另存为新的 xlsx 再传。"),
    "too_many_rows": lazy("一张表最多 %(limit)s 行，请分成几张。"),
    "too_many_columns": lazy("一张表最多 %(limit)s 列，请只留用得着的列。"),
    "encrypted": lazy("这张表加了密码。请先去掉密码，再传一次。"),
    "not_a_sheet": lazy("这不是表格（看着像%(looks_like)s）。请传 xlsx、xls、csv 或 tsv。"),
    "save_as_xlsx": lazy("这种格式读不了。请在表格软件里“另存为”xlsx，再传一次。"),
    "damaged": lazy("文件坏了，打不开。请在表格软件里打开看看，另存为 xlsx 再传。"),
    "unknown_encoding": lazy("认不出这个文件用的什么编码。请另存为 xlsx，或者存成 UTF-8 的 csv。"),
    "quotes_unclosed": lazy(
        "第 %(row)s 行起引号没有配对，后面分不清列了。请改好，或者另存为 xlsx。"
    ),
    "no_such_sheet": lazy("文件里没有叫“%(name)s”的工作表。"),
    "no_rows": lazy("表里除了表头，一行内容也没有。"),
    "no_text_column": lazy("还不知道哪一列是“原话”，请先选好，再试一遍。"),
    "no_category_column": lazy("没有找到类别的列。表头请写“一级分类”“二级分类”这样的名字。"),
}
KINDS = {
    "pdf": lazy("PDF 文档"),
    "picture": lazy("图片"),
    "archive": lazy("压缩包"),
    "document": lazy("文字文档"),
    "database": lazy("数据库"),
    "page": lazy("网页"),
    "office": lazy("别的办公文件"),
    "binary": lazy("程序或图片"),
}
UNREADABLE = lazy("这个文件读不了。请另存为 xlsx 再传。")

# code: (why, what to do)
REFUSED = {
    "no_text": (lazy("没有原话"), lazy("补上原话再导")),
    "text_too_long": (
        lazy("原话太长：%(length)s 个字，最多 %(limit)s 个"),
        lazy("分成几行再导"),
    ),
    "too_many_cells": (
        lazy("多出了格子：有 %(count)s 格，表头只有 %(expected)s 列"),
        lazy("看看是不是有没加引号的逗号"),
    ),
    "header_again": (lazy("又写了一遍表头"), lazy("不用管")),
    "same_row_again": (lazy("跟第 %(first_row)s 行一模一样"), lazy("不用管，那一行已经收了")),
    "moment_unread": (lazy("日子不对：%(value)s"), lazy("改成 2026-03-02 这样的写法")),
    "moment_ahead": (lazy("日子还没到：%(value)s"), lazy("改日子")),
    "moment_too_old": (lazy("日子太早：%(value)s"), lazy("改日子")),
    "total_row": (lazy("整行是合计"), lazy("不用管")),
    "garbled": (lazy("乱码"), lazy("存成 UTF-8 的 csv，或者 xlsx")),
}
GROUPED = {  # the same for many rows at once
    "text_too_long": lazy("原话太长"),
    "too_many_cells": lazy("多出了格子"),
    "same_row_again": lazy("跟前面的行一模一样"),
    "moment_unread": lazy("日子不对：%(examples)s"),
    "moment_ahead": lazy("日子还没到：%(examples)s"),
    "moment_too_old": lazy("日子太早：%(examples)s"),
}
UNKNOWN_ROW = (lazy("这一行读不了"), lazy("看看这一行"))

# code: (what, what becomes of it)
LOOKS = {
    "often": (
        lazy("同一个人同一天说了 3 次以上"),
        lazy("收下，数人的时候只算一个人"),
    ),
    "same_text": (lazy("原话一字不差"), lazy("可能是平台复制的；收下，归并的时候会放在一起")),
    "covered_name": (lazy("点了人的名字"), lazy("收下，名字先遮住")),
    "covered_contact": (lazy("写着电话、账号这类号码"), lazy("收下，号码已经遮住")),
    "covered_id": (lazy("写着身份证号、银行卡号"), lazy("收下，号码已经遮住；原表请自己管好")),
    "covered": (lazy("写着门牌号、车牌号"), lazy("收下，号码已经遮住")),
    "no_moment": (lazy("没写日子"), lazy("收下，当成导入这天说的")),
    "number_again": (lazy("编号以前收过，话不一样"), lazy("收下，跟以前那条各算各的")),
    "contact_unread": (lazy("电话读不出来"), lazy("话收下，电话不存")),
    "long": (lazy("话很长，一条放不下"), lazy("收下，后半段接在补充里，一个字不少")),
    "count_unread": (lazy("赞或者踩的数读不出来"), lazy("收下，当成 0")),
}
COVERED = {  # the engine's kinds of identity → how the report groups them
    "name": "covered_name",
    "mobile": "covered_contact",
    "landline": "covered_contact",
    "email": "covered_contact",
    "account": "covered_contact",
    "identity": "covered_id",
    "card": "covered_id",
    "passport": "covered_id",
    "officer": "covered_id",
}

NOTES = {
    "other_sheets": lazy("文件里还有别的工作表，没有读：%(names)s"),
    "letters_lost": lazy("有 %(count)s 个字乱了码，别的都读出来了"),
    "columns_renamed": lazy("没有名字或重名的列，起了名字：%(columns)s"),
    "no_header": lazy("没有表头，列名是我们起的"),
    "has_macros": lazy("表里有宏，没有运行，也没有保存"),
    "same_file": lazy("这份文件 %(day)s 导过一次，收过的不会重"),
    "same_columns": lazy("列跟 %(day)s 那次一样，照那次的对法"),
    "no_days": lazy("表里没有日子那一列，都当成导入这天说的"),
    "categories_unknown": lazy("%(count)s 行的类别在名录里没有，先空着"),
    "covers_sampled": lazy("行很多，名字和号码只试遮了前 %(count)s 行；收的时候每一行都遮"),
}

WHY = {
    "name_is": lazy("列名就是这个意思"),
    "name_has": lazy("列名里有“%(part)s”"),
    "looks_like": lazy("内容看着像"),
    "longest": lazy("最长的一列"),
    "composed": lazy("没有整段的话，用几列拼成"),
    "title_serves": lazy("没有原话，用标题当原话"),
    "chosen": lazy("您选的"),
    "as_before": lazy("照上次的对法"),
    "reply": lazy("单位的答复，不当群众的话"),
    "status": lazy("办理状态，不当群众评价"),
    "channel": lazy("用不着"),
    "unused": lazy("用不着"),
    "satisfaction": lazy("单位自己问的，不当群众评价"),
    "officials": lazy("办事的人，用不着"),
}
WHY["replied_at"] = WHY["reply"]
KEPT = {
    "contact": lazy("跟原话分开存"),
    "person": lazy("只数人，不存名字"),
}


def of_file(code, params):
    """Why a file cannot be read."""
    sentence = FILE.get(code, UNREADABLE)
    if "looks_like" in params:
        params = {**params, "looks_like": KINDS.get(params["looks_like"], KINDS["binary"])}
    return str(sentence) % params


def of_row(code, params):
    """Why a row was not taken."""
    return str(REFUSED.get(code, UNKNOWN_ROW)[0]) % params


def remedy(code):
    """What to do about a row that was not taken."""
    return str(REFUSED.get(code, UNKNOWN_ROW)[1])


def of_group(code, examples):
    """Why all rows of one code were not taken, with some of their values."""
    if code in GROUPED:
        return str(GROUPED[code]) % {"examples": _("、").join(examples)}
    return of_row(code, {})


def of_look(code):
    """What is to be looked at, and what becomes of it: two sentences."""
    what, then = LOOKS.get(code, LOOKS["covered"])
    return str(what), str(then)


def of_note(code, params):
    """What was assumed on the way."""
    if code not in NOTES:
        return ""
    return str(NOTES[code]) % {key: _shown(key, value) for key, value in params.items()}


def _shown(key, value):
    if key == "day":
        day = parse_date(value)
        return _("%(month)s月%(day)s日") % {"month": day.month, "day": day.day}
    return _("、").join(map(str, value)) if isinstance(value, list | tuple) else value


def of_guess(code, params, field):
    """How it was guessed what a column is, and how what leads to a person is kept."""
    why = str(WHY.get(code, WHY["unused"])) % params
    return _("；").join(part for part in (why, str(KEPT.get(field, ""))) if part)
