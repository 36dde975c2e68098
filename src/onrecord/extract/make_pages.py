"""Writes labelled pages to train the line model on: `python -m onrecord.extract.make_pages DIR [-n 600]`.

Every word was written for this project: sentences from a small grammar of invented news, set into the
furniture that pages have around them (menus, headers, sharing, teasers, galleries, comments, footers), as
converters from HTML to text leave it: indented, or one line after another. Labels as `train_lines`
reads them.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

_WHO = """the council|a spokesman for the port|residents of the valley|the ministry|two engineers|the governor|opposition leaders|the ferry company|police in the border town|a senior adviser|Ilse Korvan|Deputy Minister Tomas Brell|the grain board|union leaders|the court|an aid group|Mayor Dana Ostrel|fishermen|the railway|a parliamentary committee|analysts at Veldt Research|the airline|teachers|a coalition of growers|the coast guard""".split(
    "|"
)
_DID = """said|rejected|announced|has postponed|would not confirm|plans to review|criticised|was considering|agreed to fund|voted on|withdrew|denied that it had changed|called for|opened an inquiry into|promised to publish|warned against|has begun to repair|suspended|welcomed|could not explain""".split(
    "|"
)
_WHAT = """the new timetable|a plan to widen the canal|rules on night flights|the dispute over water rights|a report on bridge safety|talks with the neighbouring province|the budget for winter roads|a tax on imported timber|the closure of two mines|the results of the count|an agreement on fishing zones|compensation for flooded farms|the appointment of a new judge|a delay in the delivery of turbines|the sale of the old shipyard|measures to protect the reservoir|the strike at the sugar mill|a request for more buses""".split(
    "|"
)
_TAIL = """on Tuesday|after weeks of protest|in a letter seen by reporters|despite objections from the north|before the end of the month|, which had been expected since spring|and said no date had been set|because of a lack of money|while negotiations continue in the capital|, according to three people who were in the room|in what officials described as a first step|for the second time this year|as heavy rain cut the main road|although nobody was hurt|, a decision that surprised many in the district|at a meeting that lasted until midnight|""".split(
    "|"
)
_SAY = """“We have waited long enough,” {who} said.|“Nobody told us about {what},” said {name}, who lives nearby.|“It is a small step, but a step,” {name} told a crowd outside.|“There was no other way,” {who} said in a statement {tail}.|{name} said that {what} would cost {n} million crowns and take {m} years.|Asked about {what}, {name} said only: “We will see.”|According to {who}, {n} people were affected and {m} of them have asked for help.""".split(
    "|"
)
_FIRST = "Ilse Tomas Dana Mirek Sofie Anders Leyla Pavel Ruth Joana Emeka Hana Viktor Nils Carmen Idris Olga Pedro Aiko Farid".split()
_LAST = "Korvan Brell Ostrel Haldane Vasik Lindqvar Moreno-Ruiz Abara Tesfay Novakov Hirsch Dell Okafor Silvan Marchetti Quist Rowe Tanaki Velt Aziri".split()
_SECTIONS = """World|Politics|Business|Sport|Opinion|Culture|Science|Health|Travel|Weather|Video|Podcasts|Life & Style|Technology|Money|Europe|Asia|Africa|Americas|Middle East|Local News|Letters|Obituaries|Crosswords|Jobs|Property|Cars|Fashion|Food|Books|Film|Music|Television|Football|Cricket|Tennis|Cycling|Rugby|Motor Racing|Education|Environment|Energy|Markets|Companies|Economy|Personal Finance|Real Estate|Investigations|Fact Check|Photos|Live TV|Newsletters|E-paper|Archive|Events|Classifieds|Games|Horoscopes|Recipes|Gardening|Family|Relationships|Pets|History|Religion|Courts|Elections|Parliament|Defence|Diplomacy|Border|Coast|North|South|Harbour|City Life|Start-ups|Gadgets|Apps|Space|Climate|Oceans|Farming""".split(
    "|"
)
_HEADER = """Log in|Sign in|Subscribe|Subscribe now|My account|Search|Menu|Close|Newsletter|Advertise with us|Today's paper|English|Español|Français|Edition: International|Switch to the national edition|Support our work|Sign out|Weather: 14°C|Skip to content|Skip to main menu|Home|Live|Breaking: Ferry service suspended until Monday|Follow us|Contact|About|Become a member|Give a gift subscription|Available on all your devices""".split(
    "|"
)
_SHARE = """Share|Share on Facebook|Share on Twitter|Email|Print|Share this article|Save|Copy link|Tweet|WhatsApp|Facebook|Twitter|LinkedIn|Pinterest|Reddit|12 shares|0 Comments|Listen to this article|Text size|A A A|Bookmark|Gift this article|Share via Email|Add to reading list|View comments|3 min read""".split(
    "|"
)
_FOOT = """About us|Contact us|Terms of use|Privacy policy|Cookie policy|Careers|Advertise|Help centre|Corrections|Complaints|Accessibility|Sitemap|Archive|All topics|All writers|Newsletters|RSS|Facebook|Twitter|Instagram|YouTube|Code of conduct|Media kit|Press office|Our standards|Download the app|Do not sell my personal information|Ethics statement|Customer service|Back to top|Manage cookies|Subscriber rewards|Site index|FAQ""".split(
    "|"
)
_PROMO = """Get the morning briefing in your inbox every day.|Sign up for our newsletter and never miss a story.|Subscribe for full access to all our journalism from just 1 crown a week.|We use cookies to give you the best experience on our site. By continuing you agree to our use of cookies.|Enter your email address to receive our daily headlines. You can unsubscribe at any time.|Thank you for reading. Independent reporting needs your support, so please consider becoming a member today.|This site is protected and our privacy policy and terms of service apply.|You have reached your limit of free articles this month. Log in or subscribe to continue reading.|Please enable JavaScript to view the comments powered by our platform.|Quotes are delayed by at least 15 minutes. Data provided by our partners, see the full disclaimer.|Download our app to get alerts for the stories that matter to you, wherever you are.|Join the conversation. Comments are moderated and must follow the house rules before they appear.|All rights reserved. No part of this site may be reproduced without the written permission of the publisher.|The opinions expressed by commentators are their own and do not represent the views of this site.|If you click on a link and buy a product we may earn a commission, see how we make money.""".split(
    "|"
)
_RELATED = """Related stories|More from World|Most read|Most popular|You may also like|Recommended for you|Latest news|Read more|Trending now|More on this topic|Top stories|In other news|Related|Don't miss|Editor's picks|Popular this week|What to read next|From around the web|Sponsored content|Next article|See also""".split(
    "|"
)
_HEADINGS = """What happens next|A long dispute|Why it matters|Background|No quick answer|Cost still unknown|Life by the river|“A matter of trust”|Questions for the board|Winter is coming|Who pays?|How it began|Calls for calm|The numbers|An old promise""".split(
    "|"
)
_BIO = """{name} is our correspondent in the north and has written about water and rail for ten years.|{name} covers courts and local government. Follow {first} on Twitter.|About the author: {name} joined the newsroom in 2009 after working in radio.|Contact the reporter: {first}@paper.example|{name} is an editor on the foreign desk. Reach the desk at desk@paper.example""".split(
    "|"
)
_COMMENT = """I agree with every word of this, about time somebody wrote it!|What a waste of money, as always they only think about themselves and not about the people who live here.|Sorry but this is just not true, read the report before you write such things.|lol|My grandfather worked at that yard for thirty years and he would be ashamed of them. Thank you for the article.|Why does nobody ask who owns the land? Follow the money people.|+1|They said the same in 2011 and nothing happened, so I will believe it when I see it.""".split(
    "|"
)
_CAPTION = """{Who} at the harbour in a file photo.|A view of the valley after the rain. Photograph: {name}|{name}, left, arrives for talks. Credit: {name}|File photo shows the old bridge|The shipyard in winter (Photo: {name})|Image: {name}|Workers near the canal. / {name}""".split(
    "|"
)
_MONTHS = (
    "January February March April May June July August September October November December".split()
)


