"""Do what is due, again and again. Everything is derived from state, so nothing is ever lost."""

import logging
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from biaochi.sweep import sweep

log = logging.getLogger("biaochi.worker")


class Command(BaseCommand):
    help = "Do what is due: go on with imports, suggest groups, forget contacts and drafts."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, default=30, metavar="SECONDS")
        parser.add_argument("--once", action="store_true")

    def handle(self, *args, every, once, **options):
        while True:
            done = sweep(now=timezone.now())
            if any(done.values()):
                log.info("did %s", ", ".join(f"{name}: {n}" for name, n in done.items() if n))
            if once:
                return
            close_old_connections()
            time.sleep(every)
