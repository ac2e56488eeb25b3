"""What is counted: copies of an article are one story, and what it says counts once."""

from quotes.store.certainty import COUNTED_SQL

# Of rows as ``said_in_stories`` gives them: how many quotations and articles they are.
STORY_COUNTS = "count(distinct story || ' ' || nth) as quotes, count(distinct story) as articles"


def said_in_stories(which: str) -> str:
    """SQL for ``speaker``, ``story`` and ``nth`` of the quotations that count and of which a condition holds.

    Copies are one story: of the quotations of one speaker in each of them, the first are one, the second, ...
    """
    return f"""
        select quotes.speaker, coalesce(articles.copy_of, articles.id) as story, row_number() over (
            partition by quotes.speaker, quotes.article order by quotes.position, quotes.id
        ) as nth
        from quotes join articles on articles.id = quotes.article where {COUNTED_SQL} and {which}
    """


def counted_once(speakers: str) -> str:
    """SQL for how many quotations and articles each of the speakers that a query selects (``id``) has.

    Copies of one story count once (see ``said_in_stories``).
    """
    return f"""
        select changed.id, {STORY_COUNTS} from ({speakers}) as changed
        left join ({said_in_stories(f"quotes.speaker in (select id from ({speakers}))")}) as said
            on said.speaker = changed.id
        group by changed.id
    """
