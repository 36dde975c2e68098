"""One Version -> sentences, mentions, and candidates for dates, statements and events. Never two versions."""
