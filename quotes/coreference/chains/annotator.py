"""coreferee on any English pipeline: ``Chains`` fills ``doc._.coref_chains``.

coreferee's own component accepts only pipelines for which it has published weights, prints to standard
output and hides its exceptions. Here its Annotator is built directly, with weights trained for this project
(see training/train_coreference.py), on a light copy of the document.
"""

import json
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from coreferee.annotation import Annotator
from coreferee.data_model import Chain, ChainHolder, FeatureTable, Mention
from coreferee.tendencies import create_thinc_model
from spacy.tokens import Doc
from thinc.api import Model

from quotes.coreference.chains.light_doc import LightDoc, LightToken
from quotes.coreference.chains.rules import LightRules
from quotes.coreference.chains.scorer import Scores
from quotes.errors import PipelineError
from quotes.integrity import verified

STRETCH = 20_000  # tokens read at a time: no article is longer, and a book need not fit into memory
FEATURES, ENSEMBLE = "features.json", "ensemble"
MODEL = Path(__file__).parents[2] / "model" / "coreference"


class LightAnnotator(Annotator):
    """coreferee's Annotator with our rules and scores in place of those that its constructor makes."""

    def __init__(self, table: FeatureTable, model: Model) -> None:
        self.thinc_ensemble = None
        self.rules_analyzer = LightRules()
        self.tendencies_analyzer = Scores(table, model)

    def temp_annotate_any_coreferring_noun_link(
        self, token: LightToken, sentence_deque: Any, without: Any, with_: Any
    ) -> None:
        """Link a noun to an earlier one; at once nothing for a noun that cannot refer back."""
        if token.independent and self.rules_analyzer.follows(token):
            super().temp_annotate_any_coreferring_noun_link(token, sentence_deque, without, with_)


class Chains:
    """Annotates documents with coreference chains.

    The Doc needs sentence boundaries, tags, parts of speech, morphology, lemmas, dependencies and entities in
    spaCy's English scheme. Safe to share between threads and to carry through fork and pickle: the only
    state is read-only weights.
    """

    def __init__(self, table: FeatureTable, model: Model) -> None:
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
        require(doc, "Coreference")
        end = len(doc) if end is None else end
        while start > 0 and not doc[start].is_sent_start:
            start -= 1
        while start < end:
            last = min(start + STRETCH, end)
            while last < len(doc) and not doc[last].is_sent_start:
                last += 1
            self._stretch(doc, start, last)
            start = last
        for index, chain in enumerate(holder.chains):
            chain.index = index
            for mention in chain.mentions:
                for i in mention.token_indexes:
                    if doc[i]._.coref_chains is none:
                        doc[i]._.coref_chains = _holder([])
                    doc[i]._.coref_chains.chains.append(chain)
        return doc

    def _stretch(self, doc: Doc, start: int, end: int) -> None:
        light = LightDoc(doc, start, end)
        self._annotator.rules_analyzer.initialize(light)
        self._annotator.annotate(light, used_in_training=True)
        for found in light._.chains:
            mentions = [_mention(doc, mention.token_indexes, start) for mention in found]
            doc._.coref_chains.chains.append(Chain(mentions, found.most_specific_mention_index))

    @classmethod
    def from_disk(cls, path: str | Path = MODEL) -> "Chains":
        """Read ``features.json`` and ``ensemble`` from a folder; the shipped ones by default."""
        path = Path(path)
        try:
            return cls._made(verified(path / FEATURES).decode("utf-8"), verified(path / ENSEMBLE))
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise PipelineError(
                f"No usable coreference weights in {path} ({error}).",
                "Reinstall the package, or train them with training/train_coreference.py.",
            ) from error

    def to_disk(self, path: str | Path) -> None:
        """Write ``features.json`` and ``ensemble`` to a folder."""
        path = Path(path)
        path.mkdir(parents=True, exist_ok=True)
        (path / FEATURES).write_text(json.dumps(vars(self.table)), encoding="utf-8")
        (path / ENSEMBLE).write_bytes(self.model.to_bytes())

    def __getstate__(self) -> dict[str, Any]:
        return {"table": json.dumps(vars(self.table)), "model": self.model.to_bytes()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(vars(self._made(state["table"], state["model"])))

    @classmethod
    def _made(cls, table: str, model: bytes) -> "Chains":
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


NEEDS = {
    "SENT_START": "sentence boundaries",
    "TAG": "tags",
    "POS": "parts of speech",
    "MORPH": "morphology",
    "DEP": "dependencies",
    "LEMMA": "lemmas",
}


def require(doc: Doc, purpose: str) -> None:
    """Raise ``PipelineError`` for a Doc without the annotation that ``purpose`` needs, saying what is missing."""
    missing = [name for attribute, name in NEEDS.items() if not doc.has_annotation(attribute)]
    if missing:
        raise PipelineError(
            f"{purpose} needs {', '.join(missing)}, which this pipeline does not set before it.",
            "Use quotes.load(), or a full English pipeline: python -m spacy download en_core_web_sm",
        )


@lru_cache(maxsize=1)
def lexicon() -> SimpleNamespace:
    """coreferee's English word lists as sets: ``person_words``, ``exclusively_male_names`` and so on."""
    return SimpleNamespace(**{k: v for k, v in vars(LightRules()).items() if isinstance(v, frozenset)})
