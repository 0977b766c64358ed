import pytest
from django.core.exceptions import ValidationError

from cantiere.foundation.accounts import addresses


@pytest.mark.parametrize(
    "typed",
    [
        "mara@example.org",
        " Mara@Example.ORG ",
        "MARA@EXAMPLE.ORG",
        "ｍａｒａ@example.org",
        "mara@ｅxample.org",
        "mara@example。org",
    ],
)
def test_spellings_of_one_address_are_one(typed):
    assert addresses.valid(typed) == "mara@example.org"


def test_foreign_domain_is_kept_in_ascii():
    assert addresses.valid("mara@città.example") == "mara@xn--citt-3na.example"


@pytest.mark.parametrize(
    "typed",
    ["", "mara", "mara@", "@example.org", "màra@example.org", "mаra@example.org", "a@b@c.org", "a\n@b.org"],
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(ValidationError):
        addresses.valid(typed)


def test_aliases_share_a_mailbox():
    assert addresses.mailbox("Mara+one@example.org") == addresses.mailbox("mara+two@EXAMPLE.org")
    assert addresses.mailbox("mara@example.org") != addresses.mailbox("mara2@example.org")
