"""/setup gives managers the documents for information governance, filled from the server's settings."""

from __future__ import annotations

import io
import zipfile

from cogs.setup.cards import GOVERNANCE
from tests.cogs.setup.steps import open_settings
from tests.world import World


async def test_a_manager_gets_the_documents_with_the_settings_as_they_are(world: World) -> None:
    await world.store.settings.change(
        world.guild.id, retention_days=90, contacts={"complaints": "complaints@riverside.example"}
    )

    result = await world.manager.click((await open_settings(world)).response, label=GOVERNANCE)

    answer = result.response
    assert answer.ephemeral
    assert "To fill in" in answer.content
    (attached,) = answer.attachments
    with zipfile.ZipFile(io.BytesIO(await attached.read())) as folder:
        notice = folder.read("governance/1-privacy-notice.md").decode()
        assert "governance/what-is-stored.csv" in folder.namelist()
    assert "in Riverside" in notice
    assert "are erased 90 days after their question closed" in " ".join(notice.split())
    assert "complaints@riverside.example" in notice.replace("\\", "")
