"""What people do on the card of /my."""

from __future__ import annotations

from typing import Any

from cogs.subject_access.erasure import YOUR_CODE
from cogs.subject_access.my_card import CHOOSE, CODE, COPY, SEE
from tests.cogs.review.sitting import select_named
from tests.world import form_parts


async def press_in_my(person: Any, channel: Any, label: str) -> Any:
    """Open /my, and press a button of its card."""
    opened = await person.slash(channel, "my")
    return await person.click(opened.response.message, label=label)


async def see_data(person: Any, channel: Any) -> Any:
    """See all of what is stored."""
    return await press_in_my(person, channel, SEE)


async def get_copy(person: Any, channel: Any) -> dict[str, str]:
    """Get the files, by their names."""
    answer = await press_in_my(person, channel, COPY)
    (sent,) = (one for one in (answer.response, *answer.followups) if one is not None and one.attachments)
    assert sent.ephemeral
    return {file.filename: (await file.read()).decode() for file in sent.attachments}


async def open_erase(person: Any, channel: Any) -> Any:
    """Open the list of what can be erased."""
    return await press_in_my(person, channel, CHOOSE)


async def choose_group(person: Any, channel: Any, group: str) -> Any:
    """Choose a staff group, or none."""
    opened = await person.slash(channel, "my")
    found = select_named(opened.response.message, "my-choose-group")
    return await person.select(opened.response.message, [group], custom_id=found["custom_id"])


async def use_code(person: Any, channel: Any, code: str) -> Any:
    """Delete a private reply with a code."""
    form = await press_in_my(person, channel, CODE)
    assert form_parts(form).keys() == {"code"}
    assert YOUR_CODE in str(form.modal)
    return await person.submit_modal(form, {"code": code})
