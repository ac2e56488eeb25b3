"""coreferee's English rules over light tokens.

The answers are coreferee's own: methods that are not overridden here run unchanged on the light tokens, and
those that are give the same result by a shorter way (the tests compare whole documents with coreferee
itself).
"""

from bisect import bisect_left
from collections import defaultdict
from itertools import count
from types import SimpleNamespace

from coreferee.data_model import Mention
from coreferee.lang.en.language_specific_rules import LanguageSpecificRulesAnalyzer
from coreferee.rules import RulesAnalyzerFactory

from quotes.coreference.chains.light_doc import LightDoc, LightToken

MAX_KINDS = 50_000  # of words that are remembered
COORDINATING_LABELS = frozenset(["conj", "appos", "cc"])


class LightRules(LanguageSpecificRulesAnalyzer):
    """coreferee's rules with its word lists as sets and its answers remembered on the LightDoc."""

    blacklisted_phrases: list[str]

    def __init__(self) -> None:
        super().__init__()
        shared = RulesAnalyzerFactory.get_rules_analyzer(SimpleNamespace(meta={"lang": "en"}))
        for key, value in vars(shared).items():
            if isinstance(value, list) and key != "blacklisted_phrases":
                setattr(self, key, frozenset(value))
        self.blacklisted_phrases = shared.blacklisted_phrases
        self._kinds: dict[tuple[object, ...], int] = {}
        self._numbers = count()
        self._answers: dict[tuple[str, bool], dict[int, int]] = defaultdict(dict)
        self._blacklisted = {word for phrase in self.blacklisted_phrases for word in phrase.lower().split()}

    def initialize(self, doc: LightDoc) -> None:
        """Fill in what coreferee keeps on the tokens, up to each anaphor's candidates."""
        for token in doc:
            for child in token.children:
                if child.dep_ in COORDINATING_LABELS or (child.dep_ == "punct" and child.children):
                    token.temp_dependent_siblings = self.get_dependent_siblings(token)
                    break
        for token in doc:
            for sibling in token.temp_dependent_siblings:
                if sibling is not token and token.temp_governing_sibling is None:
                    sibling.temp_governing_sibling = token
        self._number_open_marks(doc)
        for token in doc:
            token.independent = token.temp_potentially_referring = self._independent(token)
        for token in doc:
            token.anaphor = super().is_potential_anaphor(token)
        heads = [token for token in doc if token.anaphor or token.independent]
        for token in heads:
            token.kind = self._kind(token)
        for token in doc:
            if token.anaphor:
                candidates = self._candidates(token, heads)
                if candidates:
                    token.temp_potential_referreds = candidates

    def _number_open_marks(self, doc: LightDoc) -> None:
        """Number the quotation marks that are open at each token."""
        marks = {mark for pair in self.quote_tuples for mark in pair}
        current = [0] * len(self.quote_tuples)
        for token in doc:
            if token.text in marks:
                current = current[:]
                for index, (opening, closing) in enumerate(self.quote_tuples):
                    if not current[index] and token.text == opening:
                        current[index] = 1
                    elif current[index] and token.text == closing:
                        current[index] = 0
            token.temp_quote_array = current

    def _candidates(self, token: LightToken, heads: list[LightToken]) -> list[Mention]:
        """An anaphor's candidates: mentions in the sentences before it and, as cataphora, in its own."""
        doc = token.doc
        number = max(0, token.temp_sent_index - self.maximum_anaphora_sentence_referential_distance)
        first, last = doc.sents[number].start, token.sent.end
        itself = token.mentions[0]
        candidates: list[Mention] = []
        alone_answers, together_answers = (
            self._answers[token.morph.text, several] for several in (False, True)
        )
        start, end = (bisect_left(heads, i, key=lambda head: head.i) for i in (first, last))
        for other in heads[start:end]:
            kind = other.kind
            if other is token or (
                alone_answers.get(kind) == 0
                and (not other.temp_dependent_siblings or together_answers.get(kind) == 0)
            ):
                continue
            before = other.i < token.i
            alone, *together = other.mentions
            if (answer := self._relation(alone, token)) and (
                not self.is_potential_reflexive_pair(itself, other)
                if before
                else self.is_potential_cataphoric_pair(alone, token)
                or self.is_potential_reflexive_pair(alone, token)
            ):
                candidates.append(alone.candidate(answer))
            for several in together:
                if (answer := self._relation(several, token)) and (
                    before or self.is_potential_cataphoric_pair(alone, token)
                ):
                    candidates.append(several.candidate(answer))
        return candidates

    def _independent(self, token: LightToken) -> bool:
        """coreferee's test, without a search for phrases that the word is not part of."""
        if token.text.lower() in self._blacklisted:
            return super().is_independent_noun(token)
        return bool(
            (token.pos_ in self.noun_pos and token.dep_ not in ("compound", "npadvmod"))
            or (token.tag_ == "CD" and token.dep_ != "nummod")
            or (token.tag_ == "DT" and token.dep_ != "det")
            or (token.tag_ == "NN" and token.pos_ == "PRON")
        )

    def is_independent_noun(self, token: LightToken) -> bool:
        """Whether the token heads a noun phrase."""
        return token.independent

    def is_potential_anaphor(self, token: LightToken) -> bool:
        """Whether the token is a third-person pronoun that refers to something."""
        return token.anaphor

    def get_propn_subtree(self, token: LightToken) -> list[LightToken]:
        """The words of the name that the token heads."""
        if token.names is None:
            token.names = super().get_propn_subtree(token)
        return token.names

    def is_potential_anaphoric_pair(self, referred: Mention, referring: LightToken, directly: bool) -> int:
        """coreferee's answer: 0 impossible, 1 unlikely, 2 possible.

        What does not depend on where the two stand depends on the features of the anaphor, which are those of every
        "he", and on what kind of word the other is; so it is remembered, over documents too.
        """
        answers = self._answers[referring.morph.text, len(referred.token_indexes) > 1]
        kind = referring.doc[referred.root_index].kind
        answer = answers.get(kind)
        if answer is None:
            answer = answers[kind] = super().is_potential_anaphoric_pair(referred, referring, False)
        return self._direct(referred, referring, answer) if directly and answer else answer

    def _kind(self, token: LightToken) -> int:
        """The number of what a token is like: all that decides which anaphors can refer to it, wherever it stands."""
        kind = (
            token.lemma_,
            token.tag_,
            token.ent_type_,
            token.morph.text,
            token.anaphor,
            self.is_involved_in_non_or_conjunction(token),
            *(name.lemma_ for name in self.get_propn_subtree(token)),
        )
        number = self._kinds.get(kind)
        if number is None:
            if len(self._kinds) >= MAX_KINDS:  # numbers are not used again: another thread may still have one
                self._kinds.clear()
                self._answers.clear()
            number = self._kinds[kind] = next(self._numbers)
        return number

    def _direct(self, referred: Mention, referring: LightToken, answer: int) -> int:
        """The answer for a pair of which the one directly refers to the other."""
        reflexive = self.is_reflexive_anaphor(referring)
        if reflexive and answer == 1:
            return 1
        bound = self.is_potential_reflexive_pair(referred, referring)
        if reflexive:
            return 2 if bound else 1
        if bound:
            return 0
        root = referring.doc[referred.root_index]
        if root.dep_ in ("pobj", "pcomp"):  # "In which room is it?"
            verb = self._governing_verb(root)
            if verb is not None and verb is self._governing_verb(referring):
                return 0
        return answer

    @staticmethod
    def _governing_verb(token: LightToken) -> LightToken | None:
        """The lowest verb above a token."""
        return next((above for above in token.ancestors if above.pos_ in ("VERB", "AUX")), None)

    def follows(self, token: LightToken) -> bool:
        """Whether the token can be the second of any pair of coreferring nouns."""
        if token.follows is None:
            token.follows = token.pos_ in self.noun_pos and bool(
                self.get_propn_subtree(token)
                or token.lemma_.lower() in self.reverse_entity_noun_dictionary
                or self.is_potentially_referring_back_noun(token)
            )
        return token.follows

    def is_potential_coreferring_noun_pair(self, referred: LightToken, referring: LightToken) -> bool:
        """coreferee's answer, remembered, and at once for a word that cannot refer back to anything."""
        if not self.follows(referring) or referred.pos_ not in self.noun_pos:
            return False
        pairs = referred.doc.pairs
        key = referred.i * len(referred.doc) + referring.i
        answer = pairs.get(key)
        if answer is None:
            answer = pairs[key] = self._is_coreferring_noun_pair(referred, referring)
        return answer

    def _is_coreferring_noun_pair(self, referred: LightToken, referring: LightToken) -> bool:
        """coreferee's answer for two nouns, what is told by their words alone first."""
        is_name = self._ends_with(referred, referring)
        kind = self.reverse_entity_noun_dictionary.get(referring.lemma_.lower())
        is_of_kind = kind is not None and referred.pos_ in self.propn_pos and referred.ent_type_ == kind
        if not (is_name or is_of_kind or referred.lemma_ == referring.lemma_):
            return False
        return super().is_potential_coreferring_noun_pair(referred, referring)

    def _ends_with(self, referred: LightToken, referring: LightToken) -> bool:
        """Whether the name that a token heads ends with the name of another."""
        (text, lemmas), (end, end_lemmas) = self._wordings(referred), self._wordings(referring)
        return bool(text and end) and (text.endswith(end) or lemmas.endswith(end_lemmas))

    def _wordings(self, token: LightToken) -> tuple[str, str]:
        """The name that a token heads, in its words and in their lemmas."""
        if token.wordings is None:
            names = self.get_propn_subtree(token)
            token.wordings = (
                " ".join(word.text for word in names),
                " ".join(word.lemma_.lower() for word in names),
            )
        return token.wordings

    def _relation(self, referred: Mention, referring: LightToken) -> int:
        """coreferee's ``language_independent_is_potential_anaphoric_pair``: 0 impossible, 1 unlikely, 2 possible.

        The original walks the subtree of every ancestor of the anaphor that does not hold the candidate; they
        are nested, so the last of them is enough.
        """
        root = referring.doc[referred.root_index]
        if referring in root.temp_dependent_siblings:
            return 0
        result = self.is_potential_anaphoric_pair(referred, referring, True)
        if result != 2:
            return result
        if root.temp_quote_array != referring.temp_quote_array:
            return 1
        if not root.anaphor:
            highest = None
            for token in (referring, *referring.ancestors):
                if token is root or token in root.ancestors:
                    break
                highest = token
            if highest is not None and self._is_named_again(referred, highest):
                return 1
        return 2

    def _is_named_again(self, referred: Mention, highest: LightToken) -> bool:
        """Whether a word below a token can refer to the mention."""
        doc = highest.doc
        key = (highest.i, tuple(referred.token_indexes))
        if key not in doc.nearer:
            doc.nearer[key] = any(
                self.is_potential_coreferring_noun_pair(doc[i], word)
                for word in self._followers(highest)
                for i in referred.token_indexes
            )
        return doc.nearer[key]

    def _followers(self, highest: LightToken) -> list[LightToken]:
        """The words below a token that can refer back to another noun."""
        followers = highest.doc.followers
        if highest.i not in followers:
            followers[highest.i] = [word for word in highest.subtree if self.follows(word)]
        return followers[highest.i]
