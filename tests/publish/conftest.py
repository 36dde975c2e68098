"""A browser's page, and a record served to judge in, for the tests of the web app that need them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.publish.served import chromium, needed, served

from onrecord import settings
from onrecord.publish import web_judging
from onrecord.run.deciding import Bench
from onrecord.store.record import Store

WIDE = {"viewport": {"width": 1440, "height": 900}}


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with chromium(needed()) as found:
        yield found


@pytest.fixture
def tab(browser, request) -> Iterator[object]:  # type: ignore[no-untyped-def]
    """A page that fails the test on any script error, blocked resource or foreign request. Parametrized
    indirectly, it takes the options of a browser context."""
    context = browser.new_context(**getattr(request, "param", WIDE))
    found = context.new_page()
    wrong: list[str] = []
    found.on("pageerror", lambda error: wrong.append(str(error)))
    found.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    found.on(
        "request",
        lambda r: (
            None
            if r.url.startswith(("http://127.0.0.1", "file:", "data:"))
            else wrong.append(r.url)
        ),
    )
    yield found
    context.close()
    assert wrong == []


@pytest.fixture
def site(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the module's `store`, served so that its relations can be decided. A form's answer
    waits for the build behind it however busy the machine is."""
    monkeypatch.setattr(web_judging, "PATIENCE", 60.0)
    bench = Bench(store, settings.join(), lambda: "2031-06-01T10:00:00+00:00")
    with served(store, bench) as address:
        yield address
    bench.close()
