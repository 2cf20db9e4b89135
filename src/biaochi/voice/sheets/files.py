"""The uploaded file: kept under a random name, readable only by us, until everything is in."""

import hashlib
import secrets
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from biaochi.core.refusals import Incomplete, NotNow

FOLDER = "sheets"


def read_bytes(source):
    """Return the bytes of a file (bytes or a path).

    :raises Incomplete: it is larger than this site takes
    """
    if isinstance(source, bytes):
        check_size(len(source))
        return source
    check_size(Path(source).stat().st_size)
    return Path(source).read_bytes()


def check_size(size):
    if size > settings.UPLOAD_LIMIT:
        raise Incomplete(
            _("文件太大了，最多 %(most)s MB，这个有 %(size)s MB。请分成几张表。")
            % {"most": settings.UPLOAD_LIMIT // 2**20, "size": -(-size // 2**20)},
            "file",
        )


def hash_of(data):
    """The SHA-256 of a file, by which it is recognised when it comes again."""
    return hashlib.sha256(data).hexdigest()


def keep(data):
    """Write a file where nobody but this program reads; return the name it was given."""
    name = secrets.token_hex(16)
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    path.touch(mode=0o600)
    path.write_bytes(data)
    return name


def kept(name):
    """The path of a kept file.

    :raises NotNow: it was removed
    """
    path = _folder() / name
    if not name or not path.is_file():
        raise NotNow(_("原表已经不在了，请重新上传。"))
    return path


def remove(name):
    """Remove a kept file; one that is gone already is fine."""
    if name:
        (_folder() / name).unlink(missing_ok=True)


def _folder():
    return Path(settings.MEDIA_ROOT) / FOLDER
