"""The documentation says what is there: variables, commands, rules, files, and no more."""

import ast
import functools
import os
import re
from io import StringIO

import polib
import pytest
import yaml
from django.core.management import call_command

from cantiere.engine.readability import gulpease
from cantiere.foundation.core import access
from tests.architecture.source import ROOT, SOURCE, modules, tree

DOCS = ROOT / "docs"
OPERATIONS = DOCS / "operations.md"
GUIDE = sorted((DOCS / "guida").glob("*.md"))
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")] + sorted(
    DOCS.rglob("*.md")
)
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
READERS = {"text", "flag", "whole", "words", "choice", "kept_secret"}


def read(file):
    return file.read_text(encoding="utf-8")


def named(file):
    return str(file.relative_to(ROOT))


# Variables -------------------------------------------------------------------------------------


def variables():
    """Every variable that is read, with its default where the code writes one out."""
    found = {}
    for file in modules():
        for node in ast.walk(tree(file)):
            name = _from_our_reader(node) or _from_the_environment(node)
            if name:
                found.setdefault(name, _default(node))
    return found


def _from_our_reader(node):
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    ours = isinstance(node.func.value, ast.Name) and node.func.value.id == "env"
    return _word(node.args[0]) if ours and node.func.attr in READERS else None


def _from_the_environment(node):
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
        return _word(node.slice)
    if isinstance(node, ast.Call) and ast.unparse(node.func) in {"os.environ.get", "os.getenv"}:
        return _word(node.args[0])
    return None


def _word(node):
    return node.value if isinstance(node, ast.Constant) else None


def _default(node):
    if not isinstance(node, ast.Call) or len(node.args) < 2:
        return None
    return _word(node.args[1])


def documented_variables():
    """Rows of the tables of operations.md that begin with a variable: name and default."""
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.*?) \| (.+?) \|$", read(OPERATIONS), re.MULTILINE)
    return {name: default for name, default, _meaning in rows}


def test_every_variable_is_documented_and_no_other():
    assert set(documented_variables()) == set(variables())


def test_every_variable_named_in_the_text_is_read():
    texts = [OPERATIONS, *sorted((DOCS / "examples").iterdir())]
    words = {
        word for file in texts for word in re.findall(r"\b(?:CANTIERE_[A-Z_]+|[A-Z]+_URL)\b", read(file))
    }
    assert {word.removesuffix("_FILE") for word in words} - set(variables()) == set()


def test_every_default_is_the_one_in_the_code():
    told = documented_variables()
    written = {name: str(default) for name, default in variables().items() if default not in (None, "")}
    assert {name: told[name] for name in written if f"`{written[name]}`" not in told[name]} == {}


# Commands and rules ----------------------------------------------------------------------------


def commands():
    return sorted(
        file.stem for file in SOURCE.rglob("management/commands/*.py") if not file.stem.startswith("_")
    )


def test_every_command_is_documented():
    assert [name for name in commands() if f"| `cantiere {name}` |" not in read(OPERATIONS)] == []


def test_no_command_is_documented_that_is_not_there():
    django = {"check", "shell", "migrate"}
    told = {
        word for file in PAGES for word in re.findall(r"(?:`cantiere|cantiere-admin) ([a-z]+)", read(file))
    }
    assert told - set(commands()) - django == set()


def test_permissions_are_as_the_code_says():
    printed = StringIO()
    call_command("permissions", stdout=printed)
    assert read(DOCS / "permissions.md") == printed.getvalue()


def test_every_rule_has_one_sentence():
    page = read(DOCS / "permissions.md")
    assert [
        name for name, rule in access.rules().items() if f"| `{name}` | {rule.__doc__} |" not in page
    ] == []


# Files that others rely on ---------------------------------------------------------------------


def test_decisions_are_numbered_without_gaps():
    numbers = [int(file.name[:4]) for file in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("file", DECISIONS, ids=lambda file: file.stem)
def test_decision_has_its_parts(file):
    text = read(file)
    assert text.startswith(f"# {int(file.name[:4])}. ")
    parts = [part for part in re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) if part != "Options"]
    assert parts == ["Context", "Decision", "Cost"]


