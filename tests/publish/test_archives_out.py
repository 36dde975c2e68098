"""Exported WARC and WACZ files: a new record made of one has the same captures, and others can read it."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.capture.printing import column, pdf
from tests.publish.test_mementos import MOVED, URL, A, B, C, put

from onrecord.capture.capturing import Found
from onrecord.capture.files import from_path
from onrecord.capture.recorded import restored, told, told_shot
from onrecord.capture.warc import Record, read_records
from onrecord.publish.cli import main
from onrecord.publish.mementos import as_uri
from onrecord.publish.warc_out import UNKNOWN, packed, surt
from onrecord.records import Capture, Given, Hop, Memento, Screenshot, Version
from onrecord.run.adding import add
from onrecord.run.memory import capture_of
from onrecord.store.record import Store
from onrecord.text.decoding import decode
from onrecord.text.ids import make_id

FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title></channel></rss>'


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """Captures of every sort: answered, redirected, the same bytes again, from an archive, files."""
    folder = tmp_path / "record"
    with Store(folder) as store:
        put(
            store,
            A,
            "2031-03-14T10:00:00+00:00",
            headers={"content-type": "text/html", "etag": '"1"'},
        )
        put(store, B, "2031-03-14T14:30:00+04:00", content_type="text/html; charset=windows-1252")
        put(store, A, "2031-03-15T10:00:00+00:00")
        hops = (Hop(url=MOVED, status=301), Hop(url=f"{MOVED}er", status=302))
        put(store, C, "2031-04-01T08:00:00+00:00", url=MOVED, final_url=URL, redirects=hops)
        put(
            store,
            C,
            "2031-04-02T08:00:00+00:00",
            memento=Memento(address="https://archive.example/1", form="raw", digest="A"),
            headers={"x-archive-orig-etag": '"x"', "memento-datetime": "then"},
            redirects=(Hop(url="https://archive.example/0", status=302),),
        )
        put(store, A, None, status=None)
        put(store, B, "2031-05-01", given=Given(outlet="Tern", credit="by hand"))
        put(store, C, None, url=None, path="harbour/1.html", status=None)
        bücher = "https://bücher.example/feed?ö"
        put(store, FEED, "2031-05-02T00:00:00+00:00", url=bücher, cut=True)
        put(store, b"12:30 The pilots stay.\n" * 3, None, url=None, path="notes.txt", status=None)
    return folder


def with_screenshot(folder: Path) -> Screenshot:
    """Gives the first capture of the page a screenshot."""
    with Store(folder) as store:
        capture = next(
            c for c in store.all(Capture) if c.captured_at == "2031-03-14T10:00:00+00:00"
        )
        png = b"\x89PNG\r\n\x1a\n and a picture"
        sha, at = hashlib.sha256(png).hexdigest(), "2031-03-14T10:00:05+00:00"
        taken = Screenshot(
            id=make_id("scr", capture.id, sha, at),
            capture_id=capture.id,
            article_id=capture.article_id,
            url=URL,
            sha256=sha,
            bytes=len(png),
            width=1280,
            height=900,
            taken_at=at,
            agent="Chrome/150",
        )
        store.add_screenshot(taken, png)
    return taken


def run(*arguments: object) -> str:
    answer = CliRunner().invoke(main, [str(a) for a in arguments])
    assert answer.exit_code == 0, answer.output
    return answer.output


def captures(folder: Path) -> dict[str, Capture]:
    with Store(folder) as store:
        found = {c.id: c for c in store.all(Capture)}
        for one in found.values():
            assert hashlib.sha256(store.data(one.sha256)).hexdigest() == one.sha256
    return found


def read(data: bytes) -> list[Record]:
    found = list(read_records(io.BytesIO(data), 1 << 30))
    assert all(isinstance(one, Record) for one in found)
    return [one for one in found if isinstance(one, Record)]


# --------------------------------------------------------------------------- back into a record


@pytest.mark.parametrize(
    "kind, name", [("warc", "a.warc.gz"), ("warc", "a.warc"), ("wacz", "a.wacz")]
)
def test_a_new_record_made_of_an_export_has_the_same_captures(
    record: Path, tmp_path: Path, kind: str, name: str
) -> None:
    file = tmp_path / name
    assert "10 captures" in run("export", kind, "-o", file, "--record", record)
    answer = json.loads(run("add", file, "--record", tmp_path / "new", "--json"))
    assert answer == {"added": 10, "known": 0, "unusable": []}
    assert captures(tmp_path / "new") == captures(record)
    again = json.loads(run("add", file, "--record", record, "--json"))
    assert again == {"added": 0, "known": 10, "unusable": []}
    assert captures(tmp_path / "new") == captures(record)
    second = tmp_path / f"2{name}"
    run("export", kind, "-o", second, "--record", tmp_path / "new")
    assert second.read_bytes() == file.read_bytes()


@pytest.mark.parametrize("kind, name", [("warc", "a.warc.gz"), ("wacz", "a.wacz")])
def test_screenshots_go_with_their_captures(
    record: Path, tmp_path: Path, kind: str, name: str
) -> None:
    taken = with_screenshot(record)
    run("export", kind, "-o", tmp_path / name, "--record", record)
    answer = json.loads(run("add", tmp_path / name, "--record", tmp_path / "new", "--json"))
    assert answer == {"added": 10, "known": 0, "unusable": []}
    with Store(tmp_path / "new") as new, Store(record) as old:
        assert new.all(Screenshot) == (taken,)
        assert new.picture(taken.sha256) == old.picture(taken.sha256)
    data = (tmp_path / name).read_bytes()
    if kind == "wacz":
        with zipfile.ZipFile(tmp_path / name) as archive:
            lines = gzip.decompress(archive.read("indexes/index.cdx.gz")).decode().splitlines()
            assert sum(line.startswith("urn:fullpage:https://tern.") for line in lines) == 1
            data = archive.read("archive/data.warc.gz")
    found = [r for r in read(data) if r.fields.get("content-type") == "image/png"]
    assert [r.fields["warc-target-uri"] for r in found] == [f"urn:fullPage:{URL}"]
    altered = b"".join(
        packed(_raw(r).replace(b"and a picture", b"and a PICTURE")) for r in read(data)
    )
    (tmp_path / "altered.warc.gz").write_bytes(altered)
    with Store(tmp_path / "third") as third:
        report = add(third, from_path(tmp_path / "altered.warc.gz"))
        assert (report.added, third.all(Screenshot)) == (10, ())
        assert report.lines == ["altered.warc.gz: left out: no pages, texts or feeds: images (1)"]


def _raw(record: Record) -> bytes:
    head = "".join(f"{name}: {value}\r\n" for name, value in record.fields.items())
    return f"WARC/1.1\r\n{head}\r\n".encode() + record.block + b"\r\n\r\n"


def test_a_pdf_keeps_its_id_and_the_text_that_its_reader_gave(tmp_path: Path) -> None:
    """Also a text of another reader than the one that is installed where it is added."""
    (found,) = from_path(
        _written(tmp_path / "a.pdf", pdf([column("The harbour talks end.", 72, 700, 400)]))
    )
    other = "pdf-1-another-7"
    with Store(tmp_path / "record") as store:
        assert not isinstance(found, Exception)
        capture = msgspec.structs.replace(found.capture, decoder=other)
        store.add(capture, found.data, "The harbour talks\nend.")
    run("export", "warc", "-o", tmp_path / "a.warc.gz", "--record", tmp_path / "record")
    run("add", tmp_path / "a.warc.gz", "--record", tmp_path / "new")
    assert captures(tmp_path / "new") == captures(tmp_path / "record")
    with Store(tmp_path / "new") as store:
        assert store.source(found.capture.sha256, other) == "The harbour talks\nend."


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_reader_that_knows_nothing_of_onrecord_finds_the_pages(
    record: Path, tmp_path: Path
) -> None:
    """Without the metadata records: addresses, times and redirects stand in the records themselves."""
    run("export", "warc", "-o", tmp_path / "a.warc", "--record", record)
    whole = (tmp_path / "a.warc").read_bytes()
    parts = whole.split(b"WARC/1.1\r\n")[1:]
    plain = b"".join(b"WARC/1.1\r\n" + p for p in parts if not p.startswith(b"WARC-Type: metadata"))
    (tmp_path / "plain.warc").write_bytes(plain)
    with Store(tmp_path / "new") as store:
        report = add(store, from_path(tmp_path / "plain.warc"))
        found = {(c.url, c.captured_at): c for c in store.all(Capture)}
    assert report.added == 8
    assert [line.partition(": ")[2] for line in report.lines] == [
        "captured, but not whole: the crawler cut it off (length)",
        "left out: no pages, texts or feeds: records of urn: addresses (2)",
    ]
    moved = found[MOVED, "2031-04-01T08:00:00+00:00"]
    assert (moved.final_url, moved.redirects) == (
        URL,
        (Hop(url=MOVED, status=301), Hop(url=f"{MOVED}er", status=302)),
    )
    assert (URL, "2031-03-14T10:30:00+00:00") in found
    assert (URL, "2031-05-01") in found
    assert found[URL, "2031-03-15T10:00:00+00:00"].sha256 == hashlib.sha256(A).hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        (
            b'"captured_at":"2031-03-14T10:00:00+00:00"',
            b'"captured_at":"1931-03-14T10:00:00+00:00"',
        ),
        (
            b'"captured_at":"2031-03-14T10:00:00+00:00"',
            b'"captured_at":"2031-03-14 10:00:00 or so"',
        ),
        (b"The pilots stay.", b"The pilots STAY."),
    ],
)
def test_what_an_altered_file_tells_of_a_capture_is_not_believed(
    record: Path, tmp_path: Path, change: tuple[bytes, bytes]
) -> None:
    run("export", "warc", "-o", tmp_path / "a.warc", "--record", record)
    data = (tmp_path / "a.warc").read_bytes()
    assert change[0] in data and len(change[0]) == len(change[1])
    (tmp_path / "a.warc").write_bytes(data.replace(*change))
    with Store(tmp_path / "new") as store:
        report = add(store, from_path(tmp_path / "a.warc"))
        assert any("its bytes do not prove it" in line for line in report.lines)
        known = captures(record)
        for one in store.all(Capture):
            other = known.get(one.id)
            assert other is None or (one.sha256, one.url) == (other.sha256, other.url)
        assert not any("1931" in (c.captured_at or "") for c in store.all(Capture))


# --------------------------------------------------------------------------- what stands in a WARC


def test_a_warc_says_what_was_kept_and_what_not(record: Path, tmp_path: Path) -> None:
    run("export", "warc", "-o", tmp_path / "a.warc.gz", "--record", record)
    data = (tmp_path / "a.warc.gz").read_bytes()
    found = read(data)
    kinds = [one.kind for one in found]
    assert kinds[0] == "warcinfo"
    assert b"transfer and content codings are undone" in found[0].block
    assert UNKNOWN.encode() in found[0].block
    assert (kinds.count("metadata"), kinds.count("revisit")) == (10, 5)
    assert data.count(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff") == len(found)
    ids = [one.fields["warc-record-id"] for one in found]
    assert len(set(ids)) == len(ids)
    for one in found:
        digest = hashlib.sha256(one.block).hexdigest()
        assert one.fields["warc-block-digest"] == f"sha256:{digest}"
        if one.kind in ("response", "resource"):
            payload = one.block.partition(b"\r\n\r\n")[2] if one.kind == "response" else one.block
            expected = hashlib.sha256(payload).hexdigest()
            assert one.fields["warc-payload-digest"] == f"sha256:{expected}"
            if one.kind == "response":
                assert f"Content-Length: {len(payload)}\r\n".encode() in one.block
                assert b"content-encoding" not in one.block.lower()
        if one.kind == "revisit":
            assert one.fields["warc-refers-to"] in ids[: ids.index(one.fields["warc-record-id"])]
    dates = {one.fields["warc-date"] for one in found if one.kind == "resource"}
    assert dates == {UNKNOWN}
    redirects = [one for one in found if b"\r\nLocation: " in one.block]
    assert [one.fields["warc-target-uri"] for one in redirects] == [MOVED, f"{MOVED}er"]
    assert f"Location: {MOVED}er\r\n".encode() in redirects[0].block


def test_the_order_of_adding_does_not_change_the_file(record: Path, tmp_path: Path) -> None:
    run("export", "warc", "-o", tmp_path / "a.warc.gz", "--record", record)
    with Store(record) as store, Store(tmp_path / "other") as other:
        for one in sorted(store.all(Capture), key=lambda c: c.sha256 + c.id, reverse=True):
            other.add(one, store.data(one.sha256))
    run("export", "warc", "-o", tmp_path / "b.warc.gz", "--record", tmp_path / "other")
    assert (tmp_path / "a.warc.gz").read_bytes() == (tmp_path / "b.warc.gz").read_bytes()


def test_only_an_articles_captures_are_written_if_it_is_named(record: Path, tmp_path: Path) -> None:
    article = next(c for c in captures(record).values() if c.url == MOVED).article_id
    file = tmp_path / "one.warc"
    assert "wrote 1 " in run("export", "warc", "-o", file, "--article", article, "--record", record)
    runner = CliRunner()
    for arguments, code, words in (
        (["warc", "--article", "art-none"], 2, "there is no article art-none"),
        (["warc", "--story", "sto-none"], 2, "there is no story sto-none"),
        (["captures", "--story", "sto-none"], 2, "--story and --article are for"),
        (["wacz", "-o", str(tmp_path / "a.zip")], 2, "let its name end in .wacz"),
    ):
        answer = runner.invoke(main, ["export", *arguments, "--record", str(record)])
        assert answer.exit_code == code and words in answer.output, answer.output


def test_a_record_without_captures_gives_an_empty_archive(tmp_path: Path) -> None:
    with Store(tmp_path / "empty"):
        pass
    for kind, name in (("warc", "a.warc.gz"), ("wacz", "a.wacz")):
        run("export", kind, "-o", tmp_path / name, "--record", tmp_path / "empty")
    assert [r.kind for r in read((tmp_path / "a.warc.gz").read_bytes())] == ["warcinfo"]


# --------------------------------------------------------------------------- what stands in a WACZ


@pytest.fixture
def wacz(record: Path, tmp_path: Path) -> Iterator[zipfile.ZipFile]:
    run("export", "wacz", "-o", tmp_path / "a.wacz", "--record", record)
    with zipfile.ZipFile(tmp_path / "a.wacz") as archive:
        yield archive


def test_a_wacz_holds_to_its_specification(wacz: zipfile.ZipFile) -> None:
    """specs.webrecorder.net/wacz/1.1.1: what MUST be there, fixity of every file, nothing compressed twice."""
    package = json.loads(wacz.read("datapackage.json"))
    assert (package["profile"], package["wacz_version"]) == ("data-package", "1.1.1")
    files = set(wacz.namelist()) - {"datapackage.json", "datapackage-digest.json"}
    assert files == {one["path"] for one in package["resources"]}
    assert files >= {"archive/data.warc.gz", "indexes/index.cdx.gz", "pages/pages.jsonl"}
    for one in package["resources"]:
        data = wacz.read(one["path"])
        assert one["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert one["bytes"] == len(data)
        assert one["name"] == one["path"].rpartition("/")[2]
    digest = json.loads(wacz.read("datapackage-digest.json"))
    whole = hashlib.sha256(wacz.read("datapackage.json")).hexdigest()
    assert digest == {"path": "datapackage.json", "hash": f"sha256:{whole}"}
    assert {info.compress_type for info in wacz.infolist()} == {zipfile.ZIP_STORED}
    assert {info.date_time for info in wacz.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    head, *pages = [json.loads(line) for line in wacz.read("pages/pages.jsonl").splitlines()]
    assert head["format"] == "json-pages-1.0"
    assert len(pages) == 8 and all("url" in p and p["ts"].endswith("Z") for p in pages)


def test_the_index_of_a_wacz_leads_to_the_records(wacz: zipfile.ZipFile) -> None:
    warc, packed_index = wacz.read("archive/data.warc.gz"), wacz.read("indexes/index.cdx.gz")
    lines = gzip.decompress(packed_index).decode().splitlines()
    assert lines == sorted(lines) and len(lines) == 12
    for line in lines:
        key, time, values = line.split(" ", 2)
        one = json.loads(values)
        at, length = int(one["offset"]), int(one["length"])
        (found,) = read(warc[at : at + length])
        assert found.fields["warc-target-uri"] == one["url"]
        assert found.fields["warc-payload-digest"] == one["digest"]
        assert key == surt(one["url"]) and len(time) == 14
    head, place = wacz.read("indexes/index.idx").decode().splitlines()
    assert head.startswith("!meta 0 {")
    block = json.loads(place.split(" ", 2)[2])
    data = packed_index[block["offset"] : block["offset"] + block["length"]]
    assert gzip.decompress(data).decode().splitlines() == lines


def test_pages_of_a_built_record_have_titles_and_texts(demo_record: Path, tmp_path: Path) -> None:
    run("export", "wacz", "-o", tmp_path / "a.wacz", "--record", demo_record)
    with zipfile.ZipFile(tmp_path / "a.wacz") as archive:
        pages = [json.loads(x) for x in archive.read("pages/pages.jsonl").splitlines()][1:]
    assert pages and sum("title" in page for page in pages) > len(pages) / 2
    with Store(demo_record) as store:
        texts = {c: v.text for v in store.all(Version) for c in v.captures}
    told = {page["id"]: page["text"] for page in pages if "text" in page}
    assert len(told) > len(pages) / 2
    assert all(texts[ident] == text for ident, text in told.items())


# --------------------------------------------------------------------------- what others read


def test_warcio_reads_every_record_and_finds_its_digests_right(
    record: Path, tmp_path: Path
) -> None:
    archiveiterator = pytest.importorskip(
        "warcio.archiveiterator", reason="warcio is not installed"
    )
    run("export", "warc", "-o", tmp_path / "a.warc.gz", "--record", record)
    with (tmp_path / "a.warc.gz").open("rb") as file:
        kinds = []
        for one in archiveiterator.ArchiveIterator(file, check_digests=True):
            one.content_stream().read()
            kinds.append(one.rec_type)
            assert one.digest_checker.passed is not False, one.digest_checker.problems
    assert kinds == [one.kind for one in read((tmp_path / "a.warc.gz").read_bytes())]


def test_fastwarc_reads_every_record(record: Path, tmp_path: Path) -> None:
    fastwarc = pytest.importorskip("fastwarc.warc", reason="fastwarc is not installed")
    run("export", "warc", "-o", tmp_path / "a.warc.gz", "--record", record)
    with (tmp_path / "a.warc.gz").open("rb") as file:
        found = [r.record_id for r in fastwarc.ArchiveIterator(file)]
    ours = read((tmp_path / "a.warc.gz").read_bytes())
    assert found == [one.fields["warc-record-id"] for one in ours]


# --------------------------------------------------------------------------- small parts


@given(st.binary(max_size=2000))
def test_a_member_unpacks_to_what_was_packed(data: bytes) -> None:
    assert gzip.decompress(packed(data)) == data


@pytest.mark.parametrize(
    "url, key",
    [
        ("https://www.Tern.example:443/Harbour?b=2&a=1", "example,tern)/harbour?a=1&b=2"),
        ("http://tern.example", "example,tern)/"),
        ("https://tern.example/a%2Fb/?c=d%2Fe&ö", "example,tern)/a/b?%c3%b6&c=d/e"),
        ("http://tern.example:8080/x", "example,tern:8080)/x"),
        ("urn:onrecord:cap-1", "urn:onrecord:cap-1"),
    ],
)
def test_addresses_are_sorted_as_archives_sort_them(url: str, key: str) -> None:
    assert surt(url) == key


@given(st.text(max_size=60).map(lambda text: f"https://{text}") | st.text(max_size=40))
def test_any_address_can_stand_in_a_file_and_in_its_index(url: str) -> None:
    for written in (as_uri(url), surt(as_uri(url))):
        assert written.isascii() and not set(written) & set(' <>"\r\n')


@given(
    st.binary(max_size=80), st.sampled_from(["utf-8", "idna", "rot13", "utf-16", "no such", "zip"])
)
def test_what_is_told_of_a_capture_never_stops_the_adding(data: bytes, decoder: str) -> None:
    """A file may say anything of its captures; what comes of it can be decoded."""
    known = capture_of("a.txt", b"The pilots stay. " + data)
    found = Found(known, b"The pilots stay. " + data)
    one = msgspec.structs.replace(known, decoder=decoder, article_id="art-other", bytes=-1)
    taken = restored(found, one, Given()).capture
    assert isinstance(decode(found.data, taken.decoder), str)
    assert (taken.bytes, taken.article_id) == (known.bytes, known.article_id)
    told(data)
    told_shot(data)


def test_captures_come_back_whatever_is_known_of_them(record: Path) -> None:
    """Every field of a capture is in the fixture with a value of its own, so that a lost one shows."""
    for field in msgspec.structs.fields(Capture):
        assert len({repr(getattr(c, field.name)) for c in captures(record).values()}) > 1, (
            field.name
        )
