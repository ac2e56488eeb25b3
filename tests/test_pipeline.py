"""The spaCy side: what the components set, and that it survives processes, files, pickle and threads."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import DocBin
from support.paths import SEEDS

import quotes
from quotes.errors import QuotesError
from quotes.nlp.encoder import encoder, windows
from quotes.types import Quote

ARTICLE = """Ferry firm to cut routes

OSLO - The ferry company Nordlys will close four routes in the autumn, its chief executive, Ingrid Dahl, said on Monday.

“We have run empty ships for two winters,” Dahl told reporters. “No company can do that for ever.”

The union called the plan “a slap in the face” and said it would strike.

According to the mayor of Bodin, the town was never asked.

She added that the last ship would leave in October.
"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    return quotes.load()


def found(doc: spacy.tokens.Doc) -> tuple[Quote, ...]:
    return doc._.quotes


def test_every_layer_is_set(nlp: Language) -> None:
    doc = nlp(ARTICLE)
    for attribute in ("TAG", "POS", "LEMMA", "MORPH", "DEP", "HEAD", "SENT_START", "ENT_IOB"):
        assert doc.has_annotation(attribute), attribute
    said = next(token for token in doc if token.text == "said")
    assert (said.tag_, said.pos_, said.lemma_) == ("VBD", "VERB", "say")
    assert ("Ingrid Dahl", "PERSON") in {(ent.text, ent.label_) for ent in doc.ents}
    assert doc._.coref_chains is not None
    assert {span.label_ for span in doc.spans["quotes"]} == {"CONTENT", "CUE", "SOURCE"}


def test_quotations_of_an_article(nlp: Language) -> None:
    by_start = {quote.spans[0].text[:18]: quote for quote in found(nlp(ARTICLE))}
    split = by_start["“We have run empty"]
    assert split.type == "direct"
    assert [span.text for span in split.spans][1] == "“No company can do that for ever.”"
    assert split.speaker is not None
    assert split.speaker.name == "Ingrid Dahl"
    union = by_start["the plan “a slap i"]
    assert union.type == "mixed"
    assert union.source is not None
    assert union.source.text == "The union"
    mayor = next(quote for quote in by_start.values() if quote.cue and quote.cue.text == "According to")
    assert mayor.type == "indirect"
    assert mayor.source is not None
    assert mayor.source.text.startswith("the mayor")


def test_offsets_slice_to_the_text(nlp: Language) -> None:
    for text in (ARTICLE, ARTICLE.replace("“", '"').replace("”", '"'), ARTICLE.replace("\n", "\r\n")):
        for quote in found(nlp(text)):
            for span in (*quote.spans, quote.cue, quote.source):
                if span is not None:
                    assert text[span.start : span.end] == span.text


def test_processes_give_the_same(nlp: Language) -> None:
    texts = [ARTICLE, "No quotation here.", "", "“Go,” Ana Ruiz said."] * 2
    alone = [found(doc) for doc in nlp.pipe(texts)]
    assert [found(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=2)] == alone
    assert alone[0]
    assert not alone[2]


def test_docbin_keeps_quotations(nlp: Language) -> None:
    doc = nlp(ARTICLE)
    saved = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (back,) = DocBin().from_bytes(saved).get_docs(nlp.vocab)
    assert found(back) == found(doc)
    bare = DocBin(store_user_data=False, docs=[doc]).to_bytes()
    (back,) = DocBin().from_bytes(bare).get_docs(nlp.vocab)
    assert [quote.spans for quote in found(back)] == [quote.spans for quote in found(doc)]


def test_saved_and_pickled_pipelines(nlp: Language, tmp_path: Path) -> None:
    expected = found(nlp(ARTICLE))
    nlp.to_disk(tmp_path / "pipeline")
    assert found(spacy.load(tmp_path / "pipeline")(ARTICLE)) == expected
    assert found(pickle.loads(pickle.dumps(nlp))(ARTICLE)) == expected


def test_threads_share_a_pipeline(nlp: Language) -> None:
    texts = [ARTICLE.replace("Dahl", name) for name in ("Dahl", "Berg", "Lund", "Moen")]
    alone = [found(nlp(text)) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: found(nlp(text)), texts)) == alone


