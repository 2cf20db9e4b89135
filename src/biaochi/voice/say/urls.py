from django.urls import path

from biaochi.voice.say import mine, views

urlpatterns = [
    path("say", views.say, name="say"),
    path("say/1", views.what, name="say-what"),
    path("say/2", views.where, name="say-where"),
    path("say/3", views.whom, name="say-whom"),
    path("say/4", views.reply, name="say-reply"),
    path("say/check", views.check, name="say-check"),
    path("say/done", views.done, name="say-done"),
    path("say/saved", views.saved, name="say-saved"),
    path("say/forget", views.forget, name="say-forget"),
    path("say/files/<int:pk>", views.draft_file, name="say-file"),
    path("say/files/<int:pk>/drop", views.drop_file, name="say-file-drop"),
    path("mine", mine.mine, name="mine"),
    path("mine/contact", mine.contact, name="mine-contact"),
    path("mine/decide", mine.decide, name="mine-decide"),
    path("mine/publish", mine.publish, name="mine-publish"),
    path("mine/come-back", mine.come_back, name="mine-come-back"),
    path("mine/leave", mine.leave, name="mine-leave"),
    path("mine/photo/<int:pk>", mine.photo, name="mine-photo"),
]
