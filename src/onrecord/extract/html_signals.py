"""What a page says of its own completeness, and whether it is a report at all.

A consent wall, a login form, a check for robots, an error page and an empty page are captures too:
they are read as what they are and never become a version of the report they stand in for. A page
counts as such only by words that stand where a report's would: as its headline, or as most of what it
shows. A report about any of these has other text beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.extract.html_lines import Line
from onrecord.records import CaptureSpan

ARTICLE = "article"
TEXTLESS = "textless"
"""The metadata tell of a report, but the capture holds no text of it (scripts draw it)."""
SHORT = 400
"""A page with fewer letters of text is looked at for signs that it is no report."""
_BARE = 60
"""Letters of the longest paragraph below which nothing of a report is shown."""
_LONGEST_HEAD = 110
_MOST = 60
"""Per cent of a long text's letters that must stand in sentences about consent."""
_HALF = 50
"""The same for a short text, and for any kind of wall."""
_LOOKED_AT = 4_000
_PARAGRAPHS = 30
_TEASER = 1_500
"""A report with more letters is not cut off, whatever offers stand around it."""
_SHORT_TEASER = 1_200
_LONGEST_STATEMENT = 200
_LONGEST_NOTE = 300

_NOT_FOUND = re.compile(
    r"\W*(?:(?:error|fehler|erreur|errore?|http(?: error)?|status|code)\W*)?(?:40[0-9]|41[0-9]|42[0-9]|45[0-9]|50[0-9]|52[0-9])"
    r"(?:\W+(?:.{0,40}\b)?(?:error|not found|forbidden|page|gone|gateway|unavailable|timeout|denied|internal|nicht gefunden|introuvable|"
    r"no encontrad[ao]|non trovat[ao]|niet gevonden|找不到|oops|sorry)\b.{0,40})?\W*"
    r"|\W*(?:oops|sorry|whoops|ups|hoppla|oups|uh[- ]oh)?\W*(?:(?:the|this|that|your|diese|die|cette|la|esta|questa|deze) )?(?:requested |gesuchte |angeforderte )?"
    r"(?:page|article|story|url|content|seite|artikel|inhalt|article|página|pagina|pàgina|artículo|articolo|noticia|side|sidan|siden|strona|stránka|страница)\b"
    r".{0,30}\b(?:not (?:be )?found|n[o']t (?:be )?(?:found|exist)|not exist|missing|no longer (?:available|exists?)|unavailable|not available|has been (?:removed|deleted|moved)|"
    r"nicht (?:gefunden|verfügbar|vorhanden|mehr)|existiert nicht|introuvable|(?:n'existe|existe) (?:pas|plus)|non trouvée?|no (?:existe|encontrad[ao]|disponible)|"
    r"non (?:trovat[ao]|esiste|disponibile)|não (?:encontrad[ao]|existe)|niet (?:gevonden|beschikbaar)|findes ikke|ikke (?:fundet|funnet)|(?:hittades|finns) inte|"
    r"nie (?:istnieje|została znaleziona)|nenalezena|не найдена?)\b[^:]{0,20}"
    r"|\W*(?:access (?:denied|forbidden|to this page has been denied)|forbidden|unauthorized|not found|seite nicht gefunden|page introuvable|página no encontrada|"
    r"pagina non trovata|nothing (?:was )?found(?: here)?|bad gateway|gateway time-?out|service (?:temporarily )?unavailable|internal server error|server error|too many requests|"
    r"temporarily (?:unavailable|offline)|(?:site|website) (?:is )?(?:down|offline|under maintenance)(?: for maintenance)?|maintenance(?: mode)?|"
    r"unavailable (?:for legal reasons|in your (?:region|country|location))|not available in your (?:region|country|location))\b.{0,40}",
    re.IGNORECASE,
)
"""A headline or title that is an error's; matched as a whole."""
_ERROR = re.compile(
    r"\b(?:page (?:can(?:no|['’])t be|could(?:n['’]t| not) be|was not|not) found|(?:error|http) ?(?:40[0-9]|41[0-9]|50[0-9])|"
    r"40[34] (?:-|–|:|error|not found|forbidden)|you (?:don['’]t|do not) have permission to access|access (?:to this page )?(?:has been |is )?denied\b|bad gateway|"
    r"service unavailable|internal server error|gateway time-?out|(?:page|article|story|content|link)\b.{0,30} (?:no longer (?:available|exists)|has been (?:removed|deleted|moved))|"
    r"page you (?:are|were) looking for|not available in your (?:region|country)|unavailable (?:for legal reasons|in your)|451\b.{0,20}legal reasons|"
    r"seite (?:wurde |konnte )?(?:leider )?nicht gefunden|page (?:introuvable|non trouv[ée]e)|p[áa]gina no encontrada|pagina non trovata|too many requests)",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"just a moment\b|attention required|are you (?:a )?(?:robot|human)|(?:verify|confirm|prove|checking)\b.{0,30}\b(?:you are|you're|that you are|if you are|if the site connection is)\b.{0,20}"
    r"(?:human|robot|bot|secure)|checking your browser|enable (?:javascript|js)\b|javascript (?:is|seems to be|appears to be|must be)\b.{0,20}\b(?:disabled|required|enabled|not enabled|turned off)|"
    r"you need to enable javascript|requires javascript|turn on javascript|please (?:enable|activate|turn on) (?:javascript|js|cookies)|javascript (?:aktivieren|ist deaktiviert|einschalten)|"
    r"aktivieren sie (?:bitte )?javascript|activez? (?:le )?javascript|habilit[ae] javascript|attiva(?:re)? javascript|unusual (?:traffic|activity)|pardon our interruption|"
    r"ddos protection|performing security verification|security check|captcha|i am not a robot|ich bin kein roboter|je ne suis pas un robot|client challenge|request (?:could not be satisfied|blocked)|"
    r"you have been blocked|(?:disable|turn off) (?:your |any )?ad ?-?blocker|ray id\b|reference #?\d+\.[0-9a-f]{6,}",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\b(?:before you continue|(?:we|us)(?:,? (?:and|with) (?:our|\d+)(?: \d+)? (?:\w+ )?partners?)? (?:value|respect|care about) your privacy|your privacy (?:choices|matters)|"
    r"accept (?:all )?cookies|cookie (?:consent|settings|policy|notice)|(?:we|this (?:web)?site) uses? cookies|manage (?:your )?(?:consent|preferences|cookies)|your consent|consent to|"
    r"(?:store|access) (?:and/or access )?information on (?:a|your) device|legitimate interest|our \d* ?partners|personali[sz]ed (?:ads|advertising|content)|"
    r"zustimmung|einwilligung|zustimmen|datenschutzeinstellungen|mit werbung (?:und cookies )?(?:weiter|lesen)|werbefrei|unsere partner|personenbezogene daten|"
    r"consentement|vos données|nos partenaires|accepter (?:et (?:continuer|fermer)|les cookies)|aceptar (?:todas )?(?:las )?cookies|consentimiento|nuestros socios|"
    r"accett\w+ (?:i |tutti i )?cookie|consenso|nostri partner|toestemming|onze partners|cookies accepteren|samtykke|samtycke|våra partners)\b",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"\b(?:(?:log|sign) ?in (?:to|with|or)|log ?in|sign ?in|forgot(?:ten)? (?:your )?password|create (?:an|your) (?:free )?account|register (?:to|for free)|"
    r"already (?:have an account|a subscriber|registered)|anmelden|einloggen|passwort vergessen|se connecter|connectez-vous|mot de passe|iniciar sesi[óo]n|inicia sesi[óo]n|"
    r"accedi|password dimenticata|inloggen|logg inn|logga in)\b",
    re.IGNORECASE,
)
_REST_PAID = re.compile(
    r"\b(?:subscribe|log in|sign in|register|become a (?:member|subscriber))\b[^.]{0,40}\b(?:to (?:continue|keep) reading|to read (?:the )?(?:full|rest|more|this)|for full access)"
    r"|\b(?:this|the) (?:\w+ )?(?:article|content|story|report) is (?:\w+ )?(?:only )?(?:for|available (?:only )?to|reserved for|exclusive to|only available to) (?:our )?(?:\w+ )?(?:subscribers|members)\b"
    r"|\bto (?:continue|keep) reading\b[^.]{0,60}\b(?:subscribe|log in|sign in|register)\b|\b(?:already|exclusively|only) for subscribers\b|\bsubscribers only\b"
    r"|\b(?:weiterlesen|jetzt lesen) mit\b|\b(?:nur|exklusiv) für abonnent|\bfür (?:unsere )?abonnent(?:en|innen|:innen)\b|\bdiesen artikel weiterlesen\b|\bum (?:den (?:ganzen )?|diesen )?artikel (?:weiter)?zu(?: )?lesen\b"
    r"|\bréservée?s? (?:aux|à nos) abonn|\bpour lire la suite\b|\bil vous reste \d+ ?% "
    r"|\b(?:exclusivo|sólo|solo) para suscriptores\b|\bpara (?:seguir|continuar) leyendo\b|\b(?:exclusivo|só) para assinantes\b|\bpara continuar (?:a ler|lendo)\b"
    r"|\b(?:riservat[oa] agli|solo per gli) abbonati\b|\bper continuare a leggere\b|\balleen voor abonnees\b|\bverder lezen met\b|\b(?:kun )?for abonnenter\b|\bför prenumeranter\b",
    re.IGNORECASE,
)
_WALLS = (
    ("challenge", _CHALLENGE),
    ("error", _ERROR),
    ("paywall", _REST_PAID),
    ("consent", _CONSENT),
    ("login", _LOGIN),
)
_SENTENCE = re.compile(r"[^.!?。]+[.!?。]*")
_ORDINAL = r"(?P<n>\d{1,2})(?:st|nd|rd|th)"
_VERSIONS = (
    re.compile(r"\bversions?\s+\d{1,3}\s+(?:of|/)\s+(?P<n>\d{1,3})\b", re.IGNORECASE),
    re.compile(
        r"\b(?P<n>\d{1,3})\s+(?:saved |known |archived )?versions? of this (?:article|page|story|report)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\bthis (?:article|page|story|report) has (?:had )?(?P<n>\d{1,3}) (?:versions|revisions)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\bthis is (?:the )?(?:version|revision|edition) (?:no\.? ?|number |#)?(?P<n>\d{1,3})\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\bthis is (?:the|its) {_ORDINAL} (?:version|revision) of (?:this|the) (?:article|page|story|report)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\bdies ist (?:die )?(?:version|fassung) (?P<n>\d{1,3})\b", re.IGNORECASE),
)
"""The number said is that of the versions."""
_UPDATES = re.compile(
    r"^\W*(?:(?:last )?(?:update|note|correction)s?\W{1,3})?(?:(?:this|the) (?:article|page|story|report|item|post) (?:was|has been|had been) )?"
    r"(?:(?:last )?(?:updated|changed|edited|revised|corrected)(?: a total of)? (?P<n>\d{1,2}|once|twice|thrice|two|three|four|five|six) ?(?P<times>times?)?"
    r"(?: since(?: it was)? (?:first )?(?:published|publication))?\b"
    r"|(?P<mal>\d{1,2})[- ]?mal (?:aktualisiert|geändert)\b|mis à jour (?P<fois>\d{1,2}) fois\b|actualizad[oa] (?P<veces>\d{1,2}) veces\b)",
    re.IGNORECASE,
)
"""A line that begins by saying how often the report itself was changed."""
_NUMBERED = (
    re.compile(r"^\W*UPDATE (?P<n>\d{1,2})\s?[-–—:]\s?\S"),
    re.compile(
        rf"^\W*(?:eds?:\s*)?{_ORDINAL}[ -](?:writethru|write-thru|lead|ld|update)\b", re.IGNORECASE
    ),
)
"""How agencies number what they send again: `UPDATE 2-` is the third version."""
_NUMBERS = {
    "once": 1,
    "twice": 2,
    "thrice": 3,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
}
_PAGE = re.compile(
    r"\b(?:page|seite|página|pagina)\s+(?P<at>\d{1,2})\s+(?:of|von|de|di|sur|/)\s+(?P<of>\d{1,2})\b",
    re.IGNORECASE,
)
_TELLS_VERSION = re.compile(
    r"version|revision|updat|times|once|twice|fassung|mal aktu|mal ge|fois|veces|lead|\bld\b|writ"
)
_DIGIT = re.compile(r"[0-9]")
REST_PAID = "the page says that the rest is for subscribers"
PAID = "the page says that it is for subscribers, and shows little text"


@dataclass(frozen=True, slots=True)
class Shows:
    """What a page shows and says of itself, as far as it tells what kind of page it is.

    `headline` and `document` are the headline and the title element, `kept` the texts of the blocks
    behind the headline, `every` those of all lines. `named` is whether its metadata call it an
    article, `claims` whether they give its time too; `status` the HTTP status; `passwords` the fields
    for one.
    """

    headline: str
    document: str
    kept: Sequence[str]
    every: Iterable[str]
    named: bool = False
    claims: bool = False
    status: int | None = None
    passwords: int = 0


def page_kind(page: Shows) -> str:
    """article, or why the page is none: error, challenge (a check for robots or for JavaScript),
    consent, login, paywall (an offer and nothing of a report), textless, empty."""
    if page.status is not None and page.status >= 400:
        return "error"
    letters = sum(map(len, page.kept))
    heads = [h for h in (page.headline, page.document) if h]
    if not page.claims and any(_is_error(h) for h in heads):
        return "error"
    if letters >= SHORT:
        first = " ".join(page.kept[:_PARAGRAPHS])[:_LOOKED_AT]
        return "consent" if not page.claims and _share(_CONSENT, [first]) >= _MOST else ARTICLE
    shown = [*heads, *page.kept]
    everything = " ".join([*shown, *page.every])[:_LOOKED_AT]
    if not everything.strip():
        return "empty"
    for kind, pattern in _WALLS:
        if _share(pattern, shown) >= _HALF:
            return kind
    if max(map(len, page.kept), default=0) >= _BARE:
        return ARTICLE
    if page.named:
        return "paywall" if _REST_PAID.search(everything) else TEXTLESS
    if page.passwords:
        return "login"
    return next((kind for kind, pattern in _WALLS if pattern.search(everything)), "empty")


def _share(pattern: re.Pattern[str], texts: Sequence[str]) -> int:
    """Per cent of the texts' letters in sentences that hold the pattern."""
    sentences = [sentence for text in texts for sentence in _SENTENCE.findall(text)]
    total = sum(map(len, sentences))
    return 100 * sum(len(s) for s in sentences if pattern.search(s)) // total if total else 0


def _is_error(head: str) -> bool:
    """Whether a headline, or the first or last part of a page's title, is an error's."""
    if len(head) > _LONGEST_HEAD:
        return False
    parts = [head, *re.split(r"\s[|–—-]\s", head)]
    return any(_NOT_FOUND.fullmatch(part) for part in parts if part.strip())


def announced_versions(lines: Sequence[Line]) -> tuple[int | None, tuple[CaptureSpan, ...]]:
    """How many versions a page says there were, with the lines that say it; the largest number counts."""
    best: int | None = None
    spans: list[CaptureSpan] = []
    for line in lines:
        text = line.text
        if len(text) > _LONGEST_STATEMENT or not _TELLS_VERSION.search(text.lower()):
            continue
        found = [int(m["n"]) for pattern in _VERSIONS for m in pattern.finditer(text)]
        if (match := _UPDATES.match(text)) and (times := _times(match)):
            found.append(times + 1)
        found += [int(m["n"]) + 1 for p in _NUMBERED if (m := p.match(text))]
        found = [n for n in found if 1 <= n <= 500]
        if found:
            best = max([*found, best or 0])
            spans.append(CaptureSpan(start=line.run.start, end=line.run.end))
    return best, tuple(spans[:5])


def _times(match: re.Match[str]) -> int:
    """How often a page says it was updated; 0 if the number may be of something else."""
    if said := match["mal"] or match["fois"] or match["veces"]:
        return int(said)
    word = match["n"].lower()
    if word in ("once", "twice", "thrice"):
        return _NUMBERS[word]
    return (_NUMBERS.get(word) or int(word)) if match["times"] else 0


def missing_parts(
    lines: Sequence[Line], letters: int, paid: Sequence[CaptureSpan] = ()
) -> tuple[tuple[str, ...], tuple[CaptureSpan, ...]]:
    """What the page says exists and this capture does not hold: further pages, a part for subscribers.

    `letters` is the length of the report's text, `paid` where the metadata say that it is not free.
    Offers stand around whole reports too: they count where little text is shown.
    """
    notes: dict[str, CaptureSpan] = {}
    for line in lines:
        if line.kind or len(line.text) > _LONGEST_NOTE:
            continue
        span = CaptureSpan(start=line.run.start, end=line.run.end)
        if (
            _DIGIT.search(line.text)
            and (match := _PAGE.search(line.text))
            and 1 < int(match["of"]) <= 50
            and int(match["at"]) <= int(match["of"])
        ):
            notes.setdefault(f"the page says it is page {match['at']} of {match['of']}", span)
        elif letters < _TEASER and _REST_PAID.search(line.text):
            notes.setdefault(REST_PAID, span)
    if paid and letters < _SHORT_TEASER and REST_PAID not in notes:
        notes[PAID] = paid[0]
    return tuple(notes), tuple(notes.values())
