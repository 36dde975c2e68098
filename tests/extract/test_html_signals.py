"""Pages that stand in for a report, in several languages, and reports that only speak of such pages."""

from __future__ import annotations

import pytest

from onrecord.extract.html_reading import read_html
from onrecord.extract.html_signals import PAID, REST_PAID
from onrecord.gazetteer import load_outlets
from onrecord.pipeline import STAGES
from onrecord.records import Article, Reading, Version
from onrecord.run.memory import build_in_memory, capture_of

FACTS = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","datePublished":"2031-05-02T09:15:00Z"}</script>'
OFFER = "<p>{}</p>"
LEAD = "Dockers in the port of Vellmouth went back to work on Friday after nine days, the union of the port said in the evening."
TEASERS = "".join(
    f'<div class="item"><a href="/r/{n}"><h3>Report number {n} of the harbour and its ships, told at length</h3></a>'
    f"<p>The boats of number {n} are in, the board said, and the ferry waits until the fog has gone from the sound.</p></div>"
    for n in range(9)
)
PRIVACY = (
    "<p>We and our 612 partners store and/or access information on a device, such as cookies, and process personal data.</p>"
    "<p>With your permission we and our partners may use precise data and identification through device scanning. You may consent to this.</p>"
    "<p>Some of our partners process your personal data on the basis of legitimate interest, which does not need your consent.</p>"
    "<p>Your preferences will apply to this website only. You can manage your consent at any time by returning to this site.</p>"
)


def read(body: str, *, title: str = "", head: str = "", status: int | None = None) -> Reading:
    source = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    capture = capture_of("p.html", source.encode(), media_type="text/html")
    fields = {f: getattr(capture, f) for f in capture.__struct_fields__} | {"status": status}
    return read_html(type(capture)(**fields), source, load_outlets())


@pytest.mark.parametrize(
    ("body", "title", "kind"),
    [
        ("", "", "empty"),
        ("<div id='root'></div>", "Tidewater Post", "empty"),
        ("<h1>404</h1><p>Sorry.</p>", "404", "error"),
        (
            "<h1>Oops! That page can't be found.</h1><p>Try a search.</p>",
            "Page not found | Tidewater Post",
            "error",
        ),
        (
            f"<h1>Page not found</h1><p>Here is what others read.</p>{TEASERS}",
            "Tidewater Post",
            "error",
        ),
        (f"<h1>Latest</h1>{TEASERS}", "Error 404 (Not Found) – Tidewater Post", "error"),
        ("<h1>Seite nicht gefunden</h1><p>Die gesuchte Seite existiert nicht.</p>", "", "error"),
        ("<h1>Page introuvable</h1><p>Cette page n'existe plus.</p>", "", "error"),
        ("<h1>Página no encontrada</h1><p>Vuelva al inicio.</p>", "", "error"),
        ("<h1>502 Bad Gateway</h1><hr>proxy", "502 Bad Gateway", "error"),
        ("<p>You don't have permission to access this page.</p>", "Access Denied", "error"),
        ("<p>This article is no longer available.</p>", "Tidewater Post", "error"),
        ("<p>Checking your browser before you go on.</p>", "Just a moment...", "challenge"),
        ("<p>Please enable JS and disable any ad blocker</p>", "tidewater.example", "challenge"),
        (
            "<noscript>x</noscript><p>You need to enable JavaScript to run this app.</p>",
            "",
            "challenge",
        ),
        ("<p>Bitte aktivieren Sie JavaScript, um fortzufahren.</p>", "Tidewater", "challenge"),
        (
            "<h1>Are you a robot?</h1><p>To continue, please click the box below.</p>",
            "",
            "challenge",
        ),
        (
            "<p>We detected unusual activity from your network. Solve the captcha.</p>",
            "",
            "challenge",
        ),
        ("<h1>Before you continue</h1><p>We value your privacy.</p>", "", "consent"),
        (f"<h1>We value your privacy</h1>{PRIVACY}", "Tidewater Post", "consent"),
        (
            "<h1>Willkommen</h1><p>Mit Werbung und Cookies weiterlesen: Zustimmung ist nötig.</p>",
            "",
            "consent",
        ),
        (
            "<p>Nous et nos partenaires utilisons des cookies avec votre consentement.</p>",
            "",
            "consent",
        ),
        ("<form><p>Welcome back.</p><input type=password></form>", "Tidewater Post", "login"),
        ("<h1>Log in to Tidewater Post</h1><p>Forgot your password?</p>", "", "login"),
        ("<h1>Ships wait</h1><p>Subscribe to continue reading.</p>", "Ships wait", "paywall"),
        ("<h1>Schiffe warten</h1><p>Nur für Abonnenten</p>", "", "paywall"),
    ],
)
def test_pages_that_are_no_report(body: str, title: str, kind: str) -> None:
    assert read(body, title=title).kind == kind


