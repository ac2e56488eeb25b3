-- A database as the version before mentions.attribution and the table inferred wrote it: three articles, one a copy,
-- a speaker inferred from the same words (a2-031971), two quotations assigned, a speaker renamed, a merge undone.
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE TABLE "articles" (
   "id" TEXT PRIMARY KEY,
   "title" TEXT NOT NULL,
   "publication" TEXT,
   "author" TEXT,
   "published" TEXT,
   "url" TEXT,
   "text" TEXT NOT NULL,
   "path" TEXT,
   "words" INTEGER NOT NULL,
   "sha" TEXT NOT NULL,
   "version" TEXT NOT NULL
, copy_of text references articles(id));
CREATE TABLE "speakers" (
   "id" TEXT PRIMARY KEY,
   "name" TEXT NOT NULL,
   "type" TEXT NOT NULL,
   "description" TEXT,
   "aliases" TEXT,
   "pronouns" TEXT,
   "quotes" INTEGER,
   "articles" INTEGER
);
CREATE TABLE "statements" (
   "id" TEXT PRIMARY KEY,
   "speaker" TEXT REFERENCES "speakers"("id"),
   "text" TEXT NOT NULL,
   "variants" INTEGER,
   "articles" INTEGER,
   "first_published" TEXT,
   "last_published" TEXT
, publications integer, wordings integer);
CREATE TABLE "quotes" (
   "id" TEXT PRIMARY KEY,
   "content" TEXT NOT NULL,
   "speaker" TEXT REFERENCES "speakers"("id"),
   "type" TEXT NOT NULL,
   "published" TEXT,
   "article" TEXT NOT NULL REFERENCES "articles"("id"),
   "source" TEXT,
   "cue" TEXT,
   "via" TEXT,
   "statement" TEXT REFERENCES "statements"("id"),
   "attribution" TEXT NOT NULL,
   "confidence" REAL,
   "thought" INTEGER,
   "position" INTEGER NOT NULL
, publication text);
CREATE TABLE "spans" (
   "quote" TEXT REFERENCES "quotes"("id"),
   "role" TEXT,
   "start" INTEGER,
   "end" INTEGER NOT NULL,
   PRIMARY KEY ("quote", "role", "start")
);
CREATE TABLE "mentions" (
   "quote" TEXT PRIMARY KEY REFERENCES "quotes"("id"),
   "name" TEXT NOT NULL,
   "type" TEXT NOT NULL,
   "description" TEXT,
   "aliases" TEXT,
   "pronouns" TEXT
, bundle integer, unit integer);
CREATE TABLE "embeddings" (
   "quote" TEXT PRIMARY KEY REFERENCES "quotes"("id"),
   "vector" BLOB NOT NULL
);
CREATE TABLE "settings" (
   "key" TEXT PRIMARY KEY,
   "value" TEXT
);
CREATE VIRTUAL TABLE "articles_fts" USING FTS5 (
    "title", "text",
    tokenize='porter unicode61',
    content="articles"
);
CREATE VIRTUAL TABLE "quotes_fts" USING FTS5 (
    "content",
    tokenize='porter unicode61',
    content="quotes"
);
CREATE VIRTUAL TABLE "speakers_fts" USING FTS5 (
    "name", "description", "aliases",
    tokenize='porter unicode61',
    content="speakers"
);
CREATE VIRTUAL TABLE "statements_fts" USING FTS5 (
    "text",
    tokenize='porter unicode61',
    content="statements"
);
CREATE TABLE bundles (id integer primary key, data text not null, articles integer not null, changed integer not null);
CREATE TABLE bundle_keys (key integer, bundle integer, primary key (key, bundle)) without rowid;
CREATE TABLE units (bundle integer, unit integer, speaker text not null, local integer not null, look integer not null, primary key (bundle, unit)) without rowid;
CREATE TABLE changed (kind text, id text, primary key (kind, id)) without rowid;
CREATE TABLE corrected (quote text primary key, speaker text, correction text not null);
CREATE TABLE "corrections" (
   "id" TEXT PRIMARY KEY,
   "at" TEXT NOT NULL,
   "by" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "summary" TEXT,
   "state" TEXT,
   "undone_at" TEXT,
   "undone_by" TEXT,
   "data" TEXT NOT NULL
);
CREATE TABLE sketches (key integer, article text, primary key (key, article)) without rowid;
CREATE TABLE marks (mark integer, quote text, primary key (mark, quote)) without rowid;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX "idx_articles_publication"
    ON "articles" ("publication");
