"""Checks the labelled reports beside it: `python check.py [file …]`.

An error is a breach of README.md and makes the exit status 1; a warning is a thing to look at again.
"""

import re
import sys
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent
ACTS = (
    "assert deny demand threaten warn promise offer refuse propose agree ask praise condemn"
).split()
MANNERS = ["direct", "mixed", "indirect"]
POLARITIES = ["positive", "negative"]
MODALITIES = ["asserted", "planned", "possible", "required", "hypothetical"]
REPORT_FIELDS = {"style", "outlet", "published", "text", "statement"}
FIELDS = {
    "id", "speaker", "source", "cue", "content", "manner", "act", "polarity", "modality", "condition",
    "addressee", "addressee_words", "within", "via", "place", "said",
}  # fmt: skip
WORDS = (200, 380)
STATEMENTS = (8, 16)


def places(text, words):
    """Every place where the words stand as whole words."""
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return [m.span() for m in re.finditer(before + re.escape(words) + after, text)]


def quoted(text):
    """For every letter of the text, whether it stands in quotation marks of any kind."""
    inside = [False] * len(text)
    pairs = {"“": "”", "‘": "’", "«": "»"}
    start = 0
    for paragraph in text.split("\n"):
        opened = []
        for i, c in enumerate(paragraph):
            previous = paragraph[i - 1] if i else " "
            following = paragraph[i + 1] if i + 1 < len(paragraph) else " "
            if c in pairs:
                opened.append(pairs[c])
            elif c == '"':
                if '"' in opened:
                    del opened[opened.index('"') :]
                else:
                    opened.append('"')
            elif c in "'’":
                if c in opened and not following.isalnum():
                    del opened[opened.index(c) :]
                elif c == "'" and not previous.isalnum() and not following.isspace():
                    opened.append("'")
            elif c in opened:
                del opened[opened.index(c) :]
            inside[start + i] = bool(opened)
        start += len(paragraph) + 1
    return inside


def runs_of(text, statement, complain, warn):
    """The places of the content, in the order given."""
    spans = []
    for run in statement["content"]:
        words, number = run, None
        if match := re.search(r"#(\d+)$", run):
            words, number = run[: match.start()], int(match.group(1))
        found = places(text, words)
        if text.count(words) != len(found):
            warn(f"content also stands inside other words: {words!r}")
        if words != words.strip() or "\n" in words:
            complain(f"content with spaces round it or over a line's end: {run!r}")
        if not found:
            complain(f"content does not stand in the text: {run!r}")
        elif number is None and len(found) > 1:
            complain(f"content stands {len(found)} times, needs #n: {run!r}")
        elif number is not None and not 1 <= number <= len(found):
            complain(f"content stands only {len(found)} times: {run!r}")
        elif number is not None and len(found) == 1:
            warn(f"content stands once, #n is not needed: {run!r}")
        else:
            spans.append(found[(number or 1) - 1])
        if words[-1:] in ",.;:":
            warn(f"content ends in a stop: {run!r}")
    if spans != sorted(spans) or any(a[1] > b[0] for a, b in pairwise(spans)):
        complain("runs overlap or are out of order")
    return spans


def covers(outer, inner):
    return all(any(a <= c and d <= b for a, b in outer) for c, d in inner)


def overlap(one, other):
    return any(a < d and c < b for a, b in one for c, d in other)


def share_quoted(text, inside, spans):
    words = [m.start() + a for a, b in spans for m in re.finditer(r"\w+(?:['’.,-]\w+)*", text[a:b])]
    return sum(inside[i] for i in words) / len(words) if words else 0.0


