"""Writes labelled pages to train the line model on: `python -m onrecord.extract.make_pages DIR [-n 1500]`.

Every word was written for this project: sentences from a small grammar of invented news and from made-up
words between the small words of ten languages, set into the furniture that pages have around them
(menus, teasers, sharing, galleries, threads of comments, notes on authors, offers, notices, footers), as
converters from HTML to text leave it: indented, or one block after another. Labels as `train_lines`
reads them. What a report itself may hold beside paragraphs (lists, tables, programmes, recipes, posts,
questions and answers) is labelled as its text.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random


def _rows(text: str) -> list[str]:
    """The lines of a table of phrases."""
    return [line.strip() for line in text.strip().split("\n")]


def _items(text: str) -> list[str]:
    """The phrases of a table, parted by bars."""
    return [item.strip() for item in text.replace("\n", " ").split("|")]


_NOUNS = """timetable canal night flights water rights bridge province budget winter roads timber mine count
fishing zone farm judge turbine shipyard reservoir strike sugar mill bus ferry harbour grain union court aid
mayor railway committee airline teachers growers coast guard airport valley glacier orchard tunnel dam lighthouse
museum theatre festival library hospital nurses vaccine laboratory satellite telescope battery engine sensor
tram cycle lane tax pension wages rent housing school pupils exam university students choir orchestra painter
novel film camera kitchen bakery bread recipe soup cheese goat sheep wolf bear heron salmon beetle bees forest
fire flood storm drought heat snow ice quarry gravel cement steel copper lithium oil gas pipeline refinery
election ballot party coalition minister parliament treaty border customs embassy sanctions troops convoy
ceasefire refugees camp passport visa goalkeeper striker match league coach stadium season cup final injury
transfer marathon cyclist sprint regatta crew keyboard screen processor software update bug password phone
tablet console game studio network cable website app users data privacy platform startup investors shares
profit quarter market bank loan insurance trial verdict witness lawyer prison police robbery suspect evidence
report letter email page video support offer view reader series review list policy terms links comment help
""".split()
_VERBS = """rejected announced postponed confirmed reviewed criticised considered funded withdrew denied called
opened published repaired suspended welcomed explained delayed defended backed launched finished bought sold
built closed moved lost won found tested measured painted cooked planted counted sent carried signed broke
missed asked answered promised warned feared hoped expected refused allowed ordered blocked cleared shared
reported followed supported offered viewed joined tagged posted printed searched
""".split()
_ADJECTIVES = """new old small large northern southern quiet sudden cheap costly early late former senior local
regional careful strict open broken heavy light green bright cold warm long short common rare public private
wooden empty crowded narrow deep famous unknown final first second third full free online daily latest popular
""".split()
_FRAMES = _rows(
    """
    The {a} {n} {v} the {n} on {day}, {p} said.
    {P} {v} a {a} {n} in {l} after {x} weeks of {n} and {n}.
    Officials in {l} {v} that the {n} would cost {x} million crowns and take {y} years.
    “We have waited long enough for the {n},” said {p}, who {v} the {n} in {l}.
    But the {n} of the {n} was {a}, and nobody had {v} it before.
    It was the {a} {n} in the {n} since 19{xx}, according to a {n} from the {n}.
    {p}, a {n} from {l}, said that she had {v} the {n} because her {n} was {a}.
    There are {x} of them, and they have {v} more than {y} {n} for the {n}.
    If the {n} is {v}, then the {a} {n} will have to be {v} as well, which may take until {day}.
    Asked about the {n}, {p} said only: “We will see.”
    In {l}, where the {n} {v} last year, people say that they cannot wait for another {n}.
    The {n}, which had been {v} by the {n}, does not have a {a} {n}.
    “It is a small step, but a step,” {p} told a crowd outside the {n} in {l}.
    So far, nothing has been {v} to show that the {n} is more {a} than the {n}.
    He {v} it with his {n}, and when it was over he had {x} {n} and no {n}.
    Some of the {n} were {a}, others had been {v} by the {n}; most were not.
    This is not about the {n}, it is about who {v} the {n} and why.
    The {n} said in a statement that it had {v} {x} per cent of its {n} at {l}.
    Since {day} the {a} {n} has been {v} at {l}, where {x} people live.
    Two of the {n} {v} without {n}; a third, {p}, is still in {l}.
    According to {p}, {x} {n} were {v} and {y} of them have asked for {n}.
    What the {n} {v} in the end was a {a} {n} with a {n} of its own.
    “No,” said {p}. “That is a {n} for the {n}, and they have {v} it.”
    As the {n} {v}, the {a} {n} from {l} was on its way to the {n}.
    The {n} would not say how it had {v} the {n} or when.
    """
)
_READER_FRAMES = _rows(
    """
    You will need a {a} {n} and about {x} {n}, but you can use any {n} that you like.
    I {v} this {n} last week and I have to say that my {n} was {a}.
    We {v} our {n} in {l} and it was the most {a} {n} that we have ever {v}.
    If you have ever {v} a {n}, you know how {a} it can be.
    Here is what you should know about your {n} before you have it {v}.
    Let me tell you why my {n} is {a}: because I {v} it.
    Don’t be afraid of the {n}; your {n} will thank you for it.
    So what can we do about our {n}? First of all, we can be more {a}.
    My {n} and I {v} for {x} days, and at the end of it we {v} a {n}.
    Then add the {n} to the {n} and let it rest for {x} minutes.
    It’s easy to use, it looks {a}, and it does what you want it to do.
    """
)
_SHORT = _items(
    """It did not.|Nobody answered.|“Not yet,” she said.|That was in May.|But why now?|So far, nothing has moved.|
    And then it rained.|He was not.|It worked.|Who knows?|That is all.|She laughed.|Not any more …|And here is why:|
    The answer is simple:|But first things first …|What followed was this:|They had no choice."""
)
_FIRST = "Ilse Tomas Dana Mirek Sofie Anders Leyla Pavel Ruth Joana Emeka Hana Viktor Nils Carmen Idris Olga Pedro Aiko Farid Greta Milan Noor Tobin Vera Yusuf Zora Bram Celia Dorte".split()
_LAST = "Korvan Brell Ostrel Haldane Vasik Lindqvar Moreno-Ruiz Abara Tesfay Novakov Hirsch Dell Okafor Silvan Marchetti Quist Rowe Tanaki Velt Aziri Pelk Dragan Umeda Castell Finney Grau Holt Ingram Jarvo Kest".split()
_PLACES = "Veldt Ostrel Korvo Brellin Haldane Port Vasik Lindqvar Arno Bay Tesfa Hirschau Silvan Quistad Rowe Tanak Aziria Pelkow Dragan Umeda Casteln Finnmere Grauburg Holtby Ingar Jarvik Kestrel".split()
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SECTIONS = _items(
    """World|Politics|Business|Sport|Opinion|Culture|Science|Health|Travel|Weather|Video|Podcasts|Life & Style|Technology|
    Money|Europe|Asia|Africa|Americas|Middle East|Local News|Letters|Obituaries|Crosswords|Jobs|Property|Cars|Fashion|Food|Books|
    Film|Music|Television|Football|Cricket|Tennis|Cycling|Rugby|Motor Racing|Education|Environment|Energy|Markets|Companies|
    Economy|Personal Finance|Real Estate|Investigations|Fact Check|Photos|Live TV|Newsletters|E-paper|Archive|Events|Classifieds|
    Games|Horoscopes|Recipes|Gardening|Family|Relationships|Pets|History|Religion|Courts|Elections|Parliament|Defence|Diplomacy|
    Border|Coast|North|South|Harbour|City Life|Start-ups|Gadgets|Apps|Space|Climate|Oceans|Farming|All News|Best Of|Traffic|
    High School Sports|Things To Do|Contests|Deals|Reviews|How-To|Shop|Sponsored|About|Contact|Team|Careers|Press|Support"""
)
_HEADER = _items(
    """Log in|Sign in|Subscribe|Subscribe now|My account|Search|Menu|Close|Newsletter|Advertise with us|Today's paper|English|
    Español|Français|Edition: International|Switch to the national edition|Support our work|Sign out|Weather: 14°C|Skip to content|
    Skip to main menu|Home|Live|Breaking: Ferry service suspended until Monday|Follow us|Contact|About|Become a member|
    Give a gift subscription|Available on all your devices|Search for:|Enter keywords|Toggle navigation|Welcome!|Register|
    Forgot your password?|Remember me|Select language|Watch live|Get alerts|Trending:|Hi, reader|Free trial|Accessibility links"""
)
_SHARE = _items(
    """Share|Share on Facebook|Share on Twitter|Email|Print|Share this article|Save|Copy link|Tweet|WhatsApp|Facebook|Twitter|
    LinkedIn|Pinterest|Reddit|12 shares|0 Comments|Listen to this article|Text size|A A A|Bookmark|Gift this article|Share via Email|
    Add to reading list|View comments|3 min read|Facebook Twitter Google+ LinkedIn|Pin it|Flip|Like this:|Like Loading...|
    Share this:|Click to share on Twitter (Opens in new window)|Sharing is caring!|More sharing options|Print this page|1.2k views"""
)
_FOOT = _items(
    """About us|Contact us|Terms of use|Privacy policy|Cookie policy|Careers|Advertise|Help centre|Corrections|Complaints|
    Accessibility|Sitemap|Archive|All topics|All writers|Newsletters|RSS|Facebook|Twitter|Instagram|YouTube|Code of conduct|
    Media kit|Press office|Our standards|Download the app|Do not sell my personal information|Ethics statement|Customer service|
    Back to top|Manage cookies|Subscriber rewards|Site index|FAQ|Imprint|Licensing|Partners|Our network|Site map|Feedback|
    Mobile apps|Privacy notice|Terms and conditions|Powered by Quillpress|Theme by Norden|Log in to your account"""
)
_PROMO = _rows(
    """
    Get the morning briefing in your inbox every day.
    Sign up for our newsletter and never miss a story.
    Subscribe for full access to all our journalism from just 1 crown a week.
    Enter your email address to receive our daily headlines. You can unsubscribe at any time.
    Thank you for reading. Independent reporting needs your support, so please consider becoming a member today.
    You have reached your limit of free articles this month. Log in or subscribe to continue reading.
    Download our app to get alerts for the stories that matter to you, wherever you are.
    Join the conversation. Comments are moderated and must follow the house rules before they appear.
    If you click on a link and buy a product we may earn a commission, see how we make money.
    Want more? Join our readers and get the best of the week straight to your inbox.
    Like what you read? Share it with your friends!
    Do you have a tip for our newsroom? Write to us at tips@paper.example or use the form.
    We do this work every day at no cost to you, but it is far from free to produce.
    Follow us on Twitter and like us on Facebook for more news from the valley.
    Get our weekly magazine delivered through your letterbox: 12 issues for 9.99. Click here for more.
    Every morning we send an email with the top stories. It is free, and you can leave whenever you want.
    Click here to download the free guide that shows you how to do it in ten days.
    Our reporters bring you the news of the coast, day by day. Your donation keeps us going.
    Stay up to date with our products. Subscribe to our newsletter.
    I want to help you take the next step. Pick your free workshop and let’s do this!
    Need more space? Subscribe to our sister title for the latest news from the stars!
    See something wrong in this story? Let us know what you think by filling in the form below.
    Check out our other guides, our shop and our podcast, and tell your friends.
    Become a member today and read all our stories without ads on all your devices.
    """
)
_LEGAL = _rows(
    """
    We use cookies to give you the best experience on our site. By continuing you agree to our use of cookies.
    This site is protected and our privacy policy and terms of service apply.
    Please enable JavaScript to view the comments powered by our platform.
    Quotes are delayed by at least 15 minutes. Data provided by our partners, see the full disclaimer.
    All rights reserved. No part of this site may be reproduced without the written permission of the publisher.
    The opinions expressed by commentators are their own and do not represent the views of this site.
    This website uses cookies to improve your experience while you navigate through the website. Out of these, the cookies that are needed are stored in your browser, as they are essential for the basic functions of the website.
    Necessary cookies are absolutely essential for the website to function properly. These cookies do not store any personal information.
    Any cookies that may not be needed for the website to function and are used to collect personal data by analytics and ads are called non-necessary cookies.
    The information provided on this website is intended for general interest only and is not a substitute for advice.
    These statements have not been evaluated by any authority. This product is not intended to diagnose or treat any disease.
    Use of this site constitutes acceptance of our user agreement, privacy policy and cookie statement. Your rights may differ by region.
    By submitting this form you agree to the use of your data for the purposes of publishing your comment.
    Your personal data will only be disclosed or otherwise transmitted to third parties for the purposes of spam filtering or if this is necessary for technical maintenance of the website.
    You may revoke this consent at any time with effect for the future, in which case your data will be deleted immediately.
    As you comment, please be respectful of other commenters and other viewpoints. Our goal is to provide a space for civil discussion, and we reserve the right to remove comments.
    We are committed to protecting your personal information and we have updated our privacy policy to comply with the law.
    The material on this site may not be reproduced, distributed, transmitted, cached or otherwise used, except with prior written permission.
    Registered office: 12 Quay Street, Veldt. Company number 0012345. Registered in the Valley.
    Our journalists strive for accuracy but on occasion we make mistakes. For our complaints policy and to make a complaint please click here.
    This site uses a filter to reduce spam. Learn how your comment data is processed.
    Disclosure: some of the links in this post are affiliate links. All opinions are my own.
    Customer service can be contacted with any questions or requests, by telephone or by e-mail, from Monday to Friday between 9 and 17.
    The logo and the names of the products are registered trademarks of their owners. Results vary.
    Save my name, email, and website in this browser for the next time I comment.
    Your email address will not be published. Required fields are marked *
    Are you sure you want to delete your account? It can be restored within 30 days by following the link in the e-mail.
    """
)
_RELATED = _items(
    """Related stories|More from World|Most read|Most popular|You may also like|Recommended for you|Latest news|Read more|
    Trending now|More on this topic|Top stories|In other news|Related|Don't miss|Editor's picks|Popular this week|What to read next|
    From around the web|Sponsored content|Next article|See also|Read next|Related articles|More stories|Recent posts|Explore further|
    Latest headlines|Also on this site|More in Sport|Related posts|You might like|Partner news|Popular posts|Keep reading|Up next|
    Today's picks|Around the valley|Other news|Best of the week|Suggested for you|Latest videos|Featured|Around the web"""
)
_HEADINGS = _items(
    """What happens next|A long dispute|Why it matters|Background|No quick answer|Cost still unknown|Life by the river|
    “A matter of trust”|Questions for the board|Winter is coming|Who pays?|How it began|Calls for calm|The numbers|An old promise|
    Ingredients|Method|Instructions|Verdict|Our view|Pros|Cons|The details|Results|Tour dates|Final thoughts|In short|
    Summary|What you need|How to do it|The first day|Conclusion|What’s new|Fixtures|Scores|Key dates|The plan"""
)
_BIO = _rows(
    """
    {name} is our correspondent in the north and has written about water and rail for ten years.
    {name} covers courts and local government. Follow {first} on Twitter.
    About the author: {name} joined the newsroom in 2009 after working in radio.
    Contact the reporter: {first}@paper.example
    {name} is an editor on the foreign desk. Reach the desk at desk@paper.example
    {name} is a staff writer covering trains, towns and the people who live beside them. She was formerly a fellow at a magazine.
    {first} joined the paper in March 2017. He has been reporting on solar and wind energy since 2009.
    {name} is a freelance journalist based in {l}. His work has appeared in many magazines.
    {name} is an online educator, author, keynote speaker, and the founder of a school for makers. Learn how your work can do more.
    {name} lives in {l} with her husband, two dogs and a growing number of plants.
    {name} writes about games and gadgets. You can reach him at {first}@paper.example.
    Father of two and husband of {first}, {name} is also head of a small school, where he teaches and writes about reading.
    As a manager {name} is the link between our teams and our customers. You can contact him on all questions of {n}.
    """
)
_BOILER = _rows(
    """
    {Name} is a global provider of {n} with offices in {x} countries and around {y}00 employees. The vision of {Name} is to make {n} simple.
    {Name} is headquartered in {l}, has subsidiaries in {x} countries and employs around 1,{xx}0 people. Its shares are listed in {l}.
    Founded in 19{xx}, {Name} is the leading resource for {n} in the valley, with daily headlines and reviews.
    {Name} is where the news of {l} is made clear. It is the essential source of ideas that make sense of a world of {n}.
    """
)
_COMMENT = _rows(
    """
    I agree with every word of this, about time somebody wrote it!
    What a waste of money, as always they only think about themselves and not about the people who live here.
    Sorry but this is just not true, read the report before you write such things.
    lol
    My grandfather worked at that yard for thirty years and he would be ashamed of them. Thank you for the article.
    Why does nobody ask who owns the land? Follow the money people.
    +1
    They said the same in 2011 and nothing happened, so I will believe it when I see it.
    Great post, thanks for sharing!
    Hi {first},
    @{first} you are wrong, and you know it.
    Has anyone tried this with a {n}? I {v} mine and it did not work at all.
    I made this last night and it turned out really {a}. However, it would have been helpful to know how much {n} to use.
    Our best guess is that the effect on the {n} is fairly small. We have {v} it, but the evidence is mixed.
    """
)
_CAPTION = _rows(
    """
    {P} at the {n} in a file photo.
    A view of the {n} after the rain. Photograph: {name}
    {name}, left, arrives for talks in {l} on {day}. Credit: {name}
    File photo shows the old {n}
    The {n} in winter (Photo: {name})
    Image: {name}
    Workers near the {n}. / {name}
    {name} looks at the {n} before a {a} {n} at {l}, {day}, in a picture taken by {name}.
    A {a} {n} in {l}. {name}/Veldt Images
    1 of {x} {name} {v} the {n} at {l}, {day}, where the {n} was {a}. (Photo by {name})
    An artist’s illustration of the {n} and its {a} {n}.
    Show caption Hide caption {P} {v} the {n} in {l}. {name}
    """
)

