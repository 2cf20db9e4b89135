from django.urls import path

from biaochi.voice.matters import office, office_voices, views

urlpatterns = [
    path("voices", views.voices, name="voices"),
    path("voices.csv", views.voices_table, name="voices-table"),
    path("matters", views.matters, name="matters"),
    path("desk/suggestions", office.suggestions, name="desk-suggestions"),
    path("desk/suggestions/all", office.answer_many, name="desk-suggestions-all"),
    path("desk/suggestions/<int:pk>", office.answer, name="desk-suggestion"),
    path("desk/suggestions/<int:pk>/back", office.take_back, name="desk-suggestion-back"),
    path("desk/matters", office.matters, name="desk-matters"),
    path("desk/matters/<int:pk>", office.matter, name="desk-matter"),
    path("desk/matters/<int:pk>/name", office.rename, name="desk-matter-name"),
    path("desk/matters/<int:pk>/kind", office.categorise, name="desk-matter-kind"),
    path("desk/matters/<int:pk>/care", office.care, name="desk-matter-care"),
    path("desk/matters/<int:pk>/voices", office.regroup, name="desk-matter-voices"),
    path("desk/matters/<int:pk>/merge", office.merge, name="desk-matter-merge"),
    path("desk/regroups/<int:pk>/undo", office.undo, name="desk-undo"),
    path("desk/voices", office_voices.voices, name="desk-voices"),
    path("desk/voices/chosen", office_voices.chosen, name="desk-voices-chosen"),
    path("desk/voices/<int:pk>", office_voices.voice, name="desk-voice"),
    path("desk/voices/<int:pk>/hide", office_voices.hide, name="desk-voice-hide"),
    path("desk/voices/<int:pk>/look", office_voices.look, name="desk-voice-look"),
]