def check(path, counts):
    errors, warnings = [], []
    try:
        report = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        return [f"does not parse: {e}"], []
    for field in ("style", "outlet", "published", "text"):
        if not isinstance(report.get(field), str) or not report[field].strip():
            errors.append(f"report needs {field}")
    errors += [f"unknown field of the report: {f}" for f in report.keys() - REPORT_FIELDS]
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", str(report.get("published"))):
        errors.append("published is not a date")
    text, statements = report.get("text", ""), report.get("statement", [])
    lower, inside = f"{text}\n{report.get('outlet', '')}".lower(), quoted(text)
    n = len(text.split())
    if not WORDS[0] <= n <= WORDS[1]:
        warnings.append(f"{n} words")
    if not STATEMENTS[0] <= len(statements) <= STATEMENTS[1]:
        warnings.append(f"{len(statements)} statements")
    counts["style"][report.get("style")] += 1
    counts["report"]["words"] += n
    counts["report"]["statements"] += len(statements)

    ids = [s.get("id") for s in statements]
    errors += [f"id {i!r} stands {k} times" for i, k in Counter(ids).items() if k > 1 or not i]
    spans = {}
    for s in statements:
        name = s.get("id")

        def complain(message, name=name):
            errors.append(f"[{name}] {message}")

        def warn(message, name=name):
            warnings.append(f"[{name}] {message}")

        for field in s.keys() - FIELDS:
            complain(f"unknown field {field}")
        for field in s:
            counts["field"][field] += 1
        content = s.get("content")
        if (
            not isinstance(content, list)
            or not content
            or not all(isinstance(c, str) and c for c in content)
        ):
            complain("content must be a list of strings")
            continue
        for field in FIELDS - {"content", "via"}:
            if field in s and (not isinstance(s[field], str) or not s[field].strip()):
                complain(f"{field} must be a string with words in it")
        via = s.get("via", [])
        if not isinstance(via, list) or not all(isinstance(v, str) and v for v in via):
            complain("via must be a list of strings")
            via = []
        for field, allowed in (("manner", MANNERS), ("act", ACTS)):
            if s.get(field) not in allowed:
                complain(f"{field} is {s.get(field)!r}")
            counts[field][s.get(field)] += 1
        for field, allowed in (("polarity", POLARITIES), ("modality", MODALITIES)):
            if s.get(field, allowed[0]) not in allowed:
                complain(f"{field} is {s.get(field)!r}")
            counts[field][s.get(field, allowed[0])] += 1
        for field in ("source", "cue", "condition", "addressee_words", "place", "said"):
            if field in s and not places(text, s[field]):
                complain(f"{field} does not stand in the text: {s[field]!r}")
        for field in ("speaker", "addressee"):
            if field in s and s[field].lower() not in lower:
                warn(f"{field} does not stand in the text: {s[field]!r}")
        for v in via:
            if v.lower() not in lower:
                warn(f"via does not stand in the text: {v!r}")
        if "addressee_words" in s and "addressee" not in s:
            complain("addressee_words without addressee")
        if s.get("addressee_words") is not None and s.get("addressee_words") == s.get("addressee"):
            warn("addressee_words are the addressee: not needed")
        if "source" in s and "speaker" not in s:
            warn("source without speaker")
        mine = spans[name] = runs_of(text, s, complain, warn)
        if len(mine) != len(content):
            continue
        if (
            "condition" in s
            and places(text, s["condition"])
            and not any(covers(mine, [p]) for p in places(text, s["condition"]))
        ):
            warn(f"condition stands outside the content: {s['condition']!r}")
        for field in ("source", "cue", "addressee_words"):
            found = places(text, s.get(field, "")) if field in s else []
            within = [p for p in found if covers(mine, [p])]
            if within and len(within) < len(found):
                warn(f"{field} stands both inside and outside the content: {s[field]!r}")
        share = share_quoted(text, inside, mine)
        manner = "direct" if share > 0.9 else "mixed" if share > 0.05 else "indirect"
        if s.get("manner") != manner:
            complain(f"manner is {s.get('manner')!r}, but {share:.0%} of the words are quoted")
        for run in content:
            if (
                run.count("“") != run.count("”")
                or run.count('"') % 2
                or run.count("«") != run.count("»")
            ):
                warn(f"odd quotation mark in {run!r}")

    by_id = {s.get("id"): s for s in statements}

    def ancestors(s):
        seen = []
        while (up := s.get("within")) in by_id:
            if up in seen or up == s.get("id"):
                return None
            seen.append(up)
            s = by_id[up]
        return seen

    above = {}
    for s in statements:
        name, outer = s.get("id"), s.get("within")
        chain = ancestors(s)
        if chain is None:
            errors.append(f"[{name}] circular nesting")
        above[name] = chain or []
        counts["depth"][len(chain or [])] += 1
        if outer is None:
            continue
        if outer not in by_id:
            errors.append(f"[{name}] within {outer!r}, which there is not")
        elif name in spans and outer in spans and not covers(spans[outer], spans[name]):
            errors.append(f"[{name}] content does not lie inside that of {outer!r}")
    names = [i for i in ids if i in spans]
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            if one in above[other] or other in above[one]:
                continue
            if overlap(spans[one], spans[other]):
                warnings.append(f"[{one}] and [{other}] overlap, but neither is within the other")
    return errors, warnings


def main(arguments):
    paths = [Path(a) for a in arguments] or sorted(HERE.glob("[0-9]*.toml"))
    names = ("report", "style", "act", "manner", "polarity", "modality", "field", "depth")
    counts = {name: Counter() for name in names}
    bad = 0
    for path in paths:
        errors, warnings = check(path, counts)
        bad += len(errors)
        for kind, messages in (("error", errors), ("warning", warnings)):
            for message in messages:
                print(f"{path.name}: {kind}: {message}")
    print(f"\n{len(paths)} reports, {bad} errors")
    for name in names:
        print(f"{name}: " + ", ".join(f"{k} {v}" for k, v in counts[name].most_common()))
    missing = [a for a in ACTS if counts["act"][a] < 12]
    if missing and len(paths) > 1:
        print("fewer than 12: " + ", ".join(missing))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
