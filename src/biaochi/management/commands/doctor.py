"""Check the installation, and say of everything that is wrong what to do."""

import os
import shutil
import sqlite3

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from biaochi.core.clock import calendar
from biaochi.core.record import first_break
from biaochi.people.vault import key_fits


class Command(BaseCommand):
    help = "Check the installation and say what to do."
    requires_system_checks = ()

    def handle(self, *args, **options):
        wrong = 0
        for name, check in CHECKS.items():
            try:
                fault = check()
            except DatabaseError as broken:
                fault = f"the database did not answer ({type(broken).__name__}); is it there, and migrated?"
            wrong += bool(fault)
            self.stdout.write(f"{'✗' if fault else '✓'} {name}{': ' + fault if fault else ''}")
        if wrong:
            raise CommandError(f"{wrong} thing(s) to do")
        self.stdout.write("Everything is in order.")


def folder():
    settings.HOME.mkdir(parents=True, exist_ok=True)
    if not os.access(settings.HOME, os.W_OK):
        return f"{settings.HOME} cannot be written; change its owner or set BIAOCHI_HOME"
    free = shutil.disk_usage(settings.HOME).free
    if free < 1 << 30:
        return f"only {free >> 20} MiB are free beside {settings.HOME}; make room"


def database():
    connection.ensure_connection()
    if connection.vendor == "sqlite" and sqlite3.sqlite_version_info < (3, 35):
        return f"SQLite {sqlite3.sqlite_version} is too old; use Python with SQLite 3.35 or newer"


def migrations():
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return f"{len(waiting)} changes of the database are waiting; run `biaochi migrate`"


def vault():
    if not key_fits():
        return "the vault key does not open what is locked; put the old BIAOCHI_VAULT_KEY back"


def record():
    broken = first_break()
    if broken is not None:
        return f"the record is broken at line {getattr(broken, 'pk', 1)}; compare with a backup"


def holidays():
    year = timezone.localdate().year
    missing = [str(y) for y in (year, year + 1) if not calendar().is_known(y)]
    if str(year) in missing or (missing and timezone.localdate().month == 12):
        return f"no holidays are known for {', '.join(missing)}; add them to {settings.HOLIDAYS}"


def languages():
    missing = [
        language
        for language in ("zh_Hans", "en")
        if not (settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.mo").exists()
    ]
    if missing:
        return f"the catalogue {', '.join(missing)} is not compiled; run `make setup`"


CHECKS = {
    "folder for data": folder,
    "database": database,
    "database is up to date": migrations,
    "vault key": vault,
    "record is unbroken": record,
    "holidays": holidays,
    "languages": languages,
}
