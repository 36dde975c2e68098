"""The plain words of the pages: how values of the record are said to a reader. No verdicts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.records import Article, Bounds, Relation
from onrecord.text.instants import day_of, is_instant

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

ACTS = {
    "assert": "statement",
    "deny": "denial",
    "demand": "demand",
    "threaten": "threat",
    "warn": "warning",
    "promise": "promise",
    "offer": "offer",
    "refuse": "refusal",
    "propose": "proposal",
    "agree": "agreement",
    "ask": "question",
    "praise": "praise",
    "condemn": "condemnation",
}
MANNERS = {
    "direct": "word for word",
    "indirect": "in the reporter’s words",
    "mixed": "partly word for word",
}
MODALITIES = {
    "asserted": "",
    "planned": "planned, not said to have happened",
    "possible": "possible, not certain",
    "required": "what should be, not what is",
    "hypothetical": "supposed, not said to be so",
}
STATUSES = {
    "happened": "",
    "ongoing": "going on",
    "planned": "planned",
    "conditional": "only on a condition",
    "threatened": "threatened",
    "denied": "said not to have happened",
}
STANCES = {"asserts": "says so", "denies": "says not", "doubts": "doubts it"}
"""A line's stance. "Says not" fits a denial as well as a refusal ("we will not"), which denies nothing."""
AGREEING = {
    "same_quote": "same quotation",
    "paraphrase": "same in other words",
    "corroborates": "agree",
    "adds": "one adds to the other",
}
OPPOSED = ("contradicts", "incompatible_accounts")
POSSIBLE = "possible contradiction"
"""What an opposition is called, on every page, until somebody has reviewed it."""
OPPOSING = {
    "contradicts": "told in two ways that do not go together",
    "incompatible_accounts": "one says not what the other says",
}
"""What is opposed in it."""
CALLED = {
    "contradicts": "contradiction",
    "incompatible_accounts": "incompatible accounts",
    "differs": "they differ",
    "paraphrase": "the same in other words",
    "same_quote": "the same quotation",
    "corroborates": "they agree",
    "adds": "one adds to the other",
}
"""What a relation is called that somebody decided about; those that oppose first."""
RELATIONS = {k: f"{v}: {OPPOSING[k]}" if k in OPPOSING else v for k, v in CALLED.items()}
"""The same with what is opposed, for who is about to decide."""
DETAILS = {
    "polarity": "whether it is so",
    "number": "number",
    "date": "date",
    "place": "place",
    "actor": "who does it",
    "condition": "condition",
    "modality": "whether it is done or to come",
    "attribution": "who is said to have said it",
    "occasion": "occasion",
    "characterisation": "what it is called",
    "wording": "wording",
}
"""What two lines differ in, by a relation's `in`."""
OUTCOMES = {
    "done": "reported as done",
    "not_done": "reported as not done",
    "met": "reported as met",
    "unmet": "reported as not met",
    "kept": "reported as kept",
    "missed": "reported as missed",
    "unknown": "unknown",
}
STAGES = {
    "add": "taking the file in",
    "readings": "reading the capture",
    "articles": "joining captures to reports",
    "sentences": "splitting into sentences",
    "mentions": "finding names",
    "date_candidates": "finding dates",
    "statement_candidates": "finding statements",
    "event_candidates": "finding events",
    "changes": "comparing versions",
    "reuse": "comparing wording",
    "actors": "joining names",
    "stories": "joining reports to stories",
    "dates": "settling dates",
    "statements": "settling statements",
    "events": "joining events",
    "timeline": "writing the timeline",
    "claims": "comparing accounts",
    "commitments": "following commitments",
}
CHANGES = {
    "headline": "headline",
    "number": "a number",
    "name": "a name",
    "quote": "quoted words",
    "date": "a date or time",
    "correction": "correction note",
    "addition": "added",
    "deletion": "taken out",
    "move": "moved",
    "wording": "wording",
    "cosmetic": "spacing or marks only",
    "template": "page furniture only",
    "revert": "back to earlier words",
    "removed": "report taken down",
}
"""What was changed, by a change's or a hunk's label."""
CHECKED = {
    "first": "captured for the first time",
    "changed": "another text",
    "same_folded": "the same words, spacing or marks differ",
    "same_text": "the same text in other bytes",
    "same_bytes": "the same bytes",
    "not_modified": "not modified, says the server",
    "wall": "a wall or an error page in its place",
    "missing": "not found",
    "removed": "removed",
    "returned": "there again",
    "refused": "not looked at: not allowed",
    "put_off": "put off: the server asks to wait",
    "failed": "the fetch failed",
}
"""How a check ended, by its outcome."""
NO_VERSION = {
    "consent": "a request for consent",
    "login": "a login form",
    "paywall": "a subscription wall",
    "challenge": "a test for robots",
    "error": "an error page",
    "textless": "a page without text",
    "empty": "an empty page",
    "unreadable": "could not be read",
    "unread": "not read yet",
    "feed": "what a feed said of it",
    "article": "a page without text of the report",
}
"""What a capture is that is no version of its report, in a few words, by its reading's `kind`."""
NO_REPORT = {
    "consent": "This capture holds a request for consent, not a report. Nothing of it is taken for the report’s text.",
    "login": "This capture holds a login or subscription wall, not a report. Nothing of it is taken for the report’s text.",
    "error": "This capture holds an error page, not a report. Nothing of it is taken for the report’s text.",
    "empty": "This capture holds no text of a report.",
    "unreadable": "This capture could not be read within the limits set. It is kept as it is.",
    "feed": "This capture is a feed: it tells of reports and is none.",
}
"""What a capture is that is no report, by its reading's `kind`."""
LANGUAGES = dict(
    row.split(" ", 1)
    for row in (
        "af Afrikaans;ar Arabic;az Azerbaijani;be Belarusian;bg Bulgarian;bn Bengali;bs Bosnian;ca Catalan;"
        "cs Czech;cy Welsh;da Danish;de German;el Greek;en English;eo Esperanto;es Spanish;et Estonian;"
        "eu Basque;fa Persian;fi Finnish;fr French;ga Irish;gl Galician;gu Gujarati;he Hebrew;hi Hindi;"
        "hr Croatian;hu Hungarian;hy Armenian;id Indonesian;is Icelandic;it Italian;ja Japanese;ka Georgian;"
        "kk Kazakh;kn Kannada;ko Korean;ku Kurdish;ky Kyrgyz;lb Luxembourgish;lt Lithuanian;lv Latvian;"
        "mk Macedonian;ml Malayalam;mn Mongolian;mr Marathi;ms Malay;my Burmese;nb Norwegian;ne Nepali;"
        "nl Dutch;nn Norwegian;no Norwegian;pa Punjabi;pl Polish;ps Pashto;pt Portuguese;ro Romanian;"
        "ru Russian;si Sinhala;sk Slovak;sl Slovenian;so Somali;sq Albanian;sr Serbian;sv Swedish;sw Swahili;"
        "ta Tamil;te Telugu;tg Tajik;th Thai;tk Turkmen;tl Tagalog;tr Turkish;uk Ukrainian;ur Urdu;uz Uzbek;"
        "vi Vietnamese;yi Yiddish;zh Chinese;zu Zulu"
    ).split(";")
)
"""English names of ISO 639-1 codes, for the languages that news is most often written in."""


