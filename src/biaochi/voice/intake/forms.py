"""The forms of writing down for somebody. Reply and number are asked last and kept nowhere else."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.profiles import number
from biaochi.core.refusals import Incomplete
from biaochi.people import queries as people
from biaochi.people.vault import read_phone
from biaochi.voice.intake.rules import CHANNELS
from biaochi.voice.rules import Group, Urgency

REPLIES = (
    ("none", gettext_lazy("不留，只要查询码"), ""),
    (
        "phone",
        gettext_lazy("留电话，办好了打给他"),
        gettext_lazy("号码单独加密存，收下就从这屏上消失"),
    ),
    ("relay", gettext_lazy("请社区网格员捎话"), gettext_lazy("要他点名同意")),
)


class Heard(forms.Form):
    """What the person says, in their own words."""

    channel = forms.ChoiceField(
        label=gettext_lazy("从哪儿听来的"),
        choices=[(channel.value, channel.label) for channel in CHANNELS],
        required=False,
    )
    agreed = forms.BooleanField(label=gettext_lazy("他说行"), required=False)
    emergency = forms.BooleanField(
        label=gettext_lazy("急事，已经转了 110、119、120"), required=False
    )
    words = forms.CharField(label=gettext_lazy("他怎么说的"), widget=forms.Textarea, required=False)
    area = forms.ChoiceField(label=gettext_lazy("哪个街道、乡镇"), required=False)
    place = forms.CharField(
        label=gettext_lazy("在哪儿"),
        help_text=gettext_lazy("到社区就行，不问门牌"),
        max_length=120,
        required=False,
        error_messages={"max_length": gettext_lazy("写得太长了，到社区就行。")},
    )
    when = forms.CharField(label=gettext_lazy("什么时候的事"), max_length=60, required=False)
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("跟谁有关"),
        choices=Group.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    urgency = forms.ChoiceField(
        label=gettext_lazy("是哪一种"),
        choices=[("", gettext_lazy("没说")), *Urgency.choices],
        required=False,
    )
    hope = forms.CharField(
        label=gettext_lazy("他盼着怎么样"),
        help_text=gettext_lazy("没说就空着"),
        max_length=200,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="%s", **kwargs)
        areas = [(str(area.pk), area.name) for area in people.areas()]
        self.fields["area"].choices = [("", _("没说，或者全市都有")), *areas]

    def clean_words(self):
        words, most = self.cleaned_data["words"], number("words_a_voice")
        if len(words) > most:
            raise forms.ValidationError(
                _("写得太长了，最多 %(most)s 个字，现在有 %(n)s 个字。请分成几件事来记。")
                % {"most": most, "n": len(words)}
            )
        return words


class ReadyToRead(Heard):
    """The same when it is about to be read back: it must say something, and be agreed to."""

    def clean_agreed(self):
        if not self.cleaned_data["agreed"]:
            raise forms.ValidationError(_("请先把上面的话念给他听，他说行，再勾上。"))
        return True

    def clean_words(self):
        words = super().clean_words()
        if not words.strip():
            raise forms.ValidationError(_("请用他的话写一两句是什么事。"))
        return words


class Confirmed(forms.Form):
    """What the person says after the words were read back."""

    reply = forms.ChoiceField(
        label=gettext_lazy("怎么回话"),
        choices=[(key, label) for key, label, _small in REPLIES],
        error_messages={"required": gettext_lazy("请选一样：不留、留电话，还是请人捎话。")},
    )
    phone = forms.CharField(label=gettext_lazy("电话"), max_length=40, required=False)
    relay = forms.CharField(
        label=gettext_lazy("请谁捎、怎么找到他"), max_length=100, required=False
    )
    public = forms.ChoiceField(
        label=gettext_lazy("别人能看到这些话吗"),
        choices=[("yes", gettext_lazy("能，遮住名字")), ("no", gettext_lazy("不要公开"))],
        error_messages={"required": gettext_lazy("请问他一句：能不能让别人也看到。")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="%s", **kwargs)

    def clean(self):
        given = super().clean()
        if given.get("reply") == "phone":
            try:
                given["phone"] = read_phone(given.get("phone", ""))
            except Incomplete as refusal:
                self.add_error("phone", str(refusal))
        elif given.get("reply") == "relay" and not given.get("relay", "").strip():
            self.add_error("relay", _("请写找谁捎话、怎么找到他。"))
        return given
