"""The questions of the wizard and the small forms of “my matter”, one class a page."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.profiles import number
from biaochi.core.refusals import Incomplete
from biaochi.people import queries as people
from biaochi.people.vault import read_phone
from biaochi.voice.rules import Group, Urgency

PLACE_MOST, RELAY_MOST = 120, 100
URGENCY_WORDS = {
    Urgency.URGENT: (gettext_lazy("急：等不得"), gettext_lazy("人有危险，或者断了水、电、药")),
    Urgency.HARD: (gettext_lazy("难：自己办不了"), gettext_lazy("跑过、问过，没办成")),
    Urgency.WORRY: (gettext_lazy("愁：天天揪着心"), gettext_lazy("日子受影响，看不到头")),
    Urgency.HOPE: (gettext_lazy("盼：能更好一点"), gettext_lazy("不着急，想有个盼头")),
}
GROUP_WORDS = {group: (group.label, "") for group in Group} | {
    Group.FRAIL: (Group.FRAIL.label, gettext_lazy("看不见、听不清、走不了远路都算"))
}
REPLY_WORDS = {
    "none": (
        gettext_lazy("不留名，给我一个查询码"),
        gettext_lazy("谁也不知道是您说的。凭码随时能查、能评"),
    ),
    "phone": (
        gettext_lazy("留个手机号，办完告诉我"),
        gettext_lazy("只有回访的人看得到，办完 90 天自动删掉"),
    ),
    "relay": (gettext_lazy("让社区工作人员转告我"), gettext_lazy("适合不用手机的老人")),
}
PUBLIC_WORDS = {
    "yes": (
        gettext_lazy("可以，遮住名字和号码再公开"),
        gettext_lazy("别人看到了，也能说“我家也是”"),
    ),
    "no": (gettext_lazy("不要公开"), gettext_lazy("照样有人办，照样算 1 位")),
}
KIND_WORDS = {
    "identity": gettext_lazy("身份证号"),
    "mobile": gettext_lazy("手机号"),
    "landline": gettext_lazy("电话号码"),
    "card": gettext_lazy("银行卡号"),
    "plate": gettext_lazy("车牌号"),
    "email": gettext_lazy("邮箱"),
    "account": gettext_lazy("QQ 或微信号"),
    "name": gettext_lazy("姓名"),
    "door": gettext_lazy("门牌号"),
    "passport": gettext_lazy("护照或通行证号"),
    "officer": gettext_lazy("军人证件号"),
}


class What(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("您想说什么事？"),
        help_text=gettext_lazy("像跟街坊说话一样就行：什么事、什么时候、影响了谁。"),
        widget=forms.Textarea,
        required=False,
    )

    def __init__(self, *args, has_recording=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.has_recording = has_recording

    def clean_text(self):
        text, most = self.cleaned_data["text"], number("words_a_voice")
        if not text and self.has_recording:
            raise forms.ValidationError(
                _("录音收到了。请再写几个字说是什么事，比如“楼道灯坏了”，好让人一眼看懂。")
            )
        if not text:
            raise forms.ValidationError(_("请用一两句话说说是什么事"))
        if len(text) > most:
            raise forms.ValidationError(
                _("写得太长了，最多 %(most)s 个字，现在有 %(n)s 个字。请分成几件事来说。")
                % {"most": most, "n": len(text)}
            )
        return text


class Where(forms.Form):
    area = forms.ChoiceField(
        label=gettext_lazy("这事在哪儿？"),
        help_text=gettext_lazy("只用来找对管这事的单位。公开时只显示到街道。"),
        widget=forms.RadioSelect,
        required=False,
    )
    place = forms.CharField(
        label=gettext_lazy("具体位置（可以不填）"),
        help_text=gettext_lazy("比如：幸福里小区 12 号楼、第三小学东门"),
        max_length=PLACE_MOST,
        required=False,
        error_messages={"max_length": gettext_lazy("具体位置写得太长了，请写短一点。")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        somewhere = [(str(area.pk), area.name) for area in people.areas()]
        self.fields["area"].choices = [*somewhere, ("", _("全市都有，或者说不清"))]
        self.fields["area"].error_messages["invalid_choice"] = _("请在列出的地方里选一个。")


class Whom(forms.Form):
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("这事跟谁有关？"),
        help_text=gettext_lazy("可以选几样，也可以不选。只用来看清是谁在犯难，不记是谁说的。"),
        choices=Group.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("请在列出的几样里选。")},
    )
    urgency = forms.ChoiceField(
        label=gettext_lazy("这事眼下是哪一种？"),
        help_text=gettext_lazy("选一样最像的。选“等不得”的，当天就有人看。"),
        choices=[(key, words[0]) for key, words in URGENCY_WORDS.items()],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("请在“急、难、愁、盼”里选一样。")},
    )


class Contact(forms.Form):
    """How to be answered. What was chosen decides which of the two lines counts."""

    reply = forms.ChoiceField(
        label=gettext_lazy("要不要我们给您回话？"),
        help_text=gettext_lazy("办完以后，想请您说一句“解决了没有”。您说了算。"),
        choices=[(key, words[0]) for key, words in REPLY_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("请选一样：不留名、留手机号，还是请人转告"),
            "invalid_choice": gettext_lazy("请在三样里选一样"),
        },
    )
    phone = forms.CharField(
        label=gettext_lazy("手机号"),
        help_text=gettext_lazy("只用来告诉您办得怎么样，不推销、不给别的部门"),
        max_length=40,
        required=False,
    )
    relay = forms.CharField(
        label=gettext_lazy("请谁转告、怎么找到您"),
        help_text=gettext_lazy("比如：幸福里社区的小王，转告六楼的李奶奶"),
        max_length=RELAY_MOST,
        required=False,
    )

    def clean(self):
        given = super().clean()
        reply, phone, relay = (given.get(k, "") for k in ("reply", "phone", "relay"))
        if reply == "phone":
            self._check_phone(phone)
        elif reply == "relay" and not relay:
            self.add_error("relay", _("请写下请谁转告"))
        elif reply == "none" and (phone or relay):
            # Dropping what was typed would lose a contact; keeping it would break a promise.
            self.add_error(
                "phone" if phone else "relay",
                _("您选了不留名，可这里写了字。要留就改选上面那一样，不留就请擦掉"),
            )
        return given

    def _check_phone(self, phone):
        if not phone:
            self.add_error("phone", _("请写手机号，或者改选不留名"))
            return
        try:
            read_phone(phone)
        except Incomplete as wrong:
            self.add_error("phone", str(wrong))


class Reply(Contact):
    public = forms.ChoiceField(
        label=gettext_lazy("您写的话，能让别人看到吗？"),
        help_text=gettext_lazy("留不留名、公不公开，都一样办。以后随时能改。"),
        choices=[(key, words[0]) for key, words in PUBLIC_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("请选公开还是不公开"),
            "invalid_choice": gettext_lazy("请选公开还是不公开"),
        },
    )


class Join(forms.Form):
    """Whether to go with a matter that others raised. Nothing is chosen beforehand."""

    join = forms.ChoiceField(
        label=gettext_lazy("怎么处理"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("请选一样：跟他们合在一起，还是单独提"),
            "invalid_choice": gettext_lazy("那件事刚刚有变动，请再选一次"),
        },
    )

    def __init__(self, *args, keys=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["join"].choices = [*((str(k), str(k)) for k in keys), ("alone", "alone")]

    @property
    def chosen(self):
        """The key of the matter, or None to stand alone."""
        join = self.cleaned_data["join"]
        return None if join == "alone" else int(join)


class Code(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("您的查询码是多少？"),
        max_length=40,
        error_messages={"required": gettext_lazy("请写查询码")},
    )


class More(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("有什么新情况？"),
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("请写一两句新情况")},
    )

    def clean_text(self):
        text, most = self.cleaned_data["text"], number("words_a_voice")
        if len(text) > most:
            raise forms.ValidationError(_("写得太长了，最多 %(n)s 个字。") % {"n": most})
        return text


class Undo(forms.Form):
    """What to do with one's own words; ``told`` is the choice whose consequences were shown."""

    HOW = ("hide", "contact", "back", "all", "apart")
    how = forms.ChoiceField(
        choices=[(how, how) for how in HOW],
        error_messages={
            "required": gettext_lazy("请选一样"),
            "invalid_choice": gettext_lazy("请在列出的几样里选"),
        },
    )
    told = forms.CharField(required=False)
