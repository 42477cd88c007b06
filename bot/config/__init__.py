"""The settings of one bot, read from the environment once; no other package looks at the environment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.config.credentials import KEY_BYTES, check_token, read_data_keys, read_secrets
from bot.config.databases import read_database, read_key_server, read_shards
from bot.config.declared import SECRETS, SETTINGS, Setting
from bot.config.environment import ServiceManager, read_environ, read_service_manager, read_value, refuse_unknown
from bot.config.language_model import read_endpoint
from bot.config.values import read_choice, read_folder, read_number, read_path_apart
from bot.models.database_server import DatabaseServer, Place, files_of
from bot.models.model_endpoint import ModelEndpoint
from bot.models.shards import EVERY_SHARD, Shards

__all__ = [
    "KEY_BYTES",
    "SECRETS",
    "SETTINGS",
    "Config",
    "ServiceManager",
    "Setting",
    "read_environ",
    "read_service_manager",
]

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOG_FORMATS = ("text", "json")


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting, checked. ``token`` and ``data_keys`` are never shown; they are empty if they are not needed.

    The first of ``data_keys`` writes, all of them open.
    """

    token: str = field(repr=False)
    data_keys: tuple[bytes, ...] = field(repr=False)
    database: Place
    prompt_keys: Path
    log_level: str
    worker_memory_mb: int
    worker_seconds: int
    model: Path | None = None
    erasures: Path | None = None
    backup_days: int = 30
    log_format: str = "text"
    metrics_port: int | None = None
    language_model: ModelEndpoint | None = None
    key_server: DatabaseServer | None = None
    shards: Shards = EVERY_SHARD

    @property
    def files(self) -> Path:
        """Return the path beside which this machine's own files of the database lie: its lock, and the bot's socket."""
        return files_of(self.database)

    @property
    def keys(self) -> Place:
        """Return where the keys of prompts and the journal of erasures are: in files, or on a server."""
        return self.key_server or self.prompt_keys

    @classmethod
    def from_environ(cls, environ: Mapping[str, str], *, without: Collection[str] = ()) -> Config:
        """Read and check every setting; ``without`` names required ones that may be missing.

        Raises SettingError, which names the setting and says what to do.
        """
        refuse_unknown(environ)
        environ = read_secrets(environ, without)
        values = {setting.name: read_value(setting, environ, without) for setting in SETTINGS}
        return cls(
            token=check_token(values["DISCORD_TOKEN"]) if values["DISCORD_TOKEN"] else "",
            data_keys=read_data_keys(values["WARD_DATA_KEY"]) if values["WARD_DATA_KEY"] else (),
            database=read_database(values),
            prompt_keys=read_path_apart("WARD_PROMPT_KEYS", "the keys", "prompt-keys/ward-to-board.db", values),
            erasures=read_path_apart("WARD_ERASURES", "the journal", "prompt-keys/ward-to-board.erasures", values)
            if values["WARD_ERASURES"]
            else None,
            backup_days=read_number("WARD_BACKUP_DAYS", values, range(1, 3651)),
            log_level=read_choice("WARD_LOG_LEVEL", values["WARD_LOG_LEVEL"].upper(), LOG_LEVELS),
            log_format=read_choice("WARD_LOG_FORMAT", values["WARD_LOG_FORMAT"].lower(), LOG_FORMATS),
            metrics_port=read_number("WARD_METRICS_PORT", values, range(1024, 65536))
            if values["WARD_METRICS_PORT"]
            else None,
            key_server=read_key_server(values, without),
            shards=read_shards(values),
            worker_memory_mb=read_number("WARD_WORKER_MEMORY_MB", values, range(256, 65537)),
            worker_seconds=read_number("WARD_WORKER_SECONDS", values, range(5, 3601)),
            model=read_folder("WARD_MODEL", values["WARD_MODEL"]),
            language_model=read_endpoint(values),
        )
