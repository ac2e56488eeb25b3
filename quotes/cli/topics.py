"""The command that finds what statements are about."""

from typing import Annotated

import typer

from quotes.cli import options
from quotes.store.database import Store
from quotes.text.plural import count


def topics(
    database: options.Database = options.DEFAULT,
    limit: Annotated[int, typer.Option("--limit", min=0, help="How many to print.")] = 20,
) -> None:
    """Find the topics of all statements, store them for the pages, and print the largest.

    A topic is what several articles and speakers talk about, by the meaning of what was said, and goes by the words
    that tell it from the others. Run it again when there are new articles: until then those have no topic.

    \b
    Example:
      quotes topics --database news.db
    """
    from quotes.linking.topics import make_topics

    with Store(database) as store:
        found = make_topics(store, options.show_embedded)
        statements = store.counts()["statements"]
    for topic in found[:limit]:
        about = f"{count(topic.stories, 'article')}, {count(topic.speakers, 'speaker')}"
        options.put([f"{topic.label}: {count(len(topic.statements), 'statement')}, {about}"])
    covered = sum(len(topic.statements) for topic in found)
    options.say(f"{count(len(found), 'topic')}; {covered:,} of {count(statements, 'statement')} have one.")
