from django.urls import path

from biaochi.voice.intake import views

urlpatterns = [
    path("desk/intake", views.begin, name="desk-intake"),
    path("desk/intake/<int:place>", views.edit, name="desk-intake-edit"),
    path("desk/intake/<int:place>/read", views.read, name="desk-intake-read"),
    path("desk/intake/<int:place>/done", views.done, name="desk-intake-done"),
]
