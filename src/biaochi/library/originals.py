"""The files as they came in: kept byte for byte under names that tell nothing, readable by us only."""

import hashlib
import secrets
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from biaochi.core.refusals import Incomplete, NotNow

FOLDER = "library"
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain",
}


def check_size(size):
    """Raise ``Incomplete`` for a file that is larger than this site takes."""
    if size > settings.UPLOAD_LIMIT:
        raise Incomplete(
            _("文件太大了，最多 %(most)s MB，这个有 %(size)s MB。请分成几份。")
            % {"most": settings.UPLOAD_LIMIT // 2**20, "size": -(-size // 2**20)},
            "file",
        )


def hash_of(data):
    """The SHA-256 of a file: by it anybody can check that the original is the one they have."""
    return hashlib.sha256(data).hexdigest()


def keep(data, kind):
    """Write a file where only this program reads; return the name it was given."""
    name = f"{secrets.token_hex(16)}.{kind}"
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    path.touch(mode=0o600)
    path.write_bytes(data)
    return name


def remove(name):
    """Remove a kept file: only for a deed that was not finished."""
    (_folder() / name).unlink(missing_ok=True)


def kept(document):
    """The path of a document's original.

    :raises NotNow: it is not where it should be, or it is no longer the file that came in
    """
    path = _folder() / document.stored_as
    if not document.stored_as or not path.is_file():
        raise NotNow(_("原件不在了，请告诉办公室。"))
    if hash_of(path.read_bytes()) != document.source_hash:
        raise NotNow(_("原件和收进来的时候不一样了，不能给出去。请告诉办公室。"))
    return path


def content_type(document):
    return TYPES[document.stored_as.rpartition(".")[2]]


def _folder():
    return Path(settings.MEDIA_ROOT) / FOLDER
