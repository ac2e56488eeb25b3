"""The tables that the linking room reads and writes."""

import sqlite3

from quotes.store.cast_tables import CastTables
from quotes.store.changes import Changes
from quotes.store.copy_tables import CopyTables
from quotes.store.denial_tables import DenialTables
from quotes.store.mention_tables import MentionTables
from quotes.store.speaker_tables import SpeakerTables
from quotes.store.statement_tables import StatementTables
from quotes.store.topic_tables import TopicTables


class LinkingTables:
    """What is stored of mentions, speakers, statements, denials, copies, the cast and topics."""

    def __init__(self, db: sqlite3.Connection, changes: Changes) -> None:
        self.mentions = MentionTables(db, changes)
        self.speakers = SpeakerTables(db, changes)
        self.statements = StatementTables(db, changes)
        self.denials = DenialTables(db)
        self.cast = CastTables(db)
        self.copies = CopyTables(db, changes)
        self.topics = TopicTables(db)
