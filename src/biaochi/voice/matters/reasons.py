"""Reasons and doubts in words. The engine and the tables hold data; here is the one table of
sentences, so that a reader of another language reads them in it.

WHY: how a voice came into a matter, as it stands in ``Notice.params["why"]``: ``staff``,
``suggested``, ``self``, ``merged``, ``split``, ``taken out staff``, ``taken out self``, ``undone``.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def said_reasons(reasons):
    """Reasons as sentences; kinds that need no words of their own are left out."""
    words = [reason["value"] for reason in reasons if reason["kind"] in {"name", "phrase"}]
    reasons = [*([{"kind": "words", "value": words[:4]}] if words else []), *reasons]
    return [SENTENCES[reason["kind"]](reason) for reason in reasons if reason["kind"] in SENTENCES]


def said_doubts(doubts):
    """Doubts as sentences."""
    return [DOUBTS[doubt["kind"]](doubt) for doubt in doubts if doubt["kind"] in DOUBTS]


def marked_words(reasons):
    """The words that a card marks in what was said."""
    words = []
    for reason in reasons:
        if reason["kind"] in {"name", "phrase"}:
            words.append(reason["value"])
        elif reason["kind"] == "words":
            words += reason["value"]
    return words


def _words(reason):
    words = "".join(_("“%(word)s”") % {"word": word} for word in reason["value"])
    return _("都说到%(words)s") % {"words": words}


def _similarity(reason):
    return _("说法相近 %(value)s") % {"value": f"{reason['value']:.2f}"}


def _days(reason):
    n = int(reason["value"])
    return ngettext("相隔 %(n)s 天", "相隔 %(n)s 天", n) % {"n": n}


def _copies(reason):
    n = reason["value"]
    return ngettext("有 %(n)s 条一字不差", "有 %(n)s 条一字不差", n) % {"n": n}


SENTENCES = {
    "words": _words,
    "area": lambda reason: _("同在%(area)s") % {"area": reason["value"]},
    "similarity": _similarity,
    "days": _days,
    "copy": lambda reason: _("和前面一条一字不差"),
    "copies": _copies,
    "said": lambda reason: _("以前有人定过：是一回事"),
    "catalogue": lambda reason: _("职责目录里归在“%(name)s”") % {"name": reason["value"]},
    "decisions": lambda reason: (
        _("照办公室定过的 %(n)s 件事学的，像“%(name)s”")
        % {"n": reason["n"], "name": reason["value"]}
    ),
    "decided": lambda reason: _("办公室已经把它定为“%(name)s”") % {"name": reason["value"]},
}


def _which(doubt):
    return _("、").join(str(n) for n in doubt["which"])


def _far(doubt):
    n = doubt["value"]
    return ngettext(
        "最早和最晚的隔了 %(n)s 天，也许是两回事", "最早和最晚的隔了 %(n)s 天，也许是两回事", n
    ) % {"n": n}


DOUBTS = {
    "no_place": lambda doubt: _("第 %(which)s 条没说在哪里") % {"which": _which(doubt)},
    "areas": lambda doubt: _("不在一个地方：%(areas)s") % {"areas": _("、").join(doubt["value"])},
    "far": _far,
    "weak": lambda doubt: _("第 %(which)s 条只是有些像") % {"which": _which(doubt)},
    "one_person": lambda doubt: _("像是同一个人说的，只算 1 位"),
    "other_matter": lambda doubt: _("也像“%(title)s”") % {"title": doubt["value"]},
    "second": lambda doubt: (
        _("也可能是“%(name)s”，归%(unit)s")
        % {
            "name": doubt["value"],
            "unit": doubt["unit"],
        }
    ),
    "unsure": lambda doubt: _("把握不大，请看一看原话"),
    "no_unit": lambda doubt: _("目录里“%(name)s”还没有写归谁管") % {"name": doubt["value"]},
}
