"""Full-text search that finds two-character Chinese words, on both databases.

A text is cut into overlapping pairs of characters (Han) and whole words (Latin, digits). A
query is cut in the same way and matched as a phrase, so 电梯 finds 加装电梯 and nothing that
only has 电 and 梯 apart. SQLite keeps the pairs in a contentless FTS5 table, PostgreSQL in a
tsvector under a GIN index. Only texts that may be shown are ever put in.
"""

import re
import unicodedata

from django.db import connection

KINDS = ("voice", "matter", "library")
HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ebef]"
RUN = re.compile(rf"{HAN}+|[0-9a-z]+")
IS_HAN = re.compile(HAN)


def grams(text):
    """Cut a text into its search terms, in order; a gap between runs is an empty string."""
    terms = []
    for run in RUN.findall(unicodedata.normalize("NFKC", text or "").lower()):
        if terms:
            terms.append("")
        if IS_HAN.match(run) and len(run) > 1:
            terms += [run[i : i + 2] for i in range(len(run) - 1)]
            terms.append(run[-1])  # so that a single last character can be found too
        else:
            terms.append(run)
    return terms


def phrases(query):
    """Cut a query into phrases that all must occur: ``[[term, …], …]``; a last * means prefix."""
    found = []
    for run in RUN.findall(unicodedata.normalize("NFKC", query or "").lower())[:8]:
        if not IS_HAN.match(run):
            found.append([run])
        elif len(run) == 1:
            found.append([run + "*"])
        else:
            found.append([run[i : i + 2] for i in range(min(len(run), 24) - 1)])
    return found


def add(kind, ref, text):
    """Put a text that was not there before under a key."""
    terms = grams(text)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"INSERT INTO biaochi_find_{_sure(kind)}(rowid, grams) VALUES (%s, %s)",
                [ref, _spaced(terms)],
            )
        else:
            cursor.execute(
                f"INSERT INTO biaochi_find_{_sure(kind)}(ref, grams) VALUES (%s, %s::tsvector)",
                [ref, _vector(terms)],
            )


def remove(kind, ref, text):
    """Take out the text that ``add`` put in; it must be the same text."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"INSERT INTO biaochi_find_{_sure(kind)}(biaochi_find_{kind}, rowid, grams) "
                "VALUES ('delete', %s, %s)",
                [ref, _spaced(grams(text))],
            )
        else:
            cursor.execute(f"DELETE FROM biaochi_find_{_sure(kind)} WHERE ref = %s", [ref])


def matching(queryset, kind, query):
    """Narrow a queryset to the rows whose text has every phrase of the query.

    A query without a single letter, digit or character finds nothing.
    """
    wanted = phrases(query)
    if not wanted:
        return queryset.none()
    table, key = queryset.model._meta.db_table, f"biaochi_find_{_sure(kind)}"
    if connection.vendor == "sqlite":
        inner, param = f"SELECT rowid FROM {key} WHERE {key} MATCH %s", _fts(wanted)
    else:
        inner, param = f"SELECT ref FROM {key} WHERE grams @@ %s::tsquery", _tsquery(wanted)
    return queryset.extra(where=[f"{table}.id IN ({inner})"], params=[param])


def settle():
    """Merge what was removed out of the files for good (SQLite keeps it until a merge)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for kind in KINDS:
                cursor.execute(
                    f"INSERT INTO biaochi_find_{kind}(biaochi_find_{kind}) VALUES ('optimize')"
                )


def weigh():
    """Let SQLite count its tables when they have grown, or it chooses the wrong index.

    PostgreSQL does this by itself. Returns whether anything was done.
    """
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'biaochi_voice'")
        rows = (cursor.fetchone() or (0,))[0]
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
        counted = 0
        if cursor.fetchone():
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'biaochi_voice' LIMIT 1")
            counted = int((cursor.fetchone() or ("0",))[0].split()[0])
        if rows < 2 * counted or rows < 500:
            return False
        cursor.execute("PRAGMA analysis_limit=2000")
        cursor.execute("ANALYZE")
    return True


def create_tables(schema_editor):
    """The migration's own statements."""
    for kind in KINDS:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(
                f"CREATE VIRTUAL TABLE biaochi_find_{kind} USING fts5("
                "grams, content='', tokenize=\"unicode61 remove_diacritics 0\")"
            )
        else:
            schema_editor.execute(
                f"CREATE TABLE biaochi_find_{kind} (ref bigint PRIMARY KEY, grams tsvector)"
            )
            schema_editor.execute(
                f"CREATE INDEX biaochi_find_{kind}_gin ON biaochi_find_{kind} USING gin(grams)"
            )


def drop_tables(schema_editor):
    for kind in KINDS:
        schema_editor.execute(f"DROP TABLE biaochi_find_{kind}")


def _sure(kind):
    if kind not in KINDS:
        raise KeyError(kind)
    return kind


def _spaced(terms):
    # A gap must keep phrases from running across it, so it becomes a term nobody can type.
    return " ".join(term or "\ue000" for term in terms)


def _fts(wanted):
    def one(phrase):
        text, star = " ".join(phrase), ""
        if text.endswith("*"):
            text, star = text[:-1], "*"
        return f'"{text}"{star}'

    return " AND ".join(one(phrase) for phrase in wanted)


def _vector(terms):
    places = {}
    for place, term in enumerate(terms, 1):
        if term and place < 16383:
            places.setdefault(term, []).append(str(place))
    return " ".join(f"'{term}':{','.join(spots[:255])}" for term, spots in places.items())


def _tsquery(wanted):
    def one(phrase):
        return (
            "("
            + " <-> ".join(
                f"'{term[:-1]}':*" if term.endswith("*") else f"'{term}'" for term in phrase
            )
            + ")"
        )

    return " & ".join(one(phrase) for phrase in wanted)
