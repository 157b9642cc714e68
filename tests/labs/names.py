"""Which names a cell's code binds at its top, reads from there, and how it uses them."""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Collection, Iterator


def bound(source: str) -> set[str]:
    """Return the global names that a cell makes: by assignment, definition or import."""
    table = symtable.symtable(source, "<cell>", "exec")
    return {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}


def read(source: str) -> set[str]:
    """Return the global names that a cell reads, in functions too, without Python's own."""
    top = symtable.symtable(source, "<cell>", "exec")
    names = {s.get_name() for s in top.get_symbols() if s.is_referenced()}
    for table in _inner(top):
        names |= {s.get_name() for s in table.get_symbols() if s.is_global() and s.is_referenced()}
    return names - vars(builtins).keys()


def misused(source: str, names: Collection[str]) -> list[str]:
    """Return the passages of a test that do more with a student's name than a stand-in can.

    It may be called, and given to one of the `checks` (`checks.value` fetches it), no more.
    """
    tree = ast.parse(source)
    allowed = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            allowed.add(node.func)
            if ast.unparse(node.func).startswith("checks."):
                allowed |= {*node.args, *(word.value for word in node.keywords)}
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    return [
        f"line {node.lineno}: {ast.unparse(parents[node])}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id in names and node not in allowed
    ]


def handed_over(source: str, names: Collection[str]) -> list[str]:
    """Return the calls of a student's function in a test that hand it a function or a class."""
    tree = ast.parse(source)
    functions = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id not in names:
            continue
        arguments = [*node.args, *(word.value for word in node.keywords)]
        given = [a for a in arguments if isinstance(a, ast.Lambda)]
        given += [a for a in arguments if isinstance(a, ast.Name) and a.id in functions]
        found += [f"line {node.lineno}: {ast.unparse(node)}" for _ in given]
    return found


def _inner(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _inner(child)
