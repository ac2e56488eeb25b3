"""Who denied what another speaker said: pairs of quotations of two speakers, one of whom denies the other's content.

"Lind accused Moberg of hiding the report" and "Moberg denied hiding the report". Whether two contents of one speaker
are one claim is learned (``decision``); denials of what others say are so rare in labelled articles, some forty in
1,040, that all the evidence is asked for instead: nearly all words with meaning of what is denied, no other names or
numbers, no negation in the claim, and the denier named where the claim stands. A denial that does not say what it
denies, "the allegations", means what another speaker is quoted with just before it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from quotes.lexicon.words import word_set
from quotes.statements.contradiction import other_names, other_numbers, substituted
from quotes.statements.decision import pair_model
from quotes.statements.exact import day_of
from quotes.statements.features import weight_of
from quotes.statements.negation import differ_in_polarity
from quotes.statements.normalise import DENIALS, PRONOUN, STOP_WORDS, NormalisedText, normalise, stem
from quotes.statements.pair import Pair
from quotes.statements.records import ClaimQuote, QuotationLink
from quotes.statements.settings import DENIAL, TIME


def _stems(*lists: str) -> frozenset[str]:
    return frozenset(stem(form) for name in lists for word in word_set(name) for form in (word, f"{word}s"))


CLAIM_NOUNS = _stems("statements/claim_nouns")
DENIED_NOUNS = _stems("statements/denied_nouns")
ACCUSING = _stems("statements/accusing_words", "quotations/accusing_verbs")
TURNING = DENIALS | _stems("cues/denying_words")
RELATIVES = frozenset(map(stem, "which who whom whose".split()))
_LEAD = re.compile(r"^.{0,80}?\b(?:that|of)\s+", re.DOTALL)  # "Moberg's claim that"
_THIS = re.compile(r"(?:that|this)\W*", re.IGNORECASE)  # all that is denied
_TAIL = re.compile(r"\s+as\s+.*", re.DOTALL)  # "the claims as “baseless”"
_NAME = re.compile(r"\b[^\W\d_a-z][\w-]+")


class Claim:
    """A quotation as far as it denies a claim of another speaker, or is one; computed as far as it is asked for."""

    def __init__(self, row: ClaimQuote) -> None:
        self.row = row
        self.day = day_of(row)

    @cached_property
    def words(self) -> NormalisedText:
        """The content as it is compared."""
        return normalise(self.row.text, direct=self.row.type == "direct")

    @cached_property
    def denied(self) -> NormalisedText:
        """What is denied: the content without "the claim that", and without what the denier calls it."""
        bare = _TAIL.sub("", self.row.text)
        if bare != self.row.text and not CLAIM_NOUNS.isdisjoint(normalise(bare, direct=False).words):
            return normalise(bare, direct=False)
        lead = _LEAD.match(self.row.text)
        named = lead and not CLAIM_NOUNS.isdisjoint(normalise(lead[0], direct=False).words)
        return normalise(self.row.text[lead.end() :], direct=False) if lead and named else self.words

    @cached_property
    def core(self) -> frozenset[str]:
        """The words with meaning of what is denied."""
        return self.denied.content - CLAIM_NOUNS

    @property
    def is_vague(self) -> bool:
        """Whether the words do not say what is denied: "the allegations", "any wrongdoing", "that"."""
        if _THIS.fullmatch(self.row.text):
            return True
        words = set(self.words.words)
        if self.row.type == "direct" or words == {PRONOUN} or words <= RELATIVES:  # "him", "which"
            return False
        named = len(self.core) == 1 and not CLAIM_NOUNS.isdisjoint(words)
        return named or self.core <= DENIED_NOUNS

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The words that name the speaker."""
        return frozenset(stem(word.casefold()) for word in _NAME.findall(self.row.names)) - STOP_WORDS

    @cached_property
    def around(self) -> frozenset[str]:
        """The words of the content and of the paragraph before it."""
        return frozenset(normalise(self.row.before.rpartition("\n")[2], direct=False).words) | frozenset(
            self.words.words
        )

    @cached_property
    def accuses(self) -> bool:
        """Whether the cue is one of an accusation."""
        return not ACCUSING.isdisjoint(normalise(self.row.cue, direct=False).words)

    def is_about(self, other: "Claim") -> bool:
        """Whether the speaker of another one is named here."""
        return not other.name_words.isdisjoint(self.around)