def test_another_pipeline_keeps_its_own_syntax(tmp_path: Path) -> None:
    other = spacy.blank("en")
    other.add_pipe("quotes_syntax")
    other.add_pipe("quotes_morphology")
    other.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "the mayor of Bodin"}])
    other.to_disk(tmp_path / "other")
    nlp = quotes.load(str(tmp_path / "other"))
    assert nlp.pipe_names == ["quotes_syntax", "quotes_morphology", "entity_ruler", "quotes"]
    assert [quote.spans for quote in found(nlp(ARTICLE))] == [
        quote.spans for quote in found(quotes.load()(ARTICLE))
    ]


def test_missing_and_unsuitable_pipelines(tmp_path: Path) -> None:
    with pytest.raises(QuotesError, match="spacy download"):
        quotes.load("en_not_installed_sm")
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(QuotesError, match="tags and no dependencies"):
        quotes.load(str(tmp_path / "blank"))
    spacy.blank("de").to_disk(tmp_path / "german")
    with pytest.raises(QuotesError, match="'de'"):
        quotes.load(str(tmp_path / "german"))
    nlp = spacy.blank("en")
    nlp.add_pipe("quotes")
    with pytest.raises(QuotesError, match="needs sentence boundaries, tags"):
        nlp("“Go,” Ana Ruiz said.")


def test_thoughts_are_an_option(nlp: Language) -> None:
    text = "The senator believes that the bridge is unsafe. The mayor said the bridge was safe."
    assert [quote.cue.text for quote in found(nlp(text)) if quote.cue] == ["said"]
    both = found(quotes.load(thoughts=True)(text))
    assert [(quote.cue.text, quote.thought) for quote in both if quote.cue] == [
        ("believes", True),
        ("said", False),
    ]


def test_embeddings_of_contents() -> None:
    doc = quotes.load(embeddings=True)(ARTICLE)
    rows = [np.frombuffer(quote.embedding, np.float16) for quote in found(doc) if quote.embedding]
    assert len(rows) == len(found(doc))
    assert all(abs(float(np.linalg.norm(row.astype(np.float32))) - 1) < 0.01 for row in rows)


def test_embeddings_are_near_for_like_meanings() -> None:
    same, other, far = encoder().embed(
        [
            "The bridge will be closed for repairs.",
            "They are going to shut the bridge to mend it.",
            "I like soup.",
        ]
    )
    assert same @ other > 0.5 > same @ far


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "“", "”", "''", "a", "\u202e“x”", "“" * 300, "said " * 2000]
)
def test_odd_texts_never_raise(nlp: Language, text: str) -> None:
    for quote in found(nlp(text)):
        assert quote.spans


def test_windows_cover_every_piece_once() -> None:
    pieces = encoder().tokenizer("One sentence goes here. " * 200 + "\n\nShort.\n\n" + "x " * 500)
    cut = windows(pieces, 100)
    assert cut[0][0] == 0
    assert cut[-1][1] == len(pieces.ids)
    assert all(a[1] == b[0] for a, b in pairwise(cut))
    assert max(b - a for a, b in cut) <= 100


def test_windows_keep_an_introduction_with_what_it_introduces() -> None:
    filler = "One sentence goes here. " * 15
    text = f"{filler}\n\nThe minister replied:\n\n“{filler}”\n\n{filler}"
    pieces = encoder().tokenizer(text)
    starts = {int(pieces.paragraph[a]) for a, _ in windows(pieces, 100)}
    assert 1 in starts  # the introduction opens a window
    assert 2 not in starts  # what it introduces does not


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "Hundreds of dock workers marched past the gates on Friday, chanting “Pay us what you owe!”",
            "Hundreds of dock workers",
        ),
        ("Ito rose from his chair, walked to the window and said the talks were over.", "Ito"),
    ],
)
def test_a_shared_subject_is_the_source(nlp: Language, text: str, source: str) -> None:
    assert [quote.source.text for quote in found(nlp(text)) if quote.source] == [source]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The mayor—“never again”—left.", "The mayor — “ never again ” — left ."),
        ('He won."--Ana Ruiz', 'He won . " -- Ana Ruiz'),
        ("He won.”― Ana Ruiz", "He won . ” ― Ana Ruiz"),
        ("rock-'n'-roll O'Neill-Smith", "rock-'n'-roll O'Neill - Smith"),
    ],
)
def test_a_dash_beside_a_mark_is_a_token_of_its_own(nlp: Language, text: str, words: str) -> None:
    assert [token.text for token in nlp.make_doc(text)] == words.split()


