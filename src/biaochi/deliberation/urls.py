from django.urls import path

from biaochi.deliberation import desk, seats, views

urlpatterns = [
    path("sessions", views.sessions, name="sessions"),
    path("sessions/<int:pk>/record.txt", views.record, name="session-record"),
    path("sessions/<int:pk>/votes.csv", views.votes, name="session-votes"),
    path("sessions/<int:pk>/enter", seats.enter, name="session-enter"),
    path("sessions/<int:pk>/vote", seats.vote, name="session-vote"),
    path("sessions/<int:pk>/vote/<int:place>", seats.one_ballot, name="session-ballot"),
    path("sessions/<int:pk>/say", seats.say, name="session-say"),
    path("sessions/<int:pk>/seat", seats.seat, name="session-seat"),
    path("sessions/<int:pk>/seat/declare", seats.declare, name="session-declare"),
    path("sessions/<int:pk>/seat/stand", seats.stand, name="session-stand"),
    path("sessions/<int:pk>/seat/sign", seats.sign, name="session-sign"),
    path("sessions/<int:pk>/leave", seats.leave, name="session-leave"),
    path("desk/deliberation", desk.sessions, name="desk-deliberations"),
    path("desk/deliberation/new", desk.new, name="desk-deliberation-new"),
    path("desk/deliberation/<int:pk>/sheet", desk.sheet, name="desk-deliberation-sheet"),
    path("desk/deliberation/<int:pk>/<slug:what>", desk.deed, name="desk-deliberation-deed"),
    path("desk/member/deliberations", views.member_sessions, name="member-deliberations"),
]
