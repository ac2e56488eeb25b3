# ruff: noqa: E501 (a frame is one line)
"""Frames of short news passages: who opens, who is introduced then, and the quotation that follows.

Notation as in ``passages``; ``<x|y>`` is one of several words. A passage is an opening, a turn and a quotation; what
stands behind ``=>`` in a turn is who speaks next. Passages of one turn are in one fold, so that figures for passages
are those of turns that the trees have not seen.
"""

OPENINGS = r"""
{a} said [1]. => a
{a} <told|assured> the <court|council|panel|inquiry|committee> that [1]. => a
“[1],” said {a}. => a
“[1],” {a} said. => a
“[1],” said {a}. “[1],” {he} added. => a a
{a} was <second|tired|late|unhappy>. “[1],” {he} said. => a
<Senator|Councillor|Coach|Captain|Minister|Professor> {a} <opposes|rejects|dislikes> the <plan|bill|idea|deal>. “[1],” {he} said. => a
{a} <lost the vote|closed the shop|sold the farm|left the club|resigned|came home> <on Monday|last week|in May|>. =>
{a} described the <findings|proposal|verdict> <as sobering|as a farce|as a mistake>. =>
A <spokesman|spokesperson> for {x} <declined to comment|did not answer>. =>
{x} <closed|sold|opened> the <plant|mill|mine> in June. =>
“[1],” said <captain|manager|chairman|lawyer> {a}. => a
{A} said [1]. => A
“[1],” said {A}. => A
"""

# The newcomer {b} is who "he" or "she" means, or {a} goes on.
TURNS = r"""
{b} <disagreed|agreed|laughed|shrugged|nodded|differed|objected>. => b
{b} <was delighted|was pleased|was furious|was relieved|was blunt|was calm|was not so sure|was less kind|was of another mind>. => b
{b} <did not think so|saw it differently|had no doubts|begged to differ|had a better day|had other ideas|remembered it otherwise>. => b
{b} <won the race|took the prize|finished first|came in third|set a record>. => b
<Senator|Councillor|Coach|Captain|Minister|Professor> {b} <supports|backs|likes|voted for> <it|the plan|the bill>. => b
<Defence witness|Neighbour|Team mate|Colleague|Witness|Rival> {b} <contradicted|corrected|supported> {him}. => b
<Rovers manager|United striker|Deputy mayor|Fire chief|Party leader> {b} <was beaming|was happy|had no complaints|kept quiet at first>. => b
<Three streets away|Two doors down|Across the river|On the other side of town|Next door>, {b} <is still working|had more luck|keeps a shop|was awake>. => b
For {b}, <the next step is clear|nothing has changed|it was a long day|the choice is easy>. => b
{His} <deputy|successor|brother|lawyer|neighbour|partner>, {b}, <will take over|started on Monday|runs the mill|stayed at home>. => b
<Not so|Enter|Then came> {b}. => b
<In the end|Finally|Today|Now> {b} <took over|came forward|lives there|runs the place>. => b
{b}, {his} <rival|friend|cousin|opponent>, <would have none of it|thought so too|felt the same>. => b
{b}, who <runs the shop|was there|has three children|came later>, <was not impressed|heard it too|felt sorry>. => b
There is also {b}, who <lost a house|plays the organ|owns two boats>. => b
It was {b} who <found the key|called the police|broke the silence>. => b
{B} <agreed|disagreed|nodded|saw it the same way>. => B
{B} <was of the same opinion|had heard it before|did not believe a word>. => B
{He} did not speak. {His} {r} did. => His_r
{He} would not say more. {His} {r} <would|was less shy>. => His_r
A {r} <approached|stopped|greeted|called> {him}. => A_r
A {h} <approached|stopped|greeted|called> {him}. => A_h
The {r} <shook hands with|waved at|looked at> {him}. => The_r
{He} <has run the shop for years|is 62|lives in the valley|will appeal>. => a
{A} <has run the shop for years|knows the valley well|will appeal|kept calm>. => a
{A} <beat|defeated|replaced|succeeded> {b} <in the final|in May|last year>. => a
{A} <thanked|praised|mentioned|blamed> {b}. => a
{A} <spoke after|arrived with|sat beside|was joined by> {b}. => a
{A} is <married to|the brother of|the boss of|a friend of> {b}. => a
{A} had <a letter from|a meeting with|a quarrel with> {b}. => a
The <vote|trial|hearing> of {b} <begins on Tuesday|is over|has been delayed>. => a
{m} <was there too|laughed|wept|did not comment>. => a
{m} <won the second prize|kept the books|was not asked>. => a
{A} asked {b} <about the money|about the fire|for the key|whether it was true|if there was a way out>. => ?b
{A} <questioned|pressed|quizzed|interviewed> {b} <about the money|on the fire|for two hours>. => ?b
{A} asked the {r} for <a loan|a form|a table|the way>. => ?the_r
{A} asked {his} {k} <about the money|for the key|whether it hurt>. => ?his_k
{A} asked {b} to <wait|leave|sit down|come closer>. => a
{A} was asked by {b} <about the money|whether it was true|for the key>. => ?a
{A} <faced questions from|was questioned by|was interviewed by> {b}. => ?a
{A} put <a question|the same question> to {b}. => ?b
"""

