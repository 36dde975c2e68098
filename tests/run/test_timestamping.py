"""Independent time-stamps, from a service made of `openssl ts` and a certificate authority of a minute."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.publish.test_mementos import A, B, C, put

from onrecord.capture import der, timestamps
from onrecord.capture.timestamps import read_token, request
from onrecord.capture.web import Options as Web
from onrecord.publish.cli import main
from onrecord.records import Capture
from onrecord.run.timestamping import Stamped, TokensChecked, problems, stamp_days
from onrecord.store.record import Store

OPENSSL = shutil.which("openssl")
needs_openssl = pytest.mark.skipif(OPENSSL is None, reason="openssl is not installed: no service")
NOW = "2021-03-16T09:00:00+00:00"

CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = Harbour Time
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[stamping]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
certs = {folder}/ca.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


def openssl(*arguments: object, **more: object) -> bytes:
    done = subprocess.run(
        ["openssl", *map(str, arguments)],
        capture_output=True,
        check=True,
        **more,  # type: ignore[call-overload]
    )
    return bytes(done.stdout)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate authority and a service's key."""
    folder = tmp_path_factory.mktemp("authority")
    config = folder / "openssl.cnf"
    config.write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    new = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl(
        *new,
        "-days",
        2,
        "-config",
        config,
        "-extensions",
        "ca",
        "-subj",
        "/CN=Harbour Root",
        "-keyout",
        folder / "ca.key",
        "-out",
        folder / "ca.pem",
    )
    openssl(
        *new,
        "-days",
        2,
        "-config",
        config,
        "-extensions",
        "stamping",
        "-CA",
        folder / "ca.pem",
        "-CAkey",
        folder / "ca.key",
        "-keyout",
        folder / "tsa.key",
        "-out",
        folder / "tsa.pem",
    )
    return folder


@dataclass
class Service:
    """A time-stamp service on the loopback address. `change` makes of an answer what a bad one gives."""

    folder: Path
    url: str = ""
    asked: list[bytes] = field(default_factory=list)
    change: Callable[[bytes], tuple[int, str, bytes]] | None = None
    queries: Callable[[bytes], bytes] = lambda query: query
    waits: threading.Event | None = None

    def answer(self, query: bytes) -> tuple[int, str, bytes]:
        self.asked.append(query)
        if self.waits:
            self.waits.wait(10)
        (self.folder / "query").write_bytes(self.queries(query))
        openssl(
            "ts",
            "-reply",
            "-config",
            self.folder / "openssl.cnf",
            "-section",
            "tsa",
            "-queryfile",
            self.folder / "query",
            "-out",
            self.folder / "reply",
        )
        reply = (self.folder / "reply").read_bytes()
        if self.change:
            return self.change(reply)
        return 200, "application/timestamp-reply", reply


@pytest.fixture
def service(authority: Path) -> Iterator[Service]:
    found = Service(authority)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/timestamp-query"
            query = self.rfile.read(int(self.headers["Content-Length"]))
            status, kind, body = found.answer(query)
            try:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:  # the client went away
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_address[1]}/stamp"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "record") as found:
        put(found, A, "2021-03-14T10:00:00+00:00")
        put(found, B, "2021-03-15T01:30:00+04:00", url="https://tern.example/häfen x")
        put(found, C, "2021-03-15T23:59:59+00:00")
        put(found, A, "2021-03-16T08:00:00+00:00")
        put(found, C, None, url=None, path="notes.html")
        yield found


def run(store: Store, service: Service, **more: object) -> Stamped:
    web = Web(private=True, **more.pop("web", {}))  # type: ignore[arg-type]
    options = timestamps.Options(service=service.url)
    return stamp_days(store, options, web, NOW, sleep=lambda _: None, **more)  # type: ignore[arg-type]


def files(store: Store) -> list[str]:
    folder = store.folder / "timestamps"
    return sorted(path.name for path in folder.glob("*")) if folder.is_dir() else []


def wrong(store: Store, certificates: Path | None = None) -> list[str]:
    return [f"{where}: {why}" for where, why in problems(store, TokensChecked(), certificates)]


