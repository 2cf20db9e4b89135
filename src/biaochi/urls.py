"""Every address. Chinese has no prefix; English pages live under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

ROOMS = (
    "biaochi.people.urls",
    "biaochi.library.urls",
    "biaochi.voice.say.urls",
    "biaochi.voice.matters.urls",
    "biaochi.voice.sheets.urls",
    "biaochi.voice.intake.urls",
    "biaochi.topic.urls",
    "biaochi.study.urls",
    "biaochi.proposal.urls",
    "biaochi.deliberation.urls",
    "biaochi.task.urls",
    "biaochi.outcome.urls",
    "biaochi.evaluation.urls",
    "biaochi.yardstick.urls",
    "biaochi.trace.urls",
    "biaochi.web.desk_urls",
    "biaochi.web.urls",
)
urlpatterns = i18n_patterns(
    *(path("", include(room)) for room in ROOMS), prefix_default_language=False
)
handler400 = "biaochi.web.views.bad_request"
handler403 = "biaochi.web.views.forbidden"
handler404 = "biaochi.web.views.not_found"
handler500 = "biaochi.web.views.broken"
