"""Headlines in title case or capitals, as they would stand in running text: for the parser alone.

The parser learned from running text: of "Ilsa Brandt Lays Out Harbour Plan" it makes one long name without a
verb, so that a headline told nothing. Letters are made small where the report itself writes the word so; none
is added or taken away, so that every offset holds. What is shown and cited stays as it is printed.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.text.stemming import stem
from onrecord.text.title_case import WORD, is_title_case

_INSIDE = re.compile(r"(?<=[\w,;)’'] )[^\W\d_]+(?:['’][^\W\d_]+)*")
"""Words with a word or a comma before them: their capital letter begins no sentence."""

_SMALL = frozenset(
    "a an the and or but nor so as at by for from in into of off on onto out over per than to up upon via vs with after "
    "before about against amid around between during despite since through toward towards under until without "
    "is are was were be been being am has have had do does did will would can could may might must shall should not "
    "no its his her their our my your it he she they we you who whom whose which what when where why how if "
    "this that these those there here all any both each more most some such too very just only also then now again "
    "new first last next down".split()
)
"""Words of the closed classes and a few that are as common: no name is made of one alone."""

TELLING = frozenset(
    "abandons abducts accelerates accuses admits adopts agrees aids aims airs alleges allows alters amends angers "
    "announces apologises apologizes appeals applies appoints approves argues arrests asks assails assassinates "
    "asserts assures attacks attends averts avoids awaits awards backs backtracks bags bails balks bans bars bashes "
    "battles beats becomes begins begs betrays bets bickers bids blames blasts blocks bombs boosts boots bows "
    "boycotts braces brands breaks briefs brings bristles brushes builds bumps buries busts buys bypasses calls "
    "campaigns cancels captures carries casts ceases celebrates challenges changes chases cheers chides chooses "
    "circles cites claims clashes clears clinches clings closes collapses combats comes commits compares complains "
    "completes concedes concludes condemns confirms confiscates confronts congratulates consents considers contends "
    "continues contracts contradicts controls convicts counters courts crashes creates criticises criticizes crosses "
    "crowns crushes cuts dares deals debates debunks debuts decides declares declassifies declines decries deems "
    "defeats defends defies delays delivers demands denies denounces departs deploys derails describes deserves "
    "destroys details detains deters develops dies digs dips disagrees disappears disappoints disbands discards "
    "discloses discusses dishes dismisses disputes disrupts distances ditches dives divides dodges dominates donates "
    "doubts downplays drafts drags draws drives drops drowns dumps dwindles earns eases echoes edges ejects elects "
    "eliminates embraces emerges employs enacts encourages endangers endorses ends endures enforces engages enjoys "
    "enlists enrages ensures enters envisions erases erupts escalates escapes establishes evacuates evades evolves "
    "exaggerates exceeds exchanges excludes excuses executes exempts exits exonerates expands expects experiences "
    "explains explodes exploits explores exposes expresses extends eyes faces fades fails falls falters favors "
    "favours fears fends fights files finalises finalizes finds finishes fires fixes fizzles flags flees flies flips "
    "floats flocks floods foils follows forces foresees forgives forms frees freezes frustrates fuels funds gains "
    "gathers gets gives glorifies goes grabs grants grapples greets grills grows guarantees guides guts hails halts "
    "hampers handles hangs harasses hauls heads heals hears heeds helps hides hikes hinders hints hires hits holds "
    "hopes hosts hunts hurts identifies ignores implements implicates imposes improves inches incites includes "
    "increases indicates indicts informs inherits injures inks insists inspects inspires installs instructs insults "
    "intensifies intercepts interrupts intervenes introduces invades investigates invests invites invokes involves "
    "issues jails jeopardizes joins jolts jumps justifies keeps kicks kidnaps kills knocks labels lags laments lands "
    "languishes lashes laughs launches lays leads leaks leans leaps learns leaves legalizes lends liberates lifts "
    "limits lingers lists lobbies locks looks looms loosens loots loses lowers lures maintains makes manages marches "
    "marks meets mends merges minimizes misses mobilizes mocks monitors mounts mourns moves mulls murders nabs names "
    "navigates nears needs negotiates nets nixes nominates notifies nullifies objects obtains occupies offers omits "
    "opens opposes orders ousts outlasts outlaws outlines outpaces overcomes overhauls overrides oversees overtakes "
    "overturns overwhelms owes owns pardons partners parts passes patrols pauses pays pens perishes permits persists "
    "persuades petitions picks pitches pits placates plagues plans pleads pledges plots plummets plunders plunges "
    "points ponders poses postpones posts praises predicts prepares presses prevails prevents privatizes probes "
    "proceeds produces prohibits prolongs promises promotes prompts propels proposes prosecutes protests proves "
    "provides provokes publishes pulls punishes purchases purges pursues pushes puts quarrels quashes quells "
    "questions quits raids raises rallies ramps ransacks ratifies rattles razes reaches reacts rebels rebounds "
    "rebuffs rebuilds rebukes recalls recants receives reclaims recognises recognizes recommends reconsiders recovers "
    "recruits reduces reels refers reflects reforms refuses regains registers regrets reignites reinstates rejects "
    "rejoins relaunches relaxes releases relents relies relocates remains reminds removes renews reopens repays "
    "repeals repeats replaces replies reports represents reprimands requests requires rescues reshapes reshuffles "
    "resigns resists resolves responds restarts restores restricts resumes retains rethinks retires retracts retreats "
    "returns reunites reveals reverses reviews revises revives revokes rewards rips rises risks rockets rolls ruins "
    "rules rumbles runs sabotages sacks sacrifices salutes sanctions saves says scales scolds scores scrambles scraps "
    "secures seeks seems sees seizes selects sells sends senses sentences separates serves sets settles severs shakes "
    "shares sheds shells shelves shields shifts shocks shoots shows shrinks shrugs shuts sides signals signs silences "
    "sinks skids slams slaps slashes slides slips slows slumps smashes smears snags snaps snubs soars soothes sours "
    "spares sparks spars speaks specifies spells spends spikes spills splits sponsors spreads spurns spurs squabbles "
    "squeezes stabs stages staggers stalls stands starts starves stays steps stirs stops storms strengthens stresses "
    "stretches strikes strips struggles stumbles stuns submits subpoenas succeeds succumbs sues suffers suggests "
    "summons supplies supports suppresses surfaces surges surpasses surprises surrenders survives suspects suspends "
    "swaps sways swears sweeps swells swings switches tables tackles takes talks tanks taps targets tarnishes teases "
    "teeters tells terminates terrorizes testifies tests thanks threatens thwarts tightens tops tosses toughens tours "
    "touts traces tracks trades trails transfers transforms traps travels treats trembles tries triggers trims "
    "triumphs trounces trusts tumbles turns undergoes undermines underscores unites unleashes unlocks unnerves "
    "unveils updates upholds uproots urges vanishes veers verifies vetoes vilifies violates visits voices votes vows "
    "waits walks wanes wants warns wavers weakens weighs welcomes whips widens wins wipes withdraws wonders worries "
    "worsens wounds wows wrangles wraps wrecks wrestles writes yields zooms".split()
)
"""Verbs in the present as headlines tell news by them; a name is seldom one of them."""


@dataclass(frozen=True, slots=True)
class Usage:
    """How a report writes its words in running text: in how many places a word has a capital letter inside
    a sentence, how it is then written, in how many it is in small letters, and the stems of those."""

    names: Counter[str]
    written: Mapping[str, str]
    small: Counter[str]
    stems: frozenset[str]


def usage_of(paragraphs: Iterable[str]) -> Usage:
    """The usage of some paragraphs of running text."""
    names: Counter[str] = Counter()
    written: dict[str, str] = {}
    small: Counter[str] = Counter()
    for text in paragraphs:
        for word in WORD.findall(text):
            if word.islower():
                small[word] += 1
        for word in _INSIDE.findall(text):
            if not word.islower():
                names[word.casefold()] += 1
                written.setdefault(word.casefold(), word)
    return Usage(names, written, small, frozenset(map(stem, small)))


@functools.cache
def _telling() -> frozenset[str]:
    return frozenset(map(stem, TELLING))


def in_running_case(headline: str, usage: Usage) -> str:
    """A headline with the words in small letters that are no names, of the same length in code points."""
    if not is_title_case(headline):
        return headline
    shouted = headline.isupper()
    first = WORD.search(headline)

    def written(match: re.Match[str]) -> str:
        word = match.group()
        folded = word.casefold()
        if len(folded) != len(word) or folded == word:
            return word
        named, small = usage.names[folded], usage.small[folded]
        if shouted and named > small and len(usage.written[folded]) == len(word):
            return usage.written[folded]
        if first is not None and match.start() == first.start():
            return word[0] + folded[1:] if shouted else word
        if folded in _SMALL and (shouted or not word.isupper() or len(word) == 1):
            return folded
        if named > small or (not shouted and word.isupper() and len(word) > 1):
            return word
        if small or stem(folded) in usage.stems or stem(folded) in _telling():
            return folded
        return word

    return WORD.sub(written, headline)
