import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaochi.core.seal import fingerprint, seal, unseal


@given(st.text(max_size=50))
def test_what_was_sealed_opens_again(text):
    assert unseal(seal(text, "contact"), "contact") == text


def test_the_sealed_bytes_do_not_hold_the_words_and_never_repeat():
    first, second = seal("00012345678", "contact"), seal("00012345678", "contact")
    assert b"12345678" not in first and first != second


def test_it_opens_only_with_its_purpose_and_its_key(settings):
    sealed = seal("words", "voice")
    with pytest.raises(ValueError, match="does not open"):
        unseal(sealed, "contact")
    settings.VAULT_KEY = b"another"
    with pytest.raises(ValueError, match="does not open"):
        unseal(sealed, "voice")


@pytest.mark.parametrize("place", [0, 5, -1])
def test_a_changed_byte_shows(place):
    sealed = bytearray(seal("words", "voice"))
    sealed[place] ^= 1
    with pytest.raises(ValueError):
        unseal(bytes(sealed), "voice")


def test_a_fingerprint_meets_only_its_equal(settings):
    assert fingerprint("a", "x") == fingerprint("a", "x")
    assert len({fingerprint("a", "x"), fingerprint("b", "x"), fingerprint("a", "y")}) == 3
    before = fingerprint("a", "x")
    settings.VAULT_KEY = b"another"
    assert fingerprint("a", "x") != before
