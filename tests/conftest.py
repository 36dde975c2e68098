"""What tests of several rooms share: the folder beside the checkout, a real PostgreSQL, a record's folder."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.gold.building import build, exports
from tests.gold.checks import Exports

from onrecord.publish.demo import story

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `shared` beside the checkout; skips where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not beside this checkout")
    return folder


def _postgres_programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    path = shutil.which("initdb")
    return Path(path).parent if path else None


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a fresh PostgreSQL server of this session; skips where none is installed."""
    programs = _postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    folder = tmp_path_factory.mktemp("postgres")
    user: list[str] = []
    if os.geteuid() == 0:
        if shutil.which("runuser") is None:
            pytest.skip("PostgreSQL does not run as root, and there is no runuser here")
        shutil.chown(folder, "postgres")
        for parent in (folder, *folder.parents):
            if parent.stat().st_uid == 0 and not parent.stat().st_mode & 0o001:
                parent.chmod(parent.stat().st_mode | 0o011)
        user = ["runuser", "-u", "postgres", "--"]
    data = folder / "data"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run(
        [
            *user,
            programs / "initdb",
            "-D",
            data,
            "-U",
            "onrecord",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
        ],
        **quiet,  # type: ignore[call-overload]
    )
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    )
    subprocess.run(
        [
            *user,
            programs / "pg_ctl",
            "-D",
            data,
            "-w",
            "-l",
            folder / "log",
            "-o",
            options,
            "start",
        ],
        **quiet,  # type: ignore[call-overload]
    )
    try:
        yield f"postgresql://onrecord@127.0.0.1:{port}"
    finally:
        stop = [*user, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"]
        subprocess.run(stop, check=False, capture_output=True, cwd="/")


@pytest.fixture
def database(postgres: str) -> Iterator[str]:
    """An empty database of its own on the session's server."""
    import uuid

    import psycopg

    name = f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as connection:
        connection.execute(f"create database {name}".encode())
    yield f"{postgres}/{name}"


@pytest.fixture(scope="session")
def demo_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled story, built."""
    record = tmp_path_factory.mktemp("demo") / "record"
    with story() as folder:
        build(record, manifest=folder / "manifest.csv", outlets=folder / "outlets.toml")
    return record


@pytest.fixture(scope="session")
def demo(demo_record: Path) -> Exports:
    """The bundled story's exports."""
    return exports(demo_record)


@pytest.fixture(scope="session")
def seeds_record(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five seeds, built."""
    record = tmp_path_factory.mktemp("seeds") / "record"
    build(record, sources=sorted((shared / "seeds").glob("*.txt")))
    return record


@pytest.fixture(scope="session")
def seeds(seeds_record: Path) -> Exports:
    """The five seeds' exports."""
    return exports(seeds_record)