_TONGUES: dict[str, dict[str, str]] = {
    "de": {
        "small": "der die das und in zu den mit von für ist auf dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über so zum war haben nur oder aber vor zur bis mehr durch man sein wurde",
        "share": "Teilen|Drucken|Merken|E-Mail|Auf Facebook teilen|Kommentieren|Senden",
        "more": "Mehr zum Thema|Lesen Sie auch|Das könnte Sie auch interessieren|Weitere Beiträge|Aktuelle Nachrichten|Meistgelesen|Ähnliche Artikel",
        "promo": "Abonnieren Sie jetzt unseren Newsletter und bleiben Sie auf dem Laufenden.|Folgen Sie uns auf Facebook und Twitter!|Wir laden Sie herzlich ein, uns zu besuchen. Melden Sie sich jetzt an.|Jetzt anmelden und keine Nachricht mehr verpassen.",
        "legal": "Diese Website verwendet Cookies. Mit der Nutzung stimmen Sie der Datenschutzerklärung zu.|Alle Rechte vorbehalten. Impressum und Datenschutz.|Die Redaktion behält sich vor, Kommentare zu kürzen.",
        "talk": "Kommentare|12 Kommentare|Kommentar schreiben|Antworten|Melden",
        "about": "Über {name}|Autor: {name}|Von {name}",
    },
    "fr": {
        "small": "le la les de des du et en un une est que qui dans pour pas sur au avec ce il sont par plus se ne ont mais à cette elle été aux son ses leur nous comme ou si fait être avait deux aussi sans",
        "share": "Partager|Imprimer|Envoyer|Partager sur Facebook|Tweeter|Réagir",
        "more": "À lire aussi|Sur le même sujet|Les plus lus|Articles similaires|Voir aussi|Dans la même rubrique",
        "promo": "Abonnez-vous à notre newsletter pour ne rien manquer de l’actualité.|Suivez-nous sur Facebook et Twitter.|Inscrivez-vous gratuitement et recevez nos alertes.",
        "legal": "Ce site utilise des cookies. En poursuivant votre navigation, vous acceptez notre politique de confidentialité.|Tous droits réservés. Mentions légales.|Les commentaires sont modérés par la rédaction.",
        "talk": "Commentaires|Laisser un commentaire|5 commentaires|Répondre|Signaler",
        "about": "À propos de {name}|Par {name}|L'auteur",
    },
    "es": {
        "small": "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde",
        "share": "Compartir|Imprimir|Enviar por correo|Compartir en Facebook|Guardar|Comentar",
        "more": "Te puede interesar|Noticias relacionadas|Lo más leído|Lea también|Más noticias|Artículos relacionados|Leer más",
        "promo": "Suscríbete a nuestro boletín y recibe las noticias en tu correo.|Síguenos en Facebook y Twitter.|Regístrate gratis para seguir leyendo.",
        "legal": "Este sitio utiliza cookies. Si continúa navegando acepta su uso y nuestra política de privacidad.|Todos los derechos reservados. Aviso legal.|Los comentarios son moderados.",
        "talk": "Comentarios|3 comentarios|Deja un comentario|Responder|Denunciar",
        "about": "Sobre {name}|Por {name}|Sobre el autor",
    },
    "pt": {
        "small": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou quando muito nos já eu também só pelo pela até isso ela entre depois sem mesmo aos seus quem nas",
        "share": "Compartilhar|Imprimir|Enviar por e-mail|Curtir|Tweetar|Baixar|Comentar",
        "more": "Você pode gostar...|Notícias relacionadas|Leia também|Artigos relacionados|Mais lidas|Veja também|Últimas notícias|Posts relacionados",
        "promo": "Assine nossa newsletter e receba as novidades no seu e-mail.|Siga-nos no Facebook e no Twitter.|Clique na foto e veja as colunas sobre tudo o que acontece no vale!|Cadastre-se e fique por dentro.",
        "legal": "Este site usa cookies. Ao continuar você concorda com a nossa política de privacidade.|Todos os direitos reservados.|ATENÇÃO: comentários com textos que faltem com o respeito não serão aprovados pelo moderador.",
        "talk": "Comentários|Deixe um comentário|8 comentários|Responder|Denunciar",
        "about": "Sobre {name}|Por {name}|Sobre o autor",
    },
    "it": {
        "small": "di e il la che in a per un del è si le con non i da una dei nel alla più al della sono gli ha come anche ma lo o questo se su delle ai era loro dalla suo degli stato nella tra due essere",
        "share": "Condividi|Stampa|Invia|Condividi su Facebook|Commenta",
        "more": "Leggi anche|Articoli correlati|Potrebbe interessarti|I più letti|Ultime notizie",
        "promo": "Iscriviti alla newsletter e ricevi le notizie nella tua casella.|Seguici su Facebook.",
        "legal": "Questo sito utilizza cookie. Proseguendo accetti la nostra informativa sulla privacy.|Tutti i diritti riservati.",
        "talk": "Commenti|Lascia un commento|Rispondi|2 commenti",
        "about": "Di {name}|Informazioni su {name}",
    },
    "ru": {
        "small": "и в не на что с он как это по но из у за от то к о так для же вы бы его было был еще при до или мы их а она были если уже только когда где все чтобы",
        "share": "Поделиться|Печать|Отправить|Сохранить",
        "more": "Читайте также|Похожие материалы|Самые популярные|Другие новости|По теме",
        "promo": "Подпишитесь на нашу рассылку и читайте новости первыми.|Подписаться на новости.",
        "legal": "Все права защищены. При копировании материалов ссылка обязательна.|Сайт использует cookies и соблюдает политику конфиденциальности.",
        "talk": "Комментарии|Добавить отзыв|Ответить|Отзывы",
        "about": "Автор: {name}|От {name}",
    },
}
_LATIN = (
    "b br c ch d dr f fl g gr h k kl l m n p pr r s st str t tr v w z".split(),
    "a e i o u a e i o ei au ia".split(),
    ["", "", "", "n", "r", "l", "s", "t", "nd", "m"],
)
_CYRILLIC = (
    "б бр в г гр д др ж з к кр л м н п пр р с ст т тр ф х ч ш".split(),
    "а е и о у я ы ю".split(),
    ["", "", "н", "р", "л", "с", "т", "м", "в"],
)
_WIDE = "日本語山川田中村上下大小高新聞者会社東西南北国家時間人口手足目耳水火木金土年月前後内外出入見行来食飲書読話"