REPLIES = r"""
“[1],” {he} said. => 3
{He} said [1]. => 2
“[1],” {he} <says|explained|told reporters|said on Monday|insisted|recalled>. => 2
{He} <insisted|told reporters|explained|recalled> that [1]. => 1
“[1],” said {he}. => 1
"""
ANSWER_REPLIES = r"""
“[?],” {he} <said|replied|answered>. => 3
{He} <replied|answered>: “[?].” => 1
"""
# Quotations without a source, or with one that is no person, that have an introduction of their own.
INTRODUCED = r"""
“[1],” said {A}. And from the {p}: “[2].” => A the_p
“[1],” said {A}. From {b} <only this|there was more>: “[2].” => A b
“[1],” said {A}. {B}'s <answer|reply|reaction|response> was <brief|short|swift>: “[2].” => A B
“[1],” said {A}. {B}'s <one-word|short|only> <answer|reply|comment>: “[2].” => A B
The <answer|reaction|reply|response> of <Minister|Mayor|> {b} was <swift|brief|clear>: “[1].” => b
“[1],” said {a}. Then <it was {B}'s turn|{B} took the floor|{B} stood up>: “[2].” => a B
Then the {r} <took the floor|stood up|had enough|picked up the microphone>: “[1].” => the_r
{b} was <blunt|furious|clear|unmoved>. “[1].” => b
“[1],” said {a}. {b} was <blunt|furious|clear|unmoved>. “[2].” => a b
“[1],” said {a}. {B} <shook his head|rolled her eyes|slammed the door|stood up>. “[2].” => a B
“[1],” said {a}. Above {him} hung a <banner|sign|poster>. “[2].” => a -
“[1],” said {a}. On the <wall|door|fence> <somebody had painted a slogan|was a sign|hung a note>. “[2].” => a -
“[1],” said {a}. The <banner|sign|note> above the <door|gate> <was old|could be read from afar|told another story>. “[2].” => a -
“[1],” said {a}. As the <song|saying|proverb|hymn> goes, “[2]”. => a -
“[1],” said {a}. As the <song|saying|proverb> <has it|goes>: “[2].” => a -
“[1],” said {a}. In the words of {B}: “[2].” => a B
“[1],” said {a}. To <quote|borrow from> {B}: “[2].” => a B
“[1]?” “[?],” said {A}. “[2]?” “[?].” => - A - A
“[1]?” the {r} asked.\n\n“[?],” {b} said.\n\n“[2]?”\n\n“[?].” => the_r b the_r b
“[1]?” {a} asked.\n\n“[?],” {b} said.\n\n“[2]?”\n\n“[?].” => a b a b
“[1],” said {a}.\n\n“[2],” said {b}.\n\n“[3].” => a b a
<Mayor|Minister|Captain> {a}: “[1].”\n\n{x}: “[2].”\n\n<Opposition leader|Fire chief|Bishop> {b}: “[3].” => a x b
<Reactions|What they said|Voices from the town>:\n\n{a}: "[1]."\n\nThe {p}: "[2]."\n\n{y}: "[3]." => a The_p y
{a} <made a promise|had a warning|left a message|had one wish>: “[1].” => a
“[1],” said {a}. {b} <had a warning|had a message|had one question|made a promise>: “[2].” => a b
“[1],” said {a}. {His} {r} <was less polite|had had enough|cut in>: “[2].” => a His_r
“[1],” said {a}, <looking at|pointing at|with a nod to> {b}. “[2].” => a a
“[1],” said {a}. {b} <listened|sat beside {him}|said nothing>. “[2],” {A} <added|went on>. => a a
{a} wrote to {b}: “[1].” => a
{b} <received|got> a letter from {a}: “[1].” => a
<Asked|Questioned> <about the fire|about the money|whether it was true> by {b}, {a} <replied|said>: “[?].” => a
<Asked|Questioned> <about the fire|about the money|whether it was true>, {A} <replied|answered>: “[?].” => A
{a} told {b}: “[1].” => a
{m} introduced {a}. “[1],” {he} said. => a
“[1],” said {A}. They say [2]. => A -
They say [1]. => -
“You and your <sister|friends> should know that [1],” said {A}. They say [2]. => A -
Dr {a} <treated|examined|saw> {b}. “[1],” the doctor said. => a
Professor {a} <taught|met|replaced> {b}. The professor said [1]. => a
Dr {a} <treated|examined> {b}. “[1],” the patient said. => the_patient
<Father|Sister|Bishop|Judge|Captain|Coach> {a} <thanked|visited|met> {b}. “[1],” {he} said. => a
The {r}, a <thin|tall|quiet> {h} called {A}, <waits|nods|smiles>.\n\n“[1],” {he} says. => A
{a} (they/them) <won the race|opened the show>. “[1],” they said. => a
{a} (they/them) sang. The <critics|fans|neighbours> loved it. “[1],” they said. => a
{a}, a <singer|painter|teacher> who uses they/them pronouns, <moved here|won a prize> in May. <Fans|Critics|Friends> <were thrilled|loved it>. “[1],” they said. => a
{a}, who uses they/them pronouns, <met the mayor|won the race>. The <judges|guests> <clapped|cheered>. “[1],” they <said|added>. => a
{a} <won the race|opened the show>. The {p} were angry. “[1],” they said. => The_p
{a} <sang|spoke|left>. {P} <clapped|cheered|wept>. “[1],” they said. => P
{x} bought {y}. {y} <denied any trouble|was pleased|did not object>. “[1],” it said. => y
{x} <sued|beat|left> {y}. The company said [1]. {y} denied it. “[2],” it said. => x y
A {h} <found the ring|saw the car|lost a dog>. “[1],” {he} said. => A_h
The {r} wrote a report. {He} said [1]. The {s} <came back|took the money>. {He} said [2]. => The_r The_s
{a} <has run the mill for years|came home on Friday|wants to stay>.\n\n“[1].”\n\nThe <shop|mill> is <open every day|for sale>. => a
{a} <said|told the council> [1].\n\n“[2].”\n\nThe vote is on Friday. => a a
“[1],” {a} said <as {he} left the hall|on the stairs>.\n\nThen {he} <turned round|stopped|laughed>.\n\n“[2].” => a a
“[1],” said {a}. {He} looked at the <field|sea|floor>. “[2].” => a a
<Guests from both towns|The last visitors> left the <hall|church> <in silence|without a greeting>. “[1].” The <gate|lamp> <fell shut|went out>. => -
A <banner|poster> hung from the <roof|bridge> <when {a} came|as {a} spoke>. “[1].” => -
“[1],” said {a}. “[2],” said {b}. <Nobody moved.|It became quiet.|The lights went out.>\n\n“[3].” => a b -
The <hall|square> <fell silent|roared> <as|when> <Senator|Bishop|Coach|> {a} <came in|took the stage>. “[1].” => a
Here is what {a} <told the crowd|wrote in the guest book>:\n\n“[1].” => a
{a} <shook hands with|sat beside|waved at> {b}. “[1].” => -
{a} and {b} <met in the hall|came late>. “[1].” => -
“[1]?” the {r} asked {b}.\n\n“[?].” => the_r b
“[1]?” {a} asked {b}. “[?].” => a b
{a} was <furious|proud|in tears> when {he} <saw the letter|heard of it>. “[1].” => a
"""
