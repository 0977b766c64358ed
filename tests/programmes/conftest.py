"""What the tests of the workspace share."""

import pytest

from tests.factories import programmes as make
from tests.factories.accounts import signed_in


@pytest.fixture
def toy():
    """The toy kind, registered."""
    with make.toy() as kind:
        yield kind


@pytest.fixture
def desk(db):
    """A public programme and the browser of its coordinator."""
    programme = make.programme(title="Il fiume")
    return programme, signed_in(make.member(programme).person)
