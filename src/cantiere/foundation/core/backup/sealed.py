"""An archive under a passphrase: AES-256-GCM in pieces, so that size does not matter.

Layout: magic, salt (16), nonce prefix (7); then pieces of at most 1 MiB, each with its tag. The nonce of a
piece is prefix + number (4) + 1 when it is the last, so pieces cannot be swapped, dropped or cut off.
"""

import hashlib
import os
import secrets
import struct
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"CANTIERE-SEALED-1\n"
PIECE = 1024 * 1024
TAG = 16


class WrongPassphraseError(Exception):
    """It does not open: another passphrase, or the file was changed."""


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    key = hashlib.scrypt(passphrase.encode(), salt=salt, n=2**16, r=8, p=1, dklen=32, maxmem=2**27)
    return AESGCM(key)


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, last)


def is_sealed(source: IO[bytes]) -> bool:
    """Whether the file begins as one of ours; the position is put back."""
    begins = source.read(len(MAGIC)) == MAGIC
    source.seek(0)
    return begins


def seal(source: IO[bytes], target: IO[bytes], passphrase: str) -> None:
    """Write ``source`` encrypted."""
    salt, prefix = os.urandom(16), secrets.token_bytes(7)
    target.write(MAGIC + salt + prefix)
    cipher, number, piece = _cipher(passphrase, salt), 0, source.read(PIECE)
    while True:
        following = source.read(PIECE)
        target.write(cipher.encrypt(_nonce(prefix, number, last=not following), piece, MAGIC))
        if not following:
            return
        number, piece = number + 1, following


def unseal(source: IO[bytes], target: IO[bytes], passphrase: str) -> None:
    """Write it in clear; :class:`WrongPassphraseError` at the first piece that does not fit."""
    source.read(len(MAGIC))
    salt, prefix = source.read(16), source.read(7)
    cipher, number, piece = _cipher(passphrase, salt), 0, source.read(PIECE + TAG)
    while True:
        following = source.read(PIECE + TAG)
        try:
            target.write(cipher.decrypt(_nonce(prefix, number, last=not following), piece, MAGIC))
        except InvalidTag as wrong:
            raise WrongPassphraseError from wrong
        if not following:
            return
        number, piece = number + 1, following