CREATE INDEX "idx_articles_published"
    ON "articles" ("published");
CREATE INDEX "idx_quotes_article"
    ON "quotes" ("article");
CREATE INDEX "idx_quotes_statement"
    ON "quotes" ("statement");
CREATE INDEX "idx_quotes_published"
    ON "quotes" ("published");
CREATE INDEX "idx_quotes_via"
    ON "quotes" ("via");
CREATE INDEX "idx_speakers_type"
    ON "speakers" ("type");
CREATE INDEX "idx_speakers_quotes"
    ON "speakers" ("quotes");
CREATE INDEX "idx_statements_speaker"
    ON "statements" ("speaker");
CREATE INDEX "idx_statements_variants"
    ON "statements" ("variants");
CREATE INDEX "idx_statements_last_published"
    ON "statements" ("last_published");
CREATE INDEX idx_bundles_changed on bundles (id) where changed;
CREATE INDEX idx_units_speaker on units (speaker);
CREATE INDEX idx_mentions_bundle on mentions (bundle, unit);
CREATE INDEX idx_quotes_speaker on quotes (speaker, article);
CREATE INDEX idx_articles_copy_of on articles (copy_of);
CREATE INDEX idx_sketches_article on sketches (article);
CREATE INDEX idx_quotes_publication on quotes (publication, published, speaker, type, via);
CREATE INDEX idx_statements_wordings on statements (publications desc, articles desc, id) where wordings > 1;
CREATE INDEX idx_quotes_type on quotes (type, speaker, attribution);
CREATE INDEX idx_quotes_attribution on quotes (attribution, type, speaker);
CREATE VIEW descriptions as select quotes.speaker, mentions.description, quotes.article, quotes.published, count(*) as quotes from mentions join quotes on quotes.id = mentions.quote where mentions.description is not null and quotes.speaker is not null group by quotes.speaker, mentions.description, quotes.article;
CREATE TRIGGER "articles_ai" AFTER INSERT ON "articles" BEGIN
  INSERT INTO "articles_fts" (rowid, "title", "text") VALUES (new.rowid, new."title", new."text");
END;
CREATE TRIGGER "articles_ad" AFTER DELETE ON "articles" BEGIN
  INSERT INTO "articles_fts" ("articles_fts", rowid, "title", "text") VALUES('delete', old.rowid, old."title", old."text");
END;
CREATE TRIGGER "quotes_ai" AFTER INSERT ON "quotes" BEGIN
  INSERT INTO "quotes_fts" (rowid, "content") VALUES (new.rowid, new."content");
END;
CREATE TRIGGER "quotes_ad" AFTER DELETE ON "quotes" BEGIN
  INSERT INTO "quotes_fts" ("quotes_fts", rowid, "content") VALUES('delete', old.rowid, old."content");
END;
CREATE TRIGGER "speakers_ai" AFTER INSERT ON "speakers" BEGIN
  INSERT INTO "speakers_fts" (rowid, "name", "description", "aliases") VALUES (new.rowid, new."name", new."description", new."aliases");
END;
CREATE TRIGGER "speakers_ad" AFTER DELETE ON "speakers" BEGIN
  INSERT INTO "speakers_fts" ("speakers_fts", rowid, "name", "description", "aliases") VALUES('delete', old.rowid, old."name", old."description", old."aliases");
END;
CREATE TRIGGER "statements_ai" AFTER INSERT ON "statements" BEGIN
  INSERT INTO "statements_fts" (rowid, "text") VALUES (new.rowid, new."text");
END;
CREATE TRIGGER "statements_ad" AFTER DELETE ON "statements" BEGIN
  INSERT INTO "statements_fts" ("statements_fts", rowid, "text") VALUES('delete', old.rowid, old."text");
END;
CREATE TRIGGER "articles_au" AFTER UPDATE OF title, text ON "articles" BEGIN
  INSERT INTO "articles_fts" ("articles_fts", rowid, "title", "text") VALUES('delete', old.rowid, old."title", old."text");
  INSERT INTO "articles_fts" (rowid, "title", "text") VALUES (new.rowid, new."title", new."text");
