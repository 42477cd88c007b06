"""Cards and forms are made by the kit alone, so that each keeps to Discord's limits and looks like the others."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

COGS = Path(__file__).parents[3] / "cogs"
PARTS = {
    *("LayoutView", "View", "Modal", "Container", "TextDisplay", "Separator", "MediaGallery", "ActionRow"),
    *("Button", "Select", "Label", "TextInput", "RadioGroup", "FileUpload", "SelectOption"),
}
"""What discord.py makes cards and forms of."""


def made_parts(source: str) -> set[str]:
    """Name the parts that a module makes itself: ``ui.Button(…)``, but not what the kit calls so."""
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    called = (func.value if isinstance(func, ast.Subscript) else func for func in calls)
    return {func.attr for func in called if isinstance(func, ast.Attribute)} & PARTS


@pytest.mark.parametrize("step", ["board", "review", "summaries"])
def test_a_step_makes_its_cards_and_forms_with_the_kit(step: str) -> None:
    modules = sorted((COGS / step).glob("*.py"))
    assert modules
    assert {path.name: made for path in modules if (made := made_parts(path.read_text()))} == {}


def test_what_is_made_without_the_kit_is_seen() -> None:
    assert made_parts("from discord import ui\nui.Button(label='a')\nui.ActionRow[ui.LayoutView]()") == {
        "Button",
        "ActionRow",
    }
