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
    account accounts ad ads advert advertise advertisement advertisers advertising affiliate affiliates alerts app
    apps archive bookmark briefing browser browsing careers categories category checkout click comment commenting
    commenters comments contact contributor contributors cookie cookies copyright copyrighted directory disclaimer
    disclosure disqus download edition email emails embed enable facebook faq feed feedback flipboard follow
    followers forum forums gallery gdpr google guidelines help homepage hyperlink inbox instagram javascript join
    jobs latest licence license like likes linkedin load log login logout mailing menu messenger mobile moderated
    moderation navigation newsletter newsletters next notifications offer offers opinions opt page pages partners
    password permalink personalise personalize pinterest podcast podcasts policy popular powered premium previous
    print privacy profile promo promoted promotional quiz rating read reader readers recommended reddit redistributed
    refresh register registered registration related reply report reproduced reproduction reserved respectful rights
    rss save search settings share shares sharing shop sign signed signing signup site sitemap skip slideshow
    snapchat spam sponsored sponsors store submit submitting subscribe subscribed subscriber subscribers
    subscription subscriptions support supporter tag tags telegram terms thank thanks topics trademark trademarks
    transmitted trending tweet twitter unsubscribe url user username users video videos view views votes watch
    webmaster website websites whatsapp widget widgets wordpress youtube
    abonnement abonnieren abonnez agb anmelden anmeldung anzeige anzeigen beiträge datenschutz drucken
    facebookseite folgen impressum kommentar kommentare kommentieren lesen mehr melden nutzungsbedingungen rechte
    redaktion teilen themen werbung zurück übersicht
    aussi commentaire commentaires confidentialité connexion cookies courriel droits imprimer inscription lettre
    lire légales mentions newsletter partager partenaires publicité reproduction réservés site suivez
    anuncios artículos aviso boletín comentar comentario comentarios compartir contacto contáctenos correo derechos
    imprimir leer legal más publicidad relacionadas relacionados reservados sitio suscríbase suscríbete suscripción
    síganos síguenos uso
    aprovados artigos assine boletim cadastre cadastro categoria clique comentar comentário comentários compartilhar
    compartilhe contato curta curtir direitos email gostar imprensa leia mais notícias publicado publicidade
    relacionadas relacionados reservados siga
    abbonati articoli commenta commenti commento condividi contatti correlati diritti iscriviti leggi pubblicità
    riservati seguici stampa
    aanmelden abonneren artikelen deel delen gerelateerde lees meer reacties reageer volg
    czytaj komentarz komentarze komentarzy polityka prywatności udostępnij więcej
    анонс выписать добавить защищены комментариев комментарий комментарии комментировать конфиденциальности
    копировании материалов новости отзыв отзывы подписаться подписка поделиться популярные права реклама рекламы
    редакция ссылка читайте читать
    abone gizlilik paylaş yorum yorumlar
    """.split()
)
"""Words that pages say about themselves and reports seldom do, in lower case."""

FUNCTION = frozenset(
    """
    a about after all also an and any are as at be because been before but by can could did do does for from had
    has have he her him his how if in into is it its just like may me more most my new no not now of on one only or
    other our out over said she so some such than that the their them then there these they this to two up was we
    were what when which while who will with would you your
    aber als am an auch auf aus bei bis da dann das dass dem den der des die doch durch ein eine einem einen einer
    eines er es für gegen hat haben ich ihr im in ist ja kann mehr mit nach nicht noch nun nur oder sein seine sich
    sie sind so über um und uns unter vom von vor war was wenn werden wie wir wird zu zum zur
    au aux avec ce ces cette dans de des du elle en est et été il ils je la le les leur lui mais ne nous on ont ou
    par pas plus pour qu que qui sa se ses si son sont sur un une vous à était
    al como con cuando del desde donde el ella en entre era es esta este está fue ha hay la las le lo los me muy más
    no nos o para pero por porque que se ser si sin sobre son su sus también tiene un una y ya
    ao aos até com da das de do dos e ela ele em foi mais mas na nas no nos não o os para pela pelo por que se sem ser
    seu sua são também um uma você à é
    che chi ci con da dal dalla dei del della delle di e gli ha hanno il in la le lo ma nel nella non per più quando
    questo se si sono su un una è
    aan als bij dat de deze die dit een en er het hij in is maar met naar niet om ook op te uit van voor was we wordt
    zijn
    ale co do i jak jest na nie o od po się są to w z za że
    а бы был была было быть в во вы да для до его ее если еще же за и из или их к как когда которые который мы на не
    него нет но о об он она они от по при с со так также то только что чтобы это
    av de den det en ett för han har i inte med och om på som till var är
    bir bu da de daha en gibi için ile ne olan olarak ve
    """.split()
)
"""The commonest small words of the languages most often met: running text is full of them, menus are not."""

ADDRESS = frozenset(
    """
    you your yours we our ours us i my me ihr ihre ihren sie wir uns unsere unserer unser vous votre vos nous notre
    nos usted su sus tu tus nuestro nuestra nosotros você vocês seu sua nosso nossa voi vostro vostra noi nostro
    nostra u uw jij je jouw wij onze вы вас вам ваш ваши вашего мы нас нам наш наши
    """.split()
)
"""Words by which a page speaks to its reader, or a reader to others."""
