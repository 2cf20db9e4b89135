from django.urls import path

from biaochi.task import views

urlpatterns = [
    path("desk/inbox", views.inbox, name="unit-inbox"),
    path("desk/inbox/<int:pk>", views.unit_task, name="unit-task"),
    path("desk/inbox/<int:pk>/accept", views.accept, name="unit-accept"),
    path("desk/inbox/<int:pk>/return", views.give_back, name="unit-give-back"),
    path("desk/matters/<int:pk>/hand-over", views.hand_over, name="desk-hand-over"),
    path("desk/hand-over", views.hand_over_many, name="desk-hand-over-many"),
    path("desk/tasks", views.office_tasks, name="desk-tasks"),
    path("desk/tasks/<int:pk>", views.office_task, name="desk-task"),
    path("desk/tasks/<int:pk>/recall", views.recall, name="desk-task-recall"),
    path("desk/tasks/<int:pk>/again", views.hand_over_again, name="desk-task-again"),
]
