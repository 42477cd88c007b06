"""How many sentences stand in one draft group with their translation, with a model for many languages and without.

    python -m benchmarks.languages FOLDER

FOLDER is what WARD_MODEL names. People take turns in English and Welsh, on eight matters. The translations were made
for this project, so that a model cannot know them.
"""

from __future__ import annotations

import argparse

from bot.models.summaries import SummaryOptions
from bot.models.threads import Message, Thread
from bot.summaries import summarise

PAIRS = (
    (
        "The rota comes out too late to plan childcare.",
        "Mae’r rota’n dod allan yn rhy hwyr i drefnu gofal plant.",
    ),
    (
        "Nobody can book a dentist when the rota is not there.",
        "Does neb yn gallu trefnu deintydd pan nad yw’r rota yno.",
    ),
    ("Parking costs more than my lunch every day.", "Mae parcio’n costio mwy na fy nghinio bob dydd."),
    (
        "We never know who is in charge of the ward at night.",
        "Dydyn ni byth yn gwybod pwy sy’n rheoli’r ward yn y nos.",
    ),
    (
        "Handover takes too long since the new forms came.",
        "Mae trosglwyddo’n cymryd gormod o amser ers i’r ffurflenni newydd ddod.",
    ),
    (
        "Nurses are leaving because nobody listens to them.",
        "Mae nyrsys yn gadael gan nad oes neb yn gwrando arnynt.",
    ),
    (
        "Training was cut for all healthcare assistants.",
        "Cafodd hyfforddiant ei dorri i bob cynorthwyydd gofal iechyd.",
    ),
    (
        "The lifts in the old wing break down each month.",
        "Mae’r lifftiau yn yr hen adain yn torri i lawr bob mis.",
    ),
)


def report(model: str | None) -> str:
    """Return one line: how many pairs are together, and the sizes of all groups."""
    texts = [text for pair in PAIRS for text in pair]
    thread = Thread("languages", "What is it like?", tuple(Message(f"m{n}", f"p{n}", t) for n, t in enumerate(texts)))
    summary = summarise(thread, SummaryOptions(model=model, max_points=20))
    said = {message.id: message.text for message in thread.messages}
    groups = [{said[quote.message] for quote in (*point.quotes, *point.group)} for point in summary.points]
    together = sum(any(set(pair) <= group for group in groups) for pair in PAIRS)
    sizes = ", ".join(str(len(group)) for group in sorted(groups, key=len, reverse=True))
    return f"{summary.vectors}: {together} of {len(PAIRS)} with their translation; sizes of groups: {sizes}"


def main() -> None:
    """Print it without a model, and with the one that is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="the folder of a model, as WARD_MODEL names it")
    folder = parser.parse_args().folder
    print(report(None))
    print(report(folder))


if __name__ == "__main__":
    main()
