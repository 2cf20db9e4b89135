from django.urls import path

from biaochi.web import views

urlpatterns = [
    path("help", views.help_page, name="help"),
    path("privacy", views.privacy, name="privacy"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("numbers", views.numbers, name="numbers"),
    path("site-map", views.site_map, name="site-map"),
    path("prefs/size", views.size, name="prefs-size"),
    path("styleguide", views.styleguide, name="styleguide"),
]
