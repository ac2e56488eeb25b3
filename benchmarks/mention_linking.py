"""Would a head of the encoder that links mentions find speakers better than the rules with coreferee's chains?

    python benchmarks/mention_training.py CORPORA WEIGHTS
    python benchmarks/mention_linking.py CORPORA WEIGHTS SPEAKERS.jsonl

SPEAKERS has a quotation a line: article, spans, source_spans, cue_spans, speaker, also, unsure. Its texts are in
CORPORA/attribution/polnear-dev. The quotations found are the same for all systems; only the antecedents differ.
Prints how often the speaker is right, and the same for the pronouns of OntoGUM's dev part, with the difference to
what is shipped and its 95% interval: the paired bootstrap over articles.
"""

import argparse
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from by_article import by_article
from mention_pairs import hidden_states
from mention_systems import System, resolver_with, systems
from mention_training import coreference_data, gold_of, held_out

import quotes
from quotes.component import coreference_annotator
from quotes.coreference.referents import Referent
from quotes.evaluation.gold import Annotation
from quotes.evaluation.metrics import characters, is_speech, pair
from quotes.lexicon.roles import PRONOUN_KIND
from quotes.quotations.filter import is_too_unsure
from quotes.quotations.passes import find_attributions
from quotes.text.quotation_marks import quote_type, quoted_mask

DRAWS = 5000
GROUPS = ("all", "speech", "name", "pronoun", "nominal", "none")
KINDS = ("he", "she", "they", "it")
TITLES = re.compile(r"\b(the|a|an|mr|mrs|ms|dr|u\.?s\.?|sen|rep|president|secretary)\b\.?")
PRONOUNS = frozenset("he she they it who i we him her them his their this that".split())


def words(name: str | None) -> set[str]:
    return set(re.findall(r"\w+", TITLES.sub(" ", (name or "").lower())))


def same_name(found: str | None, known: list[str]) -> bool:
    """Whether a name is one of the known ones, or one of the two contains the other."""
    p = words(found)
    return any(p and g and ((p <= g and max(g, key=len) in p) or g <= p) for g in map(words, known))


def form(source: str, speaker: str) -> str:
    """name, pronoun, nominal, or none."""
    found = re.findall(r"[\w'’.]+", source)
    if not found:
        return "none"
    if len(found) == 1 and found[0].lower() in PRONOUNS:
        return "pronoun"
    own = {word.lower().strip(".") for word in found} & set(re.findall(r"\w+", speaker.lower()))
    return "name" if own and any(word[:1].isupper() for word in found[1:] or found) else "nominal"


def speakers(nlp: Any, rows: list[dict[str, Any]], text: str, every: dict[str, System]) -> np.ndarray:
    """Counts of one article: [system, group, (known, found, right, right with what was left open)]."""
    doc = coreference_annotator()(nlp(text))
    states = hidden_states(doc)
    attributions = find_attributions(doc, text)
    mask = quoted_mask(text)
    kept = [
        k for k, one in enumerate(attributions)
        if not is_too_unsure(text, one, quote_type(text, one.content, mask), thoughts=True)
    ]  # fmt: skip
    gold = [characters(text, row["spans"]) for row in rows]
    hit = {j: kept[i] for i, j in pair([characters(text, attributions[k].content) for k in kept], gold)}
    counts = np.zeros((len(every), len(GROUPS), 4), np.int64)
    for n, system in enumerate(every.values()):
        resolver = resolver_with(system, doc, attributions, states)
        resolved = resolver.run()
        for j, row in enumerate(rows):
            if row["unsure"] or not row["speaker"]:
                continue
            names = [row["speaker"], *row["also"]]
            mention = resolved[hit[j]].mention if j in hit else None
            right = mention is not None and same_name(mention.name, names)
            answer = resolver.resolutions[hit[j]] if j in hit else None
            if mention is None and answer is not None:
                mention = resolver._mention(answer.referent)
            guessed = mention is not None and same_name(mention.name, names)
            source = " ".join(text[a:b] for a, b in row["source_spans"])
            quote = Annotation(tuple(map(tuple, row["spans"])), cue=tuple(map(tuple, row["cue_spans"])))
            groups = ["all", form(source, row["speaker"]), *(["speech"] if is_speech(text, quote) else [])]
            for group in groups:
                counts[n, GROUPS.index(group)] += (1, j in hit, right, guessed)
    return counts


