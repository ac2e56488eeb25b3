"""Referents -> how they are shown: names, types, descriptions, and the pronouns that the article uses."""

from collections.abc import Sequence

import numpy as np
from spacy.attrs import LOWER
from spacy.tokens import Span, Token

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.authors import AUTHOR
from quotes.coreference.candidates import Ranked
from quotes.coreference.referents import Referent
from quotes.coreference.settings import CONFIDENCE
from quotes.coreference.unnamed_sources import source_text, unnamed_speaker_type
from quotes.lexicon.roles import AUTHOR_PRONOUNS, PRONOUN_KIND
from quotes.types import Mention, SpeakerType


class SpeakerMentions:
    """The referents of one article as mentions. ``author``: whoever wrote it, as far as known."""

    def __init__(self, antecedents: Antecedents, author: Mention | None) -> None:
        self.antecedents, self.doc, self.author = antecedents, antecedents.doc, author

    def count_pronouns(self, answers: Sequence[Ranked]) -> None:
        """Find out which pronouns the article uses for those whom it quotes: by sources, then by other pronouns.

        A "he" in somebody's own words is none: there the article does not speak.
        """
        quoted, sources = set(), set()
        for ranked in answers:
            case, (referent, probability) = ranked.case, ranked.best
            entity = referent.entity if referent is not None else None
            sources.add(case.at if case.head is not None else -1)
            if entity is None or not entity.is_person:
                continue
            if case.form == "it" and probability >= CONFIDENCE.min_pronoun_vote:
                entity.person, entity.label = None, "ORG"  # a body whose name was taken for a surname
                continue
            quoted.add(entity)
            is_pronoun = case.form in ("he", "she", "they") and case.form != entity.hypothetical_gender
            if is_pronoun and probability >= CONFIDENCE.min_pronoun_vote:
                entity.pronoun_votes[case.form] += 1
        if all(person.pronoun_by_usage for person in quoted):
            return
        words = [
            self.doc.vocab.strings.add(word) for word, kind in PRONOUN_KIND.items() if kind in ("he", "she")
        ]
        for i in np.flatnonzero(np.isin(self.doc.to_array(LOWER), np.array(words, np.uint64))).tolist():
            token = self.doc[i]
            pronoun = PRONOUN_KIND[token.lower_]
            if i in self.antecedents.index.by_token or i in sources:
                continue
            if self.antecedents.quotation_at[token.i] >= 0:
                continue
            if all(person.pronoun_by_usage for person in quoted):
                break
            referent = self.antecedents.referent(token)
            entity = referent.entity if referent is not None else None
            if entity in quoted and entity is not None and pronoun != entity.hypothetical_gender:
                entity.pronoun_votes[pronoun] += 1

    def mention(self, referent: Referent, source: Span | None = None) -> Mention | None:
        """A referent as it is shown; ``source`` where it is nobody but these words. None where not all are known."""
        if referent == AUTHOR:
            return self.author or Mention("the author", "unnamed")
        entity = referent.entity
        if entity is not None:
            kind: SpeakerType = (
                "person" if entity.is_person else "group" if entity.is_group else "organisation"
            )
            aliases = tuple(form for form, _ in entity.surface_forms.most_common() if form != entity.name)
            known = entity.member.pronouns if entity.member is not None else None
            return Mention(entity.name, kind, entity.description, aliases, known or entity.pronoun_by_usage)
        if len(referent.heads) > 1:
            parts = [self._member(self.doc[i]) for i in referent.heads]
            if None in parts:  # "You and I": not everybody is known
                return None
            named = {part.name: part for part in parts if part is not None}
            if len(named) == 1:  # "the Labour Office (LO) and its board", of which the parse makes two
                return next(iter(named.values()))
            names = list(named)
            return Mention(", ".join(names[:-1]) + " and " + names[-1], "group")
        heads = [self.doc[i] for i in self.antecedents.discourse.heads(referent)]
        # "Valtek is [a firm] from Hull. [The firm] said": what is said of a name is no name
        head = next((token for token in heads if token.dep_ != "attr"), heads[0])
        return Mention(source_text(head, source), unnamed_speaker_type(head))

    def _member(self, head: Token) -> Mention | None:
        """The mention of one of several heads; none where it means several itself ("they and their friends")."""
        if head.lower_ in AUTHOR_PRONOUNS:
            return self.mention(AUTHOR)
        part = self.antecedents.referent(head)
        return None if part is None or len(part.heads) > 1 else self.mention(part)
