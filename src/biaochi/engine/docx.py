"""The words of a Word file (.docx), read as a stream with hard limits.

Only the words are read: no picture, no comment, no link is followed. A file that declares its own
entities, carries macros or fetches its template from elsewhere is refused, because the original
is kept and may be handed out. What the words alone cannot show (footnotes, pictures, automatic
numbers, words struck in review or hidden) is counted in the notes, so that nobody takes the page
for more than it is.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat

from .document_limits import LIMITS, DocumentError

BLOCK = 1 << 16
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
HEADING = re.compile(r"^(?:heading|标题)\s*1$", re.IGNORECASE)
OUTSIDE = re.compile(rb"attachedTemplate|oleObject|frame\b")
COUNTED = {  # elements whose meaning is not in the words
    "footnoteReference": "footnotes",
    "endnoteReference": "footnotes",
    "drawing": "pictures",
    "pict": "pictures",
    "numPr": "numbering",
    "delText": "struck_words",
    "commentReference": "comments",
}


@dataclass(frozen=True)
class Words:
    """The lines of the file; ``headings`` are those of the first level."""

    lines: tuple
    headings: tuple
    title: str
    notes: tuple


def read_docx(data, limits=LIMITS):
    """Read a docx (bytes).

    :raises DocumentError: encrypted, damaged, not_a_document, has_macros, fetches_from_outside,
        declares_entities, unpacks_too_large, too_long, too_deep
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = _looked_over(archive, limits)
            room = [limits.unpacked_bytes]
            styles = _Styles()
            if "word/styles.xml" in names:
                _parse(archive, "word/styles.xml", styles, room, limits)
            body = _Body(styles.headings, styles.titles, limits)
            _parse(archive, "word/document.xml", body, room, limits)
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, ValueError):
        raise DocumentError("damaged") from None
    except RuntimeError:  # a locked entry
        raise DocumentError("encrypted") from None
    return body.words()


def _looked_over(archive, limits):
    """The names inside, once nothing hostile was seen among them."""
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise DocumentError("unpacks_too_large", limit=limits.unpacked_bytes)
    if any(entry.flag_bits & 1 for entry in entries):
        raise DocumentError("encrypted")
    if any(entry.compress_type not in PACKINGS for entry in entries):
        raise DocumentError("damaged")
    names = {entry.filename for entry in entries}
    if "word/document.xml" not in names:
        raise DocumentError("not_a_document", looks_like="archive")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise DocumentError("has_macros")
    for name in names:
        if name.startswith("word/_rels/") and _fetches(archive, name):
            raise DocumentError("fetches_from_outside")
    return names


def _fetches(archive, name):
    """Whether the relations of a part load something from elsewhere when the file is opened."""
    with archive.open(name) as part:
        text = part.read(BLOCK * 16)
    return any(b"External" in one and OUTSIDE.search(one) for one in re.findall(rb"<[^>]*>", text))


