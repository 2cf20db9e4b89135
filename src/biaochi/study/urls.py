from django.urls import path

from biaochi.study import desk_views, views

urlpatterns = [
    path("studies", views.studies, name="studies"),
    path("studies/<int:pk>/seals/<int:key>/plan.txt", views.plan_text, name="study-plan-text"),
    path("studies/<int:pk>/seals/<int:key>/list.txt", views.list_text, name="study-list-text"),
    path("studies/<int:pk>/lot.csv", views.lot_table, name="study-lot"),
    path("desk/studies", desk_views.desk, name="desk-studies"),
    path("desk/member/studies", desk_views.member_studies, name="member-studies"),
    path("desk/studies/new", desk_views.open_study, name="desk-study-new"),
    path("desk/studies/<int:pk>/plan", desk_views.plan, name="desk-study-plan"),
    path("desk/studies/<int:pk>/unseal", desk_views.unseal, name="desk-study-unseal"),
    path("desk/studies/<int:pk>/look", desk_views.look, name="desk-study-look"),
    path("desk/studies/<int:pk>/draw", desk_views.draw, name="desk-study-draw"),
    path("desk/studies/<int:pk>/reveal", desk_views.reveal, name="desk-study-reveal"),
    path("desk/studies/<int:pk>/drop", desk_views.drop, name="desk-study-drop"),
    path("desk/studies/<int:pk>/report", desk_views.report, name="desk-study-report"),
    path(
        "desk/studies/<int:pk>/sites/<int:place>/replace",
        desk_views.replace,
        name="desk-study-replace",
    ),
    path(
        "desk/studies/<int:pk>/sites/<int:place>/visit", desk_views.visit, name="desk-study-visit"
    ),
]
