"""The numbers of coreference: how much each kind of evidence counts, and how far each rule looks.

All of them were set by hand on 42 articles of PolNeAR dev (docs/quality.md, "Speakers") unless a line says otherwise;
none is fitted. The rules name the evidence, this module alone says what it is worth.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Confidence:
    """Evidence -> how sure the speaker is that follows from it, 0 to 1. "Factor" multiplies another confidence."""

    # a source in the text
    name: float = 0.97  # "Ana Ruiz said"
    coordinated_sources: float = 0.95  # "John Hale and Rosa Diaz said"
    own_words: float = 0.9  # "a neighbour said": the noun phrase stands for itself
    author: float = 0.8  # "I" outside quotation marks
    speaker_as_first_person: float = 0.9  # factor: "I" inside quotation marks is their speaker
    continuing_speaker: float = 0.7  # "the chancellor added", after somebody has spoken
    # a noun phrase without a name
    name_in_apposition: float = 0.95  # "a lawyer, David Schulz"
    predicate: float = 0.9  # "Kaine is a lawyer"
    only_person_of_nation: float = 0.85  # "the Frenchman", one person described as French
    only_description: float = 0.85  # "the minister", one description has these words
    nearest_description: float = 0.7  # several have, the nearest counts
    only_holder: float = 0.65  # one person has the title; the place or rank is new
    chain: float = 0.75  # coreferee links the noun to a name
    party_member: float = 0.7  # "the GOP nominee", one person said to belong to the party
    described_later: float = 0.7  # "Judge rejects request", the judge is named in the first paragraphs
    only_person_nearby: float = 0.6  # at least that, for "the billionaire" with one person named nearby
    nominal_as_pronoun: float = 0.75  # factor: "the billionaire" resolved as "he" would be in its place
    place: float = 0.5  # "the city"
    organisation_noun: float = 0.7  # "the bank" after "Bank of Norden"
    organisation_as_pronoun: float = 0.8  # factor: "the company" resolved as "it" would be
    # a pronoun: base + margin * (best score - second) + score * best score, within lowest and highest
    pronoun_base: float = 0.4
    pronoun_margin: float = 0.25
    pronoun_score: float = 0.05
    pronoun_lowest: float = 0.2
    pronoun_highest: float = 0.95
    # no source in the text
    shared_subject: float = 0.7  # "Ruiz laughed and said"
    list_subject: float = 0.7  # "she:" and a list of what she said
    modified_noun: float = 0.6  # "a report saying"
    owner_of_speech_noun: float = 0.65  # "this statement by Ruiz:"
    speech_verb_before_colon: float = 0.75  # "Ruiz went on to say this:"
    announcement_before_colon: float = 0.65  # "Ruiz made three promises:"
    signature: float = 0.8  # "“...” - Ana Ruiz"
    addressee_of_question: float = 0.6  # the quotation after "he asked Ruiz"
    same_speaker_goes_on: float = 0.65  # factor: the quotation before has a speaker
    interviewee: float = 0.7  # "A:" in an interview with one person
    subject_of_preceding_sentence: float = 0.6  # "Mayor Bianchi slammed the door. “I ...”"
    organisation_in_preceding_sentence: float = 0.5  # "Acme lost the case. “We will appeal.”"
    person_in_preceding_sentence: float = 0.5  # the only one named there, not its subject
    # nobody
    unresolved_source: float = 0.3
    no_source: float = 0.5
    # thresholds
    min_antecedent: float = 0.45  # below it a pronoun stays open, and a noun phrase keeps its words
    min_name: float = 0.95  # from it on a noun counts as attributed by name
    # of a resolved "she", to count as a pronoun that the article uses for its antecedent
    min_pronoun_vote: float = 0.6
    min_title_as_pronoun: float = 0.65  # of the pronoun's resolution, for a title to be resolved the same way
    min_subject_as_pronoun: float = 0.5  # of the pronoun that is the subject of the sentence before


@dataclass(frozen=True, slots=True)
class Salience:
    """Scores of an antecedent candidate by its place in the text (Hobbs 1978; Grosz, Joshi and Weinstein 1995)."""

    governing_subject: float = 3.0  # of the clause around the pronoun; one less for each clause further up
    governing_step: float = 1.0
    recent_speaker: float = 2.2  # whoever spoke in one of the last sentences
    main_subject: float = 2.0  # of a sentence before
    other_subject: float = 1.3
    other_mention: float = 0.6
    subject_in_sentence: float = 2.0  # before the pronoun in its own sentence
    mention_in_sentence: float = 0.8
    chain: float = 0.5  # added where coreferee links the two
    sentence_decay: float = 0.8  # factor, for each sentence further back
    # factor, for whom a quotation of the sentence names: speakers rarely name themselves
    quoted_nearby: float = 0.7


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a pronoun goes with what may be its antecedent: 0 not at all, 1 certainly."""

    certain: float = 1.0
    just_spoke: float = 1.0  # at least that, for whoever spoke in the sentence before
    # a person of whom nothing says "he" or "she", or whose gender is hypothetical
    unknown_gender: float = 0.75
    person_called_they: float = 0.9
    group_called_they: float = 0.9
    organisation_called_they: float = 0.5
    thing_called_they: float = 0.5
    team_called_they: float = 0.5
    organisation_noun_called_it: float = 0.8  # a noun for an organisation or a document
    thing_called_it: float = 0.4
    person_noun: float = 0.5  # names come first where both are possible


@dataclass(frozen=True, slots=True)
class Distance:
    """How far the rules look, and from what length on they trust a word."""

    sentences_back: int = 5  # for the antecedent of a pronoun
    speaker_sentences_back: int = 3  # for somebody who has just spoken
    short_name_tokens: int = 60  # within which a surname more likely means whom the article has just named
    rival_tokens: int = 80  # back within which another person makes "the billionaire" doubtful
    lead_tokens: int = 100  # of a headline and a first paragraph
    description_tokens: int = 14  # of a title or an apposition, at most
    unnamed_source_tokens: int = 16  # of a source shown in its own words, at most
    list_items: int = 20  # of one list, at most
    mentions_of_topic: int = 2  # of a person, to be whom the article is about among others
    holder_synonyms: int = 3  # of a title, at most, for a headline to mean its holder
    # from which a given name with one letter wrong is a misspelling, no other name
    misspelt_given_letters: int = 5
    misspelt_surname_letters: int = 7  # the same for a surname


CONFIDENCE = Confidence()
SALIENCE = Salience()
AGREEMENT = Agreement()
DISTANCE = Distance()
