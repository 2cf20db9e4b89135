from django.urls import path

from biaochi.trace import mine, views

urlpatterns = [
    path("matters/late", views.late, name="late"),
    path("matters/<int:pk>", views.matter, name="matter"),
    path("matters/<int:pk>/history", views.history, name="matter-history"),
    path("library/<int:pk>/<int:number>", views.read, name="library-read"),
    path("mine/matter", mine.matter, name="mine-matter"),
    path("mine/add", mine.add, name="mine-add"),
]
