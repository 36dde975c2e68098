"""A transcript with time codes (WebVTT, SubRip) -> Reading: what was said, with when it is heard.

Cues are joined to paragraphs: one speaker's, broken at long pauses and, where they grow long, behind a
sentence. Every block keeps the time codes of its first and last words. Files are read leniently:
missing blank lines and numbers, either mark of fractions, no hours, times that run backwards.

Formats: WebVTT (W3C Candidate Recommendation, 4 April 2019); SubRip has no standard.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from onrecord.extract.detected_language import language_of
from onrecord.extract.ranges import Passage, Token, assemble, tokens_of
from onrecord.extract.text_build import Built
from onrecord.gazetteer.outlets import Outlets
from onrecord.records import Bounds, Capture, CaptureSpan, Dateline, LeftOut, Reading
from onrecord.text.ids import make_id
from onrecord.text.instants import normalise

EXTRACTOR = "transcript 1"

TIME_CODE = "time code"
BAD_TIME = "a time code that cannot be read"
NUMBER = "cue number"
HEADER = "file header"
NOTE = "note"
STYLE = "style sheet"
REGION = "region"
REPEATED = "repeated from the cue before"
NAMED = "speaker named before"
MARKUP = "markup"

_LINE = re.compile(r"[^\r\n]+")
_MOMENT = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3})\d*)?"
_TIMES = re.compile(rf"[\s\ufeff]*{_MOMENT}[ \t]*-{{1,2}}>[ \t]*{_MOMENT}(?![\d:]).*")
_MARKUP = re.compile(
    r"</?[A-Za-z][^<>]*>|</?[A-Za-z]?>|<[\d:.]+>|\{\\[^{}]*\}|(?:>|&gt;)(?:>|&gt;)+"
)
_CHEVRONS = re.compile(r"(?:>|&gt;)+")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]*)>", re.IGNORECASE)
_NAME = re.compile(
    r"[\[(]?(?P<name>(?:[A-Z][\w.'’-]*|of|the|de|van|von|al|bin|\d{1,2})(?: (?:[A-Z][\w.'’-]*|of|the|de|van|von|al|bin|\d{1,2})){0,6})[\])]?:(?=\s|\Z)"
)
_TURN = re.compile(r">>|[-–—](?=\s*[\"“'‘]?[A-Z])")
_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)\]]*\Z")
_KEY = re.compile(r"(title|language|date|published)\s*:\s*(.+)", re.IGNORECASE)
_ROLLING = 20
"""Per cent of neighbouring cues that must repeat lines before repetition is the captions' way."""
_FAR_BACK = 10_000
"""Milliseconds. A clock that goes back farther has begun anew."""


@dataclass(frozen=True, slots=True)
class TranscriptOptions:
    """How cues become paragraphs."""

    pause: int = 3
    """Seconds. Silence of this length behind a sentence begins a new paragraph, of four times the
    length anywhere."""
    paragraph: int = 800
    """Code points. A paragraph this long ends with the next sentence, at twice the length anyhow."""


@dataclass(slots=True)
class Cue:
    """One cue: when it is shown (milliseconds, None where the time line cannot be read), its lines."""

    begin: int | None
    end: int | None
    lines: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class File:
    """A transcript cut up: its cues, what is no cue, and what its header says."""

    cues: list[Cue] = field(default_factory=list)
    left: list[LeftOut] = field(default_factory=list)
    header: list[tuple[int, int]] = field(default_factory=list)
    notes: list[tuple[int, int]] = field(default_factory=list)
    title: tuple[int, int] | None = None
    language: tuple[int, int] | None = None
    date: tuple[int, int] | None = None

    def leave(self, start: int, end: int, reason: str) -> None:
        self.left.append(LeftOut(capture_start=start, capture_end=end, reason=reason))


# ------------------------------------------------------------------ the file


def cut(source: str) -> File:
    """The cues of a transcript. Never raises: what is no cue is left out with its reason."""
    lines = _lines(source)
    file = File()
    at = _read_head(source, lines, file)
    cue: Cue | None = None
    while at < len(lines):
        start, end, after_blank = lines[at]
        text = source[start:end]
        block = _block(text) if after_blank and file.header else None
        if block:
            first = at
            while at < len(lines) and (at == first or not lines[at][2]):
                if at > first and _TIMES.fullmatch(source[slice(*lines[at][:2])]):
                    break
                file.leave(*lines[at][:2], block)
                at += 1
            if block == NOTE and not file.cues:
                file.notes += [line[:2] for line in lines[first:at]]
            continue
        at += 1
        times = _TIMES.fullmatch(text)
        if times or _is_bad_time(text, file):
            cue = Cue(*_moments(times)) if times else Cue(None, None)
            file.cues.append(cue)
            file.leave(start, end, TIME_CODE if times else BAD_TIME)
        elif _is_number(source, file, lines, at - 1):
            file.leave(start, end, NUMBER)
        elif cue is None:
            file.leave(start, end, HEADER)
        else:
            cue.lines.append((start, end))
    _read_names(source, file)
    return file


