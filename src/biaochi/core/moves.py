"""Check one step of a state machine against its table of moves.

A stage writes its machine as data: ``{(from, to): {roles}}``. The table prints as a diagram,
and a test walks every pair of states with every role.
"""

from django.utils.translation import gettext as _

from biaochi.core.refusals import NotNow, NotYours


def check_move(moves, now_at, going_to, roles):
    """Raise unless somebody with one of these roles may make this move.

    :raises NotNow: the move does not exist
    :raises NotYours: the move exists, but not for these roles
    """
    allowed = moves.get((now_at, going_to))
    if allowed is None:
        raise NotNow(
            _("现在是“%(before)s”，不能变成“%(after)s”。请刷新页面看看最新情况。")
            % {"before": label_of(now_at), "after": label_of(going_to)}
        )
    if not allowed & set(roles):
        names = _("、").join(sorted(str(role.label) for role in allowed))
        raise NotYours(
            _("只有%(who)s能把这件事变成“%(after)s”。")
            % {"who": names, "after": label_of(going_to)}
        )


def label_of(state):
    """The words for a state that a person reads."""
    return str(getattr(state, "label", state)) if state is not None else _("还没有开始")
