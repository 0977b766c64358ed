"""The source as tests look at it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "cantiere"


def modules() -> list[Path]:
    """Every Python file of the product, migrations left out."""
    return sorted(file for file in SOURCE.rglob("*.py") if "migrations" not in file.parts)


def templates() -> list[Path]:
    """Every template."""
    return sorted(file for file in SOURCE.rglob("templates/**/*") if file.is_file())


def tree(file: Path) -> ast.Module:
    """A file's syntax."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, methods too."""
    return (node for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def short(file: Path) -> str:
    """A path as a reader names it."""
    return str(file.relative_to(SOURCE))
