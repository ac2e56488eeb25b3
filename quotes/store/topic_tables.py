"""Tables ``topics`` and ``statement_topics``: what statements are about."""

import json
import sqlite3
from collections.abc import Iterable, Iterator

from quotes.lexicon.headlines import TEXT_LENGTH, shown_title
from quotes.store.certainty import COUNTED_SQL
from quotes.store.naming import NAMELESS_SQL
from quotes.topics.records import Topic, TopicStatement

# Of each statement the earliest quotation that counts and has an embedding, and the story that has it.
STATEMENTS = f"""
    select statements.id, statements.speaker, statements.text, story, published, vector from statements join (
        select quotes.statement, coalesce(articles.copy_of, articles.id) as story, coalesce(quotes.published, '') as
            published, vector, row_number() over (
                partition by quotes.statement order by quotes.published is null, quotes.published, quotes.id) as place
        from quotes join embeddings on embeddings.quote = quotes.id join articles on articles.id = quotes.article
        where {COUNTED_SQL}) as first on first.statement = statements.id and place = 1
    order by statements.id
"""
FACTS = """
    update topics set (articles, first_published, last_published) = (
        select count(distinct quotes.article), min(quotes.published), max(quotes.published)
        from statement_topics join quotes on quotes.statement = statement_topics.statement
        where statement_topics.topic = topics.id)
"""


QUOTED = f"""
    update topics set quoted = (select json_group_array(speaker) from (
        select quotes.speaker from statement_topics join quotes on quotes.statement = statement_topics.statement
        join speakers on speakers.id = quotes.speaker where statement_topics.topic = topics.id and {COUNTED_SQL}
        group by quotes.speaker order by {NAMELESS_SQL}, count(*) desc, quotes.speaker limit 3))
"""


class TopicTables:
    """Topics and which statements belong to them. ``db``: its rows are ``sqlite3.Row``."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def statements(self) -> Iterator[TopicStatement]:
        """What topics are made of."""
        for row in self.db.execute(STATEMENTS):
            yield TopicStatement(
                row["id"], row["story"], row["published"], row["speaker"], row["text"], row["vector"]
            )

    def headlines(self, stories: Iterable[str]) -> list[tuple[str, str]]:
        """Articles with what they are called."""
        query = f"""select id, title, author, substr(text, 1, {TEXT_LENGTH}) from articles
            where id in (select value from json_each(?)) order by id"""
        rows = self.db.execute(query, (json.dumps(sorted(stories)),))
        return [(ident, shown_title(*called)) for ident, *called in rows]

    def save(self, topics: Iterable[Topic]) -> None:
        """Put these in place of all topics there were. The caller opens the transaction."""
        self.clear()
        for topic in topics:
            self.db.execute(
                "insert into topics (id, label, words, statements, speakers) values (?, ?, ?, ?, ?)",
                (
                    topic.id,
                    topic.label,
                    json.dumps(topic.words, ensure_ascii=False),
                    len(topic.statements),
                    topic.speakers,
                ),
            )
            self.db.executemany(
                "insert into statement_topics (statement, topic) values (?, ?)",
                [(statement, topic.id) for statement in topic.statements],
            )
        self.db.execute(FACTS)
        self.db.execute(QUOTED)

    def clear(self) -> None:
        """Forget all topics."""
        self.db.execute("delete from statement_topics")
        self.db.execute("delete from topics")