def language(code: str | None) -> str:
    """`German` for `de` or `de-CH`; the code itself where its name is not known."""
    if not code:
        return "unknown"
    return LANGUAGES.get(code.partition("-")[0].lower(), code)


def is_foreign(code: str | None) -> bool:
    """Whether a report's language is known and not English: its text is kept, later stages leave it alone."""
    return bool(code) and not (code or "").lower().startswith("en")


def clock_range(heard: tuple[str, str]) -> str:
    """`0:01:02 to 0:01:05` of a transcript's time codes (HH:MM:SS.mmm); parts of seconds left out."""
    first, last = (text.partition(".")[0].removeprefix("0") for text in heard)
    return first if first == last else f"{first} to {last}"


def count(number: int, one: str, many: str = "") -> str:
    """`1 report`, `2 reports`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def day(text: str | None) -> str:
    """`14 March 2014`, for a day or an instant; `unknown` for None; the text itself if it is neither."""
    if text is None:
        return "unknown"
    try:
        date = day_of(text)
    except ValueError:
        return text
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def clock(text: str | None) -> str:
    """`14:57 UTC+04:00` of an instant; empty for a day or None."""
    if text is None or not is_instant(text) or len(text) < 16:
        return ""
    zone = text[19:] if len(text) > 19 else ""
    return f"{text[11:16]} UTC" + ("" if zone in ("+00:00", "Z", "") else zone.replace("-", "−"))


def instant(text: str | None) -> str:
    """`14 March 2014, 14:57 UTC+04:00`."""
    return ", ".join(part for part in (day(text), clock(text)) if part)


def span(earliest: str | None, latest: str | None) -> str:
    """Inclusive bounds in words; `unknown` if there are none."""
    if earliest is None and latest is None:
        return "unknown"
    if latest is None:
        return f"not before {instant(earliest)}"
    if earliest is None:
        return f"not after {instant(latest)}"
    if earliest == latest:
        return instant(earliest)
    if earliest[:10] == latest[:10]:
        times = [t for t in (clock(earliest), clock(latest)) if t]
        return (
            f"{day(earliest)}, between {' and '.join(times)}" if len(times) == 2 else day(earliest)
        )
    if earliest[:7] == latest[:7] and not is_instant(earliest) and not is_instant(latest):
        return f"{int(earliest[8:10])} to {day(latest)}"
    return f"{instant(earliest)} to {instant(latest)}"


def bounds(value: Bounds) -> str:
    """When, in words: `14 March 2014`, `not after 17 March 2014`, `unknown`."""
    return span(value.earliest, value.latest)


def outlet(article: Article | None) -> str:
    """The outlet's name; where unknown, what tells the report apart from others."""
    if article is None:
        return "unknown report"
    return article.outlet or f"outlet unknown ({article.path})"


