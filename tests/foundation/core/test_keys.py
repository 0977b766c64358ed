"""Keys in addresses: only their digest is kept, and a digest opens nothing."""

from cantiere.foundation.core.keys import SecretConverter, digest_of, new_key


def test_keys_differ_and_fit_in_an_address():
    keys = {new_key() for _ in range(100)}
    assert len(keys) == 100
    assert {len(key) for key in keys} == {43}


def test_an_address_gives_the_digest_of_its_key():
    key = new_key()
    converter = SecretConverter()
    assert converter.to_url(key) == key
    assert converter.to_python(key) == digest_of(key) != key


def test_a_digest_is_no_key():
    import re

    assert re.fullmatch(SecretConverter.regex, digest_of(new_key())) is None
