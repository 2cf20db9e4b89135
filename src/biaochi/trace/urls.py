"""The pages of trace, and those of a stage's single thing: they know what came before and after."""

from django.urls import include, path

from biaochi.deliberation import desk as sessions
from biaochi.deliberation import views as deliberation
from biaochi.outcome import views as outcome
from biaochi.proposal import member_desk, office_desk, report_desk, unit_desk
from biaochi.proposal import views as proposal
from biaochi.study import desk_views as studies
from biaochi.study import views as study
from biaochi.task import debt_views as debts
from biaochi.task import office_views as tasks
from biaochi.task import views as inbox
from biaochi.topic import views as topic
from biaochi.trace import mine, views
from biaochi.trace.onward import along, everybodys

# The pages of one thing: each stage's own view, with what came before and after it.
PAGES = [
    path("topics/<int:pk>", everybodys("topic", topic.topic), name="topic"),
    path("studies/<int:pk>", everybodys("study", study.study), name="study"),
    path("proposals/<int:pk>", everybodys("proposal", proposal.proposal), name="proposal"),
    path("sessions/<int:pk>", everybodys("session", deliberation.session), name="session"),
    path("debts/<int:pk>", everybodys("debt", debts.public_debt), name="debt"),
]
DESKS = [
    path("topics/<int:pk>", along("topic", topic.desk_topic), name="desk-topic"),
    path("studies/<int:pk>", along("study", studies.study), name="desk-study"),
    path("proposals/<int:pk>", along("proposal", office_desk.one), name="desk-proposal"),
    path("reports/<int:pk>", along("report", report_desk.office_report), name="desk-report"),
    path("deliberation/<int:pk>", along("session", sessions.session), name="desk-deliberation"),
    path("tasks/<int:pk>", along("task", tasks.office_task), name="desk-task"),
    path("debts/<int:pk>", along("debt", debts.office_debt), name="desk-debt"),
    path("checks/<int:pk>", along("check", outcome.check), name="desk-check"),
    path("revisits/<int:pk>", along("revisit", outcome.revisit), name="desk-revisit"),
    path("inbox/<int:pk>", along("task", inbox.unit_task), name="unit-task"),
    path("inbox/debts/<int:pk>", along("debt", debts.unit_debt), name="unit-debt"),
    path("inbox/proposals/<int:pk>", along("proposal", unit_desk.one), name="unit-proposal"),
    path("member/proposals/<int:pk>", along("proposal", member_desk.one), name="member-proposal"),
    path(
        "member/reports/<int:pk>", along("report", report_desk.member_report), name="member-report"
    ),
    path("member/debts/<int:pk>", along("debt", debts.member_debt), name="member-debt"),
]

urlpatterns = [
    *PAGES,
    path("desk/", include(DESKS)),
    path("matters/late", views.late, name="late"),
    path("matters/<int:pk>", views.matter, name="matter"),
    path("matters/<int:pk>/history", views.history, name="matter-history"),
    path("library/<int:pk>/<int:number>", views.read, name="library-read"),
    path("mine/matter", mine.matter, name="mine-matter"),
    path("mine/add", mine.add, name="mine-add"),
]
