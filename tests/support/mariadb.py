"""A private MariaDB for the tests: a directory, a socket and a loopback port of its own, and nobody else's data."""

import getpass
import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pymysql
import pytest

from tests.support import patience

USER = PASSWORD = "kiosk"

COMMON = [
    "--bind-address=127.0.0.1",
    "--skip-name-resolve",
    "--character-set-server=utf8mb4",
    "--performance-schema=OFF",
    "--innodb-buffer-pool-size=64M",
    "--max-connections=300",
    # Far from UTC, so that an instant that leans on the server's clock is found out.
    "--default-time-zone=+09:00",
]
FAST = [
    "--skip-log-bin",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-flush-method=nosync",
    "--innodb-doublewrite=0",
    "--innodb-log-file-size=32M",
]
DURABLE = [
    "--log-bin=binlog",
    "--binlog-format=ROW",
    "--sync-binlog=1",
    "--server-id=1",
    "--innodb-flush-log-at-trx-commit=1",
    "--innodb-doublewrite=1",
    # Without it the append-only triggers need SUPER wherever a binary log is kept.
    "--log-bin-trust-function-creators=1",
]


class MariaDB:
    """One server, known by its directory: whoever knows the directory can reach it and end it.

    `durable=True` keeps every promise to the disk, for tests that kill it and look what is left.
    """

    def __init__(self, home: Path, *, durable: bool = False) -> None:
        self.home = home
        self.durable = durable
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        return int((self.home / "port").read_text())

    @property
    def is_started(self) -> bool:
        return (self.home / "ready").exists()

    def url(self, database: str) -> str:
        """Where the kiosk finds a database of this server."""
        return f"mysql+aiomysql://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str | None = None) -> "pymysql.Connection[Any]":
        """A plain connection, with bounded waits, that commits each statement."""
        return pymysql.connect(
            host="127.0.0.1",
            port=self.port,
            user=USER,
            password=PASSWORD,
            database=database,
            autocommit=True,
            connect_timeout=patience.COMES,
            read_timeout=patience.COMES,
            write_timeout=patience.COMES,
        )

    def execute(self, *statements: str) -> None:
        with closing(self.connect()) as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def start(self) -> None:
        """Start, or start again after `kill`, on the same data and the same port."""
        if not self.home.exists():
            self._initialise()
        log = (self.home / "server.log").open("ab")
        with log:
            self._process = subprocess.Popen(self._command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        (self.home / "pid").write_text(str(self._process.pid))
        self._wait_until_it_answers()
        (self.home / "ready").touch()

    def kill(self) -> None:
        """Kill -9: what was promised to the disk is there, nothing else."""
        (self.home / "ready").unlink(missing_ok=True)
        pid_file = self.home / "pid"
        if not pid_file.exists():
            return
        with suppress(ProcessLookupError):
            os.kill(int(pid_file.read_text()), signal.SIGKILL)
        pid_file.unlink()
        if self._process:
            self._process.wait(timeout=patience.STOPS)
            self._process = None
        else:
            self._wait_until_its_port_is_closed()

    def _initialise(self) -> None:
        self.home.mkdir(parents=True)
        installer = _find("mariadb-install-db", "mysql_install_db")
        options = ["--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"]
        made = subprocess.run(
            [installer, "--no-defaults", f"--datadir={self._data}", *options, *_as_whom()],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=patience.STARTS,
            check=False,
        )
        if made.returncode:
            pytest.fail(f"{installer} could not make a database directory: {made.stdout}{made.stderr}")
        self._tmp.mkdir()
        (self.home / "port").write_text(str(free_port()))
        (self.home / "first.sql").write_text(
            f"CREATE USER IF NOT EXISTS {USER}@'127.0.0.1' IDENTIFIED BY '{PASSWORD}';\n"
            f"GRANT ALL ON `kiosk%`.* TO {USER}@'127.0.0.1';\n"
        )

    @property
    def _data(self) -> Path:
        return self.home / "data"

    @property
    def _tmp(self) -> Path:
        return self.home / "tmp"

    def _command(self) -> list[str]:
        return [
            _find("mariadbd"),
            "--no-defaults",
            f"--datadir={self._data}",
            # Of its own: a server that starts clears the folder of what it takes for its own left tables.
            f"--tmpdir={self._tmp}",
            f"--socket={self.home / 'socket'}",
            f"--port={self.port}",
            f"--init-file={self.home / 'first.sql'}",
            *COMMON,
            *(DURABLE if self.durable else FAST),
            *_as_whom(),
        ]

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + patience.STARTS
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                break
            try:
                self.connect().close()
            except pymysql.OperationalError:
                time.sleep(0.05)
            else:
                return
        log = (self.home / "server.log").read_text(errors="replace")
        self.kill()
        pytest.fail(f"MariaDB did not start within {patience.STARTS:g} s. The end of its log:\n{log[-3000:]}")

    def _wait_until_its_port_is_closed(self) -> None:
        deadline = time.monotonic() + patience.STOPS
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                return
            time.sleep(0.01)


def free_port() -> int:
    """A loopback port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _find(*names: str) -> str:
    where = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    for name in names:
        if found := shutil.which(name, path=where):
            return found
    pytest.fail(f"{names[0]} is not installed, and the tests run on MariaDB too. `make test` installs it.")


def _as_whom() -> list[str]:
    return [f"--user={getpass.getuser()}"] if os.geteuid() == 0 else []
