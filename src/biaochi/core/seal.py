"""Lock personal words away: AES-256-GCM, and keyed hashes for things only to be recognised.

A sealed value is ``version (1 byte) + nonce (12) + ciphertext with tag``. The purpose goes in as
associated data, so that a value moved from one column into another cannot be opened there.
The key never enters the database; it lies in the environment or in a file of its own.
"""

import hashlib
import hmac
import json
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

VERSION = b"\x01"


@lru_cache(maxsize=4)
def _cipher(key):
    return AESGCM(hashlib.sha256(b"biaochi seal" + key).digest())


def seal(value, purpose):
    """Return ``value`` (anything JSON can write) as sealed bytes."""
    nonce = os.urandom(12)
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return VERSION + nonce + _cipher(settings.VAULT_KEY).encrypt(nonce, plain, purpose.encode())


def unseal(blob, purpose):
    """Return what ``seal`` locked away.

    :raises ValueError: wrong key, wrong purpose, or the bytes were changed
    """
    blob = bytes(blob)
    if blob[:1] != VERSION:
        raise ValueError("this sealed value has an unknown version")
    try:
        plain = _cipher(settings.VAULT_KEY).decrypt(blob[1:13], blob[13:], purpose.encode())
    except InvalidTag:
        raise ValueError(f"a sealed {purpose} does not open with this key") from None
    return json.loads(plain)


def fingerprint(value, purpose):
    """A keyed hash (HMAC-SHA-256, 64 hex digits): equal values meet, nobody can guess back."""
    message = f"{purpose}\x00{value}".encode()
    return hmac.new(settings.VAULT_KEY, message, hashlib.sha256).hexdigest()
