"""Build the fictional city 青溪 and serve it, with the log-ins printed."""

import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from biaochi.demo.build import build
from biaochi.demo.office import DUTIES, PASSWORD
from biaochi.people import queries as people


class Command(BaseCommand):
    help = "Build the fictional city and serve it."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=2026)
        parser.add_argument("--voices", type=int, default=3000)
        parser.add_argument("--fresh", action="store_true", help="throw an earlier city away")
        parser.add_argument("--no-serve", action="store_true", help="only build")
        parser.add_argument("--bind", default="127.0.0.1:8000")

    def handle(self, *args, seed, voices, fresh, no_serve, bind, **options):
        if not settings.BIAOCHI_DEMO:
            raise CommandError("start the demo with `biaochi demo`: it keeps its own database")
        if fresh:
            self.throw_away()
        call_command("migrate", verbosity=0)
        if people.units():
            self.stdout.write(
                "The city stands already (build it anew with `biaochi demo --fresh`)."
            )
        else:
            self.build(seed, voices)
        self.print_log_ins(bind)
        if not no_serve:
            call_command("serve", bind=bind)

    def throw_away(self):
        database = settings.DATABASES["default"]
        if "sqlite" not in database["ENGINE"]:
            raise CommandError("--fresh works with SQLite only; empty that database yourself")
        for ending in ("", "-wal", "-shm"):
            Path(f"{database['NAME']}{ending}").unlink(missing_ok=True)

    def build(self, seed, count):
        started = time.monotonic()
        with transaction.atomic():  # a city that is only half there would be worse than none
            built = build(
                seed=seed, count=count, now=timezone.now(), on_progress=self.show_progress
            )
        seconds = time.monotonic() - started
        self.stdout.write(f"\r青溪: {built.voice_count:,} voices in {seconds:.0f} s")
        codes = "\n".join(f"{code}  {title}" for title, code in built.codes)
        (settings.HOME / "codes.txt").write_text(codes + "\n", encoding="utf-8")

    def show_progress(self, told, everything):
        self.stdout.write(f"\r青溪: {told:,} of {everything:,} voices", ending="")
        self.stdout.flush()

    def print_log_ins(self, bind):
        width = max(len(name) for name, *_rest in DUTIES) + 2
        lines = [
            "",
            f"  http://{bind}/            residents: no log-in needed; English at /en/",
            f"  http://{bind}/sign-in     everybody else, password {PASSWORD}",
            "",
            *(
                f"    {name:<{width}}{role.value:<10}{who} {where}"
                for name, who, role, where in DUTIES
            ),
        ]
        codes = settings.HOME / "codes.txt"
        if codes.exists():
            lines += ["", f"  http://{bind}/mine        receipt codes to try:", ""]
            lines += ["    " + line for line in codes.read_text(encoding="utf-8").splitlines()]
        self.stdout.write("\n".join([*lines, "", "  Ctrl+C stops it.", ""]))
