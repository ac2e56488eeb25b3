"""Words that introduce a quotation, by kind. Data, and the look-ups that it needs.

Lemmas are listed; their inflected forms are generated. A cue is the text between a source and what it says
("has repeatedly said", "declined to comment", "according to"); its kind is that of its first telling word.
"""

import re
from typing import Literal

from quotes.lexicon.words import _set

CueKind = Literal["speech", "document", "thought", "perception"]

# Verbs of saying and writing, of asking and answering, of judging aloud.
SPEECH = _set(
    """
    accuse acknowledge add address admit admonish advertise advise advocate affirm agree allege allow
    allude announce answer apologise apologize appeal applaud argue articulate ask assail assert assure
    attack attest aver back badger banter bark beg begin bellow bemoan berate bill blame blare blast
    blog boast boom brag brief bring broadcast call caption castigate caution challenge champion chant
    characterise characterize charge cheer chide chime chuckle cite claim clarify coax coin commend
    comment communicate compare complain complement compliment concede conclude concur condemn confess
    confide confirm congratulate contend continue contradict counsel counter crack credit criticise
    criticize critique croon cry curse dare declare decline decree decry defend deliver demand
    demur denounce deny deplore deride describe detail dictate disagree disavow disclose discuss dismiss
    disparage dispute dissent divulge downplay dub echo elaborate email emphasise emphasize encourage
    endorse enthuse entitle enumerate equate exaggerate exclaim exhort explain express extol fault fire
    follow forecast fume gasp gloat gripe groan grouse growl grumble grunt guarantee gush hail harangue
    hint hiss holler howl hush identify implore imply inform inquire insinuate insist instruct insult
    interject interrupt intimate intone invite invoke issue jeer jest joke kid label lambast lambaste
    lament laud lecture lie liken list mandate mention moan mock mumble murmur muse mutter nag name
    narrate nickname note notify object observe offer opine order outline overrule pen persuade phone
    pitch plead pledge point portray posit post praise pray preach predict present press proclaim prod
    profess promise promote pronounce propose protest purr put question quibble quip quote rail rant
    rave reaffirm reason reassert reassure rebuff rebuke rebut recall recap recite recommend recount
    refer reference reflect refuse refute reiterate reject rejoin relate relay remark remind reminisce
    renounce repeat rephrase reply report repost reprimand reprise request respond restate
    retaliate retell retort retract retweet reveal ridicule roar rule sass say scoff scold scream share
    shoot shout shriek shrug sigh signal sing slam slur snap snarl sneer sob speak specify speculate
    spell stammer start state stipulate stress stutter submit suggest sum summarise summarize surmise
    swear talk taunt tease telegraph tell term testify text thank threaten thunder title tout trumpet
    tweet underline underscore unveil urge utter vent venture verify voice volunteer vow wail warn
    welcome whine whisper write yell
    """
)

# Verbs whose subject is a document, a figure or an inquiry.
DOCUMENT = _set(
    """
    attribute calculate chronicle conclude depict detect determine disclose discover document estimate
    find highlight illustrate include indicate measure paint peg prescribe project prove publish rank
    rate read record register release show stipulate
    """
)

# Beliefs, intentions, wishes, feelings and stances: nobody need have said a word.
THOUGHT = _set(
    """
    admire adore afraid aim angry anticipate anxious approve ashamed aspire assume await aware bank
    believe bet care certain cherish choose committed concerned confident conscious consider contemplate
    content convinced covet crave curious daydream decide dedicate deem delighted deserve design desire
    despair despise determined detest devote disappoint disappointed disapprove disbelieve dislike
    distrust doubt dread dream eager embrace enjoy envisage envision envy excited expect fancy fantasise
    fantasize favor favour fear feel figure foresee forget forgive frustrated furious glad grateful
    grieve guess happy hate hesitant hope hopeful ignore imagine impressed inclined infer insecure
    intend intent interested judge keen know lean like loath loathe love mean mind miss mistrust
    misunderstand mull need nervous nervy oppose optimistic outraged perceive pessimistic plan plot
    ponder prefer prepare presume proud puzzled ready realise realize reckon recognise recognize
    reconsider regard regret relieved reluctant remember resent resist resolve respect sad satisfied
    scared sceptical seek skeptical strive struggle support suppose sure surprised suspect sympathise
    sympathize tempted terrified think thrilled treasure trust try unaware uncertain unconvinced
    undecided understand unhappy unsure unwilling upset value view want wary weigh willing wish wonder
    worry yearn
    """
)

# What somebody sees or hears, or how something looks.
PERCEPTION = _set(
    """
    appear behold discern gather glimpse hear learn listen look notice overhear see seem sense sound
    spot watch witness
    """
)

