"""The pages that every look goes over. Whoever adds a page to the product adds its line here."""

from typing import NamedTuple


class Page(NamedTuple):
    """An address and who looks at it.

    ``role`` is None for a visitor, or staff, member, unit, auditor, operator. ``scene`` names a
    fixture that fills the database; what it returns (a mapping) is put into the address.
    ``press`` names a button that is pressed there, after the fields of ``fill`` (name: value) are
    filled in. ``status`` is the answer that is expected in the end.
    """

    address: str
    role: str | None = None
    scene: str = ""
    status: int = 200
    fill: dict[str, str] = {}
    press: str = ""


PAGES = [
    Page("/"),
    Page("/voices"),
    Page("/matters"),
    Page("/say"),
    Page("/mine"),
    Page("/help"),
    Page("/privacy"),
    Page("/accessibility"),
    Page("/numbers"),
    Page("/site-map"),
    Page("/styleguide"),
    Page("/sign-in"),
    Page("/en/help"),
    Page("/desk", "staff"),
    Page("/desk", "member"),
    Page("/desk", "unit"),
    Page("/desk/inbox", "unit"),
    Page("/desk/voices", "staff"),
    Page("/desk/matters", "staff"),
    Page("/desk/tasks", "staff"),
    Page("/desk/import", "staff"),
    Page("/desk/intake", "staff"),
    Page("/desk/settings", "staff"),
    Page("/desk/accounts", "operator"),
    Page("/desk/record", "auditor"),
    Page("/no-such-page", status=404),
    # speaking, and coming back with the code
    Page("/say/1", press="下一题", status=422),
    Page("/say/2", scene="half_said"),
    Page("/say/3", scene="half_said"),
    Page("/say/4", scene="half_said"),
    Page("/say/check", scene="half_said"),
    Page("/say/saved", scene="half_said"),
    Page("/say/done", scene="said"),
    Page("/mine", fill={"code": "0000"}, press="查一查", status=422),
    Page("/mine/matter", scene="code_entered"),
    Page("/mine/contact", scene="code_entered"),
    Page("/mine/decide", scene="code_entered"),
    # what was said and what became of it
    Page("/", scene="town"),
    Page("/voices", scene="town"),
    Page("/voices?time=1w&q=路灯", scene="town"),
    Page("/voices?q=路灯&time=year&step=1", scene="town"),
    Page("/matters", scene="town"),
    Page("/matters/{matter}", scene="town"),
    Page("/matters/{small}", scene="town"),
    Page("/matters/{returned}", scene="town"),
    Page("/matters/{matter}/history", scene="town"),
    Page("/matters/late", scene="town"),
    # the desk with work on it
    Page("/desk", "staff", "town"),
    Page("/desk/matters", "staff", "town"),
    Page("/desk/suggestions", "staff", "town"),
    Page("/desk/matters/{matter}", "staff", "town"),
    Page("/desk/matters/{returned}", "staff", "town"),
    Page("/desk/matters/{merged}", "staff", "town"),
    Page("/desk/matters/{matter}", "staff", "town", 422, {"title": ""}, "改"),
    Page("/desk/matters/{small}/hand-over", "staff", "town"),
    Page("/desk/voices", "staff", "town"),
    Page("/desk/voices?which=all", "staff", "town"),
    Page("/desk/voices/{voice}", "staff", "town"),
    Page("/desk/voices/{unread}", "staff", "town"),
    Page("/desk/voices/{hidden}", "staff", "town"),
    Page("/desk/voices/{voice}", "staff", "town", 200, {"why": "回访"}, "看联系方式"),
    Page("/desk/voices/{voice}", "staff", "town", 422, {}, "看原话"),
    Page("/desk/tasks", "staff", "town"),
    Page("/desk/tasks/{doing}", "staff", "town"),
    Page("/desk/tasks/{back}", "staff", "town"),
    Page("/desk/inbox", "unit", "town"),
    Page("/desk/inbox?tab=doing", "unit", "town"),
    Page("/desk/inbox/{new}", "unit", "town"),
    Page("/desk/inbox/{new}", "unit", "town", 422, {}, "退给交办方"),
    Page("/desk/inbox/{doing}", "unit", "town"),
    Page("/desk/record", "auditor", "town"),
    Page("/desk/record", "auditor", "town", press="从头核对一遍"),
    Page("/desk/accounts", "operator", press="开账号", status=422),
    Page("/desk/intake", "staff", press="写好了，念给他听", status=422),
    Page("/desk/intake/{place}", "staff", "call"),
    Page("/desk/intake/{place}/read", "staff", "call"),
    Page("/desk/import", "staff", "books"),
    Page("/desk/import", "staff", press="先试一遍", status=422),
    Page("/desk/import/categories", "staff"),
    Page("/desk/import/{tried}", "staff", "books"),
    Page("/desk/import/{taking}", "staff", "books"),
    Page("/desk/import/{taken}", "staff", "books"),
    Page("/desk/import/{undone}", "staff", "books"),
    # the library
    Page("/library"),
    Page("/library", scene="shelf"),
    Page("/library/{rule}/1", scene="shelf"),
    Page("/library/{speech}/1?at=3&q=实惠", scene="shelf"),
    Page("/library/{pk}/1", scene="compilation"),
    Page("/library/{pk}/{last}", scene="compilation"),
    Page("/library/{down}", scene="shelf", status=410),
    Page("/library/search?q=实惠", scene="shelf"),
    Page("/library/search?q=月球", scene="shelf"),
    Page("/library/quote"),
    Page("/library/quote", press="查一遍", status=422),
    Page(
        "/library/quote",
        scene="shelf",
        fill={"draft": "他说“承办单位应当在两个月内书面答复”，又说“钱从哪里来谁可能吃亏”。"},
        press="查一遍",
    ),
    Page("/library/{speech}/complain", scene="shelf"),
    Page("/library/{speech}/complain", scene="shelf", press="交给办公室", status=422),
    Page("/library/complaints/{mark}", scene="shelf"),
    Page("/library/complaints/{answered}", scene="shelf"),
    Page("/library/lists/{list}", scene="shelf"),
    Page("/desk/library", "staff", "shelf"),
    Page("/desk/library", "member", "shelf"),
    Page("/desk/library", "staff", press="先读一遍", status=422),
    Page("/desk/library/{speech}", "staff", "shelf"),
    Page("/desk/library/{draft}", "staff", "shelf"),
    Page("/desk/library/{down}", "staff", "shelf"),
    Page("/desk/library/{pk}", "staff", "compilation"),
    Page("/desk/library/complaints", "staff", "shelf"),
    Page("/desk/library/complaints/{waiting}", "staff", "shelf"),
    Page("/desk/library/lists", "staff", "shelf"),
    Page("/desk/library/lists/{list}", "staff", "shelf"),
]
