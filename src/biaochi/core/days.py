"""A form field for a day, as people write it."""

import datetime as dt
import re
import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


class Day(forms.Field):
    """A day as people write it: 2026年3月9日, 2026-3-9, 2026/03/09, 2026.3.9 (also full-width)."""

    default_error_messages = {"invalid": _("这个日期看不懂，请写成 2026年3月9日 这样。")}

    def to_python(self, value):
        bare = re.sub(r"\s", "", unicodedata.normalize("NFKC", value or ""))
        if not bare:
            return None
        found = DAY.fullmatch(bare)
        try:
            return dt.date(*map(int, found.groups()))
        except (AttributeError, ValueError):
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from None

    def prepare_value(self, value):
        return value.isoformat() if isinstance(value, dt.date) else value