# Nouns that carry a content: "a statement that", "her advice was to wait".
SPEECH_NOUNS = _set(
    """
    accusation acknowledgement acknowledgment admission advice allegation announcement answer apology
    appeal argument assertion assessment assurance attack boast call challenge claim comment commitment
    complaint compliment concession conclusion condemnation confession contention criticism critique
    declaration defence defense demand denial description disclosure endorsement estimate excuse
    explanation forecast guarantee hint insistence insult invitation joke lie mantra mention message
    motto note objection offer order plea pledge point praise prediction proclamation promise
    pronouncement proposal protest query question reassurance recommendation refusal remark reminder
    reply report request response retort revelation rumor rumour slogan speculation speech statement
    story suggestion testimony threat tirade verdict vow warning word
    """
)
THOUGHT_NOUNS = _set(
    """
    ambition anger anxiety approval assumption attitude belief bid concern confidence conviction
    decision desire determination disappointment disapproval doubt dream expectation faith fear feeling
    frustration goal hope idea impression inclination instinct intention interest judgement judgment
    notion opinion opposition optimism outlook perception pessimism plan position preference priority
    reluctance resistance scepticism sentiment skepticism stance strategy support supporter suspicion
    sympathy theory thinking thought understanding view willingness wish worry
    """
)
# Things that say something themselves, and so can be the source of a quotation.
DOCUMENT_NOUNS = _set(
    """
    account ad advertisement advisory affidavit agenda agreement article assessment audit ballot bill
    biography blog blueprint book briefing broadcast brochure bulletin caption chart clause column
    communique complaint constitution contract cover data decision declaration decree dispatch document
    dossier draft editorial email entry essay estimate evidence feed figure file filing film finding
    findings footage forecast form guideline handbook headline index indictment inscription interview
    inventory invitation invoice journal judgement judgment law lawsuit leaflet legislation letter list
    log magazine manifesto manual map memo memoir memorandum message minutes motion newsletter newspaper
    note notice obituary op-ed opinion order page pamphlet paper paperwork passage petition placard plan
    plaque platform play poem policy poll post poster presentation press proclamation profile program
    programme proposal prospectus publication questionnaire readout record recording regulation release
    report resolution review rule ruling schedule script sign song source speech spreadsheet statement
    statistics statute story study subpoena suit summary survey syllabus tape testimony text tombstone
    transcript treaty tweet update verdict video warrant website witness
    """
)
SPEECH_WORDS = _set("according allegedly apparently per purportedly quote reportedly unquote via")
# Phrases whose words alone tell nothing or mislead.
SPEECH_PHRASES = re.compile(
    r"\b(?:(?:went|goes|going|gone) on|ma(?:de|kes?|king) (?:it )?(?:\w+ )?(?:clear|plain|known)"
    r"|(?:laid|lay|lays|laying|set|sets|setting) (?:it |this )?out|(?:put|puts|putting) (?:it|forth|forward)"
    r"|weigh(?:s|ed|ing)? in|(?:speaks?|spoke|speaking|lash(?:es|ed|ing)?) out|sounded off|chim(?:es|ed) in"
    r"|follow(?:s|ed) suit|no secret of)\b",
    re.I,
)
SPEECH_PUNCTUATION = frozenset(":-–—―")

# "sought to explain", "would like to say": words did follow.
TRYING = _set("aim begin like need prepare ready seek strive struggle try want wish")
NEGATIONS = _set("barely cannot hardly neither never no nobody none nor not scarcely without")
# "declined to comment": a content may follow, but nothing was said.
DECLINING = _set("avoid decline ignore refuse resist")
# "denied that": the speaker holds the opposite of the content.
DENYING = _set("contradict deny disavow dismiss dispute rebut refute reject")
Polarity = Literal["said", "denied", "unsaid"]
AUXILIARIES = _set(
    """
    'd 're 's 've am are be been being can could did do does doing done get gets getting go goes going
    gone got had has have having is may might must s shall should was went were will would ’d ’re ’s ’ve
    """
)

_IRREGULAR = """
    bet bet; bring brought; broadcast broadcast; begin began begun; choose chose chosen; dream
    dreamt; feel felt; find found; forecast forecast; foresee foresaw foreseen; forget forgot
    forgotten; forgive forgave forgiven; hear heard; know knew known; label labelled labelling; lean
    leant; learn learnt; mean meant; misunderstand misunderstood; overhear overheard; prove proven;
    put put; read read; retell retold; say said; see saw seen; seek sought; shoot shot; show shown;
    signal signalled signalling; sing sang sung; speak spoke spoken; spell spelt; strive strove
    striven; swear swore sworn; tell told; think thought; understand understood; write wrote written
"""
IRREGULAR = {verb: tuple(others) for verb, *others in map(str.split, _IRREGULAR.split(";"))}
REGULAR_TOO = _set("dream label lean learn prove signal spell")
# Verbs of more than one syllable that double their last letter.
DOUBLING = _set("admit begin commit defer demur forget infer prefer quip rebut refer submit")


