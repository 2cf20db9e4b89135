"""A file of words becomes lines: docx and plain text, whatever its name says.

    read(data, "讲话.docx") -> Lines(kind="docx", lines=(…), headings=(…), notes=(…))

Letters that nobody sees (zero-width, direction marks) are taken out and counted, so that what is
shown, searched and quoted is the same text.
"""

import re
from dataclasses import dataclass, field

from .document_limits import LIMITS, DocumentError
from .docx import read_docx
from .plain import decode

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "rtf"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Lines:
    """The words of a file, line by line; ``notes`` are ``(code, {params})``."""

    kind: str  # docx, txt
    lines: tuple
    headings: tuple = ()
    title: str = ""
    notes: tuple = field(default=())


def read(data, limits=LIMITS):
    """Read the words of a file (bytes).

    :raises DocumentError: it cannot be read; the code says why
    """
    kind = kind_of(data, limits)
    if kind == "docx":
        found = read_docx(data, limits)
        text, notes = "\n".join(found.lines), list(found.notes)
        headings, title = found.headings, found.title
    else:
        text, encoding = decode(data)
        notes = [] if encoding == "utf-8" else [("encoding", {"name": encoding})]
        headings, title = (), ""
    text, unseen = UNSEEN.subn("", text)
    if unseen:
        notes.append(("unseen_letters", {"count": unseen}))
    if CONTROLS.search(text):
        raise DocumentError("not_text")
    if len(text) > limits.letters:
        raise DocumentError("too_long", limit=limits.letters)
    lines = tuple(line.rstrip() for line in text.splitlines())
    if not any(letter.isalnum() for letter in text):
        raise DocumentError("no_words")
    return Lines(kind, lines, tuple(headings), UNSEEN.sub("", title), tuple(notes))


def kind_of(data, limits=LIMITS):
    """docx or txt, by the bytes of a file; refuse anything else."""
    if len(data) > limits.file_bytes:
        raise DocumentError("too_large", limit=limits.file_bytes)
    if not data.strip(b"\0 \t\r\n"):
        raise DocumentError("empty")
    for signature, looks_like in SIGNATURES:
        if data.startswith(signature):
            raise DocumentError("not_a_document", looks_like=looks_like)
    if data.startswith(OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise DocumentError("encrypted" if locked else "old_word")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx"
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml")):
        raise DocumentError("not_a_document", looks_like="web page")
    return "txt"
