"""A PostgreSQL server of the tests' own: on a socket in a folder of its own, stopped and started as the tests want.

It keeps nothing safe from a power cut, which makes it quick, and sorts text as people do, which is where a query that
relies on SQLite's order goes wrong.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql

from bot.models.database_server import DatabaseServer
from tests.servers.ports import free_port

OLDEST = 15
NO_SERVER = f"there is no PostgreSQL {OLDEST} here: install Debian's postgresql, or put initdb and pg_ctl on the PATH"
NO_ROOT_USER = "postgres"
PLACE = "/tmp"  # noqa: S108 - each server makes a new folder in it
SETTINGS = (
    "fsync=off",
    "full_page_writes=off",
    "max_connections=60",
    "autovacuum=off",
    "log_min_messages=fatal",
    "password_encryption=scram-sha-256",
)


@cache
def find_programs() -> Path | None:
    """The folder of the newest PostgreSQL's programs; None where there is none, or this user could not run it."""
    if os.geteuid() == 0 and not (_is_user(NO_ROOT_USER) and shutil.which("setpriv")):
        return None
    on_path = shutil.which("initdb")
    if on_path and shutil.which("pg_ctl"):
        programs = Path(on_path).resolve().parent
        said = subprocess.run([on_path, "--version"], capture_output=True, text=True, check=False).stdout
        version = re.search(r"\d+", said)
        return programs if version and int(version[0]) >= OLDEST else None
    # Debian puts what only connects to a server in there too.
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    return found[-1].parent if found and int(found[-1].parts[-3]) >= OLDEST else None


class PostgresServer:
    """One server, with a folder and a port of its own. ``password`` is that of its user over TCP."""

    password = "correct horse"

    def __init__(
        self, programs: Path, settings: Sequence[str] = SETTINGS, made_with: Sequence[str] = (), folder: str = PLACE
    ) -> None:
        self._programs = programs
        self.settings = list(settings)
        self.folder = Path(tempfile.mkdtemp(prefix="ward-pg-", dir=folder))  # a socket's path has to be short
        self.data = self.folder / "data"
        self.port = free_port()
        secret = self.folder / "password"
        secret.write_text(self.password)
        secret.chmod(0o644)
        self._run(
            "initdb",
            *("-D", str(self.data), "-U", "ward", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"),
            *("--locale-provider=icu", "--icu-locale=en-GB"),
            *("--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={secret}"),
            *made_with,
        )
        self._made = 0

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        own = (f"unix_socket_directories={self.folder}", "listen_addresses=127.0.0.1", f"port={self.port}")
        options = " ".join(f"-c {setting}" for setting in (*self.settings, *own))
        self._run("pg_ctl", "-D", str(self.data), "-l", str(self.folder / "log"), "-w", "-o", options, "start")

    def stop(self, *, how: str = "fast") -> None:
        """Stop it: "fast" ends all connections, "immediate" is as if it was killed."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-m", how, "stop")

    def is_running(self) -> bool:
        """Say whether it runs."""
        return (self.data / "postmaster.pid").exists()

    def destroy(self) -> None:
        """Stop it if it runs, and delete its folder."""
        if self.is_running():
            self.stop(how="immediate")
        shutil.rmtree(self.folder)

    def url(self, name: str, user: str = "ward") -> str:
        """The address of a database, by the socket, without a password."""
        return f"postgresql://{user}@/{name}?host={quote(str(self.folder))}&port={self.port}"

    def url_over_tcp(self, name: str, port: int | None = None, user: str = "ward") -> str:
        """The same by the network, with the password."""
        return f"postgresql://{user}:{quote(self.password)}@127.0.0.1:{port or self.port}/{name}"

    def new_database(self, name: str = "", template: str = "template0") -> str:
        """Make a database, and return its name."""
        self._made += 1
        name = name or f"ward_{os.getpid()}_{self._made}"
        self.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is connected to it."""
        self.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def execute(self, statement: sql.Composed | str, name: str = "postgres") -> list[tuple[object, ...]]:
        """Run one statement in a database, and return its rows if it has any."""
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def _run(self, program: str, *arguments: str) -> None:
        command = hand_over(self.folder, [str(self._programs / program), *arguments])
        # The server keeps what it is given open, so a pipe would never end.
        with (self.folder / "said").open("wb") as said:
            done = subprocess.run(command, stdout=said, stderr=subprocess.STDOUT, cwd="/", check=False)
        if done.returncode:
            raise RuntimeError((self.folder / "said").read_text() + _tail(self.folder / "log"))


def skip_without_programs() -> None:
    """Skip the test that runs, and say why, where there is nothing to start a server with."""
    if find_programs() is None:
        pytest.skip(NO_SERVER)


@cache
def shared_server() -> PostgresServer:
    """The server that the tests of this process share. It is started when the first asks for it."""
    programs = find_programs()
    assert programs is not None, NO_SERVER
    server = PostgresServer(programs)
    server.start()
    return server


def end_shared_server() -> None:
    """Stop the shared server, if there is one."""
    if shared_server.cache_info().currsize:
        shared_server().destroy()
        shared_server.cache_clear()


@contextmanager
def new_server_database(server: PostgresServer, files: Path) -> Iterator[DatabaseServer]:
    """An empty database, which is dropped at the end."""
    name = server.new_database()
    try:
        yield DatabaseServer(server.url(name), files)
    finally:
        server.drop(name)


@contextmanager
def filled_up(server: PostgresServer, name: str) -> Iterator[None]:
    """Take every connection that a server has, with those to a database."""
    held: list[psycopg.Connection[tuple[object, ...]]] = []

    def fill() -> None:
        try:
            while True:
                held.append(psycopg.connect(server.url("postgres"), autocommit=True))
        except psycopg.OperationalError as error:
            if "too many clients" not in str(error):
                raise

    fill()
    held[0].execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", (name,))
    fill()
    try:
        yield
    finally:
        for connection in held:
            connection.close()


def _is_user(name: str) -> bool:
    return any(user.pw_name == name for user in pwd.getpwall())


def _tail(log: Path) -> str:
    return log.read_text()[-2000:] if log.exists() else ""


def hand_over(folder: Path, command: list[str]) -> list[str]:
    """Return a command as it is run by who may: these programs refuse root, who lets their folder go."""
    if os.geteuid() != 0:
        return command
    owner = pwd.getpwnam(NO_ROOT_USER)
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return ["setpriv", f"--reuid={NO_ROOT_USER}", f"--regid={NO_ROOT_USER}", "--clear-groups", *command]
