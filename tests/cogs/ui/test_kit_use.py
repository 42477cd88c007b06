"""Cards and forms are made by the kit alone, so that each keeps to Discord's limits and looks like the others."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from cogs.ui.limits import LONGEST_FIELD_HINT, LONGEST_FIELD_LABEL, LONGEST_FORM_TITLE, count_units

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


def fixed_words(module: str, source: str) -> Iterator[tuple[int, str]]:
    """Find the titles, labels and hints of a module's forms that are the same for everybody, with their limits."""
    names = vars(importlib.import_module(module))
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        called = call.func.id if isinstance(call.func, ast.Name) else ""
        is_field = called == "field" or called.endswith("_field")
        words = [(LONGEST_FORM_TITLE, call.args[0])] if called == "form" and call.args else []
        words += [(LONGEST_FIELD_LABEL, call.args[0])] if is_field and call.args else []
        words += [(LONGEST_FIELD_HINT, part.value) for part in call.keywords if is_field and part.arg == "hint"]
        for limit, node in words:
            value = node.value if isinstance(node, ast.Constant) else names.get(getattr(node, "id", ""))
            if isinstance(value, str):
                yield limit, value


def test_the_words_of_a_form_are_short_enough_to_be_read_to_their_end() -> None:
    modules = {
        ".".join(path.relative_to(COGS.parent).with_suffix("").parts): path
        for path in COGS.rglob("*.py")
        if path.stem != "__init__"
    }
    words = [(limit, text) for name, path in modules.items() for limit, text in fixed_words(name, path.read_text())]
    assert len(words) > 100
    assert [text for limit, text in words if count_units(text) > limit] == []
