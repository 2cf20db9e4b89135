"""The rows behind a number as a table (CSV) that any office program opens."""

import csv
import io

from django.utils.translation import gettext as _

from biaochi.voice.matters.tables import BYTE_ORDER_MARK, FORMULA
from biaochi.yardstick.parts import RULES


def rows_table(key, rows):
    """Lines of a table, one a row: no person, no number of people."""
    heading = [_("哪一天"), _("什么"), _("在哪一部分"), _("街道、乡镇"), _("哪一类"), _("单位")]
    yield BYTE_ORDER_MARK + line(heading)
    for row in rows:
        part = str(RULES[key].part(row.part).label)
        yield line([row.on.isoformat(), row.title, part, row.area, row.category, row.unit])


def line(cells):
    # A cell that begins like a formula would be run by an office program: a quote stops that.
    kept = io.StringIO()
    csv.writer(kept).writerow(["'" + cell if cell.startswith(FORMULA) else cell for cell in cells])
    return kept.getvalue()