# --------------------------------------------------------------------------- lists and stamps


@needs_openssl
def test_every_day_that_is_over_is_listed_and_stamped_once(store: Store, service: Service) -> None:
    report = run(store, service)
    assert (report.written, report.stamped, report.left, report.lines) == (3, 3, 0, [])
    names = ["2021-03-14-1", "2021-03-15-1", "undated-1"]
    assert files(store) == [f"{name}{end}" for name in names for end in (".tsr", ".txt")]
    lines = (store.folder / "timestamps/2021-03-14-1.txt").read_text().splitlines()
    assert lines == sorted(lines)
    expected = {c.id: c for c in store.all(Capture) if c.id in lines[0] + lines[1]}
    assert len(expected) == 2
    for line in lines:
        sha, ident, at, url = line.split(" ")
        assert (sha, at) == (expected[ident].sha256, expected[ident].captured_at)
        assert url.startswith("https://tern.example/") and url.isascii()
    again = run(store, service)
    assert (again.written, again.stamped) == (0, 0)
    assert len(service.asked) == 3
    assert wrong(store) == []


@needs_openssl
def test_captures_that_come_later_are_listed_anew_and_no_list_is_altered(
    store: Store, service: Service
) -> None:
    run(store, service)
    first = (store.folder / "timestamps/2021-03-14-1.txt").read_bytes()
    put(store, B, "2021-03-14T12:00:00+00:00")
    report = run(store, service)
    assert (report.written, report.stamped) == (1, 1)
    assert (store.folder / "timestamps/2021-03-14-1.txt").read_bytes() == first
    second = (store.folder / "timestamps/2021-03-14-2.txt").read_text().splitlines()
    assert len(second) == 1 and "2021-03-14T12:00:00+00:00" in second[0]
    assert wrong(store) == []


@needs_openssl
def test_days_are_chosen(store: Store, service: Service) -> None:
    run(store, service, days=["2021-03-15"])
    assert files(store) == ["2021-03-15-1.tsr", "2021-03-15-1.txt"]
    run(store, service, today=True)
    assert "2021-03-16-1.tsr" in files(store)


@needs_openssl
def test_openssl_finds_the_tokens_good_and_a_stranger_s_certificate_does_not(
    store: Store, service: Service, authority: Path
) -> None:
    run(store, service)
    assert wrong(store, authority / "ca.pem") == []
    other = authority / "other.pem"
    openssl(
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        2,
        "-config",
        authority / "openssl.cnf",
        "-extensions",
        "ca",
        "-subj",
        "/CN=Other",
        "-keyout",
        authority / "other.key",
        "-out",
        other,
    )
    found = wrong(store, other)
    assert len(found) == 3 and all("its signature is not good by other.pem" in x for x in found)


@needs_openssl
def test_nothing_is_asked_without_a_service(store: Store, service: Service) -> None:
    report = stamp_days(store, timestamps.Options(), Web(private=True), NOW)
    assert report == Stamped() and files(store) == []


# --------------------------------------------------------------------------- what may be wrong


def _other_hash(query: bytes) -> bytes:
    whole = der.elements(query)[0].inside()
    digest = whole[1].inside()[1].content
    return query.replace(digest, hashlib.sha256(b"other").digest())


def _other_nonce(query: bytes) -> bytes:
    nonce = der.elements(query)[0].inside()[2]
    return query.replace(der.element(nonce.tag, nonce.content), der.integer(7 << 56))


