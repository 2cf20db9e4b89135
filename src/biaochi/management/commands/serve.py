"""Serve the site with gunicorn, and its worker beside it."""

import subprocess
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from gunicorn.app.base import BaseApplication

from biaochi.wsgi import application


class Site(BaseApplication):
    def __init__(self, options):
        self.options = options
        super().__init__()

    def load_config(self):
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self):
        return application


class Command(BaseCommand):
    help = "Serve the site."

    def add_arguments(self, parser):
        parser.add_argument("--bind", default="127.0.0.1:8000")
        parser.add_argument("--processes", type=int, default=2)
        parser.add_argument("--no-worker", action="store_true")

    def handle(self, *args, bind, processes, no_worker, **options):
        call_command("migrate", verbosity=0)
        if not settings.WHITENOISE_USE_FINDERS:
            call_command("collectstatic", interactive=False, verbosity=0)
        worker = None if no_worker else self.start_worker()
        try:
            Site(
                {
                    "bind": bind,
                    "workers": processes,
                    "worker_class": "gthread",
                    "threads": 4,
                    "timeout": 120,
                    "accesslog": None,  # an access log would hold visitors' addresses
                    "loglevel": "warning",
                    "limit_request_line": 4094,
                    "forwarded_allow_ips": "127.0.0.1",
                }
            ).run()
        finally:
            if worker:
                worker.terminate()

    def start_worker(self):
        command = [sys.executable, "-m", "biaochi", "worker"]
        return subprocess.Popen(command)  # noqa: S603  our own command, no words from outside
