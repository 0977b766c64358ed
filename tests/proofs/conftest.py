"""Houses to be maltreated."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.proofs.house import House, postgres


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.database)])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Callable[..., House]]:
    """Builds houses; ends what runs in them."""
    with ExitStack() as stack:

        def make(engine: str = "sqlite", **settings: str) -> House:
            url = stack.enter_context(postgres()) if engine == "postgresql" else ""
            house = House(tmp_path / "data", url, **settings)
            stack.callback(house.close)
            return house

        yield make


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Prints a proof's figures past the capture."""

    def line(text: str) -> None:
        with capsys.disabled():
            print(f"\n{text}", flush=True)

    return line
