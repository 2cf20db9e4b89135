from django.urls import path

from biaochi.library import desk, views

urlpatterns = [
    path("library", views.library, name="library"),
    path("library/search", views.find, name="library-search"),
    path("library/quote", views.quote, name="library-quote"),
    path("library/lists/<int:pk>", views.reading_list, name="library-list"),
    path("library/complaints/<str:mark>", views.complaint, name="library-complaint"),
    path("library/<int:pk>", views.document, name="library-document"),
    path("library/<int:pk>/original", views.original, name="library-original"),
    path("library/<int:pk>/complain", views.complain, name="library-complain"),
    path("desk/library", desk.desk, name="desk-library"),
    path("desk/library/add", desk.add, name="desk-library-add"),
    path("desk/library/complaints", desk.complained, name="desk-library-complaints"),
    path("desk/library/complaints/<int:pk>", desk.complaint, name="desk-library-complaint"),
    path("desk/library/lists", desk.reading_lists, name="desk-library-lists"),
    path("desk/library/lists/<int:pk>", desk.reading_list, name="desk-library-list"),
    path("desk/library/lists/<int:pk>/put", desk.put_on, name="desk-library-put-on"),
    path("desk/library/items/<int:pk>/take", desk.take_off, name="desk-library-take-off"),
    path("desk/library/<int:pk>", desk.document, name="desk-library-document"),
    path("desk/library/<int:pk>/describe", desk.describe, name="desk-library-describe"),
    path("desk/library/<int:pk>/parts", desk.parts, name="desk-library-parts"),
    path("desk/library/<int:pk>/publish", desk.publish, name="desk-library-publish"),
    path("desk/library/<int:pk>/down", desk.down, name="desk-library-down"),
    path("desk/library/<int:pk>/back", desk.back, name="desk-library-back"),
    path("desk/library/<int:pk>/original", desk.original, name="desk-library-original"),
]
