"""Keep the two catalogues whole: collect every string, check, and compile.

Chinese is the language of the sources, so its catalogue is made; the English one is written by
people. Babel does all of it, so that no GNU gettext is needed.
"""

import io
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

METHODS = [("**.py", "python"), ("**/pages/**.html", "jinja2.ext:babel_extract")]
OPTIONS = {
    "**/pages/**.html": {
        "extensions": "jinja2.ext.i18n",
        "newstyle_gettext": "true",
        "silent": "false",
    }
}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HAN = re.compile(r"[\u3400-\u9fff]")
NAMED = re.compile(r"%\(\w+\)[sd]")


def catalog_file(language):
    return settings.PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def collected():
    """Every string that a user may see, with where it stands."""
    catalog = Catalog(fuzzy=False)
    found = extract_from_dir(
        settings.PACKAGE, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("Translators:",)
    )
    for name, _line, message, comments, context in found:
        catalog.add(
            message,
            locations=[(Path(name).as_posix(), None)],
            auto_comments=comments,
            context=context,
        )
    return catalog


def stored(language):
    path = catalog_file(language)
    if not path.exists():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def renewed(language):
    """The catalogue of a language with today's strings and the translations it has."""
    old, new = stored(language), Catalog(locale=language, fuzzy=False)
    for message in sorted(collected(), key=lambda m: (str(m.id), m.context or "")):
        if message.id:
            known = old.get(message.id, message.context)
            string = known.string if known else ""
            if message.pluralizable != isinstance(string, tuple | list):  # it was the other before
                string = (string, string) if message.pluralizable else string[-1]
            if language == "zh_Hans":
                string = message.id[0] if message.pluralizable else message.id
                string = (string,) if message.pluralizable else string
            new.add(
                message.id,
                string or None,
                locations=sorted(set(message.locations)),
                auto_comments=message.auto_comments,
                context=message.context,
            )
    return new


def written(catalog):
    """The catalogue as the bytes of a .po file, without dates, so that it only changes when it must."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=100, omit_header=True, sort_output=True, include_lineno=False)
    plural = (
        "nplurals=1; plural=0;"
        if str(catalog.locale).startswith("zh")
        else ("nplurals=2; plural=(n != 1);")
    )
    head = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {catalog.locale}\\n"\n"Plural-Forms: {plural}\\n"\n\n'
    )
    return head.encode() + buffer.getvalue()


def faults(catalog):
    """What is wrong with a catalogue: missing, left in Chinese, or with other placeholders."""
    found = []
    for message in catalog:
        if not message.id:
            continue
        ids = message.id if message.pluralizable else (message.id,)
        strings = message.string if message.pluralizable else (message.string,)
        if not all(strings):
            found.append(f"missing: {ids[0]}")
        elif any(HAN.search(text) for text in strings) and str(catalog.locale) == "en":
            found.append(f"still Chinese: {ids[0]} → {strings[0]}")
        elif any(set(NAMED.findall(text)) - set(NAMED.findall(ids[-1])) for text in strings):
            found.append(f"other placeholders: {ids[0]} → {strings[0]}")
    return found


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Collect strings into the catalogues and compile them."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing, name every fault")
        parser.add_argument("--compile", action="store_true", help="only compile")
        parser.add_argument("--missing", action="store_true", help="print what has no English yet")

    def handle(self, *args, check, compile, missing, **options):
        if not (check or compile or missing):
            for language in ("zh_Hans", "en"):
                path = catalog_file(language)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(written(renewed(language)))
        wrong = faults(renewed("en")) if check or missing else []
        if missing:
            self.stdout.write("\n".join(wrong))
        elif wrong:
            raise CommandError(
                f"{len(wrong)} faults in the English catalogue:\n" + "\n".join(wrong[:50])
            )
        if check and any(
            catalog_file(language).read_bytes() != written(renewed(language))
            for language in ("zh_Hans", "en")
        ):
            raise CommandError("the catalogues are stale: run `make fix`")
        if not (check or missing):
            for language in ("zh_Hans", "en"):
                self.compile(language)

    def compile(self, language):
        path = catalog_file(language)
        if path.exists():
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, stored(language))
