from django.urls import path

from biaochi.outcome import views

urlpatterns = [
    path("desk/checks", views.checks, name="desk-checks"),
    path("desk/side-effects", views.side_effects, name="desk-side-effects"),
    path("desk/side-effects/<int:pk>", views.side_effect, name="desk-side-effect"),
    path("desk/revisits", views.revisits, name="desk-revisits"),
]
