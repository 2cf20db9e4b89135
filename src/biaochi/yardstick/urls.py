from django.urls import path

from biaochi.yardstick import desk, views

urlpatterns = [
    path("yardstick", views.yardstick, name="yardstick"),
    path("yardstick/lights/<slug:field>", views.light, name="light"),
    path("yardstick/alerts", views.alerts, name="alerts"),
    path("ratios", views.ratios, name="ratios"),
    path("numbers/<slug:key>", views.number, name="number"),
    path("numbers/<slug:key>/rows.csv", views.number_table, name="number-table"),
    path("numbers/<slug:key>/<slug:part>", views.number_part, name="number-part"),
    path("achievements", views.achievements, name="achievements"),
    path("achievements/<int:pk>", views.achievement, name="achievement"),
    path("desk/alerts", desk.office_alerts, name="desk-alerts"),
    path("desk/alerts/spending", desk.spending, name="desk-spending"),
    path("desk/alerts/<int:pk>", desk.office_alert, name="desk-alert"),
    path("desk/alerts/<int:pk>/answer", desk.office_answer, name="desk-alert-answer"),
    path("desk/alerts/<int:pk>/settle", desk.settle, name="desk-alert-settle"),
    path("desk/alerts/<int:pk>/wrong", desk.office_wrong, name="desk-alert-wrong"),
    path("desk/alerts/<int:pk>/anew", desk.ask_anew, name="desk-alert-anew"),
    path("desk/inbox/alerts", desk.unit_alerts, name="unit-alerts"),
    path("desk/inbox/alerts/<int:pk>", desk.unit_alert, name="unit-alert"),
    path("desk/inbox/alerts/<int:pk>/answer", desk.unit_answer, name="unit-alert-answer"),
    path("desk/inbox/alerts/<int:pk>/wrong", desk.unit_wrong, name="unit-alert-wrong"),
    path("desk/achievements", desk.desk_achievements, name="desk-achievements"),
    path("desk/achievements/new", desk.new_achievement, name="desk-achievement-new"),
    path("desk/achievements/<int:pk>/tick", desk.tick, name="desk-achievement-tick"),
]
