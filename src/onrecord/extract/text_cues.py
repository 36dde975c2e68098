"""Cues: what a line's wording says it may be, for the line model to weigh. No cue decides by itself.

A report may say "Reply" or end in "she wrote:"; a thread of comments does so again and again, below
everything else. Cues are looked for in lower case; the lists hold words of pages, none of reports.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Set

THREAD, SAYS, CLOCK, REPLY, MORE, BIO, MEDIA, SIGNED = range(8)
"""Comment section · somebody's name with "says:" · a time of day or how long ago · answer, like,
report · heading of other stories · about an author · picture, player, gallery · by whom or whose."""


def _any(*parts: str) -> str:
    return "|".join(f"(?:{part})" for part in parts)


_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|fev|mai|set|out|dez|okt|mär|maj)"
    r"[a-zäéûçñ]{0,9}\.?"
)
_CLOCK = re.compile(
    _any(
        r"\b\d{1,2}[:.h]\d{2}\s?(?:[ap]\.?m\b\.?|uhr\b|h\b|gmt\b|[ecmp][sd]?t\b)?",
        r"\b\d{1,2}\s?[ap]\.?m\b",
        r"\b(?:\d{1,3}|an?|one)\s?(?:min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?|[hmdwy])\s+ago\b",
        r"\b(?:il y a|vor|hace|há|fa|назад|temu|geleden)\b.{0,12}\d|\d.{0,14}\b(?:назад|temu|geleden|fa|önce|atrás)\b",
        r"\b(?:yesterday|today|hier|gestern|ayer|ontem|ieri|вчера)\b.{0,12}\d",
        r"\d\s?(?:분|시간|일) 전|\d\s?(?:分|時間|小时|天|日)前",
        rf"\b{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d\b|\b\d{{1,2}}\.?\s(?:de\s)?{_MONTH},?\s(?:de\s)?(?:19|20)\d\d\b",
        r"\b(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d\b",
    )
)
_DIGIT = re.compile(r"\d")
_SAYS = re.compile(
    r"(?:\d{1,4}[.)] )?\S.{0,70}?\b(?:says?|said|wrote|writes|replied|commented|schrieb|schreibt|sagt|sagte|a écrit|dit|a dit"
    r"|dice|dijo|escribió|disse|diz|escreveu|ha scritto|ha detto|пишет|написал[аи]?|говорит|zegt|schreef|pisze|mówi)\s?:"
)
_THREAD = re.compile(
    _any(
        r"(?:\(?\d[\d,.]{0,6}\)? )?(?:reader |user |blog |facebook |all |top )?comments?(?: ?\(?\d+\)?)?(?: (?:on|for|to|so far|powered)\b.*)?",
        r"\d{1,5} (?:responses?|repl(?:y|ies)|thoughts?|reviews?|discussions?|kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties|yorum)\b.*",
        r"(?:leave|post|write|add|submit|make|cancel) (?:a |your |us a )?(?:reply|comment|response|review|feedback).*",
        r"(?:join|start) the (?:conversation|discussion|debate).*|have your say.*|what do you think.*|tell us what you think.*|discussion|discuss this.*",
        r"(?:deixe|deixar|escreva|faça) (?:um|seu|o seu) coment.*|(?:deja|dejar|añadir|escribe) (?:un|tu) coment.*|(?:laisser|ajouter|écrire) un commentaire.*",
        r"lascia un commento.*|(?:schreiben|schreibe|hinterlasse|kommentar) .{0,20}kommentar.*|kommentar (?:schreiben|hinterlassen|verfassen).*",
        r"(?:\d+ )?(?:kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties|komentarze?|yorumlar|комментари[ий]|отзывы)(?: ?\(?\d+\)?)?|добавить (?:отзыв|комментарий).*",
        r"댓글.{0,12}|コメント.{0,12}|评论.{0,12}|sort by.{0,30}|load (?:more|previous) comments.*",
    )
)
_THREAD_INSIDE = re.compile(
    _any(
        r".{0,20}comments? (?:powered by|are moderated|policy|rules|guidelines).*",
        r".{0,30}\b(?:most recent|newest|oldest|best) (?:comments?|first)\b.*",
    )
)
_REPLY = re.compile(
    _any(
        r"(?:reply|répondre|antworten|responder|rispondi|ответить|beantwoorden|odpowiedz|yanıtla|답글|返信)(?: .{0,40})?",
        r"(?:log in|sign in|login|connectez-vous) to (?:reply|comment|post|leave).{0,40}",
        r"(?:like|likes|dislike|upvote|flag|quote|permalink|report(?: (?:abuse|comment|this))?|edit|delete|recommend|gefällt mir|j'aime|me gusta|curtir|mi piace)(?:\s*[·|/(]?\s*\d{0,5}\)?)?(?: (?:reply|share|report|flag|quote|like|dislike|permalink|comment)s?\b.{0,30})?",
        r"[+-]?\d{1,5} (?:votes?|likes?|points?|upvotes?|replies|repl(?:y|ies)|shares?|views?|diggs?)\b.{0,30}|(?:rating|score|votes|points|posts|joined|location|likes|views)\s?: ?[+-]?\d.{0,30}",
    )
)
_MORE = re.compile(
    _any(
        r"(?:\[|\()?(?:related|recommended|recommendations?|also (?:read|see|on|watch)|see also|read (?:more|next|also|on|this)|more|most|must[- ]read|latest|recent|popular|trending|top|next|previous|prev|other|editor'?s|don'?t miss|you (?:may|might|will|could)|we recommend|further|explore|keep reading|continue reading|up next|what'?s next|in case you missed|sponsored|promoted|partner|around the web|from (?:around )?the web|elsewhere|today'?s|this week'?s|featured|hot|breaking|live|watch|listen)\b.{0,60}",
        r"(?:lesen sie|weitere|mehr|ähnliche|das könnte|auch interessant|meistgelesen|aktuell|neueste|verwandte|zum thema|passend)\b.{0,50}",
        r"(?:à lire|lire aussi|voir aussi|sur le même|articles? (?:liés|similaires|récents|associés|relacionad[oa]s)|les plus|à voir|notre sélection|dans la même)\b.{0,50}",
        r"(?:leer? m[áa]s|lea tambi[ée]n|leia (?:mais|tamb[ée]m)|veja (?:mais|tamb[ée]m)|ver m[áa]s|vea tambi[ée]n|te puede|você pode|noticias|notícias|artigos|artículos|últimas|mais|más|posts? relacionad|relacionad[oa]s|not[íi]cias? relacionad|confira|destaques?)\b.{0,50}",
        r"(?:leggi anche|potrebbe|articoli|altri|ultime|notizie|i più letti|lees ook|gerelateerd|meer|populair|meest|czytaj|zobacz|polecamy|najnowsze|podobne)\b.{0,50}",
        r"(?:читайте|смотрите|похожие|другие|ещё|еще|самые|популярн|новости|материалы|по теме|рекомендуем)[^.]{0,50}",
        r"관련.{0,20}|많이 본.{0,20}|최신.{0,20}|인기.{0,20}|関連.{0,20}|おすすめ.{0,20}|人気.{0,20}|最新.{0,20}|相关.{0,20}|推荐.{0,20}|热门.{0,20}",
        r"about (?:us|the (?:site|company|paper|blog))|stories .{0,30}|articles? .{0,30}",
    )
)
_MORE_ENDS = frozenset(
    "stories articles headlines posts coverage videos news picks reading deals topics series blog blogs content "
    "episodes galleries".split()
)
_MORE_END = re.compile(rf".{{0,40}}\b(?:{'|'.join(sorted(_MORE_ENDS))})")
_BIO_HEAD = re.compile(
    r"(?:about|über|sobre|à propos d[eu]|meet|su|об) (?:the |le |la |el |o |a |den |die |l'|an? )?(?:authors?|writers?|reporter|contributors?|auteur|autora?|autore|autor|авторе|me|\S+(?: \S+){0,3})\W*"
    r"|(?:contact|email|e-mail|twitter|follow|facebook|instagram)\s?:? ?\S*@\S+|(?:view|see|read|more|all) .{0,30}(?:posts|articles|stories)? ?(?:by|from|author).{0,50}"
)
_BIO = re.compile(
    _any(
        r".{3,60}? (?:is|was|are|has been|serves as|works as|ist|est|es|é) (?:an?|the|our|one of|currently|ein|eine|un|une|um|uma|also)\b.{0,90}\b(?:writer|reporter|journalist|editor|correspondent|columnist|contributor|blogger|author|producer|photographer|freelance\w*|founder|co-founder|critic|staff|journaliste|redakteur\w*|periodista|jornalista|giornalista|writes|covering|based in)\b",
        r".{3,60}? (?:covers|writes (?:about|on|for)|reports on|joined|blogs|tweets|has (?:written|covered|reported|worked)|specializes|specialises|is based|is co-?author)\b",
        r".*\b(?:follow|reach|contact|email|e-mail|find|tweet) (?:him|her|them|me|the (?:author|reporter|writer)|[a-z]+) (?:on|at|via|by|@)\b",
        r".*\b(?:his|her|their|my) (?:work|writing|articles|latest book|new book|book) (?:has|have|is|appears?|can|was)\b|.*\blives (?:in|with)\b.{0,60}\b(?:wife|husband|family|dogs?|cats?|children|kids)\b",
    )
)
_BIO_GATE = frozenset(
    "writer reporter journalist editor correspondent columnist contributor blogger author producer photographer "
    "freelance freelancer founder critic staff journaliste redakteur redakteurin periodista jornalista giornalista "
    "writes covering covers reports joined blogs tweets written specializes specialises based follow reach contact "
    "email tweet work writing articles book lives".split()
)


def _pairs(*rows: str) -> frozenset[tuple[str, str]]:
    """Of rows like `sign up · your (inbox email)` every two words that may stand in a row."""
    found: set[tuple[str, str]] = set()
    for row in rows:
        for item in row.split("·"):
            first, _, second = item.strip().partition(" ")
            for word in second.strip("()").split():
                found.add((first, word))
    return frozenset(found)


_PROMO_PAIRS = _pairs(
    "sign up · signing up · signed up · become (a an our) · join (our us the now) · follow us · like us · find us",
    "download (our the now) · get (our instant access breaking daily more free unlimited exclusive) · stay (up informed connected tuned) · keep up",
    "never miss · miss (a out) · click (here the on to below) · tap (here the to) · learn more · find out · read (more our the next also) · see more",
    "discover more · share (it this on with via) · thank you · thanks for · for (reading visiting subscribing signing watching) · want (more to) · tell us",
    "your (email e inbox browser account subscription newsletter newsletters comment comments name data device friends feedback support donation details preferences opinion thoughts ad)",
    "our (newsletter newsletters readers reader journalism journalists reporting mission store shop website site app team daily weekly latest sister sponsors partners comment privacy terms community free work forums magazine print subscribers supporters coverage)",
    "my (email newsletter website blog site work books course courses)",
    "support (our us independent the) · a donation · free trial · special offer · per month · a month · a week · limited time · gift (a guide card) · promo code",
    "affiliate (links link commission) · a commission · sponsored by · brought to · powered by · in partnership · to your · more stories · more news",
    "sharing is · comes from · here for · us on · us at · contact us · about us · the latest · latest news · free newsletter · top stories · news alerts",
    "clique (aqui na no e) · assine a · siga o · siga a · haga clic · haz clic · cliquez ici · hier klicken · laden sie · wir laden · clicca qui · klik hier",
)
_PROMO_WORDS = frozenset(
    """
    subscribe unsubscribe newsletter newsletters inbox giveaway coupon discount bookmark donate checkout
    cadastre assine inscreva suscríbete suscríbase síguenos síganos comparte abonnez inscrivez suivez partagez
    téléchargez découvrez abonnieren abonniere anmelden folgen iscriviti seguici подпишитесь подписывайтесь
    нажмите подписаться aanmelden volg
    """.split()
)
_LEGAL_PAIRS = _pairs(
    "this (site website blog page form feature service platform material article) · the site · the website · our website · our site · use of · on this · these cookies",
    "rights reserved · all rights · alle rechte · tous droits · los derechos · os direitos · tutti i · i diritti · все права · права защищены",
    "privacy (policy notice statement rights settings) · terms (of and) · user agreement · data protection · personal (data information) · to consent · your consent",
    "without (permission the written prior) · written (permission consent) · registered (trademark trademarks office in) · expressed (in by here) · not (necessarily constitute reflect represent intended)",
    "be respectful · house rules · community (guidelines rules standards) · reserve the · off topic · please (note enable log refresh try confirm contact keep read be consult) · your browser",
    "política de · mentions légales · aviso legal · политика конфиденциальности · been compensated · earn a · opinions are · are mine · for informational · informational purposes",
)
_LEGAL_WORDS = frozenset(
    """
    copyright copyrighted cookies cookie gdpr ccpa disclaimer disclosure trademark trademarks moderated moderation
    moderators moderator spam javascript datenschutz datenschutzerklärung impressum nutzungsbedingungen agb cnpj
    reproduced redistributed republished rewritten webmaster captcha recaptcha reproduction confidentialité
    privacidade privacidad конфиденциальности vorbehalten reservados réservés riservati zastrzeżone
    """.split()
)
CUE_WORDS = _BIO_GATE | _PROMO_WORDS | _LEGAL_WORDS
"""The single words that cues are made of."""
_PAIRS = _PROMO_PAIRS | _LEGAL_PAIRS
_BOTH = _PROMO_PAIRS & _LEGAL_PAIRS
_MEDIA = re.compile(
    _any(
        r"(?:image|photo|picture|slide|video|foto|bild|gallery|figure|fig\.|imagem|imagen) ?\d{0,3}(?:(?: of| ?/) ?/? ?\d{1,3})?\W*",
        r"\d{1,3} (?:of|/) \d{1,3}\b.*|(?:hide|show|view|open|close|see|expand|toggle) (?:caption|gallery|image|photos?|full|slideshow|larger).*|(?:image |photo )?captions?|file(?:d)? photo.*",
        r"(?:photo|image|picture|video|credit|photograph|foto|bild|crédit|source|quelle|courtesy|illustration|graphic|screenshot|screengrab)s?(?: (?:credit|by|courtesy|via|from|source))?s?\s?[:|/©(].*",
        r"(?:play|pause|watch|listen|replay|mute|unmute|volume|fullscreen|now playing|loading|autoplay|video|audio|podcast)\b.{0,40}|\(?\d{1,2}:\d{2}(?::\d{2})?\)?",
        r"advert(?:s|isement|ising)?\b.{0,30}|ad|ads|anzeige|werbung|publicit[ée]|publicidade?|pubblicità|реклама|sponsor(?:ed)?\b.{0,30}|광고|広告",
    )
)
_PICTURE_AGENCY = re.compile(r".{0,60}\b(?:getty|shutterstock)\b.*")
_SIGNED = re.compile(
    r"(?:by|von|par|por|di|door|от|autor|auteur|author|posted|published|written|updated|publicado|veröffentlicht|publié|опубликовано|текст|text|story|words|reporting|editing|source|fonte|fuente|quelle|tags?|filed|category|categories|topics?|in|section|more from)\b.{0,120}"
)
_POSTS = frozenset(
    "staff staffs reporter reporters correspondent correspondents editor editors contributor contributors writer "
    "writers".split()
)
_SIGNED_END = re.compile(rf".{{0,60}}\b(?:{'|'.join(sorted(_POSTS))})\W*")


def cues(low: str, words: list[str], known: Set[str], count: int) -> tuple[int, int, int]:
    """(cues as bits, `1 << THREAD` and so on; promotional phrases; legal phrases) of a line.

    `low` is its text in lower case without a list mark, `words` the alphabetic words in it, `known`
    those of them that stand in CUE_WORDS (others beside do no harm), `count` how many words and
    numbers they are.
    """
    bits = 0
    if count <= 16:
        last = words[-1] if words else ""
        bare = low.rstrip(" :.…!>»|-")
        if ("ago" in low or _DIGIT.search(low)) and _CLOCK.search(low):
            bits |= 1 << CLOCK
        if _THREAD.fullmatch(low) or (
            ("comment" in low or "first" in low) and _THREAD_INSIDE.fullmatch(low)
        ):
            bits |= 1 << THREAD
        if _REPLY.fullmatch(low):
            bits |= 1 << REPLY
        if _MORE.fullmatch(bare) or (last in _MORE_ENDS and _MORE_END.fullmatch(bare)):
            bits |= 1 << MORE
        if _MEDIA.fullmatch(low) or (
            ("getty" in low or "shutterstock" in low) and _PICTURE_AGENCY.fullmatch(low)
        ):
            bits |= 1 << MEDIA
        if _SIGNED.fullmatch(low) or (last in _POSTS and _SIGNED_END.fullmatch(low)):
            bits |= 1 << SIGNED
        if low[-1:] == ":" and _SAYS.fullmatch(low):
            bits |= 1 << SAYS
        if _BIO_HEAD.fullmatch(low):
            bits |= 1 << BIO
    if count <= 120 and not _BIO_GATE.isdisjoint(known) and _BIO.match(low):
        bits |= 1 << BIO
    promo = len(_PROMO_WORDS & known)
    legal = len(_LEGAL_WORDS & known) + ("©" in low)
    pairs = _PAIRS.intersection(itertools.pairwise(words))
    if pairs:
        ours = len(_PROMO_PAIRS.intersection(pairs))
        promo += ours
        legal += len(pairs) - ours + len(_BOTH.intersection(pairs))
    return bits, promo, legal