@needs_openssl
@pytest.mark.parametrize(
    "changed, why",
    [
        ({"queries": _other_hash}, "not the time-stamp asked for: it stamps another hash"),
        ({"queries": _other_nonce}, "not the time-stamp asked for: its nonce is another one"),
        ({"queries": lambda query: b"0\x03\x02\x01\x01"}, "no time-stamp was granted: it rejected"),
        (
            {"change": lambda reply: (200, "text/html", b"<html>Welcome</html>")},
            "not a time-stamp: the service sent text/html: ",
        ),
        (
            {"change": lambda reply: (200, "application/timestamp-reply", b"<html>")},
            "not a time-stamp: ",
        ),
        (
            {"change": lambda reply: (200, "application/timestamp-reply", reply[:-20])},
            "not a time-stamp: an element is longer",
        ),
        ({"change": lambda reply: (503, "text/plain", b"")}, "the service answered 503"),
        (
            {"change": lambda reply: (200, "text/plain", b"x" * 2_000_000)},
            "its answer is too large",
        ),
    ],
    ids=["hash", "nonce", "rejected", "page", "page as token", "cut", "503", "large"],
)
def test_a_bad_answer_is_one_line_and_never_a_token(
    store: Store, service: Service, changed: dict[str, object], why: str
) -> None:
    for name, value in changed.items():
        setattr(service, name, value)
    report = run(store, service, days=["2021-03-15"], nonce=lambda: 5 << 56)
    assert (report.stamped, report.left, len(report.lines)) == (0, 1, 1)
    assert report.lines[0].startswith("timestamps/2021-03-15-1.txt: http://127.0.0.1")
    assert why in report.lines[0] and "\n" not in report.lines[0]
    assert files(store) == ["2021-03-15-1.txt"]
    service.change, service.queries = None, lambda query: query
    assert run(store, service, days=["2021-03-15"]).stamped == 1, "the next call asks again"


@needs_openssl
def test_a_token_is_one_whatever_type_it_is_said_to_be(store: Store, service: Service) -> None:
    service.change = lambda reply: (200, "application/octet-stream", reply)
    assert run(store, service).stamped == 3


@needs_openssl
def test_a_service_that_is_silent_or_private_is_one_line(store: Store, service: Service) -> None:
    service.waits = threading.Event()
    report = run(store, service, web={"timeout": 1}, days=["2021-03-15"])
    service.waits.set()
    assert ["no answer within 1 s" in line for line in report.lines] == [True]
    options = timestamps.Options(service=service.url)
    refused = stamp_days(store, options, Web(), NOW, sleep=lambda _: None)
    assert refused.left == 3 and "--web-private true allows it" in refused.lines[0]
    assert len(refused.lines) == 3
    assert [name for name in files(store) if name.endswith(".tsr")] == []


@needs_openssl
def test_a_service_that_fails_again_and_again_is_left(store: Store, service: Service) -> None:
    for day in range(1, 8):
        put(store, A, f"2021-02-0{day}T10:00:00+00:00")
    service.change = lambda reply: (500, "text/plain", b"")
    report = run(store, service)
    assert (len(report.lines), report.left, len(service.asked)) == (3, 10, 3)


@needs_openssl
def test_verify_finds_what_was_altered(store: Store, service: Service) -> None:
    run(store, service)
    folder = store.folder / "timestamps"
    token = (folder / "2021-03-15-1.tsr").read_bytes()
    listed = (folder / "2021-03-14-1.txt").read_text()

    def put_back(name: str, data: bytes) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).write_bytes(data)

    put_back("2021-03-15-1.tsr", (folder / "2021-03-14-1.tsr").read_bytes())
    assert wrong(store) == [
        "timestamps/2021-03-15-1.tsr: not the time-stamp asked for: it stamps another hash"
    ]
    put_back("2021-03-15-1.tsr", token[:100])
    assert "timestamps/2021-03-15-1.tsr: not a time-stamp" in wrong(store)[0]
    put_back("2021-03-15-1.tsr", token)
    put_back("2021-03-14-1.txt", "".join(reversed(listed.splitlines(True))).encode())
    assert any("its lines are not in order" in one for one in wrong(store))
    put_back("2021-03-14-1.txt", listed.replace("T10:00:00", "T09:00:00").encode())
    assert any("otherwise than the record has it" in one for one in wrong(store))
    put_back("2021-03-14-1.txt", listed.encode())
    put_back("2021-03-17-1.txt", b"0 cap-0 2021-03-17 -\n")
    assert any("a capture that is not in the record" in one for one in wrong(store))
    (folder / "2021-03-17-1.txt").unlink()
    put_back("2021-03-18-1.tsr", token)
    assert wrong(store) == ["timestamps/2021-03-18-1.tsr: the list that it stamps is missing"]


