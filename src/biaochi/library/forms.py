"""What readers and the office type about documents."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.days import Day
from biaochi.core.refusals import Incomplete
from biaochi.library import originals, queries
from biaochi.library.complaints import LONGEST
from biaochi.library.rules import Genre, Reason
from biaochi.library.searching import DRAFT
from biaochi.people import queries as people

WHOLE = (
    ("", gettext_lazy("全部")),
    ("whole", gettext_lazy("全文")),
    ("cut", gettext_lazy("有缺的")),
)


class Form(forms.Form):
    """A form whose fields carry plain ids, and that takes a verb's refusal as its own error."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"auto_id": "%s", **kwargs})

    def check(self):
        """Raise the first error of the form as the refusal that pages and programs share."""
        if not self.is_valid():
            field, errors = next(iter(self.errors.items()))
            raise Incomplete(errors[0], "" if field == "__all__" else field)
        return self.cleaned_data

    def refuse(self, refusal):
        """Show a refusal at its field."""
        field = refusal.field if refusal.field in self.fields else None
        if str(refusal) not in self.errors.get(field or "__all__", []):
            self.add_error(field, str(refusal))


class Category(forms.TypedChoiceField):
    """One line of the published catalogue, or none."""

    def __init__(self, **kwargs):
        super().__init__(empty_value=None, required=False, **kwargs)

    def fill(self):
        """Read the catalogue, once a form: a form's fields are copies of the class's."""
        lines = {str(line.pk): line for line in people.categories()}
        self.choices = [("", _("不限")), *((key, str(line)) for key, line in lines.items())]
        self.coerce = lines.__getitem__

    def prepare_value(self, value):
        return getattr(value, "pk", value)


class Described(Form):
    """What a document is, and by what right it stands here."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=200, required=False)
    genre = forms.ChoiceField(label=gettext_lazy("哪一类"), required=False)
    rights = forms.CharField(
        label=gettext_lazy("从哪儿来，凭什么能放在这里"),
        help_text=gettext_lazy("例如：市政协资料室存稿，作者同意公开阅读"),
        max_length=300,
        required=False,
    )
    author_words = forms.CharField(
        label=gettext_lazy("谁写的、谁说的"),
        help_text=gettext_lazy("照原件抄；原件没写就空着"),
        max_length=120,
        required=False,
    )
    happened_on = Day(
        label=gettext_lazy("哪天说的"), help_text=gettext_lazy("原件没写就空着"), required=False
    )
    compiled_on = forms.CharField(
        label=gettext_lazy("哪天整理的"),
        help_text=gettext_lazy("例如：2026年9月"),
        max_length=20,
        required=False,
    )
    category = Category(label=gettext_lazy("哪个方面"))
    may_download = forms.BooleanField(
        label=gettext_lazy("权利核清了，可以下载原件"),
        help_text=gettext_lazy("没核清就只能在线读"),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].fill()
        self.fields["genre"].choices = [("", _("看标题定")), *Genre.choices]


class Upload(Described):
    """A file with what its bringer knows of it."""

    file = forms.FileField(
        label=gettext_lazy("选一份文件"),
        allow_empty_file=True,  # an empty one is refused with a sentence of its own
        error_messages={"required": gettext_lazy("请先选一个文件。")},
    )
    as_one = forms.BooleanField(label=gettext_lazy("按一篇收，不要分"), required=False)

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            originals.check_size(file.size)
        except Incomplete as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return file


class Changed(Described):
    """The same of a document that is here; the genre is chosen, and staff say whether it is whole."""

    truncated = forms.BooleanField(label=gettext_lazy("不全，后面断了"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["genre"].choices = Genre.choices


class Down(Form):
    why = forms.CharField(
        label=gettext_lazy("为什么下架"),
        help_text=gettext_lazy("来找它的人会看到这句话"),
        max_length=300,
        required=False,
    )


def several_lines(label, help_text, most):
    """A field for a few sentences. Too long a text comes back whole; an empty one the verb refuses."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea,
        max_length=most,
        required=False,
        error_messages={"max_length": gettext_lazy("最多写 %(limit_value)s 字，请短一点。")},
    )


class Complain(Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("为什么觉得不该放在这里？"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选一个原因。")},
    )
    words = several_lines(
        gettext_lazy("哪里不该放，或者哪里错了？"),
        gettext_lazy("写清第几页第几段，我们好去核对。不用留名字。"),
        LONGEST,
    )


class Answer(Form):
    answer = several_lines(
        gettext_lazy("怎么答复"),
        gettext_lazy("提的人会看到；下架的话，这句也是公开的理由"),
        300,
    )


class Draft(Form):
    draft = forms.CharField(
        label=gettext_lazy("贴一段稿子，或者一句引文"),
        widget=forms.Textarea,
        required=False,
        strip=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        told = _("有引号的，只查引号里的话；没有引号的，一行算一处。最多 %(most)s 字。")
        self.fields["draft"].help_text = told % {"most": f"{DRAFT:,}"}


class List(Form):
    title = forms.CharField(label=gettext_lazy("书单的名字"), max_length=80, required=False)
    why = forms.CharField(label=gettext_lazy("给谁读、为什么读"), max_length=200, required=False)
    category = Category(label=gettext_lazy("哪个方面"))
    closed = forms.BooleanField(label=gettext_lazy("收起来，不再给人看"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].fill()


class PutOn(Form):
    document = forms.IntegerField(
        label=gettext_lazy("资料的编号"),
        help_text=gettext_lazy("打开那份资料，地址里的那个数"),
        min_value=1,
        max_value=2**53,
        error_messages={
            name: gettext_lazy("请写资料的编号，是一个数。")
            for name in ("required", "invalid", "min_value", "max_value")
        },
    )
    what_for = forms.CharField(label=gettext_lazy("读的时候看什么"), max_length=120, required=False)


def sieve_of(typed):
    """Read the filters of an address; what makes no sense lets everything through."""
    genre, whole = typed.get("genre", ""), typed.get("whole", "")
    year = number(typed.get("year"))
    return queries.Sieve(
        query=" ".join(typed.get("q", "").split())[:60],
        genre=genre if genre in Genre.values else "",
        category=number(typed.get("category")),
        year=year if year and 1000 <= year <= 9999 else None,
        whole=whole if whole in {"whole", "cut"} else "",
    )


def choices():
    """What the filters offer: ``{name: [(value, words)]}``."""
    everything = ("", _("全部"))
    return {
        "genre": [everything, *Genre.choices],
        "category": [everything, *((line.pk, str(line)) for line in people.categories())],
        "year": [
            everything,
            *((year, _("%(year)s 年") % {"year": year}) for year in queries.years()),
        ],
        "whole": WHOLE,
    }


def number(typed):
    """A whole number that somebody typed into an address, or None."""
    bare = typed or ""
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 10 else None
