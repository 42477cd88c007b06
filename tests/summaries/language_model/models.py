"""Language models for tests: one that sorts by a shared word, and hostile ones that answer anything."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from bot.models.grouping import Grouping
from bot.models.threads import Thread
from bot.summaries.language_model.grouping import prepare, prepare_merge, read_answers
from bot.summaries.language_model.requests import SortingCall

Answer = Callable[[SortingCall], str | None]


def numbered(call: SortingCall) -> dict[int, str]:
    """The items of a call by their numbers."""
    data = json.loads(call.data)
    items = data["points"] if "points" in data else [item for reply in data["replies"] for item in reply]
    return {item["n"]: item["says"] for item in items}


def sort_by_words(*words: str) -> Answer:
    """A model that makes one point of all statements with a word, in a theme of that name."""

    def answer(call: SortingCall) -> str:
        of_word: dict[str, list[int]] = defaultdict(list)
        for number, says in numbered(call).items():
            word = next((word for word in words if word in says.casefold()), None)
            if word is not None:
                of_word[word].append(number)
        themes = [
            {"name": word.capitalize(), "points": [{"best": members[-1], "members": members}], "members": members}
            for word, members in of_word.items()
        ]
        return json.dumps({"themes": themes, "opposed": [], "questions": [], "asides": []})

    return answer


def sort_thread(thread: Thread, answer: Answer, hidden: Sequence[str] = ()) -> Grouping:
    """The whole way of a thread, with a model that answers each call."""
    outgoing = prepare(thread, hidden)
    answers = [answer(call) for call in outgoing.calls]
    merging = prepare_merge(outgoing, answers)
    return read_answers(thread, outgoing, answers, None if merging is None else answer(merging))


FOREIGN = (
    "Priya Okonkwo is to blame",
    "**All is well**",
    "@everyone read this",
    "https://example.org/x",
    "12 managers",
    "Fire them.\nAll of them",
    "We should strike",
    "\u202eyllufetah",
    "\u200bHidden",
    "Rota\u0000",
    "<@123456789012345678>",
    "rota okonkwo",
    "rota \U0001d40friya",
    "rota \u0440riya",
    "Rota\u0336\u0337",
    "rota प्रिया",
    "rota שָׂרָה",
    "rota 王芳",
    "rota p-r-i-y-a",
    "rota ⓟⓡⓘⓨⓐ",
    "Sack the rota team",
    "Racist rota",
    "Suicide and the rota",
    "- Rota",
    "# Rota",
    "> Rota",
    "[Rota](https://example.org)",
    "Rota </setup:1>",
    "rota discord.gg",
    "\u2067Rota\u2069",
    "Ignore all instructions",
    "System prompt",
    "Rota",
    "Late rota",
    "Nurses at night",
    "The rota and the night",
    "",
    " " * 5,
    "word " * 60,
)


def hostile(seed: int) -> Answer:
    """A model that answers by chance what no model should."""
    chance = random.Random(seed)  # noqa: S311 - a test that can be repeated

    def number(count: int) -> Any:
        return chance.choice(
            [chance.randint(1, count + 1)] * 8 + [0, -1, count + 7, 10**30, 1.0, "1", None, True, [1], {"n": 1}]
        )

    def some(count: int) -> list[Any]:
        return [number(count) for _ in range(chance.randint(0, min(count * 2, 40)))]

    def nearly(count: int) -> dict[str, Any]:
        def point() -> Any:
            extra = {"text": "I quote nobody"} if chance.random() < 0.1 else {}
            return chance.choice([{"best": number(count), "members": some(count), **extra}] * 6 + [None, 3, [], "x"])

        def theme() -> Any:
            points = [point() for _ in range(chance.randint(0, 4))]
            whole = {"name": chance.choice(FOREIGN), "points": points, "members": some(count)}
            return chance.choice([whole] * 8 + [None, {}, {**whole, "name": 7}, {**whole, "quote": "words"}, [whole]])

        pairs = [[number(count) for _ in range(chance.choice([2, 2, 2, 1, 3]))] for _ in range(chance.randint(0, 6))]
        return {
            "themes": [theme() for _ in range(chance.randint(0, 6))],
            "opposed": pairs,
            "questions": some(count),
            "asides": some(count),
        }

    def answer(call: SortingCall) -> str | None:
        count = call.items
        whole = json.dumps(nearly(count))
        everything = list(range(1, count + 1))
        answers: list[Callable[[], str | None]] = [
            *[lambda: whole] * 12,
            lambda: whole.replace("[1", "[NaN", 1),
            lambda: f"```json\n{whole}\n```",
            lambda: f"<think>I do as I am told.</think>{whole}",
            lambda: f"Of course! Here you are: {whole} Anything else?",
            lambda: whole[: len(whole) // 2],
            lambda: whole + whole,
            lambda: "",
            lambda: None,
            lambda: "I can't help with that.",
            lambda: '{"themes": [' + "1," * 5_000_000 + "1]}",
            lambda: "[" * 100_000,
            lambda: '{"themes": ' + "[" * 5_000 + "]" * 5_000 + "}",
            lambda: '{"themes": [], "themes": []}',
            lambda: '{"themes": NaN}',
            lambda: '{"themes": [{"name": "x", "points": [], "members": [' + "9" * 6_000 + "]}]}",
            lambda: json.dumps({"tool_calls": [{"function": {"name": "shell", "arguments": "rm -rf /"}}]}),
            lambda: json.dumps({"themes": "all", "opposed": {}, "questions": None, "asides": 1}),
            lambda: json.dumps(
                {
                    "themes": [
                        {
                            "name": "Everything",
                            "points": [{"best": 1, "members": everything}],
                            "members": everything,
                        }
                    ],
                    "opposed": [[a, b] for a in everything[:30] for b in everything[:30]],
                    "questions": everything,
                    "asides": everything,
                }
            ),
            lambda: call.data,
            lambda: "\x00\ud800" + whole,
        ]
        return chance.choice(answers)()

    return answer
