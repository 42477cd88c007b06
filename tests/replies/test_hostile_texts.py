"""No text makes the search for identifiers run away."""

import time

import pytest

from bot.replies.redaction.redact import redact

HOSTILE_LENGTH = 100_000
PLAIN = "We raised the rota with 2 managers in May, and all 14 of us wait. "
HOSTILE = {
    "homes in homes": "~/a",
    "addresses that abut": "@nhs",
    "births that abut": "dob 1/1/19",
    "links in links": "https://@",
    "links without a host": "https://",
    "files in files": "file://@",
    "phones behind points": "07700 900123.",
    "figures": "1",
    "single figures": "1 ",
    "zeros": "0 ",
    "phones": "07700 900123 ",
    "almost phones": "0161 496 01 ",
    "nhs numbers": "943 476 5919 ",
    "plus signs": "+44 (",
    "gaps": "1   -",
    "nines apart": "123 456 78    ",
    "at signs": "@",
    "local parts": "a.",
    "quotes": "a'",
    "almost addresses": "a@b.",
    "domains": "a@1.1",
    "spoken": "a.b at ",
    "brackets": "a[at]b[dot]",
    "links": "https://",
    "users": "https://a:",
    "bare links": "uk.",
    "www": "www.",
    "slashes": "/a.uk/",
    "postcodes": "SW1A 1A",
    "whole postcodes": "SW1A 1AA ",
    "almost insurance": "AB 12 34 5",
    "insurance": "ni AB 12 34 56",
    "birth": "born ",
    "dob": "d.o.b. 1/1/1",
    "dates": "1/1/1950 ",
    "named dates": "dob 1/1/1950 ",
    "months": "12 march 1",
    "titles": "Mr " + "A" * 30,
    "mentions": "<@1",
    "tokens": "<1",
    "books": "ISBN 1 ",
    "marks": "[NHS number removed]",
    "almost marks": "[NHS number ",
    "own words": "ward  ",
    "own spaces": " ",
    "joiners": "\u200c",
    "unseen marks": "1\u200d\u200b",
    "lines of figures": "943\n476\n",
    "days in words": "DOB twenty first may nineteen ",
    "spoken dots": "a.b at c dot ",
    "files": "file://",
    "servers": "\\\\a\\",
    "drives": "c:\\a b\\",
    "homes": "~/a/",
    "numbers of hospitals": "hosp no ",
    "registers": "MRN for him was ",
    "references": "MRN A12345/",
    "passcodes": "passcode aB",
    "meetings": "meeting id 1 1 1 ",
    "plates": "AB12 CDE ",
    "almost plates": "van reg AB12",
    "flats": "flat 1 ",
    "streets": "1 High Hill ",
    "homes in words": "lives at 1 high ",
    "capitals": "Ann Lee ",
    "patients": "Mr Lee, 84 ",
    "beds": "bed 4: Ann ",
    "figures in words": "one double ",
    "spelt addresses": "a dot b at c dot ",
    "wide signs": "\uff20\uff11\u00bd",
    "spaced letters": "S W 1 A 1 ",
    "pairs of figures": "1 1",
    "pairs with noughts": "0 1",
    "kinds of all sorts": "\uff20\uff11\u00bdno. dob 1/1/1950 \u00bd[/]no MRN may MRN A12345/",
    "houses": "Ann House, Ann ",
    "old plates": "car A12 ABC ",
}


def seconds(text: str) -> float:
    """The quicker of two times, of the processor alone."""
    times = []
    for _ in range(2):
        began = time.process_time()
        redact(text, ["ward x", "the unit"])
        times.append(time.process_time() - began)
    return min(times)


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.sampled(4)
def test_a_hostile_text_takes_no_more_than_a_bounded_multiple_of_a_plain_one(unit: str) -> None:
    """What grew with the square of the length would take tens of thousands of times as long."""
    plain = (PLAIN * (HOSTILE_LENGTH // len(PLAIN) + 1))[:HOSTILE_LENGTH]
    hostile = (unit * (HOSTILE_LENGTH // len(unit) + 1))[:HOSTILE_LENGTH]

    assert seconds(hostile) <= 300 * max(seconds(plain), 1e-3)


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.sampled(12)
def test_wherever_a_hostile_message_breaks_off_a_removal_does_not_bring_another_and_another(unit: str) -> None:
    """What counts at the end of a text was found before each mark too: "Mr Lee, 84 Mr Lee, 84" took a round a name."""
    plain = max(seconds((PLAIN * 70)[:4_000]), 1e-3)

    for end in range(len(unit)):
        assert seconds(unit * (4_000 // len(unit)) + unit[:end]) <= 300 * plain


def test_a_hundred_words_of_the_servers_own_do_not_make_a_hostile_text_slow() -> None:
    own = [f"a{' a' * (number % 25)} b{number}" for number in range(100)]
    began = time.process_time()
    redact("a " * 2_000, own)

    assert time.process_time() - began < 2
