"""What the migration of article ids computes. Frozen with it: nothing here is called by anything else, or changed.

Articles had ids made of a title or a file's name and six digits, or the id that they had in a file. Now they have 16
digits made of their address, else of table and id, else of text. What was stored under an id, and what was made of it
(ids of quotations, of statements, of speakers of one article), gets the new one; ``former_ids`` leads from the old.
"""

import hashlib
import re
import sqlite3
from pathlib import PurePath
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

MADE_UP = re.compile(r"-[0-9a-f]{6}(?:-2)*$")  # the end of an id that was made, not given
TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|msclkid|yclid|twclid|igshid|mc_[ce]id|_ga|_gl|ocid|cmpid|cmp|ncid|sref|"
    r"smid|smtyp|ito|ref|ref_src|ref_url|referrer|xtor|at_\w+|ns_\w+|__twitter_impression|guccounter|guce_\w+|"
    r"wt\.mc_id|mkt_tok|spm|outputtype",
    re.I,
)
FRONT_PAGE = re.compile(r"/*(?:(?:index|default|home)\.\w{2,5})?", re.I)
IDS_OF_QUOTATIONS = (
    ("spans", "quote"),
    ("mentions", "quote"),
    ("candidates", "quote"),
    ("embeddings", "quote"),
    ("inferred", "quote"),
    ("corrected", "quote"),
    ("decided", "id"),
    ("quotes", "statement"),
    ("statements", "id"),
    ("quotes", "id"),
)
IDS_OF_SPEAKERS = (
    ("quotes", "speaker"),
    ("statements", "speaker"),
    ("inferred", "speaker"),
    ("corrected", "speaker"),
    ("decided", "id"),
    ("speakers", "id"),
)
# articles.source_id: the id that an article has where it was read. text_id: the id that its text alone would give, by
# which a file that was moved is recognised. withdrawn: 1 when its publisher took it back. article_sources: which
# article a file gives, with a hash of all that was read of it. former_ids: ids of articles until now.
# article_versions and former_quotes: earlier texts, and what was said in them only.
TABLES = (
    "alter table articles add column source_id text",
    "alter table articles add column text_id text",
    "alter table articles add column withdrawn integer",
    "create table former_ids (id text primary key, article text not null) without rowid",
    "create table article_sources (path text, article text, sha text not null, primary key (path, article)) "
    "without rowid",
    "create index idx_article_sources_article on article_sources (article)",
    "create table article_versions (article text, number integer, title text, published text, path text, "
    "text text not null, primary key (article, number))",
    "create table former_quotes (id text primary key, content text not null, article text not null references "
    "articles(id), version integer not null, type text not null, speaker text, speaker_name text, source text, "
    "cue text, published text, position integer not null)",
    "create index idx_former_quotes_article on former_quotes (article)",
    "delete from statement_links",
    "delete from settings where key in ('linked', 'indexed')",  # so that everything is linked anew
)


def rename_articles(db: sqlite3.Connection) -> None:
    """Give every article its new id, and what was made of the former one as well."""
    run = db.execute
    for statement in TABLES:
        run(statement)
    run("create temp table renamed (former text primary key, now text not null unique, source_id text)")
    columns = "id, text, publication, url, path"
    for former, text, publication, url, path in run(f"select {columns} from articles order by id").fetchall():
        text_id = _digits("text", (publication or "").strip(), " ".join(text.split()))
        run("update articles set text_id = ? where id = ?", (text_id, former))
        source_id = None if MADE_UP.search(former) else former
        now = _new_id(text_id, url, path or "", source_id)
        if run("select 1 from renamed where now = ?", (now,)).fetchone():  # the same text, or address, again
            now = _digits("former", former)
        run("insert into renamed values (?, ?, ?)", (former, now, source_id))
    run("insert into former_ids select former, now from renamed")
    run("update articles set source_id = (select source_id from renamed where former = articles.id)")
    _rename_quotations(db)
    query = "select quote, article, now, rows from set_aside join renamed on former = article"
    for quote_id, former, now, rows in run(query).fetchall():
        renamed = now + quote_id[len(former) :]
        rows = rows.replace(f'"{quote_id}"', f'"{renamed}"').replace(f'"{former}"', f'"{now}"')
        run(
            "update set_aside set quote = ?, article = ?, rows = ? where quote = ?",
            (renamed, now, rows, quote_id),
        )
    run("update quotes set article = (select now from renamed where former = article)")
    run(
        "update articles set copy_of = (select now from renamed where former = copy_of) where copy_of is not null"
    )
    run("update articles set id = (select now from renamed where former = articles.id)")
    run("create index idx_articles_text_id on articles (text_id)")
    for ident, path, sha in run("select id, path, sha from articles where path is not null").fetchall():
        run(
            "insert or ignore into article_sources values (?, ?, ?)", (re.sub(r":\d+$", "", path), ident, sha)
        )
    run("drop table renamed")


def _rename_quotations(db: sqlite3.Connection) -> None:
    """Ids of quotations begin with the article's; those of statements are a quotation's; "_" joins local speakers'."""
    run = db.execute
    run("create temp table renamed_quotes (former text primary key, now text not null)")
    run(
        "insert into renamed_quotes select quotes.id, renamed.now || substr(quotes.id, length(article) + 1) "
        "from quotes join renamed on renamed.former = quotes.article"
    )
    for table, column in IDS_OF_QUOTATIONS:
        run(
            f"update {table} set {column} = renamed_quotes.now from renamed_quotes "
            f"where renamed_quotes.former = {table}.{column}"
        )
    run("create temp table renamed_speakers (former text primary key, now text not null)")
    run(
        "insert into renamed_speakers select speakers.id, substr(speakers.id, 1, instr(speakers.id, '_')) || now "
        "from speakers join renamed on former = substr(speakers.id, instr(speakers.id, '_') + 1) "
        "where instr(speakers.id, '_')"
    )
    for table, column in IDS_OF_SPEAKERS:
        run(
            f"update {table} set {column} = renamed_speakers.now from renamed_speakers "
            f"where renamed_speakers.former = {table}.{column}"
        )
    run("drop table renamed_quotes")
    run("drop table renamed_speakers")


def _new_id(text_id: str, url: str | None, path: str, source_id: str | None) -> str:
    if address := _address_key(url or ""):
        return _digits("address", address)
    if source_id is not None:
        file = re.sub(r":\d+$", "", path)
        table = "" if file == "-" else PurePath(file).stem
        return _digits("key", table, source_id)
    return text_id


def _address_key(url: str) -> str | None:
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not host or any(char.isspace() for char in parts.netloc):
        return None
    if port is not None and (scheme, port) not in {("http", 80), ("https", 443)}:
        host = f"{host}:{port}"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    pairs = [(name, value) for name, value in pairs if not TRACKING.fullmatch(name)]
    if FRONT_PAGE.fullmatch(parts.path) and not pairs:
        return None
    path = quote(unquote(parts.path), safe="/").rstrip("/")
    query = urlencode(sorted(pairs))
    site = host.removeprefix("www.")
    return f"{site}{path}?{query}" if query else f"{site}{path}"


def _digits(*parts: str) -> str:
    return hashlib.sha1("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
