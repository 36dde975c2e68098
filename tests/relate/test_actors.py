"""Who is the same over the reports: never by likeness, always with a reason."""

from __future__ import annotations

import hashlib
import random

from onrecord.gazetteer import load_gazetteer
from onrecord.records import Actor, ActorLinks, Citation, Mention
from onrecord.relate import actors
from onrecord.stage import Group
from onrecord.text.ids import make_id


def mention(
    name: str,
    article: str,
    *,
    kind: str = "person",
    role: str = "name",
    words: str | None = None,
    office: str | None = None,
    country: str | None = None,
    chain: str | None = None,
    at: int = 0,
) -> Mention:
    """A mention of a chain named `name` in a report, at an offset; `chain` joins it to another one."""
    quote = words or name
    version = f"ver-{article}"
    ident = make_id("men", version, "mention", at, at + len(quote), name)
    return Mention(
        id=ident,
        version_id=version,
        article_id=article,
        start=at,
        end=at + len(quote),
        chain=chain or ident,
        name=name,
        kind=kind,
        role=role,
        office=office,
        country=country,
        sentence=0,
        citation=Citation(
            version_id=version,
            start=at,
            end=at + len(quote),
            capture_id=f"cap-{article}",
            capture_start=at,
            capture_end=at + len(quote),
            quote=quote,
            address=f"sha256:{hashlib.sha256(article.encode()).hexdigest()}/utf-8:{at}-{at + len(quote)}",
        ),
    )


def put_together(*mentions: Mention) -> tuple[list[Actor], dict[str, Actor]]:
    """The actors, and which one each mention belongs to."""
    group = Group({Mention: tuple(sorted(mentions, key=lambda m: m.id))})
    records = list(actors.work(group, actors.Options(), {"gazetteer": load_gazetteer()}))
    found = [r for r in records if isinstance(r, Actor)]
    by_id = {a.id: a for a in found}
    links = [link for r in records if isinstance(r, ActorLinks) for link in r.links]
    assert len(by_id) == len(found)
    assert sorted(link.mention_id for link in links) == sorted(m.id for m in mentions)
    return found, {link.mention_id: by_id[link.actor_id] for link in links}


def test_two_transliterations_are_one_person_with_both_forms() -> None:
    a, b = mention("Sergei Dolin", "a"), mention("Sergey Dolin", "b")
    c = mention("Sergey Dolin", "c")
    found, of = put_together(a, b, c)
    assert len(found) == 1
    assert (of[a.id].name, of[a.id].aliases) == ("Sergey Dolin", ("Sergei Dolin",))
    assert "spellings" in of[a.id].basis and "3 reports" in of[a.id].basis


def test_likeness_merges_nobody() -> None:
    found, _ = put_together(
        mention("Pavel Putinov", "a"),
        mention("Pavel Potaninov", "b"),
        mention("Pavla Putinov", "c"),
    )
    assert len(found) == 3


def test_two_given_names_never_merge() -> None:
    found, _ = put_together(mention("Sergei Dolin", "a"), mention("Pavel Dolin", "b"))
    assert len(found) == 2


def test_a_surname_joins_its_only_bearer_in_the_record() -> None:
    full, short = mention("Ilse Varga", "a"), mention("Varga", "b")
    found, of = put_together(full, short)
    assert len(found) == 1
    assert of[short.id].name == "Ilse Varga"
    assert "one bearer" in of[short.id].basis


def test_a_surname_of_two_bearers_joins_only_with_country_or_office() -> None:
    one = mention("Sergei Dolin", "a", country="Russia", office="foreign minister")
    two = mention("Pavel Dolin", "b", country="Ukraine", office="mayor")
    loose = mention("Dolin", "c")
    told = mention("Dolin", "d", country="Russia")
    mayor = mention("Dolin", "e", office="mayor")
    _, of = put_together(one, two, loose, told, mayor)
    assert of[told.id] is of[one.id]
    assert of[mayor.id] is of[two.id]
    assert of[loose.id] not in (of[one.id], of[two.id])


def test_a_country_or_walk_of_life_keeps_namesakes_apart() -> None:
    found, _ = put_together(
        mention("John Lane", "a", country="Canada"), mention("John Lane", "b", country="Australia")
    )
    assert len(found) == 2
    found, _ = put_together(
        mention("John Lane", "a", office="bishop"), mention("John Lane", "b", office="senator")
    )
    assert len(found) == 2