def test_an_http_error_is_one_whatever_it_shows() -> None:
    assert read(f"<h1>Ships wait</h1><p>{LEAD}</p>" * 6, head=FACTS, status=404).kind == "error"


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Page not found: how a town lost its archive", f"{LEAD} The archive gives error 404 now."),
        ("404 boats counted in the sound", LEAD),
        ("Port denied access to reporters", f"{LEAD} Access was denied at the gate, they said."),
        (
            "Statue removed from harbour",
            f"{LEAD} The statue, which has been removed, stood for a century.",
        ),
        (
            "Court rules on cookies",
            f"{LEAD} Sites must ask before they accept all cookies, the court held.",
        ),
        ("Robots to unload ships", f"{LEAD} “Are you a robot?” a docker asked the crane."),
        ("Log in, boats out", f"{LEAD} A log in the sound kept the ferry from leaving."),
        ("Ships wait", LEAD),
    ],
)
@pytest.mark.parametrize("head", [FACTS, ""], ids=["described", "bare"])
def test_short_reports_that_speak_of_such_pages(headline: str, text: str, head: str) -> None:
    shown = read(f"<article><h1>{headline}</h1><p>{text}</p></article>", title=headline, head=head)
    assert shown.kind == "article"


def test_a_long_report_about_consent_is_a_report() -> None:
    told = "".join(
        f"<p>{LEAD} Your consent to cookies is worth {n} crowns, they found.</p>" for n in range(6)
    )
    assert read(f"<h1>What cookies are worth</h1>{told}", head=FACTS).kind == "article"


def test_a_report_whose_metadata_tell_of_it_is_still_none_behind_a_wall() -> None:
    body = "<h1>Ships wait</h1><p>We and our 612 partners store and/or access information on a device with your consent.</p>"
    assert read(body, title="Ships wait", head=FACTS).kind == "consent"


def test_a_teaser_is_a_report_that_says_what_is_missing() -> None:
    reading = read(
        f"<h1>Ships wait</h1><article><p>{LEAD}</p><p>{LEAD.replace('nine', 'ten')}</p></article>"
        "<div class='paywall'><p>To continue reading, subscribe or log in.</p></div>",
        head=FACTS,
    )
    assert reading.kind == "article"
    assert reading.missing == (REST_PAID,)


def test_an_offer_beside_a_whole_report_misses_nothing() -> None:
    told = "".join(f"<p>{LEAD.replace('nine', str(n))} {LEAD}</p>" for n in range(9))
    reading = read(f"<h1>Ships wait</h1>{told}<div class='paywall'><p>Subscribers only</p></div>")
    assert reading.missing == ()


def test_metadata_that_ask_for_money_count_where_little_is_shown() -> None:
    head = FACTS.replace('"headline"', '"isAccessibleForFree":false,"headline"')
    source = (
        f"<h1>Ships wait</h1><article><p>{LEAD}</p><p>{LEAD.replace('nine', 'ten')}</p></article>"
    )
    reading = read(source, head=head)
    assert reading.missing == (PAID,)
    assert reading.evidence["missing"]


@pytest.mark.parametrize(
    ("line", "versions"),
    [
        ("Version 2 of 5", 5),
        ("This is version 3 of this report.", 3),
        ("This is the 4th version of this article", 4),
        ("Updated 3 times since it was first published", 4),
        ("This report was updated twice.", 3),
        ("Corrected once", 2),
        ("3 Mal aktualisiert", 4),
        ("Mis à jour 2 fois", 3),
        ("UPDATE 2-Ships wait in the sound", 3),
        ("3rd Writethru", 4),
        ("Updated 3 hours ago", None),
        ("Updated 3 May 2031", None),
        ("Update 2031 of the plan", None),
        ("Edited two pictures", None),
        ("The app's version 3 is out", None),
        ("First published on Friday", None),
    ],
)
def test_versions_that_a_page_announces(line: str, versions: int | None) -> None:
    told = "".join(f"<p>{LEAD.replace('nine', str(n))}</p>" for n in range(6))
    reading = read(f"<article><h1>Ships wait</h1><div class='note'>{line}</div>{told}</article>")
    assert reading.announced_versions == versions


def test_a_report_that_only_scripts_draw_keeps_its_title_and_is_no_version() -> None:
    source = (
        f"<html><head><title>Ships wait</title>{FACTS}</head><body><nav>Log in</nav></body></html>"
    )
    data = source.encode()
    capture = capture_of("p.html", data, media_type="text/html")
    shelf, _ = build_in_memory([(capture, data)], STAGES, until="articles")
    (reading,), (article,) = shelf.all(Reading), shelf.all(Article)
    assert (reading.kind, article.title) == ("textless", "Ships wait")
    assert shelf.all(Version) == ()