class Maker:
    """Makes one page. The same number makes the same page."""

    def __init__(self, number: int) -> None:
        self.random = Random(number)
        self.rows: list[tuple[str, str]] = []
        self.flat = self.random.random() < 0.35
        self.unit = self.random.choice((2, 2, 4, 3))
        self.level = self.random.randint(1, 6)
        self.bullets = self.random.random() < 0.85
        self.spaced = self.random.random()

    def pick(self, items: Sequence[str]) -> str:
        return items[self.random.randrange(len(items))]

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def name(self) -> str:
        return f"{self.pick(_FIRST)} {self.pick(_LAST)}"

    def fill(self, text: str) -> str:
        return text.format(
            who=self.pick(_WHO),
            Who=self.pick(_WHO).capitalize(),
            what=self.pick(_WHAT),
            tail=self.pick(_TAIL).strip(" ,"),
            name=self.name(),
            first=self.pick(_FIRST),
            n=self.random.randint(2, 900),
            m=self.random.randint(2, 40),
        )

    def sentence(self) -> str:
        if self.chance(0.3):
            return self.fill(self.pick(_SAY))
        text = f"{self.pick(_WHO)} {self.pick(_DID)} {self.pick(_WHAT)}"
        tails = [self.pick(_TAIL) for _ in range(self.random.choice((0, 1, 1, 2)))]
        for tail in tails:
            text += tail if tail.startswith(",") else f" {tail}".rstrip()
        return text[0].upper() + text[1:] + self.pick([".", ".", ".", ".", ".", "?", "!"])

    def paragraph(self) -> str:
        count = self.random.choice((1, 1, 2, 2, 3, 4, 6))
        if self.chance(0.06):
            return self.pick(
                [
                    "It did not.",
                    "Nobody answered.",
                    "“Not yet,” she said.",
                    "That was in May.",
                    "But why now?",
                    "So far, nothing has moved.",
                ]
            )
        return " ".join(self.sentence() for _ in range(count))

    def headline(self) -> str:
        text = f"{self.pick(_WHO)} {self.pick(['rejects', 'delays', 'to review', 'defends', 'warns on', 'opens', 'backs', 'quits over'])} {self.pick(_WHAT)}"
        if self.chance(0.25):
            text = f"{self.pick(_LAST)}: {text}"
        if self.chance(0.2):
            text = text.title()
        return text[0].upper() + text[1:] + (self.pick(["?", "!"]) if self.chance(0.08) else "")

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
            ]
        )

    def put(
        self, text: str, label: str = "-", indent: int = 0, mark: str = "", gap: float = 0.5
    ) -> None:
        if not self.flat:
            text = " " * (self.unit * max(0, indent)) + (mark + " " if mark else "") + text
        elif mark and self.chance(0.3):
            text = f"{mark} {text}"
        self.rows.append((label, text))
        if self.chance(gap):
            self.rows.append(("=", ""))

    def menu(self, low: int, high: int) -> None:
        depth = self.level + self.random.randint(-1, 3)
        mark = "*" if self.bullets else ""
        for _ in range(self.random.randint(low, high)):
            self.put(self.pick(_SECTIONS), indent=depth, mark=mark, gap=0.02)
            if self.chance(0.2):
                for _ in range(self.random.randint(1, 7)):
                    self.put(
                        self.pick(_SECTIONS), indent=depth + 2, mark="+" if mark else "", gap=0.02
                    )
        self.rows.append(("=", ""))

    def teasers(self, low: int, high: int) -> None:
        depth = self.level + self.random.randint(-1, 2)
        self.put(self.pick(_RELATED), indent=depth)
        mark = self.pick(["", "", "*"])
        for _ in range(self.random.randint(low, high)):
            self.put(self.headline(), indent=depth + 1, mark=mark, gap=0.4)
            if self.chance(0.35):
                summary = self.sentence()
                self.put(
                    summary.rstrip(".!?") + self.pick(["...", "…", " […]", "."]),
                    indent=depth + 1,
                    gap=0.4,
                )
            if self.chance(0.3):
                self.put(
                    self.pick(
                        [
                            self.date(),
                            "2 hours ago",
                            "1 day ago",
                            self.name(),
                            self.pick(_SECTIONS),
                            "Read more",
                        ]
                    ),
                    indent=depth + 1,
                    gap=0.3,
                )

    def lines(
        self, table: Sequence[str], low: int, high: int, mark: str = "", gap: float = 0.15
    ) -> None:
        depth = self.level + self.random.randint(-2, 2)
        for _ in range(self.random.randint(low, high)):
            self.put(self.pick(table), indent=depth, mark=mark, gap=gap)

    def comments(self) -> None:
        self.put(
            self.pick(["Comments", "12 comments", "Leave a reply", "Join the conversation"]),
            indent=self.level,
        )
        for _ in range(self.random.randint(0, 12)):
            self.put(
                self.pick([self.name(), self.pick(_FIRST).lower() + "77"]),
                indent=self.level + 1,
                gap=0.1,
            )
            if self.chance(0.6):
                self.put(
                    self.pick([self.date(), "3 days ago at 10:41"]), indent=self.level + 1, gap=0.1
                )
            self.put(self.pick(_COMMENT), indent=self.level + 2, gap=0.3)
            self.put(
                self.pick(["Reply", "Reply Report", "Like 3", "Reply 2 0"]),
                indent=self.level + 1,
                gap=0.3,
            )

    def body(self, count: int, inner: float) -> None:
        gap = self.pick_gap()
        depth = self.level
        if self.chance(0.25):
            self.put(
                self.pick(_CAPTION).format(Who=self.pick(_WHO).capitalize(), name=self.name()),
                indent=depth + 2,
                gap=gap,
            )
        if self.chance(0.2):
            self.put(self.sentence(), "+", depth + self.random.choice((0, 0, 1, -1)), gap=gap)
        for i in range(count):
            self.put(self.paragraph(), "+", depth, gap=gap)
            if i and i + 1 < count:
                if self.chance(0.1):
                    self.put(self.pick(_HEADINGS), "+", depth, gap=gap)
                if self.chance(0.06):
                    for _ in range(self.random.randint(2, 6)):
                        text = (
                            self.sentence() if self.chance(0.5) else self.pick(_WHAT).capitalize()
                        )
                        self.put(
                            text, "+", depth + 1, mark=self.pick(["*", "*", "1."]), gap=gap / 3
                        )
                if self.chance(0.03):
                    self.put(self.name() + ": " + self.sentence(), "+", depth, gap=gap)
                if self.chance(inner):
                    self.inner()

    def pick_gap(self) -> float:
        return self.random.choice((1.0, 1.0, 0.9, 0.0, 0.4))

    def inner(self) -> None:
        which = self.random.randrange(7)
        if which == 0:
            self.put(
                self.pick(
                    ["Advertisement", "Story continues below", "Article continues after the break"]
                ),
                indent=self.level,
            )
        elif which == 1:
            self.put("Read more: " + self.headline(), indent=self.level)
        elif which == 2:
            self.put(
                self.pick(_CAPTION).format(Who=self.pick(_WHO).capitalize(), name=self.name()),
                indent=self.level + 2,
            )
        elif which == 3:
            self.teasers(1, 3)
        elif which == 4:
            self.put(self.pick(_PROMO), indent=self.level + 1)
        elif which == 5:
            self.put(self.headline(), indent=self.level + 1, mark=self.pick(["", "*"]))
        else:
            self.lines(_SHARE, 1, 4)

    def head(self) -> None:
        for _ in range(self.random.randint(0, 2)):
            self.lines(_HEADER, 1, 8, mark=self.pick(["", "*"]))
            self.menu(3, 30)
        if self.chance(0.3):
            self.put(self.pick(_PROMO), indent=self.level)
        if self.chance(0.2):
            self.teasers(2, 8)
        self.masthead()

    def masthead(self) -> None:
        if self.chance(0.4):
            self.put(self.pick(_SECTIONS), indent=self.level)
        self.put(self.headline(), indent=self.level, gap=0.8)
        if self.chance(0.35):
            self.put(self.sentence(), "+", self.level)
        order = [f"By {self.name()}", self.date()] if self.chance(0.6) else [self.date()]
        for line in order:
            self.put(line, indent=self.level, gap=0.4)
        if self.chance(0.5):
            self.lines(_SHARE, 1, 7, mark=self.pick(["", "*"]))

    def tail(self) -> None:
        parts: list[Callable[[], None]] = [
            lambda: self.put(
                "Tags: " + ", ".join(self.pick(_SECTIONS) for _ in range(4)), indent=self.level
            ),
            lambda: self.lines(_SECTIONS, 2, 8, mark=self.pick(["", "*"])),
            lambda: self.lines(_SHARE, 1, 6, mark=self.pick(["", "*"])),
            lambda: self.put(self.fill(self.pick(_BIO)), indent=self.level),
            lambda: self.teasers(2, 14),
            lambda: self.teasers(3, 8),
            self.comments,
            lambda: self.lines(_PROMO, 1, 3),
            lambda: self.menu(4, 25),
        ]
        for part in parts:
            if self.chance(0.4):
                part()
        if self.chance(0.7):
            self.lines(_FOOT, 2, 20, mark=self.pick(["", "*"]))
            self.put(
                f"© {self.random.randint(2005, 2024)} The Valley Paper. All rights reserved.",
                indent=self.level,
            )


