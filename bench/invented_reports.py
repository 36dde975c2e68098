"""Invented reports, and the invented words that stand around reports on a site, by language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Report:
    """`body` holds (kind, text): paragraph, heading, quote, or list with its items by line."""

    slug: str
    title: str
    deck: str
    authors: tuple[str, ...]
    published: str
    shown: str
    caption: str
    body: tuple[tuple[str, str], ...]
    language: str = "en"


def _body(*rows: str) -> tuple[tuple[str, str], ...]:
    marks = {"# ": "heading", "> ": "quote", "* ": "list"}
    return tuple(
        (marks[r[:2]], r[2:].replace("\n* ", "\n")) if r[:2] in marks else ("paragraph", r)
        for r in rows
    )


REPORTS = (
    Report(
        "lock-gates",
        "Tarn Locks to close for nine weeks after crack is found",
        "Barges must take the long way round while divers repair the western gate.",
        ("Ada Quill",),
        "2031-02-03T07:45:00+01:00",
        "3 February 2031, 07:45",
        "The western gate of Tarn Locks at low water. Photograph: Ines Farrow",
        _body(
            "The western gate of Tarn Locks will stay shut for nine weeks after an inspection found a crack as long as a bus, the canal authority said on Monday.",
            "Around 140 barges pass the locks on a working day. They will have to use the old northern arm, which adds eleven hours to the journey between Brackwater and the sea.",
            "“We could have patched it and hoped,” said Orla Venn, the authority's chief engineer. “We are not going to hope with forty thousand tonnes of water behind it.”",
            "The crack was seen on 29 January by a diver who was looking for a lost anchor.",
            "# What it costs",
            "Skippers' associations put the damage at 1.3 million crowns a week. The authority disputes the figure but gave none of its own.",
            "Repairs are to begin on Thursday, weather permitting. A decision on the eastern gate, built in the same year, is expected in March.",
        ),
    ),
    Report(
        "ferry-vote",
        "Islanders vote to keep the night ferry",
        "",
        ("Bram Oster", "Cleo Tarn"),
        "2031-03-18T22:10:00+01:00",
        "18 March 2031, 22:10",
        "",
        _body(
            "Voters on the Sallow Islands have decided by 2,114 to 1,987 to keep paying for the night ferry to Ostrava Quay.",
            "The result, announced shortly after ten in the evening, surprised the council, which had planned to sell the ship.",
        ),
    ),
    Report(
        "dam-report",
        "Engineers knew of dam's weak drain, papers show",
        "Letters from 2027 describe water “where no water should be”.",
        ("Ada Quill",),
        "2031-04-09T05:00:00Z",
        "9 April 2031, 05:00",
        "Skarn dam seen from the village of Lower Arn, before the evacuation. Dovas Pictures",
        _body(
            "Engineers of Skarn Power warned four years before the evacuation of Lower Arn that a drain beneath the dam could no longer be trusted, according to letters that a parliamentary committee made public on Wednesday.",
            "In the first of the letters, dated 14 June 2027, the engineer Tomas Reyl writes of “water where no water should be” and asks for a survey by boat.",
            "> There is water where no water should be, and nobody has told me whose job it is to ask why.",
            "The company answered eleven days later that a survey was planned for the autumn. None took place.",
            "Skarn Power said in a statement that it had “acted on the advice it was given at the time”. It did not say who had given the advice.",
            "# Three warnings",
            "The committee counts three warnings in all:",
            "* the letter of 14 June 2027, which asks for a survey\n* a note of 2 May 2028 on two cracked gauges\n* an entry in the night log of 30 November 2030, eight weeks before the evacuation",
            "Irena Dovas, who leads the committee, said its members would now hear the company's former directors. “They will be asked one question,” she said. “What did you do on the day after?”",
            "The hearing is planned for 22 April. Two of the five directors live abroad & cannot be made to come.",
            "More than 900 people had to leave Lower Arn in January. About 300 of them are still living in the sports hall of the next town.",
        ),
    ),
    Report(
        "tram-strike",
        "Tram drivers call off strike hours before it was to begin",
        "Both sides speak of a fair result; the details are to be published on Friday.",
        ("Bram Oster",),
        "2031-05-21T18:32:00+02:00",
        "21 May 2031, 18:32",
        "",
        _body(
            "Tram drivers in Brackwater have called off a strike that was to begin at four o'clock on Thursday morning.",
            "Their union said it had been offered a rise of 4.5 per cent from July and a further 2 per cent a year later. The city confirmed the offer.",
            "“Nobody got everything, and everybody got home,” said Hanne Lisk of the transport workers' union after nine hours of talks.",
            "Mayor Pell Aldous called the outcome fair and thanked “the people who stayed in the room”.",
            "The union's members still have to agree. A ballot will run until 6 June.",
            "In February a two-day strike had left 60,000 passengers without trams. Schools stayed closed in three districts.",
        ),
    ),
    Report(
        "seed-bank",
        "A seed bank in the old salt mine opens its first chamber",
        "Why a cave that killed its miners with dryness is the right place for barley.",
        ("Cleo Tarn",),
        "2031-06-30T09:15:00+02:00",
        "30 June 2031, 09:15",
        "Shelves in chamber one, 212 metres below the village of Halm. Photo: Rook Agency",
        _body(
            "Two hundred and twelve metres below the village of Halm, the air has not been damp for six thousand years. That is why Vera Castane brought her barley here.",
            "The botanist opened the first chamber of what is to become the largest seed bank of the eastern provinces on Sunday, with a speech of four sentences and a key that did not fit at the first attempt.",
            "Twelve thousand samples lie in the chamber already. There is room for nine times as many.",
            "# Dry enough",
            "Seeds keep best when they are cold and dry. The cold has to be made; the dryness is free.",
            "“The miners coughed themselves to death in here,” Castane says, and lays a hand on the wall. “For a seed it is paradise.”",
            "It takes 18 kilowatts to hold the chamber at minus 12 degrees, about as much as the village bakery needs.",
            "# Who pays",
            "The provinces share the running costs, 640,000 crowns a year. The chamber itself was paid for by a foundation that does not want to be named.",
            "Critics say that seeds which are never sown lose touch with a changing climate. Ruben Aske, who breeds rye on the coast, would rather have spent the money on fields. “A bank is where you put what you do not use,” he says.",
            "Castane knows the objection. Every sample is to be sown at least once in fifteen years, she says, in a field as near as possible to where it came from.",
            "In the autumn a second chamber will follow. The key, she promises, will fit.",
        ),
    ),
    Report(
        "mayor-trial",
        "Former mayor of Ostrava Quay cleared of taking bribes",
        "Judges criticise the inquiry as “careless from the first day”.",
        ("Hugh Carrow", "Ada Quill"),
        "2031-09-12T13:05:00+02:00",
        "12 September 2031, 13:05",
        "Lena Marrow leaves the court with her lawyers on Friday. Tidewire/R. Holm",
        _body(
            "A court has cleared Lena Marrow, the former mayor of Ostrava Quay, of taking bribes from a building firm.",
            "There was no proof that the 80,000 crowns found in a desk had come from the firm, presiding judge Aron Sill said on Friday. There was not even proof that the desk had been hers.",
            "Marrow, 58, had denied the charges from the beginning. She left the court without speaking to reporters.",
            "“She did not win today. She got back what was hers,” said her lawyer, Petra Quent.",
            "The prosecution, which had asked for three years in prison, has a week to decide whether it will appeal.",
            "Judge Sill found harsh words for the inquiry, which he called “careless from the first day”. Two witnesses were never heard; a telephone was returned to its owner before anyone had looked at it.",
            "The building firm, Norrholm & Sons, went bankrupt last year. Its owner was sentenced to fourteen months for fraud in a separate trial.",
        ),
    ),
    Report(
        "schleuse",
        "Schleuse am Tarn bleibt nach Riss neun Wochen geschlossen",
        "Lastkähne müssen den alten Nordarm nehmen, solange Taucher das Westtor flicken.",
        ("Ada Quill",),
        "2031-02-03T07:45:00+01:00",
        "3. Februar 2031, 07:45 Uhr",
        "Das Westtor der Schleuse bei Niedrigwasser. Foto: Ines Farrow",
        _body(
            "Das Westtor der Schleuse am Tarn bleibt neun Wochen lang geschlossen, nachdem Taucher einen Riss von der Länge eines Busses gefunden haben. Das teilte die Kanalbehörde am Montag mit.",
            "An einem Werktag fahren rund 140 Kähne durch die Schleuse. Sie müssen nun den alten Nordarm nehmen, was die Reise von Brackwater zum Meer um elf Stunden verlängert.",
            "„Wir hätten es flicken und hoffen können“, sagte die leitende Ingenieurin Orla Venn. „Mit vierzigtausend Tonnen Wasser dahinter hoffen wir nicht.“",
            "# Was es kostet",
            "Der Verband der Schiffer beziffert den Schaden auf 1,3 Millionen Kronen in der Woche. Die Behörde bestreitet die Zahl, nannte aber keine eigene.",
            "Die Reparatur soll am Donnerstag beginnen, wenn das Wetter es zulässt.",
        ),
        language="de",
    ),
    Report(
        "esclusa",
        "La esclusa de Tarn estará cerrada nueve semanas por una grieta",
        "",
        ("Bram Oster",),
        "2031-02-03T07:45:00+01:00",
        "3 de febrero de 2031, 07:45",
        "",
        _body(
            "La compuerta oeste de la esclusa de Tarn permanecerá cerrada nueve semanas después de que una inspección hallara una grieta tan larga como un autobús, informó el lunes la autoridad del canal.",
            "Unas 140 barcazas cruzan la esclusa en un día de trabajo y tendrán que tomar el antiguo brazo norte, lo que añade once horas al viaje entre Brackwater y el mar.",
            "“Podríamos haberla remendado y esperar”, dijo la ingeniera jefe, Orla Venn. “No vamos a esperar con cuarenta mil toneladas de agua detrás.”",
            "Las obras empezarán el jueves si el tiempo lo permite, y en marzo se decidirá sobre la compuerta este.",
        ),
        language="es",
    ),
)

_TOPICS = (
    "Five walks along the lower Arn",
    "What the new ferry timetable means for commuters",
    "Why bakers in Halm get up even earlier now",
    "The best soups for a week of rain",
    "How to keep a bicycle alive through the winter",
    "Quiz: how well do you know the eastern provinces?",
    "“My neighbour is a lighthouse”: an architect explains",
    "Watch: otters return to the northern arm",
    "Storm Petra: all closures at a glance",
    "Union and city at odds over night buses",
    "Harbour museum finds its missing anchor",
    "Crown falls to its lowest point since spring",
)
_ADS = (
    "Warm boots for cold quays. Order by noon and walk dry tomorrow.",
    "Save up to 40 crowns on your first box of winter vegetables.",
    "Lisk Insurance: because boats do not swim by themselves.",
    "New: the Ostrava card, a month of trams for the price of a pair of shoes.",
    "Compare loans in three minutes. It costs you nothing.",
    "Sponsored: the mattress that remembers how you slept yesterday",
)
_COMMENTS = (
    "I have lived beside that canal for thirty years and nobody ever asked me anything.",
    "And who is going to pay for all this in the end? The same people as always.",
    "Good article, thank you. I would have liked to hear more from the skippers themselves.",
    "My grandfather worked down there. He would have laughed, and then he would have cried.",
    "Please stop writing about the ferry, there are more important things in this country.",
    "Does anybody know whether the northern arm is open on Sundays as well?",
)
_CONSENT = (
    "We and our 212 partners store and read information on your device. You can change your mind at any time.",
    "This site uses cookies to make reading it more pleasant. By going on you agree to our rules.",
    "Your privacy matters to us. Choose which cookies you want to allow.",
)
_LETTERS = (
    "The most important reports of the day in your inbox every morning. You can unsubscribe at any time.",
    "Do not miss a story: subscribe to our letter from the coast, written every Friday by our editors.",
)


@dataclass(frozen=True)
class Words:
    """What a site of one language says around its reports."""

    topics: tuple[str, ...]
    adverts: tuple[str, ...]
    comments: tuple[str, ...]
    consent: tuple[str, ...]
    letters: tuple[str, ...]
    sections: tuple[str, ...]
    ago: tuple[str, ...]
    advert: str = "Advertisement"
    accept: str = "Accept all"
    settings: str = "Settings"
    breaking: str = "Breaking"
    sign_in: str = "Sign in"
    share: str = "Share"
    print_: str = "Print"
    commented: str = "{} comments"
    reply: str = "Reply"
    like: str = "Like"
    letter: str = "The letter from the coast"
    subscribe: str = "Subscribe"
    discussion: str = "Comments ({})"
    imprint: str = "Imprint"
    privacy: str = "Privacy"
    rights: str = "All rights reserved."
    also: str = "Read also:"
    more: str = "More from this section"
    related: str = "Related"
    popular: str = "Most read"
    by: str = "By {}"
    bio: str = "{} has written about canals and coasts for this paper since 2024."
    pay: str = "You have read 3 of your 5 free reports this month. Subscribe to go on reading without limits."


WORDS = {
    "en": Words(
        _TOPICS,
        _ADS,
        _COMMENTS,
        _CONSENT,
        _LETTERS,
        ("Home", "Coast", "Provinces", "Business", "Culture", "Weather", "Sport"),
        ("{} minutes ago", "{} hours ago", "{} days ago"),
    ),
    "de": Words(
        (
            "Fünf Wanderungen am unteren Arn",
            "Was der neue Fährplan für Pendler bedeutet",
            "Warum die Bäcker in Halm jetzt noch früher aufstehen",
            "Die besten Suppen für eine Regenwoche",
            "So bringt man ein Fahrrad durch den Winter",
            "Quiz: Wie gut kennen Sie die Ostprovinzen?",
            "Otter kehren in den Nordarm zurück",
            "Sturm Petra: alle Sperrungen im Überblick",
        ),
        (
            "Warme Stiefel für kalte Kais. Bis Mittag bestellt, morgen trocken unterwegs.",
            "Bis zu 40 Kronen auf die erste Kiste Wintergemüse sparen.",
            "Kredite in drei Minuten vergleichen. Es kostet Sie nichts.",
        ),
        (
            "Ich wohne seit dreißig Jahren an diesem Kanal und mich hat noch nie jemand gefragt.",
            "Und wer bezahlt das alles am Ende? Dieselben wie immer.",
            "Guter Artikel, danke. Ich hätte gern mehr von den Schiffern selbst gehört.",
            "Mein Großvater hat dort unten gearbeitet. Er hätte gelacht und dann geweint.",
            "Weiß jemand, ob der Nordarm auch am Sonntag offen ist?",
        ),
        (
            "Wir und unsere 212 Partner speichern Informationen auf Ihrem Gerät. Sie können Ihre Wahl jederzeit ändern.",
            "Diese Seite verwendet Cookies, um das Lesen angenehmer zu machen.",
        ),
        (
            "Die wichtigsten Berichte des Tages jeden Morgen in Ihrem Postfach. Abmelden können Sie sich jederzeit.",
            "Keine Geschichte verpassen: Bestellen Sie unseren Brief von der Küste.",
        ),
        ("Start", "Küste", "Provinzen", "Wirtschaft", "Kultur", "Wetter", "Sport"),
        ("vor {} Minuten", "vor {} Stunden", "vor {} Tagen"),
        advert="Anzeige",
        accept="Alle akzeptieren",
        settings="Einstellungen",
        breaking="Eilmeldung",
        sign_in="Anmelden",
        share="Teilen",
        print_="Drucken",
        commented="{} Kommentare",
        reply="Antworten",
        like="Gefällt mir",
        letter="Der Brief von der Küste",
        subscribe="Abonnieren",
        discussion="Kommentare ({})",
        imprint="Impressum",
        privacy="Datenschutz",
        rights="Alle Rechte vorbehalten.",
        also="Lesen Sie auch:",
        more="Mehr aus diesem Ressort",
        related="Mehr zum Thema",
        popular="Meistgelesen",
        by="Von {}",
        bio="{} schreibt seit 2024 für diese Zeitung über Kanäle und Küsten.",
        pay="Sie haben 3 von 5 freien Berichten gelesen. Abonnieren Sie, um ohne Grenzen weiterzulesen.",
    ),
    "es": Words(
        (
            "Cinco paseos por el bajo Arn",
            "Qué significa el nuevo horario del transbordador",
            "Por qué los panaderos de Halm madrugan aún más",
            "Las mejores sopas para una semana de lluvia",
            "Cómo cuidar una bicicleta en invierno",
            "Las nutrias vuelven al brazo norte",
            "Tormenta Petra: todos los cierres",
        ),
        (
            "Botas calientes para muelles fríos. Pídalas antes del mediodía.",
            "Ahorre hasta 40 coronas en su primera caja de verduras de invierno.",
            "Compare préstamos en tres minutos. No le cuesta nada.",
        ),
        (
            "Llevo treinta años viviendo junto a ese canal y nadie me ha preguntado nunca nada.",
            "¿Y quién va a pagar todo esto al final? Los mismos de siempre.",
            "Buen artículo, gracias. Me habría gustado oír más a los propios patrones.",
            "Mi abuelo trabajó allí abajo. Se habría reído y luego habría llorado.",
            "¿Sabe alguien si el brazo norte está abierto también los domingos?",
        ),
        (
            "Nosotros y nuestros 212 socios guardamos información en su dispositivo. Puede cambiar de opinión cuando quiera.",
            "Este sitio usa cookies para que leerlo sea más agradable.",
        ),
        (
            "Las noticias más importantes del día en su correo cada mañana. Puede darse de baja cuando quiera.",
            "No se pierda ninguna historia: suscríbase a nuestra carta desde la costa.",
        ),
        ("Inicio", "Costa", "Provincias", "Economía", "Cultura", "Tiempo", "Deportes"),
        ("hace {} minutos", "hace {} horas", "hace {} días"),
        advert="Publicidad",
        accept="Aceptar todo",
        settings="Configuración",
        breaking="Última hora",
        sign_in="Iniciar sesión",
        share="Compartir",
        print_="Imprimir",
        commented="{} comentarios",
        reply="Responder",
        like="Me gusta",
        letter="La carta desde la costa",
        subscribe="Suscribirse",
        discussion="Comentarios ({})",
        imprint="Aviso legal",
        privacy="Privacidad",
        rights="Todos los derechos reservados.",
        also="Lea también:",
        more="Más de esta sección",
        related="Noticias relacionadas",
        popular="Lo más leído",
        by="Por {}",
        bio="{} escribe en este periódico sobre canales y costas desde 2024.",
        pay="Ha leído 3 de sus 5 noticias gratuitas de este mes. Suscríbase para seguir leyendo sin límites.",
    ),
}
TOPICS, ADS, COMMENTS = _TOPICS, _ADS, _COMMENTS
NAMES = ("riverrat", "Old Skipper", "m.castane", "Nele", "QuayWatcher77", "Jost B.")