def forms(verb: str) -> frozenset[str]:
    """The inflected forms of a verb's lemma, itself included."""
    regular: tuple[str, ...]
    stem = verb
    if re.search(r"[^aeiou]y$", verb):
        regular = (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    elif verb.endswith("ie"):
        regular = (verb + "s", verb + "d", verb[:-2] + "ying")
    elif verb.endswith("e"):
        stem = verb if verb.endswith(("ee", "oe", "ye")) else verb[:-1]
        regular = (verb + "s", verb + "d", stem + "ing")
    else:
        syllables = len(re.findall(r"[aeiouy]+", verb))
        if verb in DOUBLING or (syllables == 1 and re.search(r"[^aeiou][aeiou][bdgklmnprt]$", verb)):
            stem = verb + verb[-1]
        sibilant = verb.endswith(("s", "sh", "ch", "x", "z", "o"))
        regular = (verb + ("es" if sibilant else "s"), stem + "ed", stem + "ing")
    if verb in IRREGULAR and verb not in REGULAR_TOO:
        regular = (regular[0], *IRREGULAR[verb], regular[2])
    return frozenset({verb, *regular, *IRREGULAR.get(verb, ())})


HEARSAY = re.compile(
    r"\b(?:is|are|was|were|be|been|being|['’]s|['’]re)\b(?: \w+){0,2} (?:believed|thought|understood|said|reported"
    r"|alleged|rumou?red|claimed|feared|suspected|reputed)\b",
    re.I,
)
LEMMAS: dict[str, str] = {}
KINDS: dict[str, CueKind] = {}


def _fill() -> None:
    """Word form -> lemma and kind; where a form has two, the earlier in this order holds."""
    noun_kinds: tuple[tuple[CueKind, frozenset[str]], ...] = (
        ("speech", SPEECH_NOUNS | SPEECH_WORDS),
        ("thought", THOUGHT_NOUNS),
    )
    verb_kinds: tuple[tuple[CueKind, frozenset[str]], ...] = (
        ("speech", SPEECH),
        ("document", DOCUMENT),
        ("thought", THOUGHT),
        ("perception", PERCEPTION),
    )
    for kind, lemmas in verb_kinds:
        for lemma in sorted(lemmas):
            for form in sorted(forms(lemma)):
                LEMMAS.setdefault(form, lemma)
                KINDS.setdefault(form, kind)
    for kind, lemmas in noun_kinds:
        for lemma in sorted(lemmas):
            plural = lemma[:-1] + "ies" if re.search(r"[^aeiou]y$", lemma) else lemma + "s"
            for form in (lemma, plural):
                LEMMAS.setdefault(form, lemma)
                KINDS.setdefault(form, kind)


_fill()


def words(cue: str) -> list[str]:
    """The words of a cue in lower case, "n't" as "not"."""
    text = re.sub(r"\bcan[’']t\b", "can not", cue.lower())
    text = re.sub(r"\bwon[’']t\b", "will not", text)
    return re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", re.sub(r"n[’']t\b", " not", text))


def kind(cue: str) -> CueKind | None:
    """The kind of a cue: that of its first word which is listed here; None where none is.

    A colon or a dash alone is speech, and so is a wish or an attempt to say something ("sought to explain").
    """
    if SPEECH_PHRASES.search(cue) or (cue.strip() and set(cue.strip()) <= SPEECH_PUNCTUATION):
        return "speech"
    found = [word for word in words(cue) if word in KINDS and word not in AUXILIARIES]
    if not found:
        return None
    if KINDS[found[0]] == "thought" and LEMMAS[found[0]] in TRYING:
        return next((KINDS[word] for word in found if KINDS[word] != "thought"), "thought")
    return KINDS[found[0]]


def is_speech(cue: str) -> bool:
    """Whether the cue reports words, spoken or written, by a person or a document."""
    return kind(cue) in ("speech", "document")


def is_reporting(word: str) -> bool:
    """Whether a word is the past or the third person of a verb of speech: "added", "writes"; not "read", "share"."""
    lemma = LEMMAS.get(word.lower())
    return lemma in SPEECH | DOCUMENT and lemma != word.lower()


def is_thought(cue: str) -> bool:
    """Whether the cue reports a belief, an intention, a feeling or a perception rather than words."""
    return kind(cue) in ("thought", "perception")


def is_hearsay(cue: str) -> bool:
    """Whether the cue is a passive by which news passes on what it has from somebody: "is understood"."""
    return HEARSAY.search(cue) is not None


def polarity(cue: str) -> Polarity:
    """``unsaid`` for "did not say" and "declined to comment", ``denied`` for "denied", else ``said``."""
    found = words(cue)
    if any(word in NEGATIONS or LEMMAS.get(word) in DECLINING for word in found):
        return "unsaid"
    return "denied" if any(LEMMAS.get(word) in DENYING for word in found) else "said"
