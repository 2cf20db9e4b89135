"""Take a spreadsheet of voices in, with a report of every row that was not taken."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from biaochi.core.actors import Role
from biaochi.core.refusals import Refused
from biaochi.people import queries as people
from biaochi.voice.sheets.actions import import_file


class Command(BaseCommand):
    help = "Take a spreadsheet of voices in (xlsx, csv). Run it again after an interruption."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only try, take nothing in")
        parser.add_argument("--map", default="", metavar="FIELD=COLUMN,…", help="correct the guess")
        parser.add_argument("--as", dest="username", default="", help="the account that imports")

    def handle(self, *args, file, dry_run, map, username, **options):
        by = people.actor_for_command(username, Role.STAFF)
        words = dict(pair.split("=", 1) for pair in map.split(",") if "=" in pair)
        try:
            import_file(
                file,
                by=by,
                now=timezone.now(),
                dry_run=dry_run,
                mapping_words=words,
                on_progress=self.progress,
                echo=self.stdout.write,
            )
        except (Refused, OSError) as wrong:
            raise CommandError(str(wrong)) from None

    def progress(self, done, total):
        self.stderr.write(f"\r{done:,} / {total:,}", ending="")