def pronouns(nlp: Any, text: str, gold: coreference_data.Chains, every: dict[str, System]) -> np.ndarray:
    """Counts for the third-person pronouns of one text that have an annotated antecedent: [system, kind, 2]."""
    doc = coreference_annotator()(nlp(text))
    states = hidden_states(doc)
    attributions = find_attributions(doc, text)
    chain = gold_of(doc, gold)
    counts = np.zeros((len(every), len(KINDS), 2), np.int64)
    for n, system in enumerate(every.values()):
        resolver = resolver_with(system, doc, attributions, states)
        resolver.run()
        search = resolver.antecedents
        for token in doc:
            own, kind = chain.get(token.i), PRONOUN_KIND.get(token.lower_)
            if kind is None or own is None or token.i in resolver.index.by_token:
                continue
            if not any(c == own and i < token.i and doc[i].pos_ != "PRON" for i, c in chain.items()):
                continue
            found = search.pronoun(token)
            right = found is not None and own == entity(found.referent, chain)
            counts[n, KINDS.index(kind)] += (1, right)
    return counts


def entity(referent: Referent, chain: dict[int, int]) -> int | None:
    """The annotated chain that a referent has most mentions in."""
    if referent.entity is None:
        return chain.get(referent.heads[0])
    votes = Counter(c for m in referent.entity.mentions for t in m if (c := chain.get(t.i)) is not None)
    return votes.most_common(1)[0][0] if votes else None


def show(
    title: str, names: list[str], groups: tuple[str, ...], counts: np.ndarray, above: int, below: int
) -> None:
    """Shares of ``counts`` [article, system, group, numbers]: number ``above`` over number ``below``."""
    draws = np.random.default_rng(1).multinomial(len(counts), np.full(len(counts), 1 / len(counts)), DRAWS)
    print(f"\n{title:24}{'share':>6}{'change':>8}   95% interval")
    for g, group in enumerate(groups):
        total = counts[:, :, g].sum(0)
        drawn = np.einsum("da,asc->dsc", draws, counts[:, :, g])
        share, shares = (100 * some[..., above] / np.maximum(some[..., below], 1) for some in (total, drawn))
        print(f"{group} ({total[0, below]})")
        for n, name in enumerate(names):
            low, high = np.percentile(shares[:, n] - shares[:, 0], [2.5, 97.5])
            change = f"{share[n] - share[0]:+8.1f}   {low:+.1f} … {high:+.1f}" if n else ""
            print(f"  {name:22}{share[n]:6.1f}{change}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("speakers", type=Path)
    args = parser.parse_args()
    sys.setrecursionlimit(20000)
    nlp = quotes.load()
    nlp.remove_pipe("quotes")
    every = systems(args.weights)
    names = list(every)
    rows = by_article(args.speakers)
    folder = args.corpora / "attribution" / "polnear-dev"
    counts = np.stack(
        [
            speakers(nlp, some, (folder / f"{name}.txt").read_text(encoding="utf-8"), every)
            for name, some in rows.items()
        ]
    )
    show("speakers: right of found", names, GROUPS, counts, 2, 1)
    show("speakers: right of all", names, GROUPS[:2], counts, 2, 0)
    show("right of found, none left open", names, GROUPS, counts, 3, 1)
    dev = held_out(args.corpora)
    texts = coreference_data.ontogum(args.corpora / "coref" / "ontogum")
    stems = [path.stem for path in sorted((args.corpora / "coref" / "ontogum").glob("*.conll"))]
    kinds = np.stack(
        [pronouns(nlp, *one, every) for stem, one in zip(stems, texts, strict=True) if stem in dev]
    )
    both = np.concatenate([kinds, kinds.sum(2, keepdims=True)], 2)
    show("OntoGUM dev: pronouns", names, (*KINDS, "every"), both, 1, 0)


if __name__ == "__main__":
    main()
