"""Figures of speakers: counts by form of the source, links of descriptions, calibration."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from quotes.evaluation.calibration import calibration_error

FORMS = ("all", "SPEECH", "pronoun", "nominal", "name", "none", "first person")
SURE = 0.9  # probability from which a speaker counts as given for sure


@dataclass(slots=True)
class SpeakerFigures:
    """Counts of speakers: known and sure, of these found, of these right, by form; links; probabilities."""

    counts: dict[str, list[int]] = field(default_factory=lambda: {form: [0, 0, 0] for form in FORMS})
    named: int = 0  # descriptions found that mean a named person
    linked: int = 0  # descriptions found that were given a person's name
    linked_right: int = 0
    # of the speakers given, and whether right
    confidences: list[tuple[float, bool]] = field(default_factory=list)

    def right_of_found(self, form: str = "all") -> float:
        """The share of right speakers of the quotations found; 0 where none was."""
        _, found, right = self.counts[form]
        return right / found if found else 0.0

    def right_of_all(self, form: str = "all") -> float:
        """The share of right speakers of all quotations; 0 where there are none."""
        known, _, right = self.counts[form]
        return right / known if known else 0.0

    @property
    def links(self) -> tuple[float, float]:
        """Precision and recall of the names given to descriptions."""
        right = self.linked_right
        return right / self.linked if self.linked else 0.0, right / self.named if self.named else 0.0

    @property
    def calibration_error(self) -> float:
        """The expected calibration error of ``speaker_confidence``; 0 where no speaker was given."""
        return calibration_error(self.confidences)


def speaker_table(figures: SpeakerFigures) -> Iterator[str]:
    """The figures as lines of text."""
    yield ""
    yield f"{'speakers':13}{'known':>6}{'found':>6}  {'right of found':>14}  {'right of all':>12}"
    for form, (known, found, _) in figures.counts.items():
        if known:
            of_found, of_all = figures.right_of_found(form), figures.right_of_all(form)
            yield f"{form:13}{known:6}{found:6}  {of_found:14.3f}  {of_all:12.3f}"
    precision, recall = figures.links
    yield ""
    yield (
        f"descriptions of named persons: found {figures.named}; named {figures.linked}, right "
        f"{figures.linked_right}: P {precision:.3f} R {recall:.3f}"
    )
    given = figures.confidences
    if given:
        sure = [right for confidence, right in given if confidence >= SURE]
        yield (
            f"speaker_confidence: expected calibration error {figures.calibration_error:.3f}; {SURE} or more for "
            f"{len(sure) / len(given):.3f} of {len(given)}, of which right {sum(sure) / len(sure) if sure else 0:.3f}"
        )