def page(number: int) -> str:
    """One labelled page: whole pages, main parts of pages, and clean text, in equal shares."""
    maker = Maker(number)
    kind = number % 3
    count = maker.random.choice((2, 4, 6, 9, 14, 22, 35))
    if kind == 0:
        maker.head()
        maker.body(count, 0.12)
        maker.tail()
    elif kind == 1:
        maker.flat = maker.flat or maker.chance(0.6)
        if maker.chance(0.7):
            maker.masthead()
        maker.body(count, 0.05)
        parts: tuple[Callable[[], None], ...] = (
            lambda: maker.teasers(1, 6),
            maker.comments,
            lambda: maker.lines(_SHARE, 1, 3),
            lambda: maker.put(maker.fill(maker.pick(_BIO))),
        )
        for part in parts:
            if maker.chance(0.15):
                part()
    else:
        maker.flat = True
        if maker.chance(0.7):
            maker.put(maker.headline(), "+", gap=1.0)
        maker.body(count, 0.0)
    return "\n".join("=" if mark == "=" else f"{mark}\t{text}" for mark, text in maker.rows) + "\n"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("-n", "--pages", type=int, default=600)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    for number in range(args.pages):
        args.folder.joinpath(f"{number:05d}.page").write_text(page(number), "utf-8")


if __name__ == "__main__":
    main()
