"""Which speakers go by a name: lists show them before "the ministry", "Sources" and "35% of voters"."""

_BARE = (  # the name without its article
    "case when speakers.name like 'the %' then substr(speakers.name, 5) "
    "when speakers.name like 'an %' then substr(speakers.name, 4) "
    "when speakers.name like 'a %' then substr(speakers.name, 3) else speakers.name end"
)
# SQL of a row of ``speakers``: 1 for whom nobody names. A group has a name of two words at least. An index of the
# database has this very expression (migration "named_first").
NAMELESS_SQL = (
    f"(speakers.type = 'unnamed' or (speakers.type = 'organisation' and {_BARE} glob '[a-z]*') "
    f"or (speakers.type = 'group' and ({_BARE} glob '[a-z0-9]*' or {_BARE} not like '% %')))"
)
