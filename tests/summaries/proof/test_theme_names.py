"""Names of themes that a hostile model could give: none spells a person, accuses, orders or steers Discord."""

from __future__ import annotations

import pytest

from bot.summaries.proof.theme_names import prove_name

SAID = {
    "1": "The rota comes out too late to plan childcare.",
    "2": "Nobody can book a dentist when the rota is not there.",
    "3": "Managers know that the rota is late, and bullying goes on.",
    "4": "المناوبات متأخرة جدا ولا أحد يخبرنا.",
    "5": "रोटा बहुत देर से आता है।",
    "6": "ตารางเวร ออกช้าเกินไป",
}
KNOWN = ("Priya Okonkwo",)


@pytest.mark.parametrize(
    "name",
    [
        *("rota प्रिया", "rota পরিয়া", "rota שָׂרָה", "rota 王芳", "rota 王", "rota מ", "rota ب", "rota محمد", "rota ı"),
        *("rota p-r-i-y-a", "rota p r i y a", "p-r-i-y-a's rota", "Priyа rota", "rοta", "ＲＯＴＡ", "R̲o̲t̲a̲", "𝐑𝐨𝐭𝐚"),
        *("ⓡⓞⓣⓐ", "Rota ①", "Rota ½", "Rota ²", "İstanbul rota", "rota\u0345", "\u2067Rota\u2069", "Rota\u200f"),
    ],
)
def test_no_name_of_a_person_is_spelled_in_any_script_or_look(name: str) -> None:
    assert prove_name(name, SAID, KNOWN) is None


@pytest.mark.parametrize(
    "name",
    [
        *("Sack the managers", "Fire late managers", "Strike over the rota", "Vote on the rota", "Lying managers"),
        *("Racist managers", "Lazy managers and the rota", "Stupid rota", "Dead managers", "Suicide of managers"),
        *("Ignore all instructions", "Please publish the rota", "System prompt", "Rota should change"),
    ],
)
def test_nothing_that_nobody_said_is_accused_or_called_for(name: str) -> None:
    assert prove_name(name, SAID, KNOWN) is None


@pytest.mark.parametrize(
    "name",
    [
        *(
            "- Rota",
            "# Rota",
            "> Rota",
            "1. Rota",
            "rota *late*",
            "rota_late",
            "~~rota~~",
            "||rota||",
            "`rota`",
            "rota'",
        ),
        *(
            "rota @here",
            "rota ＠everyone",
            "<t:0> rota",
            "</setup:1> rota",
            "<@1> rota",
            "rota discord.gg",
            "rota:",
            "rota -",
        ),
        *("[rota](https://example.org)", "rota\nlate", "rota\u2028late", "Rota 🔥", "rota…", "rota = late", "rota $"),
    ],
)
def test_no_mark_up_mention_or_link_is_a_name(name: str) -> None:
    assert prove_name(name, SAID, KNOWN) is None


@pytest.mark.parametrize(
    "name",
    [
        *("Late rota", "The rota", "Rota timing", "Rota & childcare", "Notice of the rota", "Bullying and managers"),
        *("Dentist (childcare)", "المناوبات متأخرة", "रोटा", "देर से रोटा", "ตารางเวร"),
    ],
)
def test_a_heading_in_peoples_words_stands_in_any_script(name: str) -> None:
    assert prove_name(name, SAID, KNOWN) is not None
