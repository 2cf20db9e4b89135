"""The rules of the library: what a document needs, and how it is taken down."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.actors import Role
from biaochi.core.refusals import Incomplete, Refused


class Gone(Refused):
    """It stood here and was taken down; the sentence is the public reason."""

    http_status = 410


class State(TextChoices):
    DRAFT = "draft", gettext_lazy("还没公开")
    OPEN = "open", gettext_lazy("公开了")
    DOWN = "down", gettext_lazy("下架了")


MOVES = {
    (None, State.DRAFT): frozenset({Role.STAFF, Role.MEMBER}),
    (State.DRAFT, State.OPEN): frozenset({Role.STAFF}),
    (State.OPEN, State.DOWN): frozenset({Role.STAFF}),
    (State.DOWN, State.OPEN): frozenset({Role.STAFF}),
    (State.DRAFT, State.DOWN): frozenset({Role.STAFF, Role.MEMBER}),
}


class Genre(TextChoices):
    SPEECH = "speech", gettext_lazy("讲话")
    TALK = "talk", gettext_lazy("研讨发言")
    PROPOSAL = "proposal", gettext_lazy("提案")
    REPLY = "reply", gettext_lazy("答复")
    REPORT = "report", gettext_lazy("调研报告")
    MINUTES = "minutes", gettext_lazy("纪要")
    RULE = "rule", gettext_lazy("规则")
    COMPILATION = "compilation", gettext_lazy("汇编")
    OTHER = "other", gettext_lazy("其他")


class Reason(TextChoices):
    """Why somebody says that a text should not stand here."""

    MINE = "mine", gettext_lazy("这是我写的，请撤下")
    PRIVATE = "private", gettext_lazy("写到了我或者别人的私事")
    WRONG = "wrong", gettext_lazy("这里有错")
    OTHER = "other", gettext_lazy("别的原因")


def check_document(title, rights, genre):
    """Raise unless a document has a title, a genre and says by what right it stands here."""
    if not title.strip():
        raise Incomplete(_("请写标题。"), "title")
    if genre not in Genre.values:
        raise Incomplete(_("请选是哪一类。"), "genre")
    if not rights.strip():
        raise Incomplete(_("请写明从哪儿来、凭什么能放在这里。"), "rights")


def check_sentence(words, field, sentence):
    """Raise with this sentence unless somebody has written at least one letter."""
    if not any(letter.isalnum() for letter in words or ""):
        raise Incomplete(sentence, field)


def check_complaint(reason, words):
    """Raise unless a complaint has a listed reason and says in words what is wrong."""
    if reason not in Reason.values:
        raise Incomplete(_("请选一个原因。"), "reason")
    check_sentence(words, "words", _("请写一句哪里不该放在这里，我们好去核对。"))


def is_shown(state, parent_state=None):
    """Whether everybody may read a text: it is open, and so is the compilation it stands in."""
    return state == State.OPEN and parent_state in {None, State.OPEN}
