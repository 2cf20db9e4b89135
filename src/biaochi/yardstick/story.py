"""What the yardstick writes into a matter's timeline, in words."""

from django.utils.translation import gettext as _

from biaochi.yardstick.rules import Kind


def _written(params):
    kind = params.get("kind")
    words = _("记进了实绩账：为谁、什么样、靠什么，三句都写明了。")
    if kind in Kind.values:
        words += _("归在“%(kind)s”。") % {"kind": Kind(kind).label}
    return _("记了一笔实绩"), words


STORY = {"achievement written": _written}