def _lines(source: str) -> list[tuple[int, int, bool]]:
    """(start, end, whether a blank line or nothing stands before) of every non-blank line."""
    found: list[tuple[int, int, bool]] = []
    last = 0
    for match in _LINE.finditer(source):
        start, end = match.span()
        while start < end and (source[start].isspace() or source[start] == "\ufeff"):
            start += 1
        while end > start and source[end - 1].isspace():
            end -= 1
        if start == end:
            continue
        gap = source[last:start].replace("\r\n", "\n").replace("\r", "\n")
        found.append((start, end, not found or gap.count("\n") > 1))
        last = end
    return found


def _read_head(source: str, lines: Sequence[tuple[int, int, bool]], file: File) -> int:
    """Reads the lines above the first cue that belong to the file; how many they are."""
    if not lines:
        return 0
    start, end, _ = lines[0]
    if re.match(r"WEBVTT(?:\s|\Z)", source[start:end]):
        at = 0
        while at < len(lines) and (at == 0 or not lines[at][2]):
            if _TIMES.fullmatch(source[slice(*lines[at][:2])]):
                break
            file.header.append(lines[at][:2])
            at += 1
        return at
    return 0


def _block(text: str) -> str | None:
    for word, reason in (("NOTE", NOTE), ("STYLE", STYLE), ("REGION", REGION)):
        if re.match(rf"{word}(?:[\s:]|\Z)", text):
            return reason
    return None


def _moments(times: re.Match[str]) -> tuple[int, int]:
    h, m, s, f, h2, m2, s2, f2 = times.groups()
    return _milliseconds(h, m, s, f), _milliseconds(h2, m2, s2, f2)


def _milliseconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int:
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "").ljust(3, "0"))


def clock(milliseconds: int) -> str:
    """`HH:MM:SS.mmm`."""
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}.{rest:03}"


def _is_bad_time(text: str, file: File) -> bool:
    """Whether a line is meant as a time line. WebVTT allows no arrow anywhere else."""
    return "-->" in text and (bool(file.header) or sum(c.isdigit() for c in text) >= 6)


def _is_number(source: str, file: File, lines: Sequence[tuple[int, int, bool]], at: int) -> bool:
    """Whether a line is the name of a cue: right above a time line behind a blank line, or a number
    above one."""
    if at + 1 >= len(lines):
        return False
    below = source[slice(*lines[at + 1][:2])]
    if not (_TIMES.fullmatch(below) or _is_bad_time(below, file)):
        return False
    start, end, after_blank = lines[at]
    if source[start:end].isdecimal():
        return after_blank or not lines[at + 1][2]
    return after_blank and not lines[at + 1][2]


def _read_names(source: str, file: File) -> None:
    """Title, language and date from the file's header and the notes above its first cue."""
    if file.header:
        start, end = file.header[0]
        match = re.compile(r"WEBVTT(?:\s*[-–—:]\s*|\s+)(?=\S)").match(source, start, end)
        if match:
            file.title = (match.end(), end)
        for low, high in file.header:
            file.leave(low, high, HEADER)
    loose = [] if file.header else [o for o in file.left if o.reason == HEADER]
    if loose:
        file.title = (loose[0].capture_start, loose[0].capture_end)
    for low, high in [
        *file.header[1:],
        *((o.capture_start, o.capture_end) for o in loose),
        *file.notes,
    ]:
        head = 4 if source.startswith("NOTE", low) else 0
        if match := _KEY.match(source[low + head : high].lstrip(" \t:")):
            key = match[1].lower()
            place = (high - len(match[2]), high)
            if key == "title":
                file.title = place
            elif key == "language":
                file.language = place
            elif normalise(match[2].strip()):
                file.date = place
    if file.title:
        start, end = file.title
        kept = [o for o in file.left if not (o.capture_start < end and start < o.capture_end)]
        for one in file.left:
            if one not in kept:
                for low, high in ((one.capture_start, start), (end, one.capture_end)):
                    if low < high:
                        kept.append(LeftOut(capture_start=low, capture_end=high, reason=one.reason))
        file.left = kept


# ------------------------------------------------------------------ what is said


@dataclass(slots=True)
class Said:
    """A line of a cue as it is shown: its words, and whether a speaker begins in it."""

    tokens: list[Token] = field(default_factory=list)
    markup: list[tuple[int, int]] = field(default_factory=list)
    text: str = ""
    voice: tuple[int, int] | None = None
    """The name in a voice tag, where this line has one, and the tag."""
    tag: tuple[int, int] | None = None
    turn: bool = False

    def closed(self) -> Said:
        """Itself, its text put together."""
        self.text = " ".join("".join(text for text, _, _ in self.tokens).split())
        marked = _TURN.match(self.text)
        self.turn = bool(marked or _NAME.match(self.text))
        return self


