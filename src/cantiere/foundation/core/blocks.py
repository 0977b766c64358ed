"""Markdown as blocks of plain data, for what is no page: a document on paper, another format.

A block is ``{"kind": "heading" | "paragraph" | "list" | "quote" | "table" | "code" | "rule", …}``; its words
are *runs*, ``{"text", "bold", "italic", "url"}``.
"""

from collections.abc import Iterable
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from cantiere.foundation.core import richtext

Block = dict[str, Any]
Run = dict[str, Any]
SCHEMES = ("https://", "http://", "mailto:", "tel:", "/")


def blocks(source: str, base: str = "") -> list[Block]:
    """The blocks of a text; ``base`` stands before addresses that begin with a slash."""
    tree = SyntaxTreeNode(richtext.parse(source))
    return [made for node in tree.children for made in _block(node, base)]


def _block(node: SyntaxTreeNode, base: str) -> Iterable[Block]:
    if node.type == "heading":
        yield {"kind": "heading", "level": int(node.tag[1]), "runs": _runs(node, base)}
    elif node.type == "paragraph":
        yield {"kind": "paragraph", "runs": _runs(node, base)}
    elif node.type in {"bullet_list", "ordered_list"}:
        items = [[made for child in item.children for made in _block(child, base)] for item in node.children]
        yield {"kind": "list", "ordered": node.type == "ordered_list", "items": items}
    elif node.type == "blockquote":
        inside = [made for child in node.children for made in _block(child, base)]
        yield {"kind": "quote", "blocks": inside}
    elif node.type == "table":
        rows = [
            [_runs(cell, base) for cell in row.children] for part in node.children for row in part.children
        ]
        yield {"kind": "table", "head": rows[0], "rows": rows[1:]}
    elif node.type in {"fence", "code_block"}:
        yield {"kind": "code", "text": node.content}
    elif node.type == "hr":
        yield {"kind": "rule"}


def _runs(node: SyntaxTreeNode, base: str) -> list[Run]:
    found: list[Run] = []
    for child in node.children:
        _gather(child, {"bold": False, "italic": False, "url": ""}, base, found)
    return found


def _gather(node: SyntaxTreeNode, style: Run, base: str, found: list[Run]) -> None:
    if node.type in {"text", "code_inline"}:
        found.append({"text": node.content, **style})
    elif node.type in {"softbreak", "hardbreak"}:
        found.append({"text": "\n" if node.type == "hardbreak" else " ", **style})
    else:
        inside = style | _STYLES.get(node.type, {})
        if node.type == "link":
            inside["url"] = _address(str(node.attrs.get("href", "")), base)
        for child in node.children:
            _gather(child, inside, base, found)


_STYLES: dict[str, Run] = {"strong": {"bold": True}, "em": {"italic": True}}


def _address(url: str, base: str) -> str:
    """Where a link leads; nowhere, if not to a page, a mailbox or a telephone."""
    if not url.startswith(SCHEMES) or url.startswith("//"):
        return ""
    return f"{base}{url}" if url.startswith("/") else url
