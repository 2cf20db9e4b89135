from django.apps import AppConfig


class Biaochi(AppConfig):
    name = "biaochi"
    verbose_name = "标尺"
