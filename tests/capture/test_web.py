"""Live pages from a loopback server: robots.txt, redirects, waits, errors, limits."""

from __future__ import annotations

import gzip
import shutil
import socket
import subprocess
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.capture.serving import NOW, Clock, Page, Site, names, now, serving

from onrecord.capture.bodies import BadBody, decoded
from onrecord.capture.network import is_public
from onrecord.capture.web import Busy, Fetcher, Options
from onrecord.errors import InputError
from onrecord.records import Hop

HTML = {"Content-Type": "text/html; charset=utf-8"}
PAGE = "<html><p>The ferry line's naïve chief left the room.".encode()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        found.pages["/a"] = Page(200, PAGE, HTML)
        yield found


Make = Callable[..., Fetcher]


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Fetchers that may ask the loopback address; names under `.example` stand for it."""
    names(monkeypatch, {})
    opened: list[Fetcher] = []

    def one(clock: Clock | None = None, **options: int | str | bool) -> Fetcher:
        clock = clock or Clock()
        chosen = Options(**{"private": True, **options})  # type: ignore[arg-type]
        opened.append(Fetcher(chosen, now, clock.sleep, clock))
        return opened[-1]

    yield one
    for fetcher in opened:
        fetcher.close()


# --------------------------------------------------------------------------- what is recorded


def test_a_page_is_captured_with_its_time_its_way_and_the_servers_charset(
    site: Site, make: Make
) -> None:
    site.pages["/old"] = Page(301, b"", {"Location": "/moved"})
    site.pages["/moved"] = Page(302, b"", {"Location": "/a"})
    site.pages["/a"] = Page(
        200, "<html><p>naïve".encode("cp1252"), {"Content-Type": "text/html; charset=windows-1252"}
    )
    capture = make().page(f"{site.url}/old").capture
    assert (capture.url, capture.final_url, capture.status) == (
        f"{site.url}/old",
        f"{site.url}/a",
        200,
    )
    assert capture.redirects == (
        Hop(url=f"{site.url}/old", status=301),
        Hop(url=f"{site.url}/moved", status=302),
    )
    assert (capture.captured_at, capture.decoder) == (NOW, "cp1252")


def test_headers_that_date_identify_or_link_the_page_are_kept_as_written(
    site: Site, make: Make
) -> None:
    site.pages["/a"] = Page(
        200,
        PAGE,
        {
            **HTML,
            "ETag": 'W/"7-x"',
            "Last-Modified": "Fri, 14 Mar 2031 09:00:00 GMT",
            "Set-Cookie": "session=1",
            "Link": '</style.css>; rel=preload, <https://tern.example/a>; rel="canonical"',
        },
    )
    headers = make().page(f"{site.url}/a").capture.headers
    assert headers.pop("date")
    assert headers == {
        "content-type": "text/html; charset=utf-8",
        "etag": 'W/"7-x"',
        "last-modified": "Fri, 14 Mar 2031 09:00:00 GMT",
        "link": '<https://tern.example/a>; rel="canonical"',
    }


def test_servers_are_told_who_asks_and_how_to_reach_them(site: Site, make: Make) -> None:
    make(user_agent="tern-desk/2", contact="Möwe <desk@tern.example>").page(f"{site.url}/a")
    for _, path, headers in site.asked:
        agent = headers["User-Agent"].encode("latin-1").decode()
        assert agent == "tern-desk/2 (Möwe <desk@tern.example>)", path
        assert headers["From"].encode("latin-1").decode() == "Möwe <desk@tern.example>"


@pytest.mark.parametrize(
    ("written", "host", "path"),
    [
        ("http://bücher.example:{}/a", "xn--bcher-kva.example", "/a"),
        ("http://Tern.example:{}/a b?q=é c#part", "tern.example", "/a%20b?q=%C3%A9%20c"),
        (" http://tern.example:{}/a#part\n", "tern.example", "/a"),
    ],
)
def test_international_names_spaces_and_fragments_are_sent_as_the_net_wants_them(
    site: Site, make: Make, written: str, host: str, path: str
) -> None:
    site.pages[path] = Page(200, PAGE, HTML)
    capture = make().page(written.format(site.port)).capture
    assert [(h, p) for h, p, _ in site.asked if p != "/robots.txt"] == [(host, path)]
    assert capture.url == f"http://{host}:{site.port}{path}"
    assert capture.path == written.format(site.port).strip()


# --------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("file:///etc/hostname", "only http and https"),
        ("ftp://tern.example/a", "only http and https"),
        ("http:///a", "names no host"),
        ("http://tern.example:99999/", "names no host"),
        ("http://a b.example/", "names no host"),
        ("http://tern.example/\x01", "not an address"),
        ("http://[::1/", "not an address"),
        ("http://ana:pass@tern.example/a", "would stand in the record"),
    ],
)
def test_what_is_no_address_is_one_line_and_no_password_is_shown(
    make: Make, address: str, why: str
) -> None:
    with pytest.raises(InputError, match=why) as raised:
        make().page(address)
    assert "pass@" not in raised.value.line()


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (Page(410), "answered 410"),
        (Page(304), "answered 304"),
        (Page(503), "answered 503"),
        (Page(200, b"\x89PNG", {"Content-Type": "image/png"}), "says it is image/png"),
        (Page(200, b"MZ\x00\x01" * 20, HTML), "not a page or a text"),
        (Page(200, b"", HTML), "nothing in it"),
        (Page(302, b"", {"Location": "/x"}), "go in a circle"),
        (Page(302, b"", {"Location": "file:///etc/passwd"}), "only http and https"),
        (Page(302, b""), "answered 302"),
        (Page(200, PAGE, {**HTML, "Content-Length": "900"}), "peer closed connection"),
        (Page(200, gzip.compress(PAGE)[:-9], {**HTML, "Content-Encoding": "gzip"}), "cut short"),
        (Page(200, PAGE, {**HTML, "Content-Encoding": "gzip"}), "not a gzip stream"),
        (Page(200, PAGE, {**HTML, "Content-Encoding": "snappy"}), "'snappy' is not read"),
    ],
)
def test_what_is_not_captured_says_why_in_one_line(
    site: Site, make: Make, page: Page, why: str
) -> None:
    site.pages["/x"] = page
    with pytest.raises(InputError, match=why) as raised:
        make(largest=1000).page(f"{site.url}/x")
    assert raised.value.line().startswith(f"{site.url}/x: ")


@pytest.mark.parametrize(
    "page",
    [
        Page(200, b"a" * 5000, HTML),
        Page(200, brotli.compress(b"a" * 10**8), {**HTML, "Content-Encoding": "br"}),
        Page(200, gzip.compress(b"a" * 10**7), {**HTML, "Content-Encoding": "gzip"}),
    ],
    ids=["plain", "brotli", "gzip"],
)
def test_a_page_beyond_the_limit_is_cut_off_there_and_said_to_be(
    site: Site, make: Make, page: Page
) -> None:
    site.pages["/x"] = page
    found = make(largest=1000).page(f"{site.url}/x")
    assert (found.data, found.capture.cut) == (b"a" * 1000, True)
    assert found.lines == (
        f"{site.url}/x: cut off: larger than 1000 bytes (--web-largest sets the limit)",
    )
    with pytest.raises(InputError, match="larger than 1000"):
        make(largest=1000).get(f"{site.url}/x")


def test_an_endless_page_is_cut_off_at_the_limit(site: Site, make: Make) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999999999\r\n\r\n"
    site.pages["/x"] = _drip(site, head, b"x" * 9999)
    found = make(deadline=5, largest=50000).page(f"{site.url}/x")
    assert (len(found.data), found.capture.cut) == (50000, True)


def test_a_chain_of_redirects_without_end_is_left_after_the_limit(site: Site, make: Make) -> None:
    for n in range(9):
        site.pages[f"/{n}"] = Page(302, b"", {"Location": f"/{n + 1}"})
    with pytest.raises(InputError, match="more than 4 times"):
        make(redirects=4).page(f"{site.url}/0")
    assert site.paths == ["/0", "/1", "/2", "/3", "/4"]


def test_a_redirect_that_only_wants_its_cookie_back_is_no_circle(site: Site, make: Make) -> None:
    site.pages["/x"] = [
        Page(302, b"", {"Location": "/x", "Set-Cookie": "seen=1"}),
        Page(200, PAGE, HTML),
    ]
    fetcher = make()
    assert fetcher.page(f"{site.url}/x").capture.final_url == f"{site.url}/x"
    fetcher.page(f"{site.url}/a")
    assert "Cookie" in site.asked[-2][2]
    assert "Cookie" not in site.asked[-1][2]


def test_a_cookie_that_cannot_be_sent_back_stops_nothing(site: Site, make: Make) -> None:
    site.pages["/x"] = Page(302, b"", {"Location": "/a", "Set-Cookie": "\xff=é"})
    assert make().page(f"{site.url}/x").capture.final_url == f"{site.url}/a"


def test_a_line_stays_a_line_whatever_a_server_sends(site: Site, make: Make) -> None:
    long = b"a" * 70_000
    for raw in (
        b"HTTP/1.1 200 OK\r\nX: " + long + b"\x81\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + long,
        b"HTTP/1.1 302 Found\r\nLocation: http://[" + long[:9000] + b"\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://b.example/" + long[:9000] + b"\r\n\r\n",
    ):
        site.pages["/x"] = lambda write, raw=raw: write(raw)
        with pytest.raises(InputError) as raised:
            make().page(f"{site.url}/x")
        assert len(raised.value.line()) < 500, raw[:80]


# --------------------------------------------------------------------------- robots.txt


def test_robots_is_asked_once_a_host_and_holds(site: Site, make: Make) -> None:
    site.pages["/robots.txt"] = Page(200, b"User-agent: onrecord\nDisallow: /private\n")
    fetcher = make()
    for _ in range(2):
        with pytest.raises(InputError, match=r"robots\.txt forbids"):
            fetcher.page(f"{site.url}/private/x")
        fetcher.page(f"{site.url}/a")
    assert [path for _, path, _ in site.asked] == ["/robots.txt", "/a", "/a"]


def test_rules_for_another_crawler_do_not_hold(site: Site, make: Make) -> None:
    site.pages["/robots.txt"] = Page(200, b"User-agent: pypi\nDisallow: /\n")
    assert make().page(f"{site.url}/a")


def test_robots_of_a_redirects_target_is_asked_too(site: Site, make: Make) -> None:
    site.pages["/x"] = Page(302, b"", {"Location": site.at("gull.example") + "/a"})
    site.pages["//gull.example/robots.txt"] = Page(200, b"User-agent: *\nDisallow: /\n")
    with pytest.raises(InputError, match=r"redirects to http://gull\.example.*robots"):
        make().page(site.at("tern.example") + "/x")
    assert ("gull.example", "/a") not in [(host, path) for host, path, _ in site.asked]


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (Page(404), True),
        (Page(403), True),
        (Page(500), False),
        (Page(301, b"", {"Location": "/rules"}), False),
        (Page(200, b"\xff\xfe not rules at all <html>"), True),
        (Page(200, b"User-agent: *\nDisallow: /a\n" + b"# \n" * 400_000), False),
        (Page(200, b"User-agent: *\nDisallow: /a\n", {"Content-Type": "image/png"}), False),
        (Page(200, b"User-agent: *\n", {"Content-Length": "99"}), False),
    ],
)
def test_a_missing_robots_allows_and_a_broken_one_forbids(
    site: Site, make: Make, robots: Page, allowed: bool
) -> None:
    site.pages["/robots.txt"] = robots
    site.pages["/rules"] = Page(200, b"User-agent: *\nDisallow: /a\n")
    fetcher = make()
    for _ in range(2):
        if allowed:
            assert fetcher.page(f"{site.url}/a")
        else:
            with pytest.raises(InputError, match="robots"):
                fetcher.page(f"{site.url}/a")
    assert site.paths.count("/a") == 2 * allowed


def test_robots_can_be_left_aside_by_the_option(site: Site, make: Make) -> None:
    site.pages["/robots.txt"] = Page(200, b"User-agent: *\nDisallow: /\n")
    assert make(robots=False).page(f"{site.url}/a")
    assert [path for _, path, _ in site.asked] == ["/a"]


# --------------------------------------------------------------------------- pauses and waits


def test_there_is_a_pause_between_two_requests_to_one_host_and_none_between_hosts(
    site: Site, make: Make
) -> None:
    clock = Clock()
    fetcher = make(clock, pause=1500)
    fetcher.page(site.at("tern.example") + "/a")
    assert clock.slept == [1.5]
    fetcher.page(site.at("gull.example") + "/a")
    assert clock.slept == [1.5, 1.5]
    clock.seconds += 60
    fetcher.page(site.at("tern.example") + "/a")
    assert clock.slept == [1.5, 1.5]


def test_crawl_delay_holds_between_pages_and_an_hour_of_it_leaves_the_rest(
    site: Site, make: Make
) -> None:
    site.pages["/robots.txt"] = Page(200, b"User-agent: *\nCrawl-delay: 9\n")
    site.pages["//gull.example/robots.txt"] = Page(200, b"User-agent: *\nCrawl-delay: 3600\n")
    clock = Clock()
    fetcher = make(clock)
    fetcher.page(site.at("tern.example") + "/a")
    fetcher.page(site.at("tern.example") + "/a")
    assert clock.slept == [1, 9]
    fetcher.page(site.at("gull.example") + "/a")
    with pytest.raises(Busy, match="wants 3600 s between two requests"):
        fetcher.page(site.at("gull.example") + "/a")
    assert site.paths == ["/a"] * 3


@pytest.mark.parametrize(
    ("status", "header", "waits"),
    [
        (503, "7", 7),
        (429, "7", 7),
        (429, "Fri, 14 Mar 2031 10:00:20 GMT", 20),
        (429, "Fri, 14 Mar 2031 09:00:00 GMT", 1),
        (429, "soon", 60),
    ],
)
def test_a_server_that_asks_to_wait_is_asked_again_when_it_said(
    site: Site, make: Make, status: int, header: str, waits: int
) -> None:
    site.pages["/x"] = [Page(status, b"", {"Retry-After": header}), Page(200, PAGE, HTML)]
    clock = Clock()
    assert make(clock).page(f"{site.url}/x").capture.status == 200
    assert clock.slept == [1, waits]


def test_a_server_that_asks_to_wait_too_long_is_left_alone(site: Site, make: Make) -> None:
    site.pages["/x"] = Page(429, b"", {"Retry-After": "86400"})
    clock = Clock()
    fetcher = make(clock)
    with pytest.raises(Busy, match="asks to wait 86400 s"):
        fetcher.page(f"{site.url}/x")
    with pytest.raises(Busy, match="asks to wait 86400 s"):
        fetcher.page(f"{site.url}/a")
    assert (site.paths, clock.slept) == (["/x"], [1])


def test_a_server_that_always_asks_to_wait_is_not_asked_for_ever(site: Site, make: Make) -> None:
    site.pages["/x"] = Page(503, b"", {"Retry-After": "5"})
    with pytest.raises(Busy, match="answered 503"):
        make(retries=2).page(f"{site.url}/x")
    assert site.paths == ["/x"] * 3


# --------------------------------------------------------------------------- slow and broken


def _drip(site: Site, head: bytes, drop: bytes) -> Callable[[Callable[[bytes], object]], None]:
    def write(send: Callable[[bytes], object]) -> None:
        send(head)
        while not site.stopped.wait(0.05):
            send(drop)

    return write


@pytest.mark.parametrize(
    ("head", "drop", "why"),
    [
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"x", "not finished within 1 s"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x", "not finished within 1 s"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"", "no answer within|not finished within"),
        (b"SSH-2.0-OpenSSH\r\n", b"", "illegal|no answer|not finished"),
    ],
)
def test_slow_and_endless_answers_are_cut_off(
    site: Site, make: Make, head: bytes, drop: bytes, why: str
) -> None:
    site.pages["/x"] = _drip(site, head, drop)
    begun = time.monotonic()
    with pytest.raises(InputError, match=why):
        make(deadline=1, timeout=2, largest=99999).page(f"{site.url}/x")
    assert time.monotonic() - begun < 3


def test_a_server_that_is_silent_is_one_line(site: Site, make: Make) -> None:
    site.pages["/x"] = lambda _: site.stopped.wait(5) and None
    with pytest.raises(InputError, match="no answer within 1 s"):
        make(timeout=1).page(f"{site.url}/x")


def test_a_server_that_is_not_there_is_one_line(make: Make) -> None:
    with pytest.raises(InputError, match=r"robots\.txt cannot be read: Connection refused"):
        make().page("http://127.0.0.1:9/x")


def test_a_name_that_is_not_known_is_one_line(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(InputError, match=r"the name nowhere\.example is not known"):
        make().page("http://nowhere.example/x")


def test_an_unchanged_page_is_an_answer_without_a_body(site: Site, make: Make) -> None:
    site.pages["/x"] = Page(304, b"", {"ETag": '"7"'})
    answer = make().get(f"{site.url}/x", {"If-None-Match": '"7"'})
    assert (answer.status, answer.body, answer.header("etag")) == (304, b"", '"7"')
    assert site.asked[-1][2]["If-None-Match"] == '"7"'


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of tern.example, signed by itself, and its key in one file."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("openssl is not installed")
    path = tmp_path_factory.mktemp("tls") / "tern.pem"
    make = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=tern.example -addext"
    named = [
        *make.split(),
        "subjectAltName=DNS:tern.example",
        "-keyout",
        path,
        "-out",
        f"{path}.crt",
    ]
    subprocess.run([openssl, *named], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + Path(f"{path}.crt").read_bytes())
    return path


def test_certificates_are_checked_against_the_name_that_was_asked_for(
    make: Make, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(certificate) as site:
        site.pages["/a"] = Page(200, PAGE, HTML)
        url = f"https://tern.example:{site.port}/a"
        with pytest.raises(InputError, match=r"self.signed certificate"):
            make().page(url)
        monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")
        assert make().page(url).data == PAGE
        with pytest.raises(InputError, match=r"not valid for 'gull\.example'"):
            make().page(url.replace("tern", "gull"))


# --------------------------------------------------------------------------- codings


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:])),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("br", brotli.compress(PAGE)),
        ("gzip, BR", brotli.compress(gzip.compress(PAGE))),
        ("identity", PAGE),
        ("UTF-8", PAGE),
        ("text/html, none", PAGE),
    ],
)
def test_compressed_pages_are_recorded_as_the_page(
    site: Site, make: Make, coding: str, body: bytes
) -> None:
    site.pages["/x"] = Page(200, body, {**HTML, "Content-Encoding": coding})
    assert make().page(f"{site.url}/x").data == PAGE


@given(
    st.binary(max_size=400) | st.just(b"\0" * 300_000),
    st.sampled_from(["gzip", "deflate", "br"]),
    st.integers(1, 50),
    st.integers(0, 30),
)
def test_codings_give_the_body_back_in_bounded_pieces_however_it_is_cut(
    data: bytes, coding: str, size: int, missing: int
) -> None:
    press = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}[coding]
    whole = press(data)
    sent = whole[: len(whole) - missing] if missing < len(whole) else whole
    pieces = (sent[i : i + size] for i in range(0, len(sent), size))
    found = b""
    try:
        for piece in decoded(pieces, coding):
            assert len(piece) <= 2 << 16
            found += piece
    except BadBody:
        assert sent != whole
        assert data.startswith(found)
    else:
        assert (found, sent) == (data, whole)


@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", "br", "gzip, br"]))
def test_bytes_in_no_coding_raise_nothing_but_the_one_error(data: bytes, coding: str) -> None:
    with suppress(BadBody):
        list(decoded(iter([data]), coding))


# --------------------------------------------------------------------------- private addresses


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1
    255.255.255.255 240.0.0.1 ::1 :: fe80::1 fe80::1%eth0 fc00::1 ff02::1 ::ffff:127.0.0.1
    ::ffff:10.0.0.1 2002:7f00:1:: 64:ff9b::a00:1 ::7f00:1""".split(),
)
def test_private_addresses_are_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_of_the_open_internet_are_known(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "inside.example"]
)
def test_servers_inside_are_not_asked_whatever_they_are_called(
    site: Site, make: Make, host: str
) -> None:
    with pytest.raises(InputError, match=r"not on the open internet .*--web-private"):
        make(private=False).page(f"http://{host}:{site.port}/a")
    assert site.asked == []


