"""What keeps the house readable: short files, short functions, short templates, telling names."""

import re

from tests.architecture.source import ROOT, SOURCE, functions, modules, short, templates

JUNK = {"utils.py", "helpers.py", "misc.py", "common.py", "tools.py"}


def lines(file):
    return len(file.read_text(encoding="utf-8").splitlines())


def test_no_file_is_longer_than_400_lines():
    assert {short(file): lines(file) for file in modules() if lines(file) > 400} == {}


def test_no_function_is_longer_than_50_lines():
    long = {
        f"{short(file)}:{node.name}": node.end_lineno - node.lineno + 1
        for file in modules()
        for node in functions(file)
        if node.end_lineno - node.lineno + 1 > 50
    }
    assert long == {}


def test_no_template_is_longer_than_150_lines():
    assert {short(file): lines(file) for file in templates() if lines(file) > 150} == {}


def test_settings_stay_under_300_lines():
    assert lines(SOURCE / "config" / "settings.py") < 300


def test_no_drawer_for_odds_and_ends():
    assert [short(file) for file in modules() if file.name in JUNK] == []


def test_every_package_says_in_one_sentence_what_it_is():
    mute = [
        short(file)
        for file in modules()
        if file.name == "__init__.py"
        and not file.read_text(encoding="utf-8").lstrip().startswith('"""')
        and file.parent.name not in {"templatetags", "commands", "management", "formats", "it", "en"}
    ]
    assert mute == []


def test_scripts_are_short_and_run_from_anywhere():
    scripts = [file for file in (ROOT / "script").iterdir() if file.suffix == "" and file.is_file()]
    assert {file.name: lines(file) for file in scripts if lines(file) > 40} == {}
    assert [
        file.name
        for file in scripts
        if not re.match(r"#!/(usr/bin/env (bash|python)|bin/sh)", file.read_text())
    ] == []
