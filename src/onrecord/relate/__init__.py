"""Many versions -> changes, reuse, actors, stories, dates, statements, events, timeline, claims, commitments."""
