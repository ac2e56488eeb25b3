"""Pairs of contents that are nearly one claim and are not, and some that are, to train the decision on pairs with.

Written for this: corpora have few of them, and a model without them takes one word that turns a claim round for a small
difference. A frame has a gap; each set of words makes two claims of it that exclude each other. Beside them stand
rewordings, so that not every small difference is a near miss.
"""

from collections.abc import Iterator
from itertools import combinations

FRAMES = (
    ("the {} entrance of the old station would be closed for repairs", ("northern", "southern", "eastern")),
    ("We sold the {} half of the forest to the neighbours.", ("upper", "lower")),
    ("the {} grant for the theatre had not arrived", ("first", "second", "third")),
    ("the {} of the drowned boy had asked for an inquest", ("mother", "father", "aunt")),
    ("Every {} in the valley should be vaccinated before the fair.", ("child", "adult", "woman")),
    ("the crash happened in the {} on the road to the quarry", ("morning", "evening", "afternoon")),
    ("wolves were seen near the farm in {}", ("March", "April", "October")),
    ("{} had signed the lease for the pavilion", ("Ilse Marr", "Tomas Quill", "the council")),
    ("the ministry would pay for {} of the flood damage", ("half", "a third", "all")),
    ("The festival lost {} euros last summer.", ("40,000", "90,000", "three million")),
    ("the orchestra would move to {} next year", ("Lisbon", "Ghent", "Oslo")),
    ("I was told that the tunnel is {} for cyclists.", ("safe", "closed", "too narrow")),
    ("the bakery {} the harbour warehouse", ("bought", "sold", "rented out")),
    ("the judge had {} the appeal of the dockers", ("accepted", "rejected")),
    ("rents in the old town {} last winter", ("rose", "fell", "stayed the same")),
    ("the trams would {} be free for pupils", ("soon", "never", "no longer")),
    ("The lake is {} enough to swim in.", ("clean", "not clean", "warm")),
    ("the choir should {} its oldest members", ("keep", "dismiss", "honour")),
    ("{} of the paintings had been forged", ("Two", "Seven", "None")),
    ("the dam needs {} before the snow melts", ("a new gate", "a second engineer", "more concrete")),
    ("the school would hire a {} teacher", ("music", "chemistry", "Spanish")),
    ("The union wants {} for the night shift.", ("better lamps", "shorter hours", "a pay rise")),
    ("the mayor blamed the {} for the blackout", ("storm", "power company", "previous council")),
    ("the pilot had been {} when the engine stopped", ("asleep", "at the controls", "on the radio")),
    ("the reform would {} small breweries", ("help", "ruin", "tax")),
    ("The museum {} the bronze horse from Corinth.", ("returned", "bought", "cleaned")),
    ("the ban on {} would be lifted in the spring", ("fishing", "open fires", "night flights")),
    ("the pension of a {} should be paid by the state", ("nurse", "soldier", "miner")),
    ("a bridge to the island would cost {} as a ferry", ("twice as much", "as much", "half as much")),
    ("we expect the {} on Thursday", ("verdict", "delegation", "results")),
)
REWORDINGS = (
    ("the ferry to Marn would not sail on Sunday", "there will be no ferry to Marn on Sunday"),
    ("We will not pay a cent for that tower.", "he was not going to pay a cent for the tower"),
    ("the clinic had to shut its children's ward", "that the children’s ward of the clinic must close"),
    ("I never met the contractor.", "he had never met the contractor"),
    ("the firm intends to cut 200 jobs in Tervo", "200 jobs will go in Tervo"),
    ("the river had burst its banks in the night", "that the river overflowed during the night"),
    ("You can’t heat a school with promises.", "that a school cannot be heated with “promises”"),
    ("the governor backs Lina Orre for the senate", "he was supporting Lina Orre’s bid for the senate"),
    ("the port workers will strike from Monday", "that dockers would walk out on Monday"),
    ("the team was robbed by the referee", "the referee had robbed the team"),
    ("the new law is unconstitutional", "that the law violated the constitution"),
    ("We are proud of what these nurses did.", "he was proud of the nurses"),
    ("the bank would not lower its rates this year", "that rates will not be cut by the bank this year"),
    ("the mine poisoned our wells", "that the mine had contaminated the wells"),
    ("tickets would become cheaper for students", "that students will pay less for tickets"),
    ("It was the worst night of my life.", "that it had been “the worst night” of her life"),
    ("the United States should leave the treaty", "that the U.S. ought to withdraw from the treaty"),
    ("a wall along the river must be built", "to build a wall along the river"),
    ("the candidate was unfit for office", "that the candidate is not fit for office"),
    ("the company denied that it had known of the leak", "that the firm did not know about the leak"),
    ("the council would consider a second runway", "that a second runway was under consideration"),
    ("the trial will begin in the autumn", "that the trial would start this autumn"),
)
SAME_TOPIC = (  # the same things, and another claim about them
    (
        "the ferry company should lower its fares before the summer",
        "that the fares of the ferry company are the highest",
    ),
    ("that the zoo had sold two bears to a circus", "the circus must return the bears before the zoo opens"),
    ("the orchard needs rain before the harvest", "that thieves had come to the orchard in the rain"),
    (
        "He would repair the clock of the town hall himself.",
        "that the clock on the town hall struck him as ugly",
    ),
    ("that miners should be paid for the way to the pit", "three miners died on the way to the pit"),
    (
        "the bank will open a branch in the harbour district",
        "that robbers fled from the bank into the harbour district",
    ),
    ("the library had lent the atlas to a school", "that schools ought to have a library and an atlas"),
    (
        "I taught chemistry at that school for ten years.",
        "the school should hire somebody who can teach chemistry",
    ),
    ("that the river rises every spring", "children must not swim in the river in spring"),
    (
        "the hospital plans to buy a second scanner",
        "that the scanner of the hospital broke down for a second time",
    ),
    ("that voters in the valley want a referendum", "the referendum in the valley was rigged"),
    ("We should plant oaks along the avenue.", "We should ban lorries from the avenue."),
    (
        "the factory would make batteries for buses",
        "that batteries from the factory had caught fire in buses",
    ),
    ("that the minister owns a flat in the tower", "the minister had promised to tear down the tower"),
    (
        "the choir will sing in the cathedral on Sunday",
        "that the cathedral should be closed to visitors on Sundays",
    ),
    (
        "that nurses leave because of the night shifts",
        "night shifts of nurses should be no longer than eight hours",
    ),
    ("to build a stadium next to the airport", "to move the market away from the airport"),
    ("to move the embassy to the capital by next year", "to close the barracks in the capital by next year"),
    (
        "that the museum is so full that pictures hang in the stairs",
        "a visitor fell down the stairs of the museum",
    ),
    ("the firm lent its vans to refugees", "that the firm had lent its vans to the party of the mayor"),
    ("pupils should learn how to repair a bicycle", "pupils should learn how to write a letter"),
    ("They want to turn the mill into flats.", "They want to turn the mill into a prison."),
    (
        "that a dog had bitten the postman near the chapel",
        "postmen near the chapel should carry a spray against dogs",
    ),
    ("the treaty protects whales in the bay", "that whales in the bay were dying of hunger"),
)
REWORDED = (  # one claim in other words
    (
        "that the dockers had turned down the offer of the port",
        "the port’s offer was rejected by the dockers",
    ),
    ("the county would outlaw fireworks in the hills", "that fireworks would not be permitted in the hills"),
    (
        "the guards overlooked three alarms before the fire spread",
        "that the fire spread after guards had ignored three alarms",
    ),
    (
        "the state would give young farmers land for nothing",
        "that young farmers could have free land from the state",
    ),
    ("She knew of the debts and she told nobody.", "that she had been aware of the debts but kept silent"),
    (
        "the vintage was the poorest in thirty years because of hail",
        "that hail had led to the worst vintage in three decades",
    ),
    ("that people queue for half a day to see a dentist", "patients wait twelve hours for a dentist"),
    (
        "the owner of the mine had lied about the gas",
        "that the mine’s owner did not tell the truth about the gas",
    ),
    (
        "the heating must be switched off at night to save money",
        "that turning off the heating at night would cut costs",
    ),
    ("Our town has too few kindergartens.", "that there were not enough kindergartens in the town"),
    ("that the driver was to blame for the crash", "the crash was the driver’s fault"),
    ("the mayor should step down at once", "that the mayor ought to resign immediately"),
    (
        "the school would get a new roof before winter",
        "that before the winter the school’s roof would be replaced",
    ),
    ("we have doubled the number of trams since 2019", "that there were twice as many trams as in 2019"),
    ("the company had bribed two inspectors", "that two inspectors took bribes from the company"),
    ("the law makes it harder to evict tenants", "that under the law tenants cannot be evicted so easily"),
    ("I shall not stand for election again.", "that she would not seek another term"),
    (
        "the strait is too shallow for tankers",
        "that tankers could not pass the strait because it was not deep enough",
    ),
)


def near_misses() -> Iterator[tuple[str, str, bool]]:
    """Two contents, and whether they are one claim."""
    for frame, words in FRAMES:
        for one, other in combinations(words, 2):
            yield frame.format(one), frame.format(other), False
    for one, other in SAME_TOPIC:
        yield one, other, False
    for one, other in (*REWORDINGS, *REWORDED):
        yield one, other, True
