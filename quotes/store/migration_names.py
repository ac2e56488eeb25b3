"""The names of all migrations: what an up-to-date database has. Apart from them, for opening one needs no more."""

# those of first_migrations.py, then of schema.py, in their order
MIGRATIONS = (
    "m001_tables",
    "m002_search",
    "m003_linking",
    "m004_copies",
    "m005_marks",
    "m006_descriptions",
    "m007_pages",
    "m008_unknown_publications",
    "m009_facets",
    "m010_inferred_speakers",
    "m011_indexes_of_linking",
    "m012_order_of_corrections",
    "m013_speaker_confidence",
    "m014_occasions",
    "m015_corrected_quotations",
    "m016_embeddings",
    "m017_article_ids",
    "m018_acts",
    "m019_lists",
    "m020_withdrawn",
    "m021_cast",
    "m022_topics",
    "m023_pages_of_topics",
    "m024_named_first",
)
