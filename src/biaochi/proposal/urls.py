from django.urls import path

from biaochi.proposal import earlier_desk, member_desk, office_desk, report_desk, unit_desk, views

MINE = "desk/member/proposals"
OFFICE = "desk/proposals"
UNIT = "desk/inbox/proposals"

urlpatterns = [
    path("proposals", views.proposals, name="proposals"),
    path("proposals/words", views.vague_words, name="vague-words"),
    path(MINE, member_desk.mine, name="member-proposals"),
    path(f"{MINE}/<int:pk>/write", member_desk.write, name="member-proposal-write"),
    path(f"{MINE}/<int:pk>/ask", member_desk.ask, name="member-proposal-ask"),
    path(f"{MINE}/<int:pk>/cite", member_desk.cite, name="member-proposal-cite"),
    path(f"{MINE}/<int:pk>/sign", member_desk.sign, name="member-proposal-sign"),
    path(f"{MINE}/<int:pk>/take-back", member_desk.take_back, name="member-proposal-take-back"),
    path(f"{MINE}/<int:pk>/anew", member_desk.anew, name="member-proposal-anew"),
    path(f"{MINE}/<int:pk>/classes", member_desk.classes, name="member-proposal-classes"),
    path(f"{MINE}/<int:pk>/rate", member_desk.rate, name="member-proposal-rate"),
    path(
        f"{MINE}/<int:pk>/versions/<int:number>",
        member_desk.version,
        name="member-proposal-version",
    ),
    path("desk/member/replies", member_desk.replies, name="member-replies"),
    path("desk/member/reports", report_desk.mine, name="member-reports"),
    path(OFFICE, office_desk.proposals, name="desk-proposals"),
    path(f"{OFFICE}/<int:pk>/review", office_desk.review, name="desk-proposal-review"),
    path(f"{OFFICE}/<int:pk>/hand-over", office_desk.hand_over, name="desk-proposal-hand-over"),
    path(f"{OFFICE}/<int:pk>/again", office_desk.ask_again, name="desk-proposal-again"),
    path(f"{OFFICE}/<int:pk>/publish", office_desk.publish, name="desk-proposal-publish"),
    path("desk/matters/<int:pk>/earlier", earlier_desk.of_matter, name="desk-matter-earlier"),
    path("desk/reports", report_desk.reports, name="desk-reports"),
    path("desk/reports/begin", report_desk.begin, name="desk-reports-begin"),
    path("desk/reports/<int:pk>/deal", report_desk.deal, name="desk-report-deal"),
    path(UNIT, unit_desk.proposals, name="unit-proposals"),
    path(f"{UNIT}/<int:pk>/reply", unit_desk.reply, name="unit-reply"),
    path(f"{UNIT}/<int:pk>/return", unit_desk.give_back, name="unit-proposal-return"),
    path(f"{UNIT}/<int:pk>/opinion", unit_desk.opinion, name="unit-proposal-opinion"),
    path(f"{UNIT}/<int:pk>/contact", unit_desk.contact, name="unit-proposal-contact"),
    path(f"{UNIT}/<int:pk>/rate", unit_desk.rate, name="unit-proposal-rate"),
]