def test_a_redirect_into_the_inside_is_not_followed(
    site: Site, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name counts as public once: what is connected to is the address that was checked."""
    from onrecord.capture import network

    names(monkeypatch, {"inside.example": ["127.0.0.2"]})
    monkeypatch.setattr(network, "is_public", lambda address: address == "127.0.0.1")
    site.pages["/x"] = Page(302, b"", {"Location": site.at("inside.example") + "/a"})
    with pytest.raises(InputError, match=r"redirects to http://inside.example.*open internet"):
        make(private=False).page(site.at("tern.example") + "/x")
    assert {host for host, _, _ in site.asked} == {"tern.example"}


def test_of_several_addresses_only_public_ones_are_tried(
    site: Site, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.capture import network

    names(monkeypatch, {"tern.example": ["10.0.0.1", "127.0.0.3", "127.0.0.1"]})
    monkeypatch.setattr(network, "is_public", lambda address: not address.startswith("10."))
    assert make(private=False).page(site.at("tern.example") + "/a").capture.status == 200


def test_requests_go_through_a_proxy_where_one_is_named(site: Site, make: Make) -> None:
    site.pages["http://tern.example/a"] = Page(200, PAGE, HTML)
    assert make(proxy=site.url).page("http://tern.example/a").data == PAGE
    with pytest.raises(InputError, match="not on the open internet"):
        make(proxy=site.url, private=False).page("http://inside.example/a")