class Topic:
    """The words that one report, or one teaser, is about."""

    def __init__(self, random: Random, tongue: str) -> None:
        self.random, self.tongue = random, tongue
        pick = random.sample
        self.nouns = pick(_NOUNS, 26)
        self.verbs = pick(_VERBS, 16)
        self.adjectives = pick(_ADJECTIVES, 12)
        self.people = [f"{random.choice(_FIRST)} {random.choice(_LAST)}" for _ in range(4)]
        self.places = pick(_PLACES, 3)
        self.made = [self._make() for _ in range(150)] if tongue != "en" else []
        self.reader = random.random() < 0.2

    def _make(self) -> str:
        onset, vowel, coda = _CYRILLIC if self.tongue == "ru" else _LATIN
        choice = self.random.choice
        parts = (
            choice(onset) + choice(vowel) for _ in range(self.random.choice((1, 2, 2, 3, 3, 4)))
        )
        return "".join(parts) + choice(coda)

    def word(self, table: Sequence[str]) -> str:
        """A word; the first ones of a table come most often, as in any text."""
        return table[int(len(table) * self.random.random() ** 1.6)]

    def _noun(self) -> str:
        """A noun, mostly one that no other sentence of the page has, as in any text."""
        roll = self.random.random()
        if roll < 0.3:
            noun = self.word(self.nouns)
        elif roll < 0.6:
            noun = self._make() + self.random.choice(("", "s", "er", "ing", "ment", "tion", "ers"))
        else:
            noun = self.random.choice(_NOUNS)
        more = self.random.random()
        if more < 0.25:
            return f"{self._adjective()} {noun}"
        if more < 0.4:
            return f"{self.random.choice(_NOUNS)} {noun}"
        if more < 0.5:
            return f"{self.random.choice(_PLACES)} {noun}"
        if more < 0.53:
            return f"{self.random.choice(_LAST)} {self.random.choice(_LAST)} {noun.title()}"
        return noun

    def _adjective(self) -> str:
        roll = self.random.random()
        if roll < 0.4:
            return self.word(self.adjectives)
        return self.random.choice(_ADJECTIVES) if roll < 0.7 else self._make() + "al"

    def _verb(self) -> str:
        roll = self.random.random()
        if roll < 0.35:
            return self.word(self.verbs)
        return self.random.choice(_VERBS) if roll < 0.7 else self._make() + "ed"

    def fill(self, frame: str) -> str:
        """A frame with words of the topic set in."""
        text = frame
        for slot, give in (
            ("{n}", self._noun),
            ("{v}", self._verb),
            ("{a}", self._adjective),
            ("{p}", lambda: self.word(self.people).split()[-1]),
            ("{P}", lambda: self.word(self.people)),
            ("{Name}", lambda: self.people[0].split()[-1]),
            ("{name}", lambda: self.word(self.people)),
            ("{first}", lambda: self.random.choice(_FIRST)),
            ("{l}", lambda: self.word(self.places)),
            ("{day}", lambda: self.random.choice(_DAYS)),
            ("{xx}", lambda: f"{self.random.randint(10, 99)}"),
            ("{x}", lambda: str(self.random.randint(2, 900))),
            ("{y}", lambda: str(self.random.randint(2, 40))),
        ):
            while slot in text:
                text = text.replace(slot, give(), 1)
        return text

    def _local(self) -> str:
        """A made-up word of the page's language, every second one new."""
        return self.word(self.made) if self.random.random() < 0.5 else self._make()

    def sentence(self) -> str:
        """One sentence."""
        random = self.random
        if self.tongue == "wide":
            text = "".join(random.choice(_WIDE) for _ in range(random.randint(14, 60)))
            middle = len(text) // 2
            return f"{text[:middle]}、{text[middle:]}。"
        if self.tongue == "en":
            frames = _READER_FRAMES if self.reader and random.random() < 0.6 else _FRAMES
            text = self.fill(random.choice(frames))
            if random.random() < 0.3:
                more = self.fill(random.choice(frames))
                text = f"{text[:-1]}, {random.choice(('and', 'but', 'while', 'because', 'which means that'))} {more[0].lower()}{more[1:]}"
            return text[0].upper() + text[1:]
        small = _TONGUES[self.tongue]["small"].split()
        count = random.choice((6, 9, 12, 15, 18, 22, 27, 34))
        words = [
            random.choice(small) if random.random() < 0.37 else self._local() for _ in range(count)
        ]
        if self.tongue == "de" or random.random() < 0.4:
            words = [w.capitalize() if len(w) > 4 and random.random() < 0.3 else w for w in words]
        if count > 12:
            words[count // 2] += ","
        if random.random() < 0.15:
            words[count // 3] = str(random.randint(2, 2020))
        text = " ".join(words)
        if random.random() < 0.12:
            text = f"“{text}”, {random.choice(small)} {random.choice(_LAST)}"
        return text[0].upper() + text[1:] + random.choice("......?!")

    def headline(self) -> str:
        """A headline."""
        random = self.random
        if self.tongue == "wide":
            return "".join(random.choice(_WIDE) for _ in range(random.randint(6, 20)))
        if self.tongue == "en":
            text = self.fill(
                random.choice(
                    (
                        "{P} {v} {a} {n} over {n}",
                        "The {a} {n} that {v} {l}",
                        "{l}: {n} {v} as {n} {v} {n}",
                        "{x} {a} {n} for your {n}",
                        "Why the {n} {v} the {n}",
                        "How {p} {v} the {n} in {l}",
                        "{n} to be {v} by {day}",
                        "{P}: “We {v} this {n}”",
                        "{n} review: {a}, but {a}",
                        "{n} of the {n} {v} in {l} after {a} {n}",
                        "What is the {n}? A {a} guide to {n} and {n}",
                    )
                )
            )
        else:
            text = " ".join(
                self.word(self.made)
                if random.random() < 0.6
                else random.choice(_TONGUES[self.tongue]["small"].split())
                for _ in range(random.randint(4, 12))
            )
        if random.random() < 0.25:
            text = text.title()
        return text[0].upper() + text[1:] + (random.choice("?!") if random.random() < 0.08 else "")


class Maker:
    """Makes one page. The same number makes the same page."""

    def __init__(self, number: int) -> None:
        self.random = Random(number)
        self.rows: list[tuple[str, str]] = []
        self.flat = False
        self.unit = self.random.choice((2, 2, 2, 4, 3))
        self.level = self.random.randint(1, 14)
        self.bullets = self.random.random() < 0.85
        roll = self.random.random()
        self.tongue = "en" if roll < 0.7 else "wide" if roll < 0.73 else self.pick(sorted(_TONGUES))
        self.topic = Topic(self.random, self.tongue)
        self.local = _TONGUES.get(self.tongue)

    # -- words

    def pick(self, items: Sequence[str]) -> str:
        return items[self.random.randrange(len(items))]

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def name(self) -> str:
        return f"{self.pick(_FIRST)} {self.pick(_LAST)}"

    def other(self) -> Topic:
        """What some other page is about."""
        return Topic(self.random, self.tongue)

    def phrase(self, table: Sequence[str], key: str = "") -> str:
        """A phrase of the house, in the page's language if there are any."""
        if self.local and key and self.chance(0.8):
            return self.pick(self.local[key].split("|")).format(name=self.name())
        return self.topic.fill(self.pick(table))

    def section(self) -> str:
        """An entry of a menu."""
        if self.local and self.chance(0.7):
            words = [self.pick(self.topic.made) for _ in range(self.random.choice((1, 1, 2, 3)))]
            return " ".join(words).capitalize()
        roll = self.random.random()
        if roll < 0.55:
            return self.pick(_SECTIONS)
        if roll < 0.7:
            return f"{self.pick(_SECTIONS)} {self.pick(['&', 'and', 'in', '–', '/'])} {self.pick(_SECTIONS)}"
        if roll < 0.85:
            return f"{self.pick(_PLACES)} {self.pick(_NOUNS).title()}"
        if roll < 0.93:
            return self.topic.fill("{a} {n}").title()
        return f"{self.pick(_NOUNS).title()} ({self.random.randint(2, 400)})"

    def aside(self) -> int:
        """The depth of something that is no part of the report: seldom the report's own."""
        return self.level + self.random.choice((0, 0, -1, 1, 2, -2, 3, -4, 5, -6, 6))

    def paragraph(self, topic: Topic | None = None) -> str:
        topic = topic or self.topic
        if self.chance(0.05):
            return self.pick(_SHORT)
        count = self.random.choice((1, 1, 1, 1, 2, 2, 2, 3, 4))
        return " ".join(topic.sentence() for _ in range(count))

    def date(self) -> str:
        day, month, year = (
            self.random.randint(1, 28),
            self.pick(_MONTHS),
            self.random.randint(2001, 2024),
        )
        clock = f"{self.random.randint(0, 23)}:{self.random.randint(0, 59):02d}"
        return self.pick(
            [
                f"{day} {month} {year}",
                f"{month} {day}, {year}",
                f"{month} {day}, {year} {clock}",
                f"Published {day} {month} {year}, {clock} GMT",
                f"{day}.{self.random.randint(1, 12)}.{year}",
                f"{month[:3]} {day}",
                f"Updated: {clock}, {month[:3]}. {day}, {year}",
                f"{year}-{self.random.randint(1, 12):02d}-{day:02d} {clock}",
                f"{self.random.randint(1, 23)} hours ago",
            ]
        )

    # -- lines

    def put(
        self, text: str, label: str = "-", indent: int = 0, mark: str = "", gap: float = 0.5
    ) -> None:
        if not self.flat:
            text = " " * (self.unit * max(0, indent)) + (mark + " " if mark else "") + text
        elif mark:
            text = f"  • {text}" if mark in "*+o-" else f"{mark} {text}"
        self.rows.append((label, text))
        if self.chance(1.0 if self.flat and not mark else gap):
            self.rows.append(("=", ""))

    def menu(self, low: int, high: int) -> None:
        depth = self.aside()
        mark = "*" if self.bullets else ""
        for _ in range(self.random.randint(low, high)):
            self.put(self.section(), indent=depth, mark=mark, gap=0.02)
            if self.chance(0.2):
                for _ in range(self.random.randint(1, 7)):
                    self.put(
                        self.section(),
                        indent=depth + 2,
                        mark=self.pick("+o") if mark else "",
                        gap=0.02,
                    )
        self.rows.append(("=", ""))

    def glued(self) -> None:
        """A menu or a cloud of tags that was set side by side."""
        join = self.pick([" ", " ", ", ", " | ", ""])
        words = [
            self.section() if self.chance(0.6) else self.pick(_NOUNS)
            for _ in range(self.random.choice((8, 20, 45, 90)))
        ]
        self.put(join.join(words), indent=self.aside())

    def lines(
        self, table: Sequence[str], low: int, high: int, key: str = "", gap: float = 0.15
    ) -> None:
        depth = self.aside()
        mark = self.pick(["", "", "*"])
        for _ in range(self.random.randint(low, high)):
            self.put(self.phrase(table, key), indent=depth, mark=mark, gap=gap)

    def share(self) -> None:
        self.lines(_SHARE, 1, 8, "share")

    def offer(self) -> None:
        """A box that offers a letter or asks for support."""
        depth = self.aside()
        if self.chance(0.5):
            self.put(
                self.pick(
                    _items(
                        "Newsletter|Breaking news emails|Keep up to date|Want more stories like this?|Sign up|A word to our readers|The morning briefing|Support us|GET THE GUIDE: INSTANT DOWNLOAD!|Free weekly letter"
                    )
                ),
                indent=depth,
            )
        for _ in range(self.random.choice((1, 1, 2, 3))):
            self.put(self.phrase(_PROMO, "promo"), indent=depth)
        if self.chance(0.4):
            self.put(
                self.pick(
                    [
                        "Sign up",
                        "Email address",
                        "Subscribe",
                        "Your email",
                        "No thanks",
                        "Submit",
                        "Thank you for subscribing!",
                    ]
                ),
                indent=depth,
            )

    def notice(self) -> None:
        """Terms, consent, disclaimers."""
        depth = self.aside()
        for _ in range(self.random.choice((1, 1, 2, 3, 5))):
            self.put(self.phrase(_LEGAL, "legal"), indent=depth, gap=0.3)
            if self.chance(0.2):
                self.put(
                    self.pick(
                        [
                            "OK",
                            "Accept",
                            "Reject all",
                            "Necessary",
                            "Always enabled",
                            "Close",
                            "Learn more",
                            "I agree",
                            "Yes No",
                            "Manage preferences",
                        ]
                    ),
                    indent=depth,
                )

    def teasers(self, low: int, high: int) -> None:
        """Other stories, in one form each page of them keeps to."""
        depth = self.aside()
        if self.chance(0.8):
            self.put(self.phrase(_RELATED, "more"), indent=depth)
        mark = self.pick(["", "", "*"])
        summary, when, glue, head, kicker, by = (
            self.chance(share) for share in (0.35, 0.35, 0.08, 0.85, 0.15, 0.2)
        )
        long = self.chance(0.35)
        for _ in range(self.random.randint(low, high)):
            topic = self.topic if self.chance(0.12) else self.other()
            title = topic.headline()
            text = topic.sentence() if not long else self.paragraph(topic)
            if self.chance(0.35):
                text = text[: max(30, len(text) * 2 // 3)].rstrip(" ,.") + self.pick(
                    ["...", "…", " […]", " [...]", ""]
                )
            if kicker:
                self.put(self.section(), indent=depth, gap=0.3)
            if glue:
                self.put(title + text, indent=depth, mark=mark, gap=0.4)
                continue
            if head or not summary:
                self.put(title, indent=depth + self.random.choice((0, 1)), mark=mark, gap=0.4)
            if summary:
                self.put(text, indent=depth + bool(mark), gap=0.4)
            if by:
                self.put(self.pick([f"By {self.name()}", self.name()]), indent=depth, gap=0.3)
            if when:
                self.put(
                    self.pick(
                        [
                            self.date(),
                            "2 hours ago",
                            "1 day ago",
                            self.section(),
                            "Read more",
                            f"{self.date()} / {self.section()}",
                            "3 comments",
                        ]
                    ),
                    indent=depth,
                    gap=0.3,
                )

    def comments(self) -> None:
        """A thread of readers' comments, in the form of one of the common systems."""
        depth = self.aside()
        if self.chance(0.85):
            self.put(
                self.phrase(
                    _items(
                        "Comments|12 comments|Leave a reply|Join the conversation|34 responses to this post|6 thoughts on “{n} {v}”|Top rated comments|Tell us what you think...|Comments (7)|Discussion|Add a comment|5 Replies|Reader comments"
                    ),
                    "talk",
                ),
                indent=depth,
            )
        form = self.random.randrange(5)
        for place in range(self.random.choice((0, 1, 2, 4, 8, 16, 30))):
            who = self.pick(
                [
                    self.name(),
                    self.pick(_FIRST).lower() + "77",
                    self.pick(_FIRST),
                    f"{self.pick(_ADJECTIVES)}{self.pick(_NOUNS)}",
                ]
            )
            day, month = self.random.randint(1, 28), self.pick(_MONTHS)
            when = self.pick(
                [
                    f"{month} {day}, 2018 at {self.random.randint(1, 12)}:{self.random.randint(10, 59)} {self.pick(['am', 'pm'])}",
                    f"{self.random.randint(2, 20)} days ago at 10:4{self.random.randint(0, 9)}",
                    f"{day} {month} 2017 - {self.random.randint(1, 12)}:{self.random.randint(10, 59)}",
                ]
            )
            inner = depth + self.random.choice((0, 1, 1, 2))
            if form == 0:
                self.put(f"{who} on {when} said:", indent=depth, mark=self.pick(["*", ""]), gap=0.3)
            elif form == 1:
                self.put(f"{who} says:", indent=depth, mark=f"{place + 1}.", gap=0.3)
                if self.chance(0.6):
                    self.put(when, indent=inner, gap=0.3)
            elif form == 2:
                self.put(who, indent=depth, gap=0.1)
                self.put(when, indent=depth, gap=0.2)
            elif form == 3:
                self.put(f"{who} {when}", indent=depth, mark=self.pick(["", "*"]), gap=0.3)
            elif self.chance(0.7):
                self.put(who, indent=depth, gap=0.2)
            for _ in range(self.random.choice((1, 1, 1, 2, 3))):
                text = (
                    self.topic.fill(self.pick(_COMMENT))
                    if not self.local and self.chance(0.5)
                    else self.paragraph()
                )
                self.put(
                    text,
                    indent=inner,
                    mark=f"{place + 1}." if self.flat and form == 1 and self.chance(0.5) else "",
                    gap=0.3,
                )
            if self.chance(0.5):
                self.put(
                    self.phrase(
                        _items(
                            "Reply|Reply Report|Like 3|Reply 2 0|Log in to reply|Rating: 25 Votes|Report abuse|12 likes|Flag"
                        ),
                        "talk",
                    ),
                    indent=inner,
                    gap=0.3,
                )
        if self.chance(0.4):
            self.notice()

    def author(self) -> None:
        """A note on who wrote it."""
        depth = self.aside()
        who = self.name()
        if self.chance(0.5):
            self.put(
                self.phrase(
                    [who, "About the author", f"About {who}", f"By {who}", "About me"], "about"
                ),
                indent=depth,
            )
        text = self.topic.fill(self.pick(_BIO))
        if self.local and self.chance(0.8):
            text = f"{who} " + " ".join(
                self.topic.sentence() for _ in range(self.random.choice((1, 2)))
            )
        self.put(text, indent=depth + self.random.choice((0, 1)))
        if self.chance(0.3):
            self.put(
                self.pick(
                    [
                        f"View all posts by {who}",
                        "Twitter",
                        "More from this author",
                        f"Follow {who}",
                        "Website",
                    ]
                ),
                indent=depth,
            )

    def company(self) -> None:
        topic = self.topic
        if self.chance(0.5):
            self.put(f"About {topic.people[0].split()[-1]}", indent=self.level)
        for _ in range(self.random.choice((1, 2))):
            self.put(topic.fill(self.pick(_BOILER)), indent=self.level + self.random.choice((0, 1)))

    def caption(self) -> None:
        text = self.topic.fill(self.pick(_CAPTION))
        times = 2 if self.chance(0.12) else 1
        for _ in range(times):
            self.put(text, indent=self.level + self.random.choice((0, 1, 2, -1)))
        if self.chance(0.15):
            self.put(
                self.pick(
                    [
                        "Image 1 of 8",
                        "Caption",
                        "Close",
                        "Photo:",
                        "1 / 12",
                        "View gallery",
                        "Show more photos",
                    ]
                ),
                indent=self.level,
            )

    def player(self) -> None:
        for text in (
            "Play",
            self.other().headline(),
            f"0{self.random.randint(0, 9)}:{self.random.randint(10, 59)}",
            "Watch again",
            "Now playing",
        ):
            if self.chance(0.5):
                self.put(text, indent=self.level + 2)

    def quotes_of_the_market(self) -> None:
        self.put("Ticker Last Change %", indent=self.level + 1, gap=0)
        for _ in range(self.random.randint(1, 6)):
            self.put(
                f"{self.pick(_LAST).upper()} {self.random.randint(1, 400)}.{self.random.randint(10, 99)} {self.pick('+-')}{self.random.randint(0, 9)}.{self.random.randint(10, 99)}%",
                indent=self.level + 1,
                gap=0,
            )

    def address(self) -> None:
        self.put(
            f"{self.pick(_LAST)} Media, {self.random.randint(1, 99)} Quay Street, {self.pick(_PLACES)}, Tel. {self.random.randint(100, 999)} {self.random.randint(1000, 9999)}",
            indent=self.level,
        )

    # -- the report

    def body(self, count: int, inner: float) -> None:
        gap = self.random.choice((1.0, 1.0, 1.0, 1.0, 0.9, 0.0, 0.4))
        depth = self.level
        extras: list[Callable[[float], None]] = [
            self.listed,
            self.table,
            self.programme,
            self.recipe,
            self.asked,
            self.post,
            self.verse,
            self.goods,
        ]
        many = self.chance(0.12)
        for i in range(count):
            text = self.paragraph()
            if i == 0 and self.chance(0.15):
                text = f"{self.pick(_PLACES).upper()} — {text}"
            self.put(text, "+", depth, gap=gap)
            if i + 1 < count:
                if self.chance(0.3 if many else 0.05):
                    self.heading(gap)
                    if self.chance(0.1):
                        self.heading(gap)
                if self.chance(0.12 if many else 0.015):
                    self.extras(extras, gap)
                if self.chance(inner):
                    self.inner()
            elif self.chance(0.08):
                self.extras(extras, gap)
                if self.chance(0.5):
                    self.put(self.paragraph(), "+", depth, gap=gap)
        if self.chance(0.06):
            self.put(
                self.pick(
                    [
                        "___",
                        "* * *",
                        "– End –",
                        "(AP)",
                        "With agencies.",
                        "Correction: an earlier version of this story named the wrong valley.",
                    ]
                ),
                "+",
                depth,
                gap=gap,
            )

    def extras(self, extras: Sequence[Callable[[float], None]], gap: float) -> None:
        extras[self.random.randrange(len(extras))](gap)

    def heading(self, gap: float) -> None:
        text = (
            self.pick(_HEADINGS) if not self.local and self.chance(0.6) else self.topic.headline()
        )
        if self.chance(0.15):
            text = f"{self.random.randint(1, 9)}. {text}"
        self.put(text, "+", self.level - self.random.choice((0, 0, 0, 1)), gap=max(gap, 0.5))

    def listed(self, gap: float) -> None:
        if self.chance(0.5):
            self.put(self.topic.sentence()[:-1] + ":", "+", self.level, gap=gap)
        long, number = self.chance(0.5), self.chance(0.3)
        depth = self.level + self.random.choice((0, 1, 1, 2))
        for k in range(self.random.choice((2, 3, 4, 6, 9))):
            text = self.topic.sentence() if long else self.topic.headline()
            if not long and self.chance(0.3):
                text = self.topic.fill("{a} {n} ({n})").capitalize()
            self.put(text, "+", depth, mark=f"{k + 1}." if number else "*", gap=gap / 3)

    def table(self, gap: float) -> None:
        """Scores or ranks, a row a line."""
        if self.chance(0.7):
            self.put(
                self.pick(
                    [
                        "Pos Player Plays % Stats",
                        "Team P W D L",
                        self.topic.headline(),
                        "No. Name Points",
                    ]
                ),
                "+",
                self.level,
                gap=gap / 3,
            )
        for k in range(self.random.choice((3, 5, 9, 16))):
            who = self.pick([self.name(), self.pick(_PLACES), self.pick(_LAST)])
            numbers = " ".join(
                str(self.random.randint(0, 99)) for _ in range(self.random.choice((2, 4, 6)))
            )
            self.put(
                self.pick(
                    [
                        f"{who} {numbers}",
                        f"{k + 1} {who} {numbers}",
                        f"{self.pick(_PLACES)} d. {self.pick(_PLACES)} {numbers.split()[0]}-{numbers.split()[1]}",
                        f"{who} ({numbers.split()[0]}): {self.name()} {numbers.split()[1]} goals.",
                    ]
                ),
                "+",
                self.level + self.random.choice((0, 0, 1)),
                gap=gap / 3,
            )

    def programme(self, gap: float) -> None:
        """Days and places, a line each."""
        join = self.pick([" – ", " -- ", ": ", " @ "])
        if self.chance(0.6):
            self.put(self.topic.headline(), "+", self.level, gap=gap)
        mark = self.pick(["", "", "*"])
        month = self.pick(_MONTHS)
        for k in range(self.random.choice((4, 8, 14, 26))):
            day = 1 + k % 28
            place = f"{self.pick(_PLACES)}, {self.pick(['VT', 'KR', 'Ostland'])}"
            text = self.pick(
                [
                    f"{month} {day}{join}{place}",
                    f"{month} {day}{join}{self.pick(_LAST)} Hall, {place}",
                    f"{day} {month}{join}{self.pick(_PLACES)}",
                ]
            )
            self.put(text, "+", self.level, mark=mark, gap=gap / 4)

    def recipe(self, gap: float) -> None:
        self.put(
            self.pick(["Ingredients", "Ingredients:", "You will need:", "What you need"]),
            "+",
            self.level,
            gap=gap,
        )
        for _ in range(self.random.randint(4, 10)):
            self.put(
                f"{self.pick(['2 cups', '1/2 tsp', '3 tbsp', '200 g', 'A pinch of', '1'])} {self.pick(_ADJECTIVES)} {self.pick(_NOUNS)}",
                "+",
                self.level + 1,
                mark=self.pick(["*", "*", ""]),
                gap=gap / 4,
            )
        for k in range(self.random.randint(2, 6)):
            self.put(
                self.topic.sentence(), "+", self.level, mark=self.pick(["", f"{k + 1}."]), gap=gap
            )

    def asked(self, gap: float) -> None:
        for _ in range(self.random.randint(2, 6)):
            self.put(
                self.pick(["Q: ", "", ""]) + self.topic.headline().rstrip("?!") + "?",
                "+",
                self.level,
                gap=gap,
            )
            self.put(
                self.pick(["A: ", "", f"{self.pick(_LAST)}: "]) + self.paragraph(),
                "+",
                self.level,
                gap=gap,
            )

    def post(self, gap: float) -> None:
        """A post set into the report, with its signature."""
        self.put(
            self.pick(
                [
                    self.topic.sentence(),
                    f"{self.topic.sentence()} #{self.pick(_NOUNS)} pic.example/{self.random.randint(100, 999)}",
                    self.topic.headline(),
                ]
            ),
            "+",
            self.level + self.random.choice((0, 1)),
            gap=gap,
        )
        self.put(
            f"— {self.name()} (@{self.pick(_FIRST).lower()}) {self.pick(_MONTHS)} {self.random.randint(1, 28)}, 2019",
            "+",
            self.level + self.random.choice((0, 1)),
            gap=gap,
        )

    def verse(self, gap: float) -> None:
        for _ in range(self.random.randint(3, 9)):
            words = self.topic.sentence().split()
            self.put(
                " ".join(words[: self.random.randint(3, 9)]).rstrip(".,"),
                "+",
                self.level,
                gap=gap / 2,
            )

    def goods(self, gap: float) -> None:
        """Things reviewed one after the other: name, points, price."""
        for k in range(self.random.choice((2, 4, 7))):
            self.put(
                self.topic.headline(), "+", self.level, mark=self.pick(["", f"{k + 1}."]), gap=gap
            )
            for _ in range(self.random.choice((0, 0, 3, 5))):
                self.put(
                    self.topic.fill(
                        self.pick(["{a} {n} with {n}", "{n}: {x} {n}", "{v} {n} for {a} {n}"])
                    ).capitalize(),
                    "+",
                    self.level + 1,
                    mark="*",
                    gap=gap / 4,
                )
            if self.chance(0.5):
                self.put(
                    self.pick(
                        [
                            f"Price: {self.random.randint(9, 900)}.99",
                            f"shop.example/{self.random.randint(100, 999)}",
                            f"More info: {self.pick(_LAST).lower()}.example",
                        ]
                    ),
                    "+",
                    self.level,
                    gap=gap,
                )
            if self.chance(0.4):
                self.put(self.paragraph(), "+", self.level, gap=gap)

    def inner(self) -> None:
        """Something that stands between two paragraphs and belongs to neither."""
        parts: tuple[Callable[[], None], ...] = (
            lambda: self.put(
                self.pick(
                    [
                        "Advertisement",
                        "Advert",
                        "Story continues below",
                        "Article continues after the break",
                        "Ad",
                        "Loading...",
                        "Continue reading the main story",
                    ]
                ),
                indent=self.level + self.random.choice((0, 1)),
            ),
            lambda: self.put(
                self.pick(
                    [
                        "Read more: ",
                        "Related: ",
                        "See also: ",
                        "Also read: ",
                        "[Related: ",
                        "More: ",
                        "READ MORE ",
                        "Watch: ",
                    ]
                )
                + self.other().headline(),
                indent=self.level,
            ),
            self.caption,
            self.caption,
            lambda: self.teasers(1, 4),
            self.offer,
            lambda: self.put(
                self.other().headline(), indent=self.level + 1, mark=self.pick(["", "*"])
            ),
            self.share,
            self.player,
            self.quotes_of_the_market,
        )
        parts[self.random.randrange(len(parts))]()

    # -- the page

    def head(self) -> None:
        for _ in range(self.random.randint(0, 3)):
            self.lines(_HEADER, 1, 8)
            self.menu(3, 60)
        for share, part in (
            (0.1, self.glued),
            (0.15, self.offer),
            (0.12, self.notice),
            (0.25, lambda: self.teasers(2, 8)),
            (0.12, lambda: self.teasers(6, 14)),
        ):
            if self.chance(share):
                part()
        self.masthead()

    def masthead(self) -> None:
        if self.chance(0.4):
            self.put(
                self.pick(
                    [
                        self.section(),
                        f"Home > {self.section()} > {self.section()}",
                        self.topic.headline(),
                    ]
                ),
                indent=self.level,
            )
        self.put(self.topic.headline(), indent=self.level, gap=0.8)
        if self.chance(0.35):
            self.put(
                self.topic.sentence(), self.pick("+-"), self.level + self.random.choice((0, 0, 1))
            )
        lines = [self.date()]
        if self.chance(0.6):
            lines.insert(
                0,
                self.pick(
                    [
                        f"By {self.name()}",
                        self.name(),
                        f"{self.name()} | {self.section()}",
                        f"by {self.name()}, staff writer",
                    ]
                ),
            )
        for line in lines:
            self.put(line, indent=self.level, gap=0.4)
        if self.chance(0.45):
            self.share()
        if self.chance(0.3):
            self.caption()

    def tail(self) -> None:
        parts: list[tuple[float, Callable[[], None]]] = [
            (
                0.35,
                lambda: self.put(
                    self.pick(["Tags: ", "Topics ", "Filed under: ", "TAGS "])
                    + self.pick([", ", " "]).join(self.section() for _ in range(4)),
                    indent=self.level,
                ),
            ),
            (0.3, lambda: self.lines(_SECTIONS, 2, 8)),
            (0.4, self.share),
            (0.35, self.author),
            (0.1, self.company),
            (0.45, lambda: self.teasers(2, 14)),
            (0.4, lambda: self.teasers(3, 10)),
            (0.2, self.comments),
            (0.35, self.offer),
            (0.35, lambda: self.menu(4, 60)),
            (0.3, self.notice),
            (0.1, self.glued),
            (0.08, self.quotes_of_the_market),
        ]
        if self.chance(0.4):
            self.random.shuffle(parts)
        for share, part in parts:
            if self.chance(share):
                part()
        if self.chance(0.7):
            self.lines(_FOOT, 2, 20)
            for share, part in ((0.3, self.notice), (0.15, self.address), (0.1, self.company)):
                if self.chance(share):
                    part()
            self.put(
                f"© {self.random.randint(2005, 2024)} The Valley Paper. All rights reserved.",
                indent=self.level,
            )


def page(number: int) -> str:
    """One labelled page: whole pages, main parts of pages, and clean text."""
    maker = Maker(number)
    kind = number % 5
    count = maker.random.choice((1, 2, 3, 4, 6, 9, 14, 22, 35))
    if kind < 3:
        maker.head()
        maker.body(count, maker.random.choice((0.0, 0.0, 0.05, 0.1, 0.2)))
        maker.tail()
    else:
        maker.flat = kind == 4 or maker.chance(0.7)
        if maker.chance(0.7):
            maker.masthead()
        maker.body(count, maker.random.choice((0.0, 0.0, 0.04, 0.12)))
        parts: tuple[Callable[[], None], ...] = (
            lambda: maker.teasers(1, 6),
            maker.comments,
            maker.share,
            maker.author,
            maker.offer,
            maker.company,
            maker.notice,
        )
        for part in parts:
            if maker.chance(0.12):
                part()
    return "\n".join("=" if mark == "=" else f"{mark}\t{text}" for mark, text in maker.rows) + "\n"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("-n", "--pages", type=int, default=1500)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    for number in range(args.pages):
        args.folder.joinpath(f"{number:05d}.page").write_text(page(number), "utf-8")


if __name__ == "__main__":
    main()
