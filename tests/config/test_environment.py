"""Settings come from the environment, and nonsense is refused."""

import stat
from pathlib import Path

import pytest

from cantiere.config import environment as env

Set = pytest.MonkeyPatch


def test_text_is_trimmed_and_has_a_default(monkeypatch: Set) -> None:
    monkeypatch.setenv("X_A", "  b ")
    assert (env.text("X_A"), env.text("X_NONE", "d")) == ("b", "d")


def test_a_secret_can_come_from_a_file(monkeypatch: Set, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("s3cret\n")
    monkeypatch.setenv("X_A", "other")
    monkeypatch.setenv("X_A_FILE", str(file))
    assert env.text("X_A") == "s3cret"


def test_a_secret_file_that_is_not_there_is_refused(monkeypatch: Set) -> None:
    monkeypatch.setenv("X_A_FILE", "/nowhere")
    with pytest.raises(env.UnsafeConfigurationError, match="X_A_FILE"):
        env.text("X_A")


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("YES", True), ("off", False), ("", True)])
def test_a_flag(monkeypatch: Set, value: str, *, expected: bool) -> None:
    monkeypatch.setenv("X_A", value)
    assert env.flag("X_A", default=True) is expected


@pytest.mark.parametrize("value", ["2", "vero", "y"])
def test_a_flag_that_is_neither_is_refused(monkeypatch: Set, value: str) -> None:
    monkeypatch.setenv("X_A", value)
    with pytest.raises(env.UnsafeConfigurationError, match="X_A"):
        env.flag("X_A")


def test_a_whole_number(monkeypatch: Set) -> None:
    monkeypatch.setenv("X_A", "3")
    assert (env.whole("X_A", 1), env.whole("X_NONE", 7)) == (3, 7)


@pytest.mark.parametrize("value", ["-1", "x", "1.5", "1", "²"])
def test_a_number_out_of_bounds_is_refused(monkeypatch: Set, value: str) -> None:
    monkeypatch.setenv("X_A", value)
    with pytest.raises(env.UnsafeConfigurationError, match="at least 2"):
        env.whole("X_A", 5, least=2)


def test_words_and_choices(monkeypatch: Set) -> None:
    monkeypatch.setenv("X_A", " a, b ,,c")
    assert env.words("X_A") == ["a", "b", "c"]
    assert env.choice("X_NONE", "a", {"a", "b"}) == "a"
    with pytest.raises(env.UnsafeConfigurationError, match="one of a, b"):
        env.choice("X_A", "a", {"a", "b"})


def test_a_secret_is_made_once_and_kept_private(monkeypatch: Set, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    first = env.kept_secret("X_A", folder)
    assert len(first) > 60
    assert env.kept_secret("X_A", folder) == first
    assert stat.S_IMODE((folder / "secret-key").stat().st_mode) == 0o600
    monkeypatch.setenv("X_A", "given")
    assert env.kept_secret("X_A", folder) == "given"


def test_a_secret_cut_short_by_a_crash_is_refused_not_used(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("")
    with pytest.raises(env.UnsafeConfigurationError, match="secret-key"):
        env.kept_secret("X_A", tmp_path)


def test_nothing_set_is_a_safe_sqlite(tmp_path: Path) -> None:
    found = env.database("", tmp_path)
    assert found["NAME"] == tmp_path / "cantiere.sqlite3"
    options = found["OPTIONS"]
    assert isinstance(options, dict)
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]


def test_postgresql_is_read_with_its_password(tmp_path: Path) -> None:
    found = env.database("postgresql://a%40b:p%2Fw@db:5433/name?sslmode=require", tmp_path)
    wanted = {"NAME": "name", "USER": "a@b", "PASSWORD": "p/w", "HOST": "db", "PORT": "5433"}
    assert {name: found[name] for name in wanted} == wanted
    assert found["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize(
    "url", ["mysql://x/y", "sqlite:///a", "postgresql://host", "postgresql://host:x/name"]
)
def test_another_database_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(env.UnsafeConfigurationError, match="DATABASE_URL"):
        env.database(url, tmp_path)