def _said(source: str, start: int, end: int) -> Iterator[Said]:
    """A line of a cue, cut where another voice begins in it."""
    now = Said()
    here = start
    for match in _MARKUP.finditer(source, start, end):
        now.tokens += tokens_of(source, here, match.start(), entities=True)
        here = match.end()
        voice = _VOICE.fullmatch(source, *match.span())
        named = voice is not None and bool(voice[1].strip())
        chevrons = voice is None and _CHEVRONS.fullmatch(source, *match.span())
        if (named or chevrons) and any(text != " " for text, _, _ in now.tokens):
            yield now.closed()
            now = Said()
        if chevrons:
            now.tokens += tokens_of(source, *match.span(), entities=True)
        elif named and voice is not None:
            name = voice[1].rstrip()
            now.voice, now.tag = (voice.start(1), voice.start(1) + len(name)), match.span()
        else:
            now.markup.append(match.span())
    now.tokens += tokens_of(source, here, end, entities=True)
    yield now.closed()


def _repeats(before: Sequence[Said], now: Sequence[Said]) -> int:
    """How many of the first lines of a cue are the last ones of the cue before."""
    for count in range(min(len(before), len(now)), 0, -1):
        if [line.text for line in before[-count:]] == [line.text for line in now[:count]]:
            return count
    return 0


def _grows(before: Sequence[Said], now: Sequence[Said]) -> int:
    """How many characters of a cue's text are the whole text of the cue before, on one line each."""
    if len(before) != 1 or len(now) != 1:
        return 0
    old, new = before[0].text, now[0].text
    return len(old) if old and new.startswith(f"{old} ") else 0


def _without(tokens: Sequence[Token], count: int) -> tuple[list[Token], list[Token]]:
    """Tokens parted behind their first `count` characters as shown, white space folded."""
    seen, space = 0, True
    for place, (text, _, _) in enumerate(tokens):
        if seen >= count:
            return list(tokens[:place]), list(tokens[place:])
        if text != " " or not space:
            seen += len(text)
        space = text == " "
    return list(tokens), []


@dataclass(slots=True)
class Turn:
    """A paragraph in the making."""

    tokens: list[Token] = field(default_factory=list)
    begin: int | None = None
    end: int | None = None
    length: int = 0
    ends_sentence: bool = False

    def add(self, source: str, tokens: Sequence[Token], cue: Cue) -> None:
        """Appends the words of a cue's line behind a space."""
        if self.tokens:
            at = self.tokens[-1][2]
            while not source[at].isspace() and at < tokens[0][1]:
                at += 1
            self.tokens.append((" ", at, at + 1))
            known = self.end is not None and cue.end is not None
            self.end = max(self.end or 0, cue.end or 0) if known else None
        else:
            self.begin, self.end = cue.begin, cue.end
        self.tokens += tokens


def _turns(source: str, file: File, options: TranscriptOptions) -> Iterator[Turn]:
    """The paragraphs. What they leave out is added to the file's."""
    read = [[said for line in cue.lines for said in _said(source, *line)] for cue in file.cues]
    pairs = [(a, b) for a, b in pairwise(read) if a and b]
    rolling = sum(bool(_repeats(a, b)) for a, b in pairs) * 100 >= max(1, len(pairs)) * _ROLLING
    growing = sum(bool(_grows(a, b)) for a, b in pairs) * 100 >= max(1, len(pairs)) * _ROLLING
    turn = Turn()
    voice = ""
    before: list[Said] = []
    last: int | None = None
    for cue, lines in zip(file.cues, read, strict=True):
        twice = rolling or _shown_twice(cue, last, before, lines)
        skipped = _repeats(before, lines) if twice else 0
        grown = _grows(before, lines) if growing and not skipped else 0
        before = lines or before
        for number, line in enumerate(lines):
            for span in line.markup:
                file.leave(*span, MARKUP)
            tokens = line.tokens
            if number < skipped or not line.text:
                if line.tag:
                    file.leave(*line.tag, MARKUP)
                for _, low, high in tokens:
                    file.leave(low, high, REPEATED)
                continue
            if grown:
                old, tokens = _without(tokens, grown)
                for _, low, high in old:
                    file.leave(low, high, REPEATED)
            named = line.voice is not None and source[slice(*line.voice)] != voice
            if line.voice and line.tag:
                if named:
                    voice = source[slice(*line.voice)]
                    file.leave(line.tag[0], line.voice[0], MARKUP)
                    tokens = [*_label(source, line.voice, line.tag), *_stripped(tokens)]
                else:
                    file.leave(*line.tag, NAMED)
            if turn.tokens and (named or line.turn or _parts(turn, cue, number, last, options)):
                yield turn
                turn = Turn()
            turn.add(source, tokens, cue)
            turn.length += len(line.text) + 1
            turn.ends_sentence = bool(_SENTENCE_END.search(line.text))
        last = cue.end if cue.end is not None else last
    if turn.tokens:
        yield turn


