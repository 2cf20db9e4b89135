from django.urls import path

from biaochi.task import claim_views as claims
from biaochi.task import debt_views as debts
from biaochi.task import office_views as office
from biaochi.task import views

urlpatterns = [
    path("desk/inbox", views.inbox, name="unit-inbox"),
    path("desk/inbox/debts", debts.unit_debts, name="unit-debts"),
    path("desk/inbox/debts/<int:pk>/put-off", debts.put_off, name="unit-debt-put-off"),
    path("desk/inbox/help/<int:pk>", views.help_page, name="unit-help"),
    path("desk/inbox/<int:pk>/accept", views.accept, name="unit-accept"),
    path("desk/inbox/<int:pk>/return", views.give_back, name="unit-give-back"),
    path("desk/inbox/<int:pk>/progress", views.note_progress, name="unit-progress"),
    path("desk/inbox/<int:pk>/more-time", views.ask_more_time, name="unit-more-time"),
    path("desk/inbox/<int:pk>/claim", claims.claim, name="unit-claim"),
    path("desk/inbox/<int:pk>/claim/back", claims.take_back, name="unit-claim-back"),
    path("desk/inbox/<int:pk>/exhibits", claims.add_exhibit, name="unit-exhibits"),
    path("desk/exhibits/<int:pk>", office.exhibit, name="desk-exhibit"),
    path("desk/matters/<int:pk>/hand-over", office.hand_over, name="desk-hand-over"),
    path("desk/hand-over", office.hand_over_many, name="desk-hand-over-many"),
    path("desk/tasks", office.office_tasks, name="desk-tasks"),
    path("desk/tasks/<int:pk>/recall", office.recall, name="desk-task-recall"),
    path("desk/tasks/<int:pk>/again", office.hand_over_again, name="desk-task-again"),
    path("desk/tasks/more-time/<int:pk>", office.answer_more_time, name="desk-task-more-time"),
    path("desk/proposals/<int:pk>/tasks", office.proposal_tasks, name="desk-proposal-tasks"),
    path("desk/sessions/<int:pk>/tasks", office.session_tasks, name="desk-session-tasks"),
    path("desk/debts", debts.office, name="desk-debts"),
    path("desk/debts.csv", debts.table, name="desk-debts-csv"),
    path("desk/debts/<int:pk>/check", debts.check, name="desk-debt-check"),
    path("debts", debts.public, name="debts"),
]