END;
CREATE TRIGGER "quotes_au" AFTER UPDATE OF content ON "quotes" BEGIN
  INSERT INTO "quotes_fts" ("quotes_fts", rowid, "content") VALUES('delete', old.rowid, old."content");
  INSERT INTO "quotes_fts" (rowid, "content") VALUES (new.rowid, new."content");
END;
CREATE TRIGGER "speakers_au" AFTER UPDATE OF name, description, aliases ON "speakers" BEGIN
  INSERT INTO "speakers_fts" ("speakers_fts", rowid, "name", "description", "aliases") VALUES('delete', old.rowid, old."name", old."description", old."aliases");
  INSERT INTO "speakers_fts" (rowid, "name", "description", "aliases") VALUES (new.rowid, new."name", new."description", new."aliases");
END;
CREATE TRIGGER "statements_au" AFTER UPDATE OF text ON "statements" BEGIN
  INSERT INTO "statements_fts" ("statements_fts", rowid, "text") VALUES('delete', old.rowid, old."text");
  INSERT INTO "statements_fts" (rowid, "text") VALUES (new.rowid, new."text");
END;
insert into "_sqlite_migrations" values (1, 'quotes', 'm001_tables', '2026-11-28 03:35:59.273209+00:00');
insert into "_sqlite_migrations" values (2, 'quotes', 'm002_search', '2026-11-28 03:35:59.280760+00:00');
insert into "_sqlite_migrations" values (3, 'quotes', 'm003_linking', '2026-11-28 03:35:59.282128+00:00');
insert into "_sqlite_migrations" values (4, 'quotes', 'm004_copies', '2026-11-28 03:35:59.282844+00:00');
insert into "_sqlite_migrations" values (5, 'quotes', 'm005_marks', '2026-11-28 03:35:59.282996+00:00');
insert into "_sqlite_migrations" values (6, 'quotes', 'm006_descriptions', '2026-11-28 03:35:59.283119+00:00');
insert into "_sqlite_migrations" values (7, 'quotes', 'm007_pages', '2026-11-28 03:35:59.283795+00:00');
insert into "_sqlite_migrations" values (8, 'quotes', 'm008_unknown_publications', '2026-11-28 03:35:59.287960+00:00');
insert into "_sqlite_migrations" values (9, 'quotes', 'm009_facets', '2026-11-28 03:35:59.288157+00:00');
insert into "articles" values ('a1', 'Bridge to open in May', 'Port Courier', 'N. Lee', '2025-06-10', 'https://example.org/a1', 'Bridge to open in May

“We have waited long enough and will not wait another year for this bridge,” Mayor Ann Okoro said.
She said the ferry would stop.
The drivers'' union called the plan “a farce”.
', 'a1.txt', 37, 'bb1f0f96dddfb18435ab6c8dbbfb82539095724c', 'former', NULL);
insert into "articles" values ('a2', 'Bridge: what people say', 'Island Times', NULL, '2025-06-11', NULL, 'Bridge: what people say

“We have waited long enough and will not wait another year for this bridge,” it was heard.
Tom Lind said that nobody had asked the islands.
Thomas Lind said the harbour was safe.
An official declined to name a date.
', 'a2.txt', 44, '7eaab1acf055d3d78609fa1ad9f17aa1db2ad9d2', 'former', NULL);
insert into "articles" values ('a3', 'Bridge to open in spring', 'Fjord News', NULL, '2025-06-12', NULL, 'Bridge to open in spring

“We have waited long enough and will not wait another year for this bridge,” Mayor Ann Okoro said.
She said the ferry would stop.
The drivers'' union called the plan “a farce”.
', 'a3.txt', 37, '20654d6d78b9a4bdf8f2d284d87984c1b0680239', 'former', 'a1');
insert into "speakers" values ('ann-okoro', 'Ann B. Okoro', 'person', 'Mayor', '["Ann Okoro", "Okoro"]', 'she', 3, 3);
insert into "speakers" values ('thomas-lind', 'Thomas Lind', 'person', NULL, '["Tom Lind"]', NULL, 3, 2);
insert into "speakers" values ('drivers-union_a1', 'The drivers'' union', 'organisation', NULL, '[]', NULL, 1, 1);
insert into "statements" values ('a1-031971', 'ann-okoro', 'We have waited long enough and will not wait another year for this bridge,', 2, 2, '2025-06-10', '2025-06-12', 2, 1);
insert into "statements" values ('a1-83fcb6', 'thomas-lind', 'the ferry would stop', 1, 1, '2025-06-10', '2025-06-10', 1, 1);
insert into "statements" values ('a1-f251a8', 'drivers-union_a1', 'the plan “a farce”', 1, 1, '2025-06-10', '2025-06-10', 1, 1);
insert into "statements" values ('a2-6ab9f9', NULL, 'to name a date', 1, 1, '2025-06-11', '2025-06-11', 1, 1);
insert into "statements" values ('a2-aa5712', 'thomas-lind', 'the harbour was safe', 1, 1, '2025-06-11', '2025-06-11', 1, 1);
insert into "statements" values ('a2-e55ef8', 'thomas-lind', 'nobody had asked the islands', 1, 1, '2025-06-11', '2025-06-11', 1, 1);
insert into "quotes" values ('a1-031971', 'We have waited long enough and will not wait another year for this bridge,', 'ann-okoro', 'direct', '2025-06-10', 'a1', 'Mayor Ann Okoro', 'said', NULL, 'a1-031971', 'name', 0.9, 0, 23, 'Port Courier');
insert into "quotes" values ('a1-83fcb6', 'the ferry would stop', 'thomas-lind', 'indirect', '2025-06-10', 'a1', 'She', 'said', NULL, 'a1-83fcb6', 'coreference', 0.4, 0, 131, 'Port Courier');
insert into "quotes" values ('a1-f251a8', 'the plan “a farce”', 'drivers-union_a1', 'mixed', '2025-06-10', 'a1', 'The drivers'' union', 'called', NULL, 'a1-f251a8', 'name', 0.9, 0, 179, 'Port Courier');
insert into "quotes" values ('a2-031971', 'We have waited long enough and will not wait another year for this bridge,', 'ann-okoro', 'direct', '2025-06-11', 'a2', NULL, NULL, NULL, 'a1-031971', 'statement', 0.9, 0, 25, 'Island Times');
insert into "quotes" values ('a2-e55ef8', 'nobody had asked the islands', 'thomas-lind', 'indirect', '2025-06-11', 'a2', 'Tom Lind', 'said', NULL, 'a2-e55ef8', 'name', 0.9, 0, 135, 'Island Times');
insert into "quotes" values ('a2-aa5712', 'the harbour was safe', 'thomas-lind', 'indirect', '2025-06-11', 'a2', 'Thomas Lind', 'said', NULL, 'a2-aa5712', 'name', 0.9, 0, 182, 'Island Times');
insert into "quotes" values ('a2-6ab9f9', 'to name a date', NULL, 'indirect', '2025-06-11', 'a2', 'An official', 'declined', NULL, 'a2-6ab9f9', 'name', 0.9, 0, 225, 'Island Times');
insert into "quotes" values ('a3-031971', 'We have waited long enough and will not wait another year for this bridge,', 'ann-okoro', 'direct', '2025-06-12', 'a3', 'Mayor Ann Okoro', 'said', NULL, 'a1-031971', 'name', 0.9, 0, 26, 'Fjord News');
insert into "spans" values ('a1-031971', 'content', 23, 99);
insert into "spans" values ('a1-031971', 'source', 100, 115);
insert into "spans" values ('a1-031971', 'cue', 116, 120);
insert into "spans" values ('a1-83fcb6', 'content', 131, 151);
insert into "spans" values ('a1-83fcb6', 'source', 122, 125);
insert into "spans" values ('a1-83fcb6', 'cue', 126, 130);
insert into "spans" values ('a1-f251a8', 'content', 179, 197);
insert into "spans" values ('a1-f251a8', 'source', 153, 171);
insert into "spans" values ('a1-f251a8', 'cue', 172, 178);
insert into "spans" values ('a2-031971', 'content', 25, 101);
insert into "spans" values ('a2-e55ef8', 'content', 135, 163);
insert into "spans" values ('a2-e55ef8', 'source', 116, 124);
insert into "spans" values ('a2-e55ef8', 'cue', 125, 129);
insert into "spans" values ('a2-aa5712', 'content', 182, 202);
insert into "spans" values ('a2-aa5712', 'source', 165, 176);
insert into "spans" values ('a2-aa5712', 'cue', 177, 181);
insert into "spans" values ('a2-6ab9f9', 'content', 225, 239);
insert into "spans" values ('a2-6ab9f9', 'source', 204, 215);
insert into "spans" values ('a2-6ab9f9', 'cue', 216, 224);
insert into "spans" values ('a3-031971', 'content', 26, 102);
insert into "spans" values ('a3-031971', 'source', 103, 118);
insert into "spans" values ('a3-031971', 'cue', 119, 123);
insert into "mentions" values ('a1-031971', 'Ann Okoro', 'person', 'Mayor', '["Okoro"]', 'she', 4632124246661279201, 0);
insert into "mentions" values ('a1-83fcb6', 'Ann Okoro', 'person', 'Mayor', '["Okoro"]', 'she', 4632124246661279201, 0);
insert into "mentions" values ('a1-f251a8', 'The drivers'' union', 'organisation', NULL, '[]', NULL, 8068516285139393753, 0);
insert into "mentions" values ('a2-e55ef8', 'Tom Lind', 'person', NULL, '[]', NULL, 6618988033638379630, 1);
insert into "mentions" values ('a2-aa5712', 'Thomas Lind', 'person', NULL, '[]', NULL, 6618988033638379630, 0);
insert into "mentions" values ('a2-6ab9f9', 'An official', 'unnamed', NULL, '[]', NULL, 1476317320251579551, 0);
insert into "mentions" values ('a3-031971', 'Ann Okoro', 'person', 'Mayor', '["Okoro"]', 'she', 4632124246661279201, 0);
insert into "settings" values ('bundles', '0.1.0 b5206b6eb135');
insert into "settings" values ('linked', '0.1.0 b5206b6eb135');
insert into "bundles" values (1476317320251579551, '[[[["An official","unnamed",null,[],null]]],[]]', 1, 0);
insert into "bundles" values (4632124246661279201, '[[[["Ann Okoro","person","Mayor",["Okoro"],"she"]]],["name ann-okoro","part ann okoro  mayor","surname okoro"]]', 2, 0);
insert into "bundles" values (6618988033638379630, '[[[["Thomas Lind","person",null,[],null]],[["Tom Lind","person",null,[],null]]],["name thomas-lind","name tom-lind","surname lind"]]', 1, 0);
insert into "bundles" values (8068516285139393753, '[[[["The drivers'' union","organisation",null,[],null]]],["name drivers-union","organisation drivers union"]]', 1, 0);
insert into "bundle_keys" values (519456421379223106, 8068516285139393753);
insert into "bundle_keys" values (1615916456353605482, 8068516285139393753);
insert into "bundle_keys" values (2349291105553098235, 4632124246661279201);
insert into "bundle_keys" values (2372386372617053602, 6618988033638379630);
insert into "bundle_keys" values (2895469340258844006, 4632124246661279201);
insert into "bundle_keys" values (3911820659912209104, 4632124246661279201);
insert into "bundle_keys" values (5480267353982973424, 6618988033638379630);
insert into "bundle_keys" values (6511515635580145125, 6618988033638379630);
insert into "units" values (1476317320251579551, 0, 'official', 1, 3398003432189842451);
insert into "units" values (4632124246661279201, 0, 'ann-okoro', 0, 0);
insert into "units" values (6618988033638379630, 0, 'thomas-lind', 0, 0);
insert into "units" values (6618988033638379630, 1, 'thomas-lind', 0, 0);
insert into "units" values (8068516285139393753, 0, 'drivers-union', 1, 3563473887226799621);
insert into "corrected" values ('a2-6ab9f9', NULL, '1321817d');
insert into "corrected" values ('a1-83fcb6', 'thomas-lind', '238106d5');
insert into "corrections" values ('238106d5', '2025-07-01T00:00:00.000000Z', 'ann', 'assign', '“the ferry would stop” is by Thomas Lind (thomas-lind)', 'applied', NULL, NULL, '{"speakers": [{"id": "thomas-lind", "name": "Thomas Lind", "type": "person", "quotes": [{"quote": "a2-aa5712", "article": "a2", "start": 182, "end": 202, "text": "the harbour was safe"}, {"quote": "a2-e55ef8", "article": "a2", "start": 135, "end": 163, "text": "nobody had asked the islands"}]}], "quotes": [{"quote": "a1-83fcb6", "article": "a1", "start": 131, "end": 151, "text": "the ferry would stop"}]}');
insert into "corrections" values ('1321817d', '2025-07-02T00:00:00.000000Z', 'ben', 'assign', '“to name a date” is by nobody known', 'applied', NULL, NULL, '{"quotes": [{"quote": "a2-6ab9f9", "article": "a2", "start": 225, "end": 239, "text": "to name a date"}]}');
insert into "corrections" values ('bda99a98', '2025-07-03T00:00:00.000000Z', 'ann', 'rename', 'Ann Okoro (ann-okoro) is called Ann B. Okoro', 'applied', NULL, NULL, '{"speakers": [{"id": "ann-okoro", "name": "Ann Okoro", "type": "person", "quotes": [{"quote": "a1-031971", "article": "a1", "start": 23, "end": 99, "text": "We have waited long enough and will not wait another year for this bridge,"}, {"quote": "a2-031971", "article": "a2", "start": 25, "end": 101, "text": "We have waited long enough and will not wait another year for this bridge,"}, {"quote": "a3-031971", "article": "a3", "start": 26, "end": 102, "text": "We have waited long enough and will not wait another year for this bridge,"}]}], "name": "Ann B. Okoro"}');
insert into "corrections" values ('b2edc821', '2025-07-04T00:00:00.000000Z', 'ann', 'merge', 'The drivers'' union (drivers-union_a1) and Thomas Lind (thomas-lind) are one speaker', 'undone', '2025-07-05T00:00:00.000000Z', 'ben', '{"speakers": [{"id": "thomas-lind", "name": "Thomas Lind", "type": "person", "quotes": [{"quote": "a1-83fcb6", "article": "a1", "start": 131, "end": 151, "text": "the ferry would stop"}, {"quote": "a2-aa5712", "article": "a2", "start": 182, "end": 202, "text": "the harbour was safe"}, {"quote": "a2-e55ef8", "article": "a2", "start": 135, "end": 163, "text": "nobody had asked the islands"}]}, {"id": "drivers-union_a1", "name": "The drivers'' union", "type": "organisation", "quotes": [{"quote": "a1-f251a8", "article": "a1", "start": 179, "end": 197, "text": "the plan “a farce”"}]}]}');
insert into "sketches" values (482715419620845141, 'a1');
insert into "sketches" values (529918232144710752, 'a1');
insert into "sketches" values (593951855100300041, 'a1');
insert into "sketches" values (810701339000735120, 'a1');
insert into "sketches" values (925277525344519956, 'a1');
insert into "sketches" values (1194669897739871395, 'a1');
insert into "sketches" values (1372225405350729429, 'a1');
insert into "sketches" values (1463401046097190648, 'a1');
insert into "sketches" values (170760362405928973, 'a2');
insert into "sketches" values (361098697906631340, 'a2');
insert into "sketches" values (481951057411769641, 'a2');
insert into "sketches" values (779552376708655983, 'a2');
insert into "sketches" values (786508807932070841, 'a2');
insert into "sketches" values (832000123357301191, 'a2');
insert into "sketches" values (1131555179448598296, 'a2');
insert into "sketches" values (1194669897739871395, 'a2');
insert into "sketches" values (482715419620845141, 'a3');
insert into "sketches" values (529918232144710752, 'a3');
insert into "sketches" values (593951855100300041, 'a3');
insert into "sketches" values (925277525344519956, 'a3');
insert into "sketches" values (1194669897739871395, 'a3');
insert into "sketches" values (1315974044261370238, 'a3');
insert into "sketches" values (1372225405350729429, 'a3');
insert into "sketches" values (1463401046097190648, 'a3');
insert into "marks" values (3262783239943, 'a1-83fcb6');
insert into "marks" values (8177655679711, 'a2-6ab9f9');
insert into "marks" values (22868957243849, 'a1-031971');
insert into "marks" values (22868957243849, 'a2-031971');
insert into "marks" values (22868957243849, 'a3-031971');
insert into "marks" values (89135588706472, 'a1-031971');
insert into "marks" values (89135588706472, 'a2-031971');
insert into "marks" values (89135588706472, 'a3-031971');
insert into "marks" values (127052803179705, 'a1-031971');
insert into "marks" values (127052803179705, 'a2-031971');
insert into "marks" values (127052803179705, 'a3-031971');
insert into "marks" values (143733435321945, 'a1-031971');
insert into "marks" values (143733435321945, 'a2-031971');
insert into "marks" values (143733435321945, 'a3-031971');
insert into "marks" values (216053611745157, 'a2-e55ef8');
insert into "marks" values (260739277031508, 'a1-f251a8');
insert into "marks" values (268622335415233, 'a2-aa5712');
