"""Which speakers go by a name: lists show them before "the ministry", "Sources" and "35% of voters"."""

# SQL of a row of ``speakers``: 1 for whom nobody names (``lexicon.called.is_nameless``).
NAMELESS_SQL = "speakers.nameless"
