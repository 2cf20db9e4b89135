from django.urls import path

from biaochi.voice.sheets import views

urlpatterns = [
    path("desk/import", views.desk_import, name="desk-import"),
    path("desk/import/categories", views.categories, name="desk-import-categories"),
    path("desk/import/<int:pk>", views.batch, name="desk-batch"),
    path("desk/import/<int:pk>/refused.csv", views.refused, name="desk-batch-refused"),
]
