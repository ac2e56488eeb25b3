"""Names of news agencies, papers and broadcasters: who passes on what others said. Data, and one look-up."""

import re

AGENCIES_AND_BROADCASTERS = frozenset(
    """
    abc|abc news|aap|abc news australia|ap|afp|agence france-presse|al arabiya|al jazeera|ani|ansa|apa|associated
    press|axios|barron's|bbc|bbc news|bild|bloomberg|bloomberg news|breitbart|breitbart news|business
    insider|buzzfeed|buzzfeed news|c-span|caixin|cbc|cbs|cbs news|channel 4|channel news asia|cnbc|cnn|cnn
    international|ctv|daily beast|daily mail|der spiegel|deutsche welle|dpa|dw|efe|el pais|el país|euronews|face the
    nation|financial times|focus|forbes|fortune|fox|fox business|fox news|france 24|ft|global news|good morning
    america|guardian|haaretz|handelsblatt|huffington post|huffpost|interfax|itv|itv news|kyodo|kyodo news|la
    repubblica|le figaro|le monde|marketwatch|meet the press|mirror|msnbc|mother jones|national review|nbc|nbc
    news|new york times|new yorker|newsmax|newsweek|nhk|nikkei|npr|pa|pbs|politico|press association|press trust of
    india|pti|quartz|reuters|ria novosti|rt|scmp|semafor|sky news|slate|south china morning post|spiegel|state
    media|sun|tass|telegraph|the atlantic|the athletic|the economist|the hill|the independent|the information|the
    intercept|the nation|time|times|times of india|tmz|today|toronto star|ukrinform|united press
    international|univision|upi|usa today|vice|vice news|voice of america|vox|wall street journal|washington
    examiner|washington post|washington times|wired|wsj|xinhua|xinhua news agency|yahoo|yahoo
    news|yonhap|zdf
    """.replace("\n", " ").split("|")
)
OUTLETS = frozenset(re.sub(r"\s+", " ", name).strip() for name in AGENCIES_AND_BROADCASTERS)
LAST_WORDS = frozenset(
    """
    bugle chronicle citizen courant courier daily dispatch examiner gazette globe herald inquirer journal ledger
    magazine mercury news newspaper observer post press radio record register reporter review sentinel standard star
    telegraph times today tribune tv weekly
    """.split()
)

KIND = re.compile(r"\s+(?:(?:news\s+)?agency|newspaper|magazine|website|channel|network)$")


def is_outlet(name: str) -> bool:
    """Whether a name is a news outlet's, known or by its last word ("the Port Ellery Courier")."""
    plain = re.sub(r"(?:’s|'s)$", "", name.strip())
    lower = KIND.sub("", re.sub(r"^the\s+", "", plain.lower()))
    if lower in OUTLETS or plain.lower() in OUTLETS:
        return True
    words = lower.split()
    return len(words) > 1 and plain[:1].isupper() and words[-1] in LAST_WORDS