def test_a_name_has_one_label_in_one_text(nlp: Language) -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        labels: dict[str, set[str]] = {}
        for entity in nlp(path.read_text(encoding="utf-8")).ents:
            labels.setdefault(entity.text, set()).add(entity.label_)
        assert labels
        assert all(len(found) == 1 for found in labels.values()), labels


@pytest.mark.parametrize(
    "name", ['Joseph "Joe" Alvarez', "Marta “La Leona” Ibarra", "Earl 'Buddy' Carter", 'Ann "Annie" O\'Dell']
)
def test_a_nickname_in_marks_is_part_of_the_name(nlp: Language, name: str) -> None:
    doc = nlp(f"Councillor {name} said on Monday that the road was closed.")
    assert name in {ent.text for ent in doc.ents if ent.label_ == "PERSON"}
    [found] = doc._.quotes
    assert found.speaker is not None
    assert found.speaker.name.split() == [name.split()[0], name.split()[-1]]


def test_a_word_in_marks_between_names_is_no_nickname(nlp: Language) -> None:
    doc = nlp(
        "Ana Ruiz shouted “Never,” and Omar Lind said that it was late. To Ana Ruiz “Omar” was a friend."
    )
    assert not [ent.text for ent in doc.ents if "“" in ent.text]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("It is believed the ship left on Tuesday.", "the ship left on Tuesday"),
        ("It is understood that two buyers have come forward.", "two buyers have come forward"),
        ("The deal is reported to be worth $3 billion.", "The deal to be worth $3 billion"),
    ],
)
def test_hearsay_is_kept_without_thoughts(nlp: Language, text: str, content: str) -> None:
    [found] = nlp(text)._.quotes
    assert (" ".join(span.text for span in found.spans), found.source, found.speaker) == (content, None, None)
    assert not found.thought


def test_whoever_is_quoted_as_saying_something_is_its_source(nlp: Language) -> None:
    [found] = nlp("The Times of Malta quoted Prime Minister Joan Vella as saying the plan was dead.")._.quotes
    assert found.source is not None
    assert found.speaker is not None
    assert (found.text, found.source.text) == ("the plan was dead", "Prime Minister Joan Vella")
    assert (found.speaker.name, found.via) == ("Joan Vella", "Times of Malta")


@pytest.mark.parametrize(
    "text",
    [
        "“Parking rules are a joke,” the paper quoted Joan Vella as saying.",
        "“Parking rules are a joke,” the paper quoted Joan Vella, the mayor, as saying.",
        "“Parking rules are a joke,” the paper quoted Joan Vella as saying on Friday. “We will not pay.”",
    ],
)
def test_who_is_quoted_behind_the_words_is_their_source(nlp: Language, text: str) -> None:
    [found] = nlp(text)._.quotes
    assert found.source is not None
    assert (found.source.text, found.via) == ("Joan Vella", "paper")


def test_marks_behind_a_comma_are_those_of_whoever_is_quoted(nlp: Language) -> None:
    [found] = nlp("The paper quoted the mayor as saying, “We will not pay.”")._.quotes
    assert found.source is not None
    assert (found.text, found.source.text, found.via) == ("“We will not pay.”", "the mayor", "paper")


@pytest.mark.parametrize(
    ("text", "content", "via"),
    [
        ("Mayor Ana Ruiz said the state would pay, according to Reuters.", "the state would pay", "Reuters"),
        (
            "The state would pay, Mayor Ana Ruiz said on Monday, according to Reuters.",
            "The state would pay",
            "Reuters",
        ),
        (
            "Mayor Ana Ruiz said the state would pay, according to Greek national news agency AMNA.",
            "the state would pay",
            "Greek national news agency AMNA",
        ),
        ("Mayor Ana Ruiz told Spanish broadcaster RTVX that talks had failed.", "talks had failed", "RTVX"),
        ("Mayor Ana Ruiz told Les Ondes newspaper that talks had failed.", "talks had failed", "Les Ondes"),
    ],
)
def test_outlets_that_pass_on_what_somebody_said(nlp: Language, text: str, content: str, via: str) -> None:
    [found] = nlp(text)._.quotes
    assert found.speaker is not None
    assert (found.text, found.speaker.name, found.via) == (content, "Ana Ruiz", via)


