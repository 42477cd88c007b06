"""Every setting of the program: its name, what it is where it is left out, and what it is for."""

from __future__ import annotations

from typing import NamedTuple

from bot.models.model_endpoint import CALLS_AT_ONCE, SECONDS, WORDS_A_DAY


class Setting(NamedTuple):
    """A setting from the environment. ``default`` is None if it is required, and empty if it is optional."""

    name: str
    default: str | None
    meaning: str


SETTINGS = (
    Setting(
        "DISCORD_TOKEN", None, "The bot’s token, from the Bot page of the Discord developer portal. Keep it secret."
    ),
    Setting(
        "DISCORD_TOKEN_FILE",
        "",
        "A file with the token, in place of DISCORD_TOKEN: for systemd's credentials and Docker's secrets.",
    ),
    Setting(
        "WARD_DATA_KEY",
        None,
        "The key that encrypts replies: 32 bytes in base64. You can give several keys, with commas between them: the "
        "first encrypts what is new, and all of them open what is stored. Keep a copy in another place than the "
        "database. Without the key, nobody can read the replies again.",
    ),
    Setting("WARD_DATA_KEY_FILE", "", "A file with the data key, in place of WARD_DATA_KEY."),
    Setting(
        "WARD_DATABASE",
        "data/ward-to-board.db",
        "The file of the database, or the address of a PostgreSQL database: postgresql://user:password@host/name.",
    ),
    Setting(
        "WARD_DATABASE_FILE",
        "",
        "A file with the address of the PostgreSQL database, in place of WARD_DATABASE, since it holds a password.",
    ),
    Setting(
        "WARD_DATABASE_DIRECT",
        "",
        "The server's own address, if WARD_DATABASE leads to a connection pooler such as PgBouncer.",
    ),
    Setting("WARD_DATABASE_DIRECT_FILE", "", "A file with that address, in place of WARD_DATABASE_DIRECT."),
    Setting(
        "WARD_SHARDS",
        "1",
        "How many shards Discord parts the bot’s servers into (1 to 1000). Up to 2,000 servers need one. The same "
        "number for every process.",
    ),
    Setting(
        "WARD_SHARDS_HELD",
        "all",
        "The shards that this process runs, such as 0,1 or 0-7. It runs others only while no other process does. With "
        "a database in a file, one process runs all.",
    ),
    Setting(
        "WARD_PROMPT_KEYS",
        "prompt-keys/ward-to-board.db",
        "The file of the keys that hide who sends private replies. It can't be in the database's folder or below it. "
        "Never back it up.",
    ),
    Setting(
        "WARD_KEYS",
        "",
        "For two machines that share a PostgreSQL database: the address of a small PostgreSQL server of its own for "
        "these keys and the journal of erasures, in place of files. Never back it up.",
    ),
    Setting(
        "WARD_KEYS_FILE",
        "",
        "A file with the address of the server of the keys, in place of WARD_KEYS, since it holds a password.",
    ),
    Setting(
        "WARD_ERASURES",
        "",
        "The file of the journal of erasures, which keeps an old copy of the database from bringing erased people "
        "back. It can't be in the database's folder or below it. If you leave this out, the file is next to "
        "WARD_PROMPT_KEYS.",
    ),
    Setting(
        "WARD_BACKUP_DAYS",
        "30",
        "How many days you keep backups (1 to 3650). The journal of erasures goes back as far.",
    ),
    Setting("WARD_LOG_LEVEL", "INFO", "How much is logged: DEBUG, INFO, WARNING, ERROR or CRITICAL."),
    Setting(
        "WARD_LOG_FORMAT", "text", "How the log is written: text for people, or json with one object on each line."
    ),
    Setting(
        "WARD_METRICS_PORT",
        "",
        "The port on this machine, from 1024 to 65535, at which Prometheus can read how the bot is doing. Left out, it "
        "can't.",
    ),
    Setting(
        "WARD_WORKER_MEMORY_MB",
        "1024",
        "The most memory that one job can use, in megabytes (256 to 65536).",
    ),
    Setting("WARD_WORKER_SECONDS", "60", "The longest that one job can take, in seconds (5 to 3600)."),
    Setting(
        "WARD_MODEL",
        "",
        "The folder of a sentence-transformers model, for summaries that compare meanings as well as words. "
        "Without it, they compare words.",
    ),
    Setting(
        "WARD_LLM_URL",
        "",
        "The address of a language model that sorts replies: any endpoint of the OpenAI kind, such as "
        "http://127.0.0.1:8080/v1. Without it, none is used. With it, each server still has to switch it on.",
    ),
    Setting("WARD_LLM_MODEL", "", "The model’s name at that address."),
    Setting("WARD_LLM_KEY", "", "The key for that address, if it asks for one. Keep it secret."),
    Setting("WARD_LLM_KEY_FILE", "", "A file with that key, in place of WARD_LLM_KEY."),
    Setting(
        "WARD_LLM_HOST_APPROVED",
        "",
        "The host in WARD_LLM_URL, once more, if replies may leave your own network for it. This machine and private "
        "networks don't need it.",
    ),
    Setting(
        "WARD_LLM_RUN_BY",
        "",
        "Who runs the model, as people read it on cards. If you leave this out, it is the data controller in /setup.",
    ),
    Setting(
        "WARD_LLM_WORDS_A_DAY",
        str(WORDS_A_DAY),
        "The most words that go to the language model in one day (1000 to 100000000).",
    ),
    Setting(
        "WARD_LLM_SECONDS", str(SECONDS), "The longest that one answer of the language model can take (5 to 3600)."
    ),
    Setting(
        "WARD_LLM_CALLS", str(CALLS_AT_ONCE), "How many questions the language model gets at the same time (1 to 16)."
    ),
)


SECRETS = ("DISCORD_TOKEN", "WARD_DATA_KEY", "WARD_DATABASE", "WARD_DATABASE_DIRECT", "WARD_KEYS", "WARD_LLM_KEY")
"""The settings that may also be given as a file, which a setting that ends in _FILE names."""
