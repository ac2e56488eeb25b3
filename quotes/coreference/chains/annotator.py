"""coreferee on any English pipeline: ``CoreferenceAnnotator`` fills ``doc._.coref_chains``.

coreferee's own component accepts only pipelines for which it has published weights, prints to standard
output and hides its exceptions. Here its Annotator is built directly, with weights trained for this project
(see training/train_coreference.py), on a light copy of the document.
"""

import json
from pathlib import Path
from typing import Any

from coreferee.annotation import Annotator
from coreferee.data_model import Chain, ChainHolder, FeatureTable, Mention
from coreferee.tendencies import create_thinc_model
from spacy.tokens import Doc
from thinc.api import Model

from quotes.coreference.chains.light_doc import LightDoc, LightToken
from quotes.coreference.chains.rules import LightRules
from quotes.coreference.chains.scorer import EnsembleScorer
from quotes.errors import PipelineError
from quotes.integrity import verified

MAX_TOKENS_AT_ONCE = 20_000  # no article is longer, and a book need not fit into memory
# Mentions; each new one is compared with all of its chain, so a longer chain goes on as another one
MAX_CHAIN = 200
FEATURES_FILE, ENSEMBLE_FILE = "features.json", "ensemble"
MODEL_FOLDER = Path(__file__).parents[2] / "model" / "coreference"


class LightAnnotator(Annotator):
    """coreferee's Annotator with our rules and scores in place of those that its constructor makes."""

    def __init__(self, table: FeatureTable, model: Model[Any, Any]) -> None:
        self.thinc_ensemble = None
        self.rules_analyzer = LightRules()
        self.tendencies_analyzer = EnsembleScorer(table, model)

    def temp_annotate_any_coreferring_noun_link(
        self, token: LightToken, sentence_deque: Any, without: Any, with_: Any
    ) -> None:
        """Link a noun to an earlier one; at once nothing for a noun that cannot refer back."""
        if token.independent and self.rules_analyzer.follows(token):
            super().temp_annotate_any_coreferring_noun_link(token, sentence_deque, without, with_)

    @staticmethod
    def record_mention(preceding: Mention, token: LightToken, without: Any, with_: Any) -> None:
        """Add a token to the chain of an earlier mention; to a new one, which begins with that, where it is long."""
        index = preceding.root_index
        if len(preceding.token_indexes) == 1 and len(without.get(index, ())) >= MAX_CHAIN:
            without[index] = {preceding}
        Annotator.record_mention(preceding, token, without, with_)


class CoreferenceAnnotator:
    """A callable that annotates documents with coreference chains.

    The Doc needs sentence boundaries, tags, parts of speech, morphology, lemmas, dependencies and entities in
    spaCy's English scheme. Safe to share between threads and to carry through fork and pickle: the only
    state is read-only weights.
    """

    def __init__(self, table: FeatureTable, model: Model[Any, Any]) -> None:
        self.table, self.model = table, model
        self._annotator = LightAnnotator(table, model)

    def __call__(self, doc: Doc, *, start: int = 0, end: int | None = None) -> Doc:
        """Set ``doc._.coref_chains`` and every token's; return the Doc.

        ``start`` and ``end`` (token indexes, moved out to sentence boundaries) limit the work to a stretch
        of the document; outside it the tokens have no chains. Raises ``PipelineError`` for a Doc without the
        annotation that coreference needs.
        """
        holder = doc._.coref_chains = _holder([])
        none = _holder([])
        for token in doc:
            token._.coref_chains = none
        if not len(doc):
            return doc
        require_annotation(doc, "Coreference")
        end = len(doc) if end is None else end
        while start > 0 and not doc[start].is_sent_start:
            start -= 1
        while start < end:
            stop = min(start + MAX_TOKENS_AT_ONCE, end)
            while stop < len(doc) and not doc[stop].is_sent_start:
                stop += 1
            self._annotate(doc, start, stop)
            start = stop
        for index, chain in enumerate(holder.chains):
            chain.index = index
            for mention in chain.mentions:
                for i in mention.token_indexes:
                    if doc[i]._.coref_chains is none:
                        doc[i]._.coref_chains = _holder([])
                    doc[i]._.coref_chains.chains.append(chain)
        return doc

    def _annotate(self, doc: Doc, start: int, end: int) -> None:
        """Add the chains of some sentences to the Doc's."""
        light = LightDoc(doc, start, end)
        self._annotator.rules_analyzer.initialize(light)
        self._annotator.annotate(light, used_in_training=True)
        for chain in light._.chains:
            mentions = [_mention(doc, mention.token_indexes, start) for mention in chain]
            doc._.coref_chains.chains.append(Chain(mentions, chain.most_specific_mention_index))

    @classmethod
    def from_disk(cls, path: str | Path = MODEL_FOLDER) -> "CoreferenceAnnotator":
        """The annotator with a folder's weights (``features.json``, ``ensemble``); the shipped ones by default."""
        path = Path(path)
        try:
            return cls._from_weights(
                verified(path / FEATURES_FILE).decode("utf-8"), verified(path / ENSEMBLE_FILE)
            )
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise PipelineError(
                f"No usable coreference weights in {path} ({error}).",
                "Reinstall the package, or train them with training/train_coreference.py.",
            ) from error

    def __getstate__(self) -> dict[str, Any]:
        return {"table": json.dumps(vars(self.table)), "model": self.model.to_bytes()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(vars(self._from_weights(state["table"], state["model"])))

    @classmethod
    def _from_weights(cls, table: str, model: bytes) -> "CoreferenceAnnotator":
        network = create_thinc_model()
        network.from_bytes(model)
        return cls(FeatureTable(**json.loads(table)), network)


def _holder(chains: list[Chain]) -> ChainHolder:
    """A ChainHolder as coreferee leaves it, without the attributes of its working state."""
    holder = ChainHolder.__new__(ChainHolder)
    holder.chains = chains
    return holder


def _mention(doc: Doc, indexes: list[int], start: int) -> Mention:
    """A Mention of the Doc itself, with coreferee's wording."""
    mention = Mention()
    mention.token_indexes = [i + start for i in indexes]
    mention.root_index = mention.token_indexes[0]
    words = "; ".join(f"{doc[i].text}({i})" for i in mention.token_indexes)
    mention.pretty_representation = f"[{words}]" if len(indexes) > 1 else words
    return mention


REQUIRED_ANNOTATION = {
    "SENT_START": "sentence boundaries",
    "TAG": "tags",
    "POS": "parts of speech",
    "MORPH": "morphology",
    "DEP": "dependencies",
    "LEMMA": "lemmas",
}


def require_annotation(doc: Doc, purpose: str) -> None:
    """Raise ``PipelineError`` for a Doc without the annotation that ``purpose`` needs, saying what is missing."""
    missing = [name for attribute, name in REQUIRED_ANNOTATION.items() if not doc.has_annotation(attribute)]
    if missing:
        raise PipelineError(
            f"{purpose} needs {', '.join(missing)}, which this pipeline does not set before it.",
            "Use quotes.load(), or a full English pipeline: python -m spacy download en_core_web_sm",
        )
