"""Personal names: folding of transliterations, token by token, and a name's parts. Pure.

Two spellings are one name only where every token folds to the same form: never by likeness.
"Sergei Lavrov" and "Sergey Lavrov" fold alike, "Putin" and "Potanin" do not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.text.folding import fold_loose

# Romanisations of one Cyrillic or Arabic given name that no letter rule joins; the first stands for
# all. Russian and Ukrainian forms of one name stand together, because outlets write one bearer both ways.
_SAME = """
alexander aleksandr aleksander alexandr oleksandr aleksandar
alexei alexey aleksei aleksey alexiy oleksiy oleksii
andrei andrey andrej andriy andrii
arkady arkadi arkadiy
artem artyom
dmitri dmitry dmitriy dmitrii dimitri dimitry dmytro
evgeny evgeni evgeniy evgenii yevgeny yevgeni yevgeniy yevgenii yevhen evhen eugeny
georgy georgi georgiy georgii
gennady gennadi gennadiy gennadii
grigory grigori grigoriy grigorii hryhoriy
igor ihor
ilya ilia illia illya
konstantin kostyantyn kostiantyn constantin
mikhail michail mykhailo mykhaylo
nikolai nikolay nikolaj mykola
oleg oleh
pavel pavlo
peter pyotr petr petro piotr
sergei sergey sergej sergiy sergii serhiy serhii serhij
vasily vasili vasiliy vasilii vasyl
viktor victor
vitaly vitali vitaliy vitalii vitaliya
vladimir volodymyr volodimir wladimir
vyacheslav viacheslav vjaceslav
yelena elena olena
yulia julia yuliya iulia iuliia yuliia
yuri yury yuriy iurii yurii iuri juri
muhammad mohammed mohammad mohamed muhammed mohamad mohamet
ahmed ahmad ahmet
hussein husain hussain hossein husayn husein
hassan hasan
khaled khalid
omar umar
osama usama
yasser yasir yaser
yusuf youssef yousef yousuf
moammar muammar moamer muammer
gaddafi qaddafi kadafi gadhafi qadhafi kadhafi gadafi
mubarak moubarak
abdullah abdallah abdulla
mahmoud mahmud
ibrahim ibraheem
kiev kyiv
kharkov kharkiv
odessa odesa
lugansk luhansk
yanukovich yanukovych yanukovitch janukovic janukowitsch
yatsenyuk yatseniuk jazenjuk iatseniuk
klitschko klichko klychko
zelensky zelenskyy zelenskiy zelenskyi zelenski zelenskij selenskyj
poroshenko poroschenko
gorbachev gorbachov gorbachyov gorbatchev
yeltsin eltsin jelzin
khrushchev khrushchov chruschtschow
tymoshenko timoshenko
lukashenko lukashenka
erdogan erdoghan
netanyahu netanyahou
schroeder schroder
"""

# Short forms of given names that stand for one bearer as often as not.
_SHORT = """
william bill will billy
joseph joe joey
michael mike
robert bob rob bobby
richard dick rick
james jim jimmy
thomas tom tommy
edward ed eddie ted
anthony tony antony
charles charlie chuck
donald don
benjamin ben bibi benny
samuel sam
daniel dan danny
david dave
stephen steve steven
nicholas nick
gregory greg
timothy tim
kenneth ken
elizabeth liz beth
katherine kate katharine catherine cathy kathy
margaret maggie
susan sue
patricia pat patty
deborah debbie
jeffrey jeff geoffrey geoff
philip phil phillip
matthew matt
andrew andy
christopher chris
alexander alex
ronald ron
lawrence larry
gerald jerry
raymond ray
douglas doug
peter pete
jonathan jon
"""

_PARTICLES = frozenset(
    [
        "al",
        "el",
        "ul",
        "bin",
        "bint",
        "ibn",
        "ben",
        "abu",
        "umm",
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "do",
        "du",
        "la",
        "le",
        "ter",
        "ten",
        "zu",
    ]
)
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv", "jnr", "snr"])
_ARTICLE = re.compile(r"^(?:al|el|ul|as|ash|ad|an|ar|at|az)-(?=\w)")
_APOSTROPHES = re.compile(r"['`ʹʼ’]")


def _rules(token: str) -> str:
    """Letter rules for romanised Slavic names, each for a letter that outlets write two ways."""
    token = re.sub(r"tsch(?=[^a-z]|$|k)", "ch", token)
    token = token.replace("shch", "sch").replace("ye", "e").replace("yo", "e").replace("x", "ks")
    token = token.replace("ou", "u").replace("y", "i").replace("j", "i")
    token = re.sub(r"itch$", "ich", token)
    token = re.sub(r"of{2}$", "ov", token)
    return re.sub(r"(\w)\1", r"\1", token)


def _table(text: str) -> dict[str, str]:
    rows = [line.split() for line in text.strip().splitlines()]
    return {form: row[0] for row in rows for form in row}


_SAME_AS = _table(_SAME)
_SHORT_OF = _table(_SHORT)


@lru_cache(maxsize=65536)
def fold_token(token: str) -> str:
    """One token of a name for exact comparison: case, accents, transliteration and "al-" folded.

    "Sergey" and "Serhiy" give the same, so do "Yanukovich" and "Yanukovych"; "Putin" and "Potanin"
    do not. A folded form is for comparison only, never for showing.
    """
    text = _APOSTROPHES.sub("", fold_loose(token)).strip(".,;:")
    text = _ARTICLE.sub("", text)
    if text in _SAME_AS:
        return _rules(_SAME_AS[text])
    return "-".join(_rules(_SAME_AS.get(part, part)) for part in text.split("-") if part)


def name_tokens(name: str) -> tuple[str, ...]:
    """The tokens of a name as written, without a suffix such as Jr. or a possessive ending."""
    text = re.sub(r"['’]s?$", "", name.strip())
    tokens = [t.strip(",;:") for t in text.split()]
    while len(tokens) > 1 and tokens[-1].strip(".").lower() in _SUFFIXES:
        tokens.pop()
    return tuple(t for t in tokens if t)


@lru_cache(maxsize=65536)
def fold_name(name: str) -> tuple[str, ...]:
    """The tokens of a name, each folded; separate articles and initials left out between others.

    "Bashar al-Assad" and "Bashar Assad" fold alike, "George W. Bush" and "George Bush" too. The last
    token is the surname.
    """
    tokens = name_tokens(name)
    kept = [
        t
        for i, t in enumerate(tokens)
        if not (0 < i < len(tokens) - 1 and len(t.strip(".")) == 1)
        and not (i < len(tokens) - 1 and t.lower() in ("al", "el"))
    ]
    folded = tuple(f for f in (fold_token(t) for t in kept) if f)
    return folded or ((fold_loose(name) or "?"),)


def surname(name: str) -> str:
    """The surname of a full name as written, its particles with it: "von der Leyen", "al-Assad"."""
    tokens = name_tokens(name)
    if len(tokens) <= 1:
        return name.strip() if not tokens else tokens[0]
    start = len(tokens) - 1
    while start > 1 and tokens[start - 1].lower() in _PARTICLES and tokens[start - 1][:1].islower():
        start -= 1
    return " ".join(tokens[start:])


def same_given(a: str, b: str) -> bool:
    """Whether two given names may be one bearer's: equal when folded, one the other's initial, or a
    usual short form ("Joe", "Joseph")."""
    x, y = fold_token(a), fold_token(b)
    if x == y:
        return True
    if len(x) == 1 or len(y) == 1:
        return x[:1] == y[:1]
    raw_x, raw_y = fold_loose(a).strip("."), fold_loose(b).strip(".")
    return raw_x in _SHORT_OF and _SHORT_OF.get(raw_x) == _SHORT_OF.get(raw_y)


def given_key(token: str) -> str:
    """A given name's key for grouping: short forms and transliterations of one name share it."""
    raw = fold_loose(token).strip(".")
    return fold_token(_SHORT_OF.get(raw, raw))