def title(article: Article | None) -> str:
    if article is None:
        return "unknown report"
    return article.title or f"title unknown ({article.path})"


def relation(item: Relation) -> str:
    """What a relation says, without a verdict."""
    if item.relation in OPPOSED:
        if item.review == "confirmed":
            return f"{CALLED[item.relation]}, confirmed by a reader"
        if item.review == "rejected":
            return "no contradiction, says a reader"
        return POSSIBLE
    if item.review == "rejected":
        return "not related so, says a reader"
    if item.relation == "differs":
        return f"differ in: {detail(item.in_)}" if item.in_ else "differ"
    return AGREEING.get(item.relation, item.relation.replace("_", " "))


def opposition(item: Relation) -> str:
    """What is opposed in an opposition, beside what it is called."""
    what = OPPOSING[item.relation]
    return what if item.in_ in (None, "polarity") else f"in {detail(item.in_)}: {what}"


def detail(in_: str) -> str:
    """What two lines differ in, in words."""
    return DETAILS.get(in_, in_)


def tone(item: Relation) -> str:
    """Which group a relation is shown in: opposed, differs, agrees, or aside (a reader rejected it)."""
    if item.review == "rejected":
        return "aside"
    if item.relation in OPPOSED:
        return "opposed"
    return "differs" if item.relation == "differs" else "agrees"


def changed(labels: Sequence[str]) -> tuple[str, ...]:
    """A change's or a hunk's labels in words, in their order."""
    return tuple(CHANGES.get(label, label) for label in labels)


def stage(name: str) -> str:
    return STAGES.get(name, name.replace("_", " "))


_ID = re.compile(r"\s?\(?\b[a-z]{3}-[0-9a-f]{20}\b\)?(?::\s|:$)?")


def without_ids(text: str) -> str:
    """A basis as a reader gets it: the ids of records that it rests on left out (they are in the
    exports)."""
    found = _ID.sub(" ", text)
    return found if found == text else " ".join(found.split()).replace(" ;", ";").strip(" ;:")
