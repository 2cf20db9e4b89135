from django import forms
from django.utils.translation import gettext_lazy as _

from biaochi.core.refusals import Incomplete
from biaochi.voice.sheets.files import check_size
from biaochi.voice.sheets.rules import with_roles


class Upload(forms.Form):
    """One file. What it is decides the content, never the name."""

    file = forms.FileField(
        label=_("选一张表"),
        allow_empty_file=True,  # an empty one is refused with a sentence of its own
        error_messages={"required": _("请先选一个文件。")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="%s", **kwargs)

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            check_size(file.size)
        except Incomplete as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return file


def read_fields(posted, columns, fields):
    """The mapping that the selects of the page say: ``{field: [columns]}``."""
    roles = {
        column: posted[f"c{place}"] for place, column in enumerate(columns) if f"c{place}" in posted
    }
    return with_roles(fields, columns, roles)
