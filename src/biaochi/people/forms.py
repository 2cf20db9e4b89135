from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignIn(AuthenticationForm):
    error_messages = {
        "invalid_login": _("登录名或密码不对，请再试一次。忘了密码请找系统管理员。"),
        "inactive": _("这个账号已经停用，请找系统管理员。"),
    }
    username = forms.CharField(label=_("登录名"), max_length=60)
    password = forms.CharField(label=_("密码"), widget=forms.PasswordInput, strip=False)


class NewPassword(forms.Form):
    """One's own password, typed once as it was and twice as it shall be."""

    old = forms.CharField(label=_("现在的密码"), widget=forms.PasswordInput, strip=False)
    new = forms.CharField(label=_("新密码"), widget=forms.PasswordInput, strip=False)
    again = forms.CharField(label=_("新密码，再输一遍"), widget=forms.PasswordInput, strip=False)

    def clean(self):
        typed = super().clean()
        if typed.get("new") and typed["new"] != typed.get("again"):
            self.add_error("again", _("两遍输的不一样，请再输一遍。"))
        return typed
