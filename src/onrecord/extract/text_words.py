"""Word lists of newsrooms and web pages, written for this project. Folded: lower case, no accents."""

from __future__ import annotations

NEWSROOM = frozenset(
    """
    a about africa agencies agency america american an analysis analyst and archive article articles asia at author
    board breaking bureau business by canada capital channel chief china city columnist comment commentary comments
    contributing contributor contributors copyright correspondent correspondents court crime culture daily day
    deputy desk digital diplomacy diplomatic edition editor editorial editors education energy entertainment europe
    european exclusive explained express features file finance following for foreign from full gallery general global
    government guest hall headlines health home how illustration image images in inside international interview into
    latest law leader letters life lifestyle live local magazine market markets materials media metro middle military
    minister money more national new newest news newspaper newsroom newswire north office official on online opinion
    our page photo photographer photos picture pictures podcast police politics post posted press print producer
    published radio read regional related release report reporter reporters reporting reports review saturday
    science section security senior share society source south special sport sports staff state statement stories
    story sunday team tech technology text the times today top topics travel tv uk un update updated updates us
    video videos view views war watch weather week west wire with world writer writers monday tuesday wednesday
    thursday friday january february march april june july august september october november december
    associated agence deutsche thomson foundation service services network group inc ltd corporation union
    car cars reviews guide guides calendar results standings table schedule programme gift
    menu search login subscribe newsletter advertisement contact privacy terms help
    redaktion redaktor korrespondent aktuell nachrichten politik wirtschaft redaccion redacao agencias redaction
    publie mis jour
    """.split()
)
"""Words of sections, roles and masts: a capitalised run that holds one is not a person's name."""

FURNITURE = frozenset(
    """
    account ad ads advert advertise advertisement advertising app apps archive browser careers category categories
    click comment comments contact cookie cookies copyright disclaimer download edition email e-mail embed enable
    faq facebook feed feedback follow followers forum gdpr gallery google help homepage instagram javascript jobs
    latest licence license like likes linkedin load log login logout mailing menu mobile navigation newsletter
    newsletters next notifications offers page partners password pinterest podcast podcasts policy popular
    premium previous print privacy profile promo promoted read recommended reddit register related reply report
    reserved rights rss save search settings share shares shop sign signin signup sitemap skip sponsored store
    subscribe subscriber subscribers subscription subscriptions tag tags telegram terms topics trending tweet
    twitter unsubscribe video videos view views watch whatsapp youtube
    anmelden abonnieren datenschutz impressum kommentare teilen drucken newsletter werbung mehr lesen
    partager imprimer commentaires abonnez connexion mentions legales lire aussi suivez
    compartir imprimir comentarios suscribete publicidad siguenos leer mas compartilhar assine curtir publicidade
    condividi stampa commenti iscriviti pubblicita leggi deel reageer delen
    поделиться подписаться комментарии реклама
    """.split()
)
"""Words that pages say about themselves and reports seldom do."""