def rarest_words(denial: Claim) -> tuple[str, ...]:
    """Words, as they are written, one of which each claim has that ``denies`` can find; the fewer articles the better.

    What has none of the rarest words has too little of the whole (Chaudhuri et al., "A primitive operator for
    similarity joins", 2006: the prefix filter).
    """
    if denial.is_vague:
        return ()
    rarity = pair_model().rarity
    surface = dict(zip(denial.denied.words, denial.denied.surface, strict=True))
    left = (1 - DENIAL.min_share) * weight_of(denial.core, rarity)
    chosen: list[str] = []
    for word in sorted(denial.core, key=lambda word: (-rarity(word), word)):
        chosen.append(surface[word])
        left -= rarity(word)
        if left < 0:
            break
    return tuple(chosen)


def denials(denial: Claim, others: Iterable[Claim]) -> Iterator[QuotationLink]:
    """What a denial denies among quotations of others, those of its own article among them."""
    claims = [other for other in others if not other.row.denies and other.row.speaker != denial.row.speaker]
    if denial.is_vague:
        if claim := _claim_before(denial, claims):
            yield _link(denial, claim, DENIAL.probability_before)
        return
    for claim in claims:
        if denies(denial, claim):
            yield _link(denial, claim, DENIAL.probability)


def denies(denial: Claim, claim: Claim) -> bool:
    """Whether a denial is that of another speaker's claim, by the words of what is denied."""
    shared = denial.core & claim.words.content
    if len(shared) < DENIAL.min_words or not _is_near(denial, claim) or not claim.is_about(denial):
        return False
    rarity = pair_model().rarity
    whole = weight_of(denial.core, rarity)
    beside = denial.row.article == claim.row.article and _distance(denial, claim) <= DENIAL.beside
    if whole < (DENIAL.min_rarity_beside if beside else DENIAL.min_rarity):
        return False
    pair = Pair(denial.denied, claim.words)
    inside = pair.inside if pair.short is denial.denied else claim.words.words
    if weight_of(denial.core.intersection(inside), rarity) < DENIAL.min_share * whole:
        return False
    if not TURNING.isdisjoint(claim.words.words) or differ_in_polarity(denial.denied.words, inside):
        return False
    return not (other_numbers(pair) or other_names(pair) or substituted(pair))


def _claim_before(denial: Claim, claims: Iterable[Claim]) -> Claim | None:
    """What a denial of "the allegations" means: the last claim just before it, else an accusation a little further."""
    before = [
        (denial.row.start - claim.row.end, claim.row.id, claim)
        for claim in claims
        if claim.row.article == denial.row.article and 0 <= denial.row.start - claim.row.end <= DENIAL.beside
    ]
    for distance, _, claim in sorted(before, key=lambda row: row[:2]):
        if distance > DENIAL.adjacent and _THIS.fullmatch(denial.row.text):
            break
        about = claim.is_about(denial)
        just_before = distance <= DENIAL.just_before and not denial.core
        adjacent = distance <= DENIAL.adjacent and not denial.core
        if (claim.accuses and about) or (just_before and (claim.accuses or about)) or adjacent:
            return claim
    return None


def _link(denial: Claim, claim: Claim, probability: float) -> QuotationLink:
    one, other = sorted((denial.row.id, claim.row.id))
    return QuotationLink(one, other, "contradicts", probability)


def _distance(a: Claim, b: Claim) -> int:
    return max(a.row.start - b.row.end, b.row.start - a.row.end, 0)


def _is_near(a: Claim, b: Claim) -> bool:
    if a.row.article == b.row.article:
        return True
    return a.day is not None and b.day is not None and abs(a.day - b.day) <= TIME.paraphrase
