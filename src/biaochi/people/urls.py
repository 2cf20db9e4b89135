from django.urls import path

from biaochi.people import views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign-in"),
    path("desk/password", views.password, name="desk-password"),
    path("sign-out", views.sign_out, name="sign-out"),
]