@needs_openssl
def test_a_token_from_before_a_capture_is_found(store: Store, service: Service) -> None:
    """As it is where the machine's clock was set wrong, or a time was made up."""
    put(store, A, "2099-01-01T10:00:00+00:00")
    run(store, service, days=["2099-01-01", "2021-03-15"])
    (found,) = wrong(store)
    assert found.startswith("timestamps/2099-01-01-1.tsr: it was signed at 20")
    assert "(2099-01-01T10:00:00+00:00)" in found


# --------------------------------------------------------------------------- the commands


@needs_openssl
def test_the_commands_stamp_and_verify(store: Store, service: Service, authority: Path) -> None:
    runner = CliRunner()
    record = ["--record", str(store.folder)]
    stamping = ["timestamp", "--service", service.url, "--web-private", "true", "--web-pause", "0"]
    answer = runner.invoke(main, [*stamping, *record, "--day", "2021-03-14", "--json"])
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.output) == {"written": 1, "stamped": 1, "left": 0, "problems": []}
    checked = runner.invoke(main, ["verify", *record])
    assert checked.exit_code == 0
    assert "1 lists and 1 time-stamps checked, 0 problems" in checked.output
    (command,) = (x for x in checked.output.splitlines() if x.startswith("openssl ts -verify"))
    shown = command.replace("CERTIFICATES.pem", str(authority / "ca.pem"))
    assert b"Verification: OK" in openssl(*shown.split()[1:])
    chain = runner.invoke(main, ["verify", *record, "--certificates", str(authority / "ca.pem")])
    assert chain.exit_code == 0 and "openssl" not in chain.output
    path = store.folder / "timestamps/2021-03-14-1.txt"
    path.chmod(0o644)
    path.write_text(path.read_text().upper())
    assert runner.invoke(main, ["verify", *record]).exit_code == 3


@pytest.mark.parametrize(
    "arguments, words",
    [
        ([], "no time-stamp service is named"),
        (["--service", "http://a.example", "--day", "soon"], "'soon' is not a day"),
        (
            ["--service", "http://a.example", "--day", "2021-01-01", "--all-days"],
            "exclude each other",
        ),
    ],
)
def test_a_wrong_call_is_told(tmp_path: Path, arguments: list[str], words: str) -> None:
    with Store(tmp_path):
        pass
    answer = CliRunner().invoke(main, ["timestamp", *arguments, "--record", str(tmp_path)])
    assert answer.exit_code == 2 and words in answer.output


# --------------------------------------------------------------------------- DER


@needs_openssl
def test_openssl_reads_the_request(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"harbour").digest()
    (tmp_path / "q").write_bytes(request(digest, 2**64 - 1))
    text = openssl("ts", "-query", "-in", tmp_path / "q", "-text").decode()
    assert "Hash Algorithm: sha256" in text and "Certificate required: yes" in text
    assert "Nonce: 0xFFFFFFFFFFFFFFFF" in text
    assert digest[:4].hex(" ") in text.lower().replace("-", " ")


@given(st.binary(max_size=300))
def test_any_bytes_are_elements_or_told_not_to_be(data: bytes) -> None:
    try:
        found = der.elements(data)
    except der.BadDer:
        return
    assert der.elements(b"".join(der.element(e.tag, e.content) for e in found)) == found


@given(st.binary(max_size=200))
def test_any_bytes_are_a_token_or_told_not_to_be(data: bytes) -> None:
    for answer in (
        data,
        der.element(der.SEQUENCE, der.element(der.SEQUENCE, der.integer(0)), data),
    ):
        with pytest.raises(ValueError):
            read_token(answer)


@settings(deadline=None, max_examples=30)
@given(st.integers(min_value=0, max_value=2**80), st.sampled_from([0, 120, 260, 70_000]))
def test_numbers_and_long_elements_come_back(number: int, size: int) -> None:
    (found,) = der.elements(
        der.element(der.SEQUENCE, der.integer(number), bytes([4, 0]) * (size // 2))
    )
    assert found.inside()[0].number == number
    assert len(found.inside()) == 1 + size // 2