def test_an_agency_of_the_state_is_no_outlet(nlp: Language) -> None:
    [found] = nlp("The environmental agency EPA said the water was safe.")._.quotes
    assert found.speaker is not None
    assert (found.speaker.name, found.via) == ("EPA", None)


def test_each_verb_has_its_own_words(nlp: Language) -> None:
    doc = nlp(
        'In the video, a man can be heard shouting, "Get back!" An officer then says: "He\'s got a knife." '
        'Another voice replies, "Where?"'
    )
    told = [(q.source.text if q.source else None, q.text) for q in doc._.quotes]
    assert told == [
        ("a man", '"Get back!"'),
        ("An officer", '"He\'s got a knife."'),
        ("Another voice", '"Where?"'),
    ]


def test_words_after_a_closed_sentence_go_to_the_cue_that_follows_them(nlp: Language) -> None:
    text = 'Ana Ruiz wrote: "The choice is hard." The firm "must be leaner and faster," she added.'
    found = [(quote.text, quote.cue and quote.cue.text.strip(":")) for quote in nlp(text)._.quotes]
    assert found == [('"The choice is hard."', "wrote"), ('The firm "must be leaner and faster,"', "added")]


def test_mentions_that_are_asked_about_for_one_another_have_an_end() -> None:
    """Whom the last "minister" means depends on the one before, and so on through the whole text."""
    text = "The ministry did not answer. He said that he had asked the minister about it. "
    assert len(quotes.find(text * 300)) > 200


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“We close,” said <b>Ida Vik</b>, the owner.", "Ida Vik"),
        ("“We close,” said [[Ida Vik|Vik]], the owner of [the mill](http://x.org).", "Vik"),
        ("“We close,” said the old *owner* of the mill.", "owner"),
    ],
)
def test_no_markup_is_in_a_source(nlp: Language, text: str, source: str) -> None:
    (quote,) = nlp(text)._.quotes
    assert quote.source is not None
    assert (quote.source.text, text[quote.source.start : quote.source.end]) == (source, source)


def test_whom_words_were_said_to_stands_in_the_stored_text(nlp: Language) -> None:
    doc = nlp("<p>The <b>mayor</b>, Ida Vik, told <em>reporters</em> that the mill was <b>old</b>.</p>")
    (quote,) = doc._.quotes
    assert quote.addressee is not None
    assert quote.addressee.text == "reporters"
    assert doc.text[quote.addressee.start : quote.addressee.end] == "reporters"


def test_markup_is_in_no_name_and_no_content() -> None:
    text = (
        '<p>“We will <b>not</b> close,” said <a href="/p/7">Ida\u200b Vik</a>.[1]</p><p>“Not <em>now</em>,” '
        "she added.</p>\n\n**Aas**, the mayor, said the mill was _old_."
    )
    doc = quotes.load()(text)
    assert [(quote.text, quote.speaker and quote.speaker.name) for quote in doc._.quotes] == [
        ("“We will not close,”", "Ida Vik"),
        ("“Not now,”", "Ida Vik"),
        ("the mill was old", "Aas"),
    ]
    spans = [span for quote in doc._.quotes for span in (*quote.spans, quote.source, quote.cue)]
    assert all(doc.text[span.start : span.end] == span.text for span in spans)


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
@pytest.mark.parametrize("headline", ["Harbour to close in May", "Who pays for the harbour"])
def test_a_headline_changes_nothing_in_the_text_below(headline: str, gap: str) -> None:
    body = "Ada Lie, who runs the harbour, said on Monday that the quay had cracked. “It was the frost,” she told us."
    alone = encoder()(body)
    below = encoder()(headline + gap + body)
    shift = len(headline + gap)
    first = int((below.pieces.start < shift).sum())
    assert (below.pieces.start[first:] - shift == alone.pieces.start).all()
    assert (below.attribution[first:] == alone.attribution).all()


@pytest.mark.parametrize("text", ["It closes.\n\nThe harbour is full.", "Lie told the\nharbour board"])
def test_a_sentence_and_a_wrapped_line_are_no_headline(text: str) -> None:
    assert windows(encoder().tokenizer(text)) == [(0, len(encoder().tokenizer(text).ids))]
