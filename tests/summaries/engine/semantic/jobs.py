"""Jobs for the worker that use a model."""

from __future__ import annotations

import sys

from bot.summaries.engine.semantic import load_encoder

NOT_WANTED = ("torch", "huggingface_hub", "httpx2", "requests", "discord", "sqlalchemy")


def cosines(directory: str, texts: list[str]) -> list[list[float]]:
    vectors = load_encoder(directory).encode(texts)
    rows: list[list[float]] = (vectors @ vectors.T).tolist()
    return rows


def unwanted_after_loading(directory: str) -> list[str]:
    load_encoder(directory)
    return [name for name in NOT_WANTED if name in sys.modules]


def encode_many(directory: str, count: int) -> int:
    texts = [f"Nurse number {n} waits for the rota. " * (1 + n % 50) for n in range(count)]
    return len(load_encoder(directory).encode(texts))


def compare_many(directory: str, count: int) -> int:
    texts = [f"the rota is late{'r' * (n % 9)} {'is ' * (n % 12)}{'the ' * (n // 12 % 12)}" for n in range(count)]
    return len(load_encoder(directory).encode(texts))
