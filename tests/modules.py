"""The modules of the product, as they stand in their files."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the product by its path from the project's folder."""
    paths = [path for folder in ("bot", "cogs") for path in (ROOT / folder).rglob("*.py")]
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_bytes()) for path in sorted(paths)}


def is_part(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")