def test_one_person_may_hold_two_political_offices() -> None:
    found, _ = put_together(
        mention("Martin Cole", "a", office="defence secretary", country="United Kingdom"),
        mention("Martin Cole", "b", office="foreign secretary", country="United Kingdom"),
    )
    (actor,) = found
    assert [o.title for o in actor.offices] == ["defence secretary", "foreign secretary"]
    assert all(o.earliest is None for o in actor.offices)


def test_days_of_office_that_no_capture_gives_are_unknown() -> None:
    found, _ = put_together(
        mention("David Cameron", "a", office="prime minister", country="United Kingdom")
    )
    (office,) = found[0].offices
    assert (office.title, office.earliest, office.latest) == ("prime minister", None, None)


def test_a_government_is_one_actor_however_it_is_called_but_a_town_is_a_place() -> None:
    speaks = mention(
        "Russia", "a", kind="government", role="metonym", words="Moscow", country="Russia"
    )
    seat = mention(
        "Russia", "b", kind="government", role="metonym", words="Kremlin", country="Russia"
    )
    itself = mention("Russia", "c", kind="government", country="Russia")
    town = mention("Moscow", "c", kind="place", role="place", country="Russia", at=50)
    _, of = put_together(speaks, seat, itself, town)
    assert of[speaks.id] is of[seat.id] is of[itself.id]
    assert of[itself.id].aliases == ("Kremlin", "Moscow")
    assert (of[town.id].kind, of[town.id].name) == ("place", "Moscow")


def test_unnamed_offices_never_merge_across_reports() -> None:
    one = mention("senior official", "a", kind="office", role="office", country="United States")
    two = mention("senior official", "b", kind="office", role="office", country="United States")
    found, _ = put_together(one, two)
    assert len(found) == 2


def test_organisations_by_name_acronym_and_country() -> None:
    full = mention("Harbour Workers' Union", "a", kind="organisation")
    short = mention(
        "Harbour Workers' Union", "a", kind="organisation", words="HWU", chain=full.id, at=60
    )
    alone = mention("HWU", "b", kind="organisation")
    un = mention("United Nations", "a", kind="organisation", at=90)
    un_short = mention("U.N.", "b", kind="organisation", at=90)
    here = mention("Foreign Ministry", "a", kind="organisation", country="France", at=120)
    there = mention("Foreign Ministry", "b", kind="organisation", country="Spain", at=120)
    _, of = put_together(full, short, alone, un, un_short, here, there)
    assert of[alone.id] is of[full.id] is of[short.id]
    assert of[un.id] is of[un_short.id]
    assert of[here.id] is not of[there.id]


def test_what_one_report_tells_to_be_a_state_is_one_in_all() -> None:
    told = mention("Velmara", "a", kind="government", country="Velmara")
    guessed = mention("Velmara", "b", kind="organisation")
    _, of = put_together(told, guessed)
    assert of[told.id] is of[guessed.id]
    assert (of[guessed.id].kind, of[guessed.id].country) == ("government", "Velmara")


def test_pronouns_and_offices_are_cited_but_are_no_aliases() -> None:
    name = mention("Ilse Varga", "a")
    she = mention("Ilse Varga", "a", role="pronoun", words="she", chain=name.id, at=40)
    office = mention(
        "Ilse Varga",
        "a",
        role="office",
        words="The minister",
        chain=name.id,
        at=60,
        office="foreign minister",
    )
    (actor,), _ = put_together(name, she, office)
    assert actor.aliases == ()
    assert [c.quote for c in actor.mentions] == ["Ilse Varga", "she", "The minister"]


def test_the_result_hangs_on_the_mentions_alone_not_on_their_order() -> None:
    names = [
        "Sergei Dolin",
        "Dolin",
        "Sergey Dolin",
        "Ilse Varga",
        "Varga",
        "Pavel Krell",
        "Krell",
        "Anna Krell",
    ]
    mentions = [mention(n, f"art{i % 5}", at=i * 40) for i, n in enumerate(names * 3)]
    first, _ = put_together(*mentions)
    random.Random(3).shuffle(mentions)
    group = Group({Mention: tuple(mentions)})
    again = [
        r
        for r in actors.work(group, actors.Options(), {"gazetteer": load_gazetteer()})
        if isinstance(r, Actor)
    ]
    assert sorted(first, key=lambda a: a.id) == sorted(again, key=lambda a: a.id)


def test_many_reports_of_one_name_stay_quick() -> None:
    mentions = [mention("Sergei Dolin" if i % 2 else "Dolin", f"art{i:05}") for i in range(3000)]
    found, _ = put_together(*mentions)
    assert len(found) == 1
