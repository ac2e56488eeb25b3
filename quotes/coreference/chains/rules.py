"""coreferee's English rules over light tokens.

The answers are coreferee's own: methods that are not overridden here run unchanged on the light tokens, and
those that are give the same result by a shorter way (the tests compare whole documents with coreferee
itself).
"""

from bisect import bisect_left
from types import SimpleNamespace

from coreferee.data_model import Mention
from coreferee.lang.en.language_specific_rules import LanguageSpecificRulesAnalyzer
from coreferee.rules import RulesAnalyzerFactory

from quotes.coreference.chains.light_doc import LightDoc, LightMention, LightToken


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
        self._blacklisted = {word for phrase in self.blacklisted_phrases for word in phrase.lower().split()}

    def initialize(self, doc: LightDoc) -> None:
        """Fill in what coreferee keeps on the tokens, up to each anaphor's candidates."""
        for token in doc:
            token.temp_dependent_siblings = self.get_dependent_siblings(token)
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
        itself = LightMention(token)
        candidates: list[Mention] = []
        start, end = (bisect_left(heads, i, key=lambda head: head.i) for i in (first, last))
        for other in heads[start:end]:
            if other is token:
                continue
            before = other.i < token.i
            simple = LightMention(other)
            if self.language_independent_is_potential_anaphoric_pair(simple, token) and (
                not self.is_potential_reflexive_pair(itself, other)
                if before
                else self.is_potential_cataphoric_pair(simple, token)
                or self.is_potential_reflexive_pair(simple, token)
            ):
                candidates.append(simple)
            if other.temp_dependent_siblings:
                several = LightMention(other, True)
                if self.language_independent_is_potential_anaphoric_pair(several, token) and (
                    before or self.is_potential_cataphoric_pair(simple, token)
                ):
                    candidates.append(several)
        return candidates

    def get_dependent_siblings(self, token: LightToken) -> list[LightToken]:
        """Coordinated tokens; nothing to look for where no child could lead to any."""
        for child in token.children:
            dep = child.dep_
            if dep in ("conj", "appos", "cc") or (dep == "punct" and child.children):
                return super().get_dependent_siblings(token)
        return []

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
        """coreferee's answer, remembered for coexistence in a chain, which is asked again and again."""
        if directly:
            return super().is_potential_anaphoric_pair(referred, referring, True)
        coexistence = referring.doc.coexistence
        key = (referring.i, *referred.token_indexes)
        if key not in coexistence:
            coexistence[key] = super().is_potential_anaphoric_pair(referred, referring, False)
        return coexistence[key]

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
        if key not in pairs:
            pairs[key] = super().is_potential_coreferring_noun_pair(referred, referring)
        return pairs[key]

    def language_independent_is_potential_anaphoric_pair(
        self, referred: Mention, referring: LightToken
    ) -> int:
        """coreferee's answer: 0 impossible, 1 unlikely, 2 possible.

        The original walks the subtree of every ancestor of the anaphor that does not hold the candidate; they
        are nested, so the last of them is enough.
        """
        doc = referring.doc
        root = doc[referred.root_index]
        if referring in root.temp_dependent_siblings:
            return 0
        result = self.is_potential_anaphoric_pair(referred, referring, True)
        if result == 2 and root.temp_quote_array != referring.temp_quote_array:
            result = 1
        elif result == 2 and not root.anaphor:
            highest = None
            for token in (referring, *referring.ancestors):
                if token is root or token in root.ancestors:
                    break
                highest = token
            if highest is not None and any(
                self.is_potential_coreferring_noun_pair(doc[i], word)
                for word in self._followers(highest)
                for i in referred.token_indexes
            ):
                result = 1
        referred.temp_is_uncertain = result == 1
        return result

    def _followers(self, highest: LightToken) -> list[LightToken]:
        """The words below a token that can refer back to another noun."""
        followers = highest.doc.followers
        if highest.i not in followers:
            followers[highest.i] = [word for word in highest.subtree if self.follows(word)]
        return followers[highest.i]
