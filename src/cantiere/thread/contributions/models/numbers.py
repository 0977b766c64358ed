"""Random keys: a row's number must not tell when it was written, nor what was written beside it."""

import secrets

MOST = 10**15  # exact in any reader of JSON


def new_number() -> int:
    """A number nobody can guess from another one."""
    return 1 + secrets.randbelow(MOST)