def test_the_two_commands_of_the_readme_are_there():
    block = re.search(r"```sh\n(.*?)```", read(ROOT / "README.md"), re.DOTALL)[1]
    scripts = [line.split()[0] for line in block.splitlines()]
    assert scripts == ["script/server", "script/test"]
    assert [name for name in scripts if not os.access(ROOT / name, os.X_OK)] == []


def test_every_script_named_is_there():
    named_scripts = {word for file in PAGES for word in re.findall(r"`(script/[a-z]+)", read(file))}
    assert sorted(word for word in named_scripts if not os.access(ROOT / word, os.X_OK)) == []


def anchors(file):
    """The anchors that headings of a page get where repositories are read."""
    headings = re.findall(r"^#+ (.+)$", read(file), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_internal_links_lead_somewhere():
    broken = []
    for file in PAGES:
        text = re.sub(r"`[^`\n]*`", "", read(file))
        for path, anchor in re.findall(r"\]\(([^)#\s:]*)(?:#([^)\s]+))?\)", text):
            target = (file.parent / path).resolve() if path else file
            if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
                broken.append(f"{named(file)}: {path}#{anchor}")
    assert broken == []


def test_publiccode_has_what_version_0_7_asks():
    code = yaml.safe_load(read(ROOT / "publiccode.yml"))
    asked = {
        "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description",
        "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert asked - set(code) == set()
    assert code["publiccodeYmlVersion"] == "0.7.0"
    assert code["legal"]["license"] == "AGPL-3.0-or-later"
    assert code["maintenance"]["contacts"]
    assert code["localisation"]["localisationReady"] is True
    assert set(code["description"]) == set(code["localisation"]["availableLanguages"])
    for words in code["description"].values():
        assert 0 < len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10_000
        assert words["features"]


def test_changelog_has_a_place_for_what_comes_next():
    assert re.findall(r"^## (.+)$", read(ROOT / "CHANGELOG.md"), re.MULTILINE)[0] == "Unreleased"


def test_glossary_names_what_the_code_has():
    classes = {
        node.name for file in modules() for node in ast.walk(tree(file)) if isinstance(node, ast.ClassDef)
    }
    told = re.findall(r"^\| `(\w+)` \|", read(DOCS / "glossary.md"), re.MULTILINE)
    assert len(told) > 10
    assert [name for name in told if name not in classes] == []


# The guide -------------------------------------------------------------------------------------


def prose(file):
    """What is read of a page of the guide: without pictures, addresses and marks."""
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", read(file))
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^\|[-| ]+\|$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^(?=[-#|]|\d\. )", "\n", text, flags=re.MULTILINE)
    return re.sub(r"[*`#|>_]", " ", text)


@pytest.mark.parametrize("file", GUIDE, ids=lambda file: file.stem)
def test_guide_is_easy_to_read(file):
    assert gulpease(prose(file)) >= 60


def test_guide_is_whole_and_names_its_licence():
    names = [
        "README.md", "amministrare.md", "censimento.md", "importare.md", "innovatori.md",
        "laboratori-conduzione.md", "laboratori-dopo.md", "laboratori.md", "partecipare.md", "redazione.md",
    ]  # fmt: skip
    assert [file.name for file in GUIDE] == names
    assert "CC BY 4.0" in read(DOCS / "guida" / "README.md")


@functools.cache
def labels():
    """What the interface says in Italian, in lower case and without the full stop."""
    said = set()
    for catalogue in SOURCE.rglob("locale/it/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(catalogue)):
            said |= {plain(words) for words in (entry.msgstr, *entry.msgstr_plural.values())}
    return said


def plain(words):
    return words.replace("’", "'").strip(" .:").lower()


@pytest.mark.parametrize("file", GUIDE, ids=lambda file: file.stem)
def test_words_in_bold_are_those_of_the_interface(file):
    told = re.findall(r"\*\*(.+?)\*\*", read(file))
    assert [words for words in told if plain(words) not in labels() | {"in grassetto"}] == []


def test_guide_never_says_utente():
    assert [file.name for file in GUIDE if re.search(r"\butent[ei]\b", read(file), re.IGNORECASE)] == []


def test_pictures_are_light_and_used():
    pictures = sorted((DOCS / "images").glob("*.png"))
    texts = "".join(read(file) for file in PAGES)
    assert {file.name: file.stat().st_size for file in pictures if file.stat().st_size > 150_000} == {}
    assert [file.name for file in pictures if file.name not in texts] == []
    assert len(pictures) <= 8
