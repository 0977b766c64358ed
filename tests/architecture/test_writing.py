"""Writes live in actions: views decide, forms validate, models describe."""

import ast

from tests.architecture.source import modules, short, tree

WRITES = {
    "create",
    "bulk_create",
    "get_or_create",
    "update_or_create",
    "save",
    "delete",
    "bulk_update",
    "update",
}
SPEAKING = {"views", "forms", "urls", "feeds", "queries", "permissions"}


def speaks(file):
    return file.stem in SPEAKING or bool(SPEAKING & set(file.parts))


def writes(file):
    for node in ast.walk(tree(file)):
        if not (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
        ):
            continue
        receiver = ast.unparse(node.func.value)
        if "objects" in receiver or "_default_manager" in receiver or node.func.attr in {"save", "delete"}:
            if receiver.startswith(("request.session", "super()", "image", "picture")):
                continue
            yield f"{short(file)}:{node.lineno} {receiver}.{node.func.attr}"


def test_views_forms_and_permissions_never_write():
    assert [found for file in modules() if speaks(file) for found in writes(file)] == []


def test_models_never_write_elsewhere():
    inside = [file for file in modules() if file.stem == "models" or "models" in file.parts]
    found = [row for file in inside for row in writes(file) if ".objects." in row]
    assert found == []


def test_no_signals_of_our_own():
    own = [
        short(file)
        for file in modules()
        if "Signal(" in file.read_text(encoding="utf-8")
        or ("@receiver" in file.read_text(encoding="utf-8") and file.stem != "receivers")
    ]
    assert own == []


def test_nobody_reaches_a_model_by_its_name():
    allowed = {"foundation/core/personal_data.py"}
    found = [short(file) for file in modules() if "get_model(" in file.read_text(encoding="utf-8")]
    assert set(found) - allowed == set()


def test_raw_sql_stands_only_in_the_mechanisms():
    found = [
        short(file)
        for file in modules()
        if any(word in file.read_text(encoding="utf-8") for word in (".raw(", ".extra(", "RawSQL("))
    ]
    assert found == []
