"""The deeds of the office on one session, each from the form that asks for it.

A deed takes the request and the session and returns the sentence that is said after it.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.refusals import Incomplete, NotNow
from biaochi.deliberation import actions, forms, queries


def invite(request, session):
    form = checked(forms.Invite(request.POST))
    seat, code = actions.seat(session=session, **form.deed(), **doer(request))
    return shown_once(request, seat, code)


def renew(request, session):
    seat = the_seat(request, session)
    return shown_once(request, seat, actions.renew_code(seat=seat, **doer(request)))


def shown_once(request, seat, code):
    """The code travels to the next page in the session, is shown there and gone."""
    request.session["seat_code"] = {"who": seat.who, "code": code}
    return _("请把席位码交给“%(who)s”。离开这一页就看不到了。") % {"who": seat.who}


def declare(request, session):
    typed = checked(forms.Declare(request.POST)).cleaned_data
    actions.declare(seat=the_seat(request, session), **typed, **doer(request))
    return _("记下了，大家都看得到。")


def notice(request, session):
    typed = checked(forms.Why(request.POST)).cleaned_data
    actions.give_notice(session=session, why=typed["why"], **doer(request))
    return _("通知发了，公开页上看得到这次协商。")


def papers(request, session):
    typed = checked(forms.Papers(request.POST)).cleaned_data
    actions.send_papers(session=session, **typed, **doer(request))
    return _("材料送到了，公开页上也有。")


def sentence(request, session):
    typed = checked(forms.Sentence(request.POST)).cleaned_data
    actions.say(session=session, **typed, **doer(request))
    return _("记下了，在“等看”里。")


def put_up(request, session):
    actions.put_up(statement=the_statement(request, session), **doer(request))
    return _("上墙了。")


def hold_back(request, session):
    typed = checked(forms.HoldBack(request.POST)).cleaned_data
    actions.hold_back(statement=the_statement(request, session), **typed, **doer(request))
    return _("没放上墙，理由公开了。")


def open_votes(request, session):
    typed = checked(forms.Until(request.POST)).cleaned_data
    closes_at = forms.moment_of(typed["day"], typed["clock"])
    if closes_at is None and (typed["day"] or typed["clock"]):
        raise Incomplete(_("请把哪天、几点都写上；都不写，就到开会那一刻。"), "day")
    actions.open_votes(session=session, closes_at=closes_at, **doer(request))
    return _("开始表态了。结束以前，谁都看不到结果，办公室也看不到。")


def close_votes(request, session):
    actions.close_votes(session=session, **doer(request))
    return _("表态结束了，结果公开了。")


def came(request, session):
    seats = [int(key) for key in request.POST.getlist("seat") if key.isdigit()]
    actions.note_came(session=session, seats=seats, **doer(request))
    return _("记下了谁到了。没到的算空椅子。")


def point(request, session):
    form = checked(forms.PointForm(request.POST))
    chosen = None
    if request.POST.get("point"):
        chosen = queries.point(session, number_of(request, "point"))
        if chosen is None:
            raise NotNow(_("纪要里没有这一条了，请刷新页面。"))
    actions.note_point(session=session, point=chosen, **form.deed(), **doer(request))
    return _("记下了。")


@transaction.atomic
def stands(request, session):
    """What every seat says to one point, all or none; a seat left open stays as it was."""
    chosen = queries.point(session, number_of(request, "point"))
    if chosen is None:
        raise NotNow(_("纪要里没有这一条了，请刷新页面。"))
    for seat in queries.seats(session):
        stand = request.POST.get(f"stand{seat.pk}", "")
        if stand and seat.signed_at is None:
            note(chosen, seat, stand, request)
    return _("各位的话记下了。")


def note(chosen, seat, stand, request):
    try:
        actions.stand(
            point=chosen,
            seat=seat,
            stand=stand,
            words=request.POST.get(f"words{seat.pk}", ""),
            words_public=f"public{seat.pk}" in request.POST,
            **doer(request),
        )
    except Incomplete as wrong:
        sentence = _("“%(who)s”：%(why)s") % {"who": seat.who, "why": wrong}
        raise Incomplete(sentence, f"{wrong.field}{seat.pk}") from None


def close_record(request, session):
    typed = checked(forms.Minutes(request.POST)).cleaned_data
    actions.close_record(session=session, **typed, **doer(request))
    return _("纪要定稿了，请各位签字。")


def sign(request, session):
    actions.sign(seat=the_seat(request, session), **doer(request))
    return _("记下了：在纸上签的。")


def finish(request, session):
    actions.finish(session=session, **doer(request))
    return _("纪要公开了，打了指纹。")


def call_off(request, session):
    typed = checked(forms.Why(request.POST)).cleaned_data
    actions.call_off(session=session, why=typed["why"], **doer(request))
    return _("不开了，理由公开了。")


DEEDS = {
    "invite": invite,
    "renew": renew,
    "declare": declare,
    "notice": notice,
    "papers": papers,
    "sentence": sentence,
    "put-up": put_up,
    "hold-back": hold_back,
    "open-votes": open_votes,
    "close-votes": close_votes,
    "came": came,
    "point": point,
    "stands": stands,
    "close-record": close_record,
    "sign": sign,
    "finish": finish,
    "call-off": call_off,
}


def doer(request):
    return {"by": request.actor, "now": timezone.now()}


def checked(form):
    """The form, or its first error as the refusal that pages and programs share."""
    if form.is_valid():
        return form
    field, errors = next(iter(form.errors.items()))
    raise Incomplete(errors[0], field)


def number_of(request, name):
    typed = request.POST.get(name, "")
    return int(typed) if typed.isdigit() and len(typed) < 10 else 0


def the_seat(request, session):
    found = queries.seat(session, number_of(request, "seat"))
    if found is None:
        raise NotNow(_("没有这个席位，请刷新页面。"))
    return found


def the_statement(request, session):
    found = queries.statement(session, number_of(request, "statement"))
    if found is None:
        raise NotNow(_("没有这句话，请刷新页面。"))
    return found
