"""What a document may weigh, and the one way in which reading it fails."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The largest document we take: bytes as sent and unpacked, entries, letters, depth."""

    file_bytes: int = 20 * 2**20
    unpacked_bytes: int = 200 * 2**20
    entries: int = 3_000
    letters: int = 1_000_000
    depth: int = 120  # of nested elements


LIMITS = Limits()


class DocumentError(Exception):
    """A document that cannot be read; ``code`` names the reason, ``params`` fill its sentence.

    Codes: empty, too_large (limit), unpacks_too_large (limit), too_long (limit), too_deep,
    encrypted, old_word, not_a_document (looks_like), damaged, has_macros, fetches_from_outside,
    declares_entities, unknown_encoding, not_text, no_words.
    """

    def __init__(self, code, **params):
        super().__init__(code, params)
        self.code = code
        self.params = params