def _parse(archive, name, reader, room, limits):
    """Stream one part through a reader; what really comes out is counted, not what is claimed."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_entities
    parser.EntityDeclHandler = _refuse_entities
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.buffer_text = True
    with archive.open(name) as part:
        while block := part.read(BLOCK):
            room[0] -= len(block)
            if room[0] < 0:
                raise DocumentError("unpacks_too_large", limit=limits.unpacked_bytes)
            parser.Parse(block, False)
        parser.Parse(b"", True)


def _refuse_entities(*_declaration):
    raise DocumentError("declares_entities")


def _local(name):
    """The name of a Word element without its namespace; "" for anything else."""
    space, _, local = name.rpartition(" ")
    return local if space in {WORD, STRICT} else ""


def _value(attributes):
    return next((v for k, v in attributes.items() if _local(k) == "val"), "")


class _Styles:
    """Which style keys mean a heading of the first level, and which the title."""

    def __init__(self):
        self.headings, self.titles, self._key = set(), set(), ""

    def start(self, name, attributes):
        local = _local(name)
        if local == "style":
            self._key = next((v for k, v in attributes.items() if _local(k) == "styleId"), "")
        elif local == "name":
            words = _value(attributes).strip()
            if HEADING.match(words):
                self.headings.add(self._key)
            elif words.lower() in {"title", "标题"}:
                self.titles.add(self._key)

    def end(self, name):
        """A style needs nothing at its end."""

    def text(self, words):
        """The words inside a style mean nothing here."""


class _Body:
    """Collects paragraphs; a row of a table is one line with its cells apart."""

    def __init__(self, headings, titles, limits):
        self._styles, self._titles, self._limits = headings, titles, limits
        self.lines, self.headings, self.title = [], [], ""
        self._counts = dict.fromkeys((*COUNTED.values(), "hidden_words"), 0)
        self._open = []  # the paragraphs that are open: [words, style]
        self._cells, self._rows = [], []
        self._depth, self._skip, self._letters = 0, 0, 0
        self._in_words = self._hidden = False
        self._runs = 0  # a text box opens runs inside a run

    def start(self, name, attributes):
        self._depth += 1
        if self._depth > self._limits.depth:
            raise DocumentError("too_deep")
        if self._skip or name == FALLBACK:
            self._skip += 1
            return
        local = _local(name)
        if local in COUNTED:
            self._counts[COUNTED[local]] += 1
        begin = getattr(self, f"_begin_{local}", None)
        if begin:
            begin(attributes)

    def end(self, name):
        self._depth -= 1
        if self._skip:
            self._skip -= 1
            return
        finish = getattr(self, f"_finish_{_local(name)}", None)
        if finish:
            finish()

    def text(self, words):
        if self._in_words and not self._skip:
            self._put(words)

    def words(self):
        notes = [(code, {"count": n}) for code, n in self._counts.items() if n]
        return Words(tuple(self.lines), tuple(self.headings), self.title, tuple(notes))

    def _put(self, words):
        if self._hidden:
            self._counts["hidden_words"] += len(words)
        elif self._open and self._runs:  # <tab> is also the name of a stop in a paragraph's ruler
            self._letters += len(words)
            if self._letters > self._limits.letters:
                raise DocumentError("too_long", limit=self._limits.letters)
            self._open[-1][0].append(words)

    def _begin_p(self, _attributes):
        self._open.append([[], ""])

    def _finish_p(self):
        pieces, style = self._open.pop()
        line = "".join(pieces)
        if self._rows:
            self._cells[-1].append(line)
            return
        self.lines.append(line)
        if line.strip() and style in self._styles:
            self.headings.append(line.strip())
        if line.strip() and not self.title and style in self._titles:
            self.title = line.strip()

    def _begin_pStyle(self, attributes):
        if self._open:
            self._open[-1][1] = _value(attributes)

    def _begin_tr(self, _attributes):
        self._rows.append(len(self._cells))

    def _begin_tc(self, _attributes):
        self._cells.append([])

    def _finish_tr(self):
        first = self._rows.pop()
        cells = [" ".join(filter(None, cell)) for cell in self._cells[first:]]
        del self._cells[first:]
        line = "\t".join(cells).rstrip()
        if self._rows and self._cells:  # a table inside a cell
            self._cells[-1].append(line)
        else:
            self.lines.append(line)

    def _begin_r(self, _attributes):
        self._runs += 1
        self._hidden = False

    def _finish_r(self):
        self._runs -= 1
        self._hidden = False

    def _begin_vanish(self, attributes):
        self._hidden = _value(attributes) not in {"0", "false", "off"}

    def _begin_t(self, _attributes):
        self._in_words = True

    def _finish_t(self):
        self._in_words = False

    def _begin_tab(self, _attributes):
        self._put("\t")

    def _begin_br(self, attributes):
        kind = next((v for k, v in attributes.items() if _local(k) == "type"), "")
        if kind not in {"page", "column"}:
            self._put("\n")

    def _begin_cr(self, _attributes):
        self._put("\n")

    def _begin_noBreakHyphen(self, _attributes):
        self._put("-")