def _label(source: str, voice: tuple[int, int], tag: tuple[int, int]) -> list[Token]:
    """A speaker's name out of its tag, whose `>` stands for the colon that print puts behind a name."""
    return [*tokens_of(source, *voice, entities=True), (": ", tag[1] - 1, tag[1])]


def _stripped(tokens: Sequence[Token]) -> Sequence[Token]:
    first = next((i for i, (text, _, _) in enumerate(tokens) if text != " "), len(tokens))
    return tokens[first:]


def _shown_twice(cue: Cue, last: int | None, before: Sequence[Said], lines: Sequence[Said]) -> bool:
    """Whether a cue shows the very text of the one before while that is still shown: written twice."""
    return (
        cue.begin is not None
        and last is not None
        and cue.begin < last
        and [line.text for line in before] == [line.text for line in lines]
    )


def _parts(turn: Turn, cue: Cue, number: int, last: int | None, options: TranscriptOptions) -> bool:
    """Whether a paragraph ends before a line of a cue, though the speaker is the same."""
    if number:
        return False
    long = turn.length >= options.paragraph
    if cue.begin is None or last is None:
        return long and turn.ends_sentence
    pause = cue.begin - last
    return (
        pause < -_FAR_BACK
        or (turn.ends_sentence and (long or pause >= options.pause * 1000))
        or pause >= options.pause * 4000
        or turn.length >= 2 * options.paragraph
    )


# ------------------------------------------------------------------ the reading


def read_transcript(
    capture: Capture,
    source: str,
    outlets: Outlets,
    options: TranscriptOptions = TranscriptOptions(),
) -> Reading:
    """What a transcript says. `source` is the decoded capture. Never raises on malformed files."""
    file = cut(source)
    passages = []
    if file.title:
        passages.append(Passage("title", tuple(tokens_of(source, *file.title))))
    for turn in _turns(source, file, options):
        begins = clock(turn.begin) if turn.begin is not None else None
        ends = clock(turn.end) if turn.end is not None and turn.end >= (turn.begin or 0) else None
        passages.append(Passage("paragraph", tuple(turn.tokens), begins, ends))
    built = assemble(passages, file.left)
    built = Built(built.text, built.blocks, built.segments, _outside(built))
    evidence: dict[str, tuple[CaptureSpan, ...]] = {
        name: (CaptureSpan(start=place[0], end=place[1]),)
        for name, place in (
            ("title", file.title),
            ("language", file.language),
            ("published", file.date),
        )
        if place
    }
    known = outlets.by_url(capture.url) if capture.url else None
    date = source[slice(*file.date)].strip() if file.date else None
    said = normalise(date) if date else None
    return Reading(
        id=make_id("rea", capture.id),
        capture_id=capture.id,
        article_id=capture.article_id,
        text=built.text,
        blocks=built.blocks,
        segments=built.segments,
        left_out=built.left_out,
        url=capture.url,
        outlet=known.name if known else None,
        title=" ".join(source[slice(*file.title)].split()) if file.title else None,
        bylines=(),
        dateline=Dateline(),
        credits=(),
        published=Bounds(earliest=said, latest=said, text=date, basis="the file's header")
        if said
        else Bounds(),
        modified=Bounds(),
        language=_language(source, file, built.text),
        tags=(),
        announced_versions=None,
        evidence=evidence,
        capture_path=capture.path,
        captured_at=capture.captured_at,
        decoder=capture.decoder,
        sha256=capture.sha256,
        given=capture.given,
        extractor=EXTRACTOR,
        kind="article" if any(c.isalnum() for c in built.text) else "empty",
    )


def _outside(built: Built) -> tuple[LeftOut, ...]:
    """What was left out, without the markup inside blocks: their range covers it."""
    starts = [b.capture_start for b in built.blocks]

    def inside(one: LeftOut) -> bool:
        at = bisect_right(starts, one.capture_start) - 1
        return at >= 0 and one.capture_end <= built.blocks[at].capture_end

    return tuple(one for one in built.left_out if one.reason != MARKUP or not inside(one))


def _language(source: str, file: File, text: str) -> str | None:
    """Two letters: what the header says, else what the text is detected as; None if unsure."""
    if file.language:
        written = source[slice(*file.language)].strip().lower()
        if re.match(r"[a-z]{2}(?:[-_]|\Z)", written):
            return written[:2]
    return language_of(text)
