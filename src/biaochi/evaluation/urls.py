from django.urls import path

from biaochi.evaluation import mine, views

urlpatterns = [
    path("mine/confirm", mine.confirm, name="mine-confirm"),
    path("mine/confirm/2", mine.words, name="mine-confirm-words"),
    path("mine/confirm/done", mine.done, name="mine-confirm-done"),
    path("mine/confirm/exhibits/<int:pk>", mine.exhibit, name="mine-exhibit"),
    path("desk/rounds", views.rounds, name="desk-rounds"),
    path("desk/rounds/<int:pk>", views.round_page, name="desk-round"),
    path("desk/rounds/<int:pk>/call", views.call, name="desk-round-call"),
    path("desk/rounds/<int:pk>/counter", views.counter, name="desk-round-counter"),
    path("desk/inbox/<int:pk>/people", views.people, name="unit-people"),
]
