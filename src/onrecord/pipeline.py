"""The whole pipeline on one page: every stage, in the order data walks through the rooms.

A stage reads what stages above it wrote; nothing feeds back. To change what a stage does, open the
module its `work` comes from; to change what it depends on, change it here, and raise `version`.
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.annotate import dates as date_candidates
from onrecord.annotate import events as event_candidates
from onrecord.annotate import mentions, sentences
from onrecord.annotate import statements as statement_candidates
from onrecord.extract import articles, readings, repeated
from onrecord.records import (
    Actor,
    ActorLinks,
    Article,
    Attached,
    Capture,
    Change,
    Claim,
    Commitment,
    DateCandidate,
    DateExpression,
    EpisodeReports,
    Event,
    EventCandidate,
    Judged,
    Judgement,
    Line,
    Mention,
    NamedSource,
    PrimarySource,
    Reading,
    Record,
    RepeatedLines,
    Reuse,
    Ruling,
    Sentence,
    Statement,
    StatementCandidate,
    Story,
    TimelineEntry,
    ToldFigure,
    Version,
)
from onrecord.relate import (
    actors,
    changes,
    claims,
    commitments,
    dates,
    episodes,
    events,
    figures,
    judging,
    lines,
    reuse,
    sources,
    sources_named,
    statements,
    stories,
    timeline,
)
from onrecord.stage import Join, Stage

STAGES: tuple[Stage, ...] = (
    # extract: what one capture says, then what an article's captures say together
    Stage(
        "readings",
        4,
        readings.work,
        each=Capture,
        writes=(Reading,),
        options=readings.Options,
        resources=("captures", "outlets"),
    ),
    Stage(
        "repeated_lines",
        2,
        repeated.work,
        by=(Reading, "site"),
        writes=(RepeatedLines,),
        options=repeated.Options,
    ),
    Stage(
        "articles",
        3,
        articles.work,
        by=(Reading, "article_id"),
        joins=(Join(RepeatedLines, "site", on="site"),),
        writes=(Article, Version),
        options=articles.Options,
        resources=("captures",),
    ),
    # what people decided, where it stands now
    Stage(
        "judged",
        1,
        judging.judged,
        each=Judgement,
        joins=(Join(Capture, "sha256", on="captures"),),
        writes=(Judged,),
    ),
    Stage(
        "rulings",
        1,
        judging.rulings,
        by=(Judged, "article_id"),
        joins=(
            Join(Reading, "article_id", on="article_id"),
            Join(Version, "article_id", on="article_id"),
        ),
        writes=(Ruling,),
    ),
    # annotate: one version at a time
    Stage(
        "sentences",
        3,
        sentences.work,
        each=Version,
        writes=(Sentence,),
        options=sentences.Options,
        resources=("nlp",),
        english=True,
    ),
    Stage(
        "mentions",
        3,
        mentions.work,
        each=Version,
        joins=(Join(Sentence, "version_id"),),
        writes=(Mention,),
        options=mentions.Options,
        resources=("gazetteer",),
        english=True,
    ),
    Stage(
        "date_candidates",
        1,
        date_candidates.work,
        each=Version,
        joins=(Join(Sentence, "version_id"), Join(Article, "id", on="article_id")),
        writes=(DateCandidate,),
        options=date_candidates.Options,
        english=True,
    ),
    Stage(
        "statement_candidates",
        5,
        statement_candidates.work,
        each=Version,
        joins=(
            Join(Sentence, "version_id"),
            Join(Mention, "version_id"),
            Join(DateCandidate, "version_id"),
        ),
        writes=(StatementCandidate,),
        options=statement_candidates.Options,
        resources=("gazetteer", "outlets", "tagger"),
        english=True,
    ),
    Stage(
        "event_candidates",
        1,
        event_candidates.work,
        each=Version,
        joins=(
            Join(Sentence, "version_id"),
            Join(Mention, "version_id"),
            Join(DateCandidate, "version_id"),
            Join(StatementCandidate, "version_id"),
        ),
        writes=(EventCandidate,),
        options=event_candidates.Options,
        resources=("gazetteer",),
        english=True,
    ),
    # relate: everything that compares
    Stage(
        "changes",
        3,
        changes.work,
        by=(Version, "article_id"),
        writes=(Change,),
        options=changes.Options,
    ),
    Stage(
        "reuse",
        2,
        reuse.work,
        whole=Version,
        joins=(Join(Article, None), Join(Ruling, None, where=("kind", "reuse"))),
        writes=(Reuse,),
        options=reuse.Options,
        resources=("outlets",),
    ),
    Stage(
        "actors",
        1,
        actors.work,
        whole=Mention,
        joins=(Join(Ruling, None, where=("kind", "actor")),),
        writes=(Actor, ActorLinks),
        options=actors.Options,
        resources=("gazetteer",),
    ),
    Stage(
        "stories",
        3,
        stories.work,
        whole=Article,
        joins=(
            Join(Version, None),
            Join(DateCandidate, None),
            Join(ActorLinks, None),
            Join(Ruling, None, where=("kind", "story")),
        ),
        writes=(Story,),
        options=stories.Options,
        resources=("gazetteer",),
    ),
    Stage(
        "dates",
        1,
        dates.work,
        each=Story,
        joins=(
            Join(DateCandidate, "article_id", on="articles"),
            Join(Article, "id", on="articles"),
        ),
        writes=(DateExpression,),
        options=dates.Options,
    ),
    Stage(
        "statements",
        2,
        statements.work,
        each=Article,
        joins=(
            Join(StatementCandidate, "article_id"),
            Join(ActorLinks, "article_id"),
            Join(DateExpression, "article_id"),
            Join(Version, "article_id"),
            Join(Ruling, "article_id", where=("kind", "statement")),
        ),
        writes=(Statement,),
        options=statements.Options,
    ),
    Stage(
        "events",
        1,
        events.work,
        each=Story,
        joins=(
            Join(EventCandidate, "article_id", on="articles"),
            Join(ActorLinks, "article_id", on="articles"),
            Join(DateExpression, "article_id", on="articles"),
            Join(Statement, "article_id", on="articles"),
            Join(Article, "id", on="articles"),
        ),
        writes=(Event,),
        options=events.Options,
    ),
    Stage(
        "timeline",
        1,
        timeline.work,
        each=Story,
        joins=(
            Join(Event, "story_id"),
            Join(DateExpression, "article_id", on="articles"),
            Join(Article, "id", on="articles"),
            Join(Version, "article_id", on="articles"),
            Join(Sentence, "article_id", on="articles"),
            Join(Reuse, None),
        ),
        writes=(TimelineEntry,),
        options=timeline.Options,
    ),
    Stage(
        "lines",
        14,
        lines.work,
        each=Article,
        joins=(
            Join(Statement, "article_id"),
            Join(EventCandidate, "article_id"),
            Join(Version, "article_id"),
            Join(Sentence, "article_id"),
            Join(Mention, "article_id"),
            Join(ActorLinks, "article_id"),
            Join(DateExpression, "article_id"),
        ),
        writes=(Line,),
        options=lines.Options,
    ),
    Stage(
        "episodes",
        2,
        episodes.work,
        each=Story,
        joins=(Join(Event, "story_id"), Join(Reuse, None)),
        writes=(EpisodeReports,),
        options=episodes.Options,
    ),
    Stage(
        "claims",
        39,
        claims.work,
        each=EpisodeReports,
        joins=(
            Join(Line, "article_id", on="articles"),
            Join(Article, "id", on="articles"),
            Join(Ruling, "article_id", on="articles", where=("kind", "relation")),
        ),
        writes=(Claim,),
        options=claims.Options,
    ),
    Stage(
        "commitments",
        9,
        commitments.work,
        each=Story,
        joins=(
            Join(Line, "article_id", on="articles"),
            Join(Statement, "article_id", on="articles"),
            Join(Article, "id", on="articles"),
            Join(Version, "article_id", on="articles"),
            Join(DateExpression, "article_id", on="articles"),
        ),
        writes=(Commitment,),
        options=commitments.Options,
    ),
    Stage(
        "figures",
        5,
        figures.work,
        each=Story,
        joins=(
            Join(Line, "article_id", on="articles"),
            Join(Article, "id", on="articles"),
            Join(Version, "article_id", on="articles"),
            Join(DateExpression, "article_id", on="articles"),
        ),
        writes=(ToldFigure,),
        options=figures.Options,
    ),
    Stage(
        "named_sources",
        1,
        sources_named.work,
        each=Article,
        joins=(
            Join(Statement, "article_id"),
            Join(Version, "article_id"),
            Join(Sentence, "article_id"),
            Join(Mention, "article_id"),
            Join(ActorLinks, "article_id"),
        ),
        writes=(NamedSource,),
        options=sources_named.Options,
    ),
    Stage(
        "attached",
        1,
        sources.attached,
        each=Judgement,
        joins=(Join(Capture, "sha256", on="captures"),),
        writes=(Attached,),
    ),
    Stage(
        "sources",
        1,
        sources.work,
        each=Story,
        joins=(
            Join(NamedSource, "article_id", on="articles"),
            Join(Attached, "article_id", on="articles"),
            Join(Ruling, "article_id", on="articles", where=("kind", "source")),
            Join(Article, "id", on="articles"),
            Join(Version, "article_id", on="articles"),
            Join(Reuse, None),
        ),
        writes=(PrimarySource,),
        options=sources.Options,
    ),
)
"""Every stage of a build, in order."""


def stages_behind(about: Iterable[str]) -> tuple[Stage, ...]:
    """The stages that judgements about these kinds of lines can alter, in order."""
    kinds = set(about)
    written: set[type[Record]] = {Judgement}
    chosen: list[Stage] = []
    for stage in STAGES:
        reads = {stage.driver, *(join.kind for join in stage.joins if join.kind is not Ruling)}
        ruled = any(join.where and join.where[1] in kinds for join in stage.joins)
        if ruled or reads & written:
            chosen.append(stage)
            written |= set(stage.writes)
    return tuple(chosen)


def stages_for(kinds: Iterable[type[Record]]) -> tuple[Stage, ...]:
    """The stages that these records need, in order: those that write them, and all that those read."""
    wanted = set(kinds)
    chosen: list[Stage] = []
    for stage in reversed(STAGES):
        if wanted & set(stage.writes):
            chosen.append(stage)
            wanted |= {stage.driver, *(join.kind for join in stage.joins)}
    return tuple(reversed(chosen))
