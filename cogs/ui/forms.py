"""Forms: their fields, and what a person sent with them. A sent form is read from its payload, never from memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import discord
from discord import ui

from cogs.ui.limits import (
    LONGEST_FIELD_HINT,
    LONGEST_FIELD_LABEL,
    LONGEST_FORM_TITLE,
    LONGEST_PLACEHOLDER,
    MOST_FIELDS,
    cut_to_units,
)
from cogs.ui.parts import custom_id, detach

Field = ui.Label[ui.Modal]
TEXT_INPUT = discord.ComponentType.text_input.value


def form(title: str, *route: object, fields: Sequence[Field], intro: str = "") -> ui.Modal:
    """Make a form that calls the handler which ``route`` names.

    ``intro`` is a text above the fields, which takes the room of one. Raises ValueError for more than five parts.
    """
    if not 1 <= len(fields) + bool(intro) <= MOST_FIELDS:
        raise ValueError(f"a form holds 1 to {MOST_FIELDS} fields")
    made = ui.Modal(title=cut_to_units(title, LONGEST_FORM_TITLE), custom_id=custom_id(str(route[0]), *route[1:]))
    if intro:
        made.add_item(ui.TextDisplay(intro))
    for each in fields:
        made.add_item(each)
    return detach(made)


def field(label: str, component: ui.Item[ui.Modal], hint: str = "") -> Field:
    """Give any component of a form its label and a hint below it."""
    return ui.Label(
        text=cut_to_units(label, LONGEST_FIELD_LABEL),
        description=cut_to_units(hint, LONGEST_FIELD_HINT) or None,
        component=component,
    )


def text_field(
    label: str,
    name: str,
    *,
    value: str = "",
    hint: str = "",
    placeholder: str = "",
    long: bool = False,
    required: bool = True,
    shortest: int | None = None,
    longest: int | None = None,
) -> Field:
    """Make a field to type into. ``value`` fills it; lengths are in characters."""
    typed: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=name,
        style=discord.TextStyle.long if long else discord.TextStyle.short,
        default=value or None,
        placeholder=cut_to_units(placeholder, LONGEST_PLACEHOLDER - 50) or None,
        required=required,
        min_length=shortest,
        max_length=longest,
    )
    return field(label, typed, hint)


def radio_field(
    label: str,
    name: str,
    options: Sequence[tuple[str, str]],
    *,
    chosen: str = "",
    hint: str = "",
    required: bool = True,
) -> Field:
    """Make a choice of one among a few: pairs of label and value."""
    group: ui.RadioGroup[ui.Modal] = ui.RadioGroup(custom_id=name, required=required)
    for text, value in options:
        group.add_option(label=text, value=value, default=value == chosen)
    return field(label, group, hint)


def select_field(
    label: str,
    name: str,
    options: Sequence[discord.SelectOption],
    *,
    hint: str = "",
    required: bool = True,
    most: int = 1,
) -> Field:
    """Make a choice among many; up to ``most`` of the options can be chosen."""
    chooser: ui.Select[ui.Modal] = ui.Select(
        custom_id=name, options=list(options), required=required, min_values=int(required), max_values=most
    )
    return field(label, chooser, hint)


def checkbox_field(label: str, name: str, *, checked: bool = False, hint: str = "") -> Field:
    """Make a box to tick."""
    box: ui.Checkbox[ui.Modal] = ui.Checkbox(custom_id=name, default=checked)
    return field(label, box, hint)


def file_field(label: str, name: str, *, hint: str = "", required: bool = True) -> Field:
    """Make a field for one file."""
    upload: ui.FileUpload[ui.Modal] = ui.FileUpload(
        custom_id=name, required=required, min_values=int(required), max_values=1
    )
    return field(label, upload, hint)


def form_values(interaction: discord.Interaction[Any]) -> dict[str, Any]:
    """Read what a person filled into a form, by field: a text, or for a choice of several a list of texts."""
    data: Any = interaction.data or {}
    return {name: _mend(value) for name, value in _walk(data.get("components", ()))}


def join_written(interaction: discord.Interaction[Any]) -> str:
    """Join all that a person typed into a form, to give it back to them; empty for a click."""
    data: Any = interaction.data or {}
    typed = (part.get("value") for part in _parts(data.get("components", ())) if part.get("type") == TEXT_INPUT)
    return "\n\n".join(_mend(value) for value in typed if isinstance(value, str) and value.strip())


def read_chosen_values(interaction: discord.Interaction[Any]) -> list[str]:
    """Read the values that a person chose in a select, without letters cut in half, which no select of ours holds."""
    data: Any = interaction.data or {}
    return [_mend(str(value)) for value in data.get("values", ())]


def sent_file(interaction: discord.Interaction[Any], name: str) -> dict[str, Any] | None:
    """Find the attachment, as Discord describes it, that came with a form's field; None if there is none."""
    given = form_values(interaction).get(name) or ()
    data: Any = interaction.data or {}
    attachment = data.get("resolved", {}).get("attachments", {}).get(str(given[0])) if given else None
    return None if attachment is None else dict(attachment)


def _mend(value: Any) -> Any:
    """Put a question mark in place of each half of a letter: JSON may hold one, and nothing could store it."""
    if isinstance(value, list):
        return [_mend(each) for each in value]
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _walk(components: Any) -> Iterator[tuple[str, Any]]:
    for part in _parts(components):
        yield part["custom_id"], part.get("value", part.get("values"))


def _parts(components: Any) -> Iterator[Any]:
    for component in components:
        if "component" in component:
            yield from _parts((component["component"],))
        if "components" in component:
            yield from _parts(component["components"])
        if "custom_id" in component:
            yield component
