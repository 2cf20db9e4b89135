"""What those who spoke answer, and what the office writes down of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from biaochi.evaluation.rules import WORDS_LENGTH, Answer

# Each answer with its lamp, its second line in the first asking, and both for a revisit.
ANSWER_WORDS = {
    Answer.SOLVED: ("go", _("解决了"), "", _("还是好的"), ""),
    Answer.PARTLY: ("slow", _("解决了一部分"), _("还差一点"), _("一部分还好"), _("又差了一点")),
    Answer.UNSOLVED: ("stop", _("没解决"), "", _("又坏了"), ""),
    Answer.LATER: (
        "none",
        _("现在还说不好"),
        _("过些天凭查询码再来答"),
        _("现在还说不好"),
        _("过些天凭查询码再来答"),
    ),
}
# What is asked after each answer.
ASKED_NEXT = {
    Answer.SOLVED: (_("想说点什么吗？"), _("好在哪儿，还有什么要当心的，都可以说。")),
    Answer.PARTLY: (_("还差什么？"), _("说一两句，接着办的人就知道往哪儿使劲。")),
    Answer.UNSOLVED: (_("哪儿没解决？"), _("说一两句，接着办的人就知道往哪儿使劲。")),
    Answer.LATER: (_("为什么现在还说不好？"), _("要等什么，要看什么，都可以说。")),
}


def tiles(again):
    """The four answers as big tiles: ``[(value, lamp, title, second line)]``."""
    return [
        (value.value, lamp, *((title2, sub2) if again else (title, sub)))
        for value, (lamp, title, sub, title2, sub2) in ANSWER_WORDS.items()
    ]


def words_of(answer, again):
    """The words of an answer as its owner chose them."""
    lamp, title, _sub, title2, _sub2 = ANSWER_WORDS[Answer(answer)]
    return lamp, title2 if again else title


class Choice(forms.Form):
    answer = forms.ChoiceField(
        choices=Answer.choices,
        error_messages={
            "required": _("请选一个：解决了、一部分、没解决，或者现在还说不好。"),
            "invalid_choice": _("请选一个：解决了、一部分、没解决，或者现在还说不好。"),
        },
    )


class WordsForm(forms.Form):
    words = forms.CharField(
        max_length=WORDS_LENGTH,
        required=False,
        error_messages={"max_length": _("写得太长了，最多 %(limit_value)d 个字。")},
    )
    public = forms.ChoiceField(choices=[("no", ""), ("yes", "")], required=False)

    def deed(self):
        typed = self.cleaned_data
        return {"words": typed.get("words", ""), "words_public": typed.get("public") == "yes"}


class ToldForm(Choice, WordsForm):
    """What the office was told on the telephone or at the counter."""

    def deed(self):
        return {**super().deed(), "answer": self.cleaned_data["answer"]}


class CodeForm(ToldForm):
    code = forms.CharField(
        max_length=40, error_messages={"required": _("请输入他回执上的查询码。")}
    )


class WhyForm(forms.Form):
    why = forms.CharField(max_length=200, required=False)
