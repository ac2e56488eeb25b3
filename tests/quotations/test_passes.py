"""The order of the passes: what holds before and after each, and what one is told about what they changed."""

import logging
from dataclasses import replace

import pytest
from spacy.language import Language
from support.paths import SEEDS

import quotes
from quotes.nlp.encoder import encoder
from quotes.quotations.attribution import Attribution
from quotes.quotations.decoder import decode_attributions
from quotes.quotations.label_probabilities import with_label_probabilities
from quotes.quotations.passes import PASSES, changes, find_attributions, find_doubtful, violations
from quotes.text.spans import overlaps_any

TEXTS = {
    "split by its cue": "“We have run empty ships,” Ana Ruiz told reporters. “No company can do that for ever.”",
    "an outlet as relay": "Ruiz told Reuters that the mill would close. Sources told Bloomberg it was sold.",
    "a signature": "Here is what voters say:\n“It is my own business.” — Ana Ruiz, 61\nMore tomorrow.",
    "a transcript": "SOTO: Will the bridge open?\n\nRUIZ: It will open in May.\n\nSOTO: Who pays?\n\nRUIZ: We all do.",
    "a part of the clause": "The virus, Dr. Ito explained, does not survive long on a dry surface.",
    "marks left open": "Lim said: “First we dig.\nThe work began in May.",
    "marks over paragraphs": "Lim said: “First we dig.\n\n“Then we fill it again.”\n\nThe work began in May.",
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return quotes.load(coreference="none")


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [*TEXTS.values(), *(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))[:6])]


def test_what_holds_before_and_after_each_pass(nlp: Language, texts: list[str]) -> None:
    model = encoder()
    for text in texts:
        doc = nlp(text)
        attributions = decode_attributions(model(text), model.biaffine)
        assert violations(text, attributions) == []
        for step in PASSES:
            attributions = step.run(doc, text, attributions)
            assert violations(text, attributions) == [], step.name
        assert attributions == [replace(found, labels=None) for found in find_attributions(doc, text)]


@pytest.mark.parametrize("number", [0, 1])
def test_order_of_the_text(nlp: Language, texts: list[str], number: int) -> None:
    """Marks and layout give back in text order whatever comes in."""
    model = encoder()
    for text in texts:
        doc = nlp(text)
        attributions = decode_attributions(model(text), model.biaffine)
        after = PASSES[number].run(doc, text, attributions[::-1])
        assert [one.content[0] for one in after] == sorted(one.content[0] for one in after)


@pytest.mark.parametrize(
    ("attribution", "violation"),
    [
        (Attribution(()), "no content"),
        (Attribution(((0, 3), (2, 5))), "out of order"),
        (Attribution(((3, 3),)), "empty"),
        (Attribution(((0, 99),)), "not in the text"),
        (Attribution(((0, 3),), source=(4, 6)), "a source without a cue"),
    ],
)
def test_violations_are_told(attribution: Attribution, violation: str) -> None:
    told = violations("Lim said so.", [attribution])
    assert [violation in line for line in told] == [True]


def test_each_pass_tells_what_it_changed(nlp: Language, caplog: pytest.LogCaptureFixture) -> None:
    text = TEXTS["a signature"]
    doc = nlp(text)
    with caplog.at_level(logging.DEBUG, logger="quotes.quotations.passes"):
        find_attributions(doc, text)
    signed = [line for line in caplog.messages if line.startswith("attribute by layout: +")]
    assert len(signed) == 1
    assert "'“It is my own business.”' cue '—' source 'Ana Ruiz, 61'" in signed[0]


def test_nothing_is_told_unless_asked(nlp: Language, capfd: pytest.CaptureFixture[str]) -> None:
    find_attributions(nlp(TEXTS["a signature"]), TEXTS["a signature"])
    assert capfd.readouterr() == ("", "")


def test_changes_are_a_diff_in_text_order() -> None:
    text = "“We waited,” Okoro said. “Then we left.”"
    stays, goes = Attribution(((0, 12),), (19, 23)), Attribution(((25, 40),))
    comes = Attribution(((25, 40),), (19, 23), (13, 18), 0.5)
    assert list(changes(text, [stays, goes], [comes, stays])) == [
        "- '“Then we left.”' confidence 1.00",
        "+ '“Then we left.”' cue 'said' source 'Okoro' confidence 0.50",
    ]


def test_what_a_lower_bar_adds_has_nothing_in_common_with_the_rest(nlp: Language, texts: list[str]) -> None:
    added = 0
    for text in texts:
        doc = nlp(text)
        known = find_attributions(doc, text)
        doubtful = find_doubtful(doc, text, known)
        spans = [span for attribution in known for span in (*attribution.content, attribution.cue) if span]
        for attribution in doubtful:
            assert attribution.doubtful
            assert not any(overlaps_any(span, spans) for span in (*attribution.content, attribution.cue))
        assert violations(text, doubtful) == []
        added += len(doubtful)
    assert added


def test_with_a_lower_bar_nothing_is_outside_that_was_within(texts: list[str]) -> None:
    model = encoder()
    for text in texts:
        usual = decode_attributions(model(text), model.biaffine)
        lowered = decode_attributions(model(text), model.biaffine, outside_penalty=2.0)
        spans = [span for attribution in lowered for span in attribution.spans]
        covered = sum(end - start for start, end in spans)
        assert covered >= sum(end - start for attribution in usual for start, end in attribution.spans)


def test_labels_are_surer_of_a_plain_quotation_than_of_another_place() -> None:
    text = TEXTS["split by its cue"]
    model = encoder()
    logits = model(text)
    [found] = [part for part in decode_attributions(logits, model.biaffine) if part.cue]
    elsewhere = replace(found, content=((found.cue or (0, 0)),), cue=found.content[0])
    [right, wrong] = with_label_probabilities(logits, [found, elsewhere])
    assert right.labels is not None
    assert wrong.labels is not None
    assert all(0 <= probability <= 1.000001 for probability in (*right.labels, *wrong.labels))
    assert right.labels[0] > 0.8 > 0.5 > wrong.labels[0]
    assert right.labels[1] <= right.labels[0]
    assert right.labels[2] > 0.8 > 0.5 > wrong.labels[2]
    assert with_label_probabilities(logits, [Attribution(((0, 5),))])[0].labels is None
