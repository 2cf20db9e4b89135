from django.urls import path

from biaochi.topic import views

urlpatterns = [
    path("topics", views.topics, name="topics"),
    path("desk/topics", views.desk, name="desk-topics"),
    path("desk/topics/new", views.raise_topic, name="desk-topic-new"),
    path("desk/topics/<int:pk>/decide", views.decide, name="desk-topic-decide"),
    path("desk/topics/<int:pk>/back", views.bring_back, name="desk-topic-back"),
    path("desk/member/topics", views.member_topics, name="member-topics"),
    path("desk/member/topics/new", views.member_raise, name="member-topic-new"),
]
