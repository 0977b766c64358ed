"""The recipe of ``docs/adding-an-activity.md``, followed to the letter, adds a kind that keeps the contract."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RECIPE = (ROOT / "docs" / "adding-an-activity.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^`(thermometers/[^`]+)`.*?\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
ELSEWHERE = re.compile(r"`src/cantiere/config/(\w+)\.py`[^\n]*\n\n```python\n(.*?)```", re.DOTALL)
FILES = dict(BLOCK.findall(RECIPE))

SETTINGS = """
import sys
import cantiere.activities
cantiere.activities.__path__.append({folder!r})
from cantiere.config.settings import *
INSTALLED_APPS = [*INSTALLED_APPS, {app}]
ROOT_URLCONF = "toy_urls"
"""
ADDRESSES = """
from django.urls import include, path
from cantiere.config.urls import urlpatterns as before
urlpatterns = [{address} *before]
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """The room in a folder of its own, the two lines in settings and addresses that add to the real ones."""
    folder = tmp_path_factory.mktemp("house")
    rooms = folder / "rooms"
    for name, text in FILES.items():
        file = rooms / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    lines = dict(ELSEWHERE.findall(RECIPE))
    (folder / "toy_settings.py").write_text(SETTINGS.format(folder=str(rooms), app=lines["settings"].strip()))
    (folder / "toy_urls.py").write_text(ADDRESSES.format(address=lines["urls"].strip()))
    return folder


def run(house, *words):
    """A command in the house with its room more, on a database of its own."""
    places = os.pathsep.join([str(house), str(ROOT / "src"), str(ROOT)])
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "toy_settings",
        "PYTHONPATH": places,
        "CANTIERE_DATA": str(house / "data"),
        "CANTIERE_SECRET_KEY": "only-for-tests-" + "x" * 50,
    }
    environment.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_the_recipe_has_every_file():
    assert sorted(FILES) == [
        "thermometers/__init__.py",
        "thermometers/actions.py",
        "thermometers/apps.py",
        "thermometers/forms.py",
        "thermometers/kind.py",
        "thermometers/models.py",
        "thermometers/templates/thermometers/detail.html",
        "thermometers/urls.py",
        "thermometers/views.py",
    ]


def test_the_room_takes_at_most_a_hundred_lines_and_two_elsewhere():
    written = [line for text in FILES.values() for line in text.splitlines() if line.strip()]
    elsewhere = [line for _file, text in ELSEWHERE.findall(RECIPE) for line in text.strip().splitlines()]
    assert (len(written) <= 100, len(elsewhere)) == (True, 2), len(written)


def test_followed_to_the_letter_it_keeps_the_contract(house):
    (house / "data").mkdir()
    made = run(house, "-m", "django", "makemigrations", "thermometers")
    assert made.returncode == 0, made.stdout + made.stderr
    migrated = run(house, "-m", "django", "migrate", "--verbosity", "0")
    assert migrated.returncode == 0, migrated.stdout + migrated.stderr
    proof = run(
        house, "-m", "pytest", "tests/programmes/test_kind_contract.py", "-q", "-p", "no:cacheprovider", "-k",
        "thermometer or costs_the_same or there_are_kinds", "--ds", "toy_settings",
    )  # fmt: skip
    told = proof.stdout + proof.stderr
    assert proof.returncode == 0, told
    found = re.search(r"(\d+) passed", told)
    assert found
    assert int(found[1]) >= 16, told


def test_its_pages_work(house):
    proof = run(house, "-m", "pytest", "tests/programmes/toy_thermometer.py", "-q", "-p", "no:cacheprovider",
                "--ds", "toy_settings")  # fmt: skip
    assert proof.returncode == 0, proof.stdout + proof.stderr


def test_the_code_of_the_recipe_is_in_order(house):
    rules = ["check", "--config", str(ROOT / "pyproject.toml"), "--exclude", "migrations"]
    checked = run(house, "-m", "ruff", *rules, str(house / "rooms"))
    assert checked.returncode == 0, checked.stdout
