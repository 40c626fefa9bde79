CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE revision (
    id VARCHAR NOT NULL,
    article_count INTEGER NOT NULL,
    seeded_at DATETIME NOT NULL,
    CONSTRAINT pk_revision PRIMARY KEY (id)
);

CREATE TABLE "block" (
    id INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    section_id INTEGER NOT NULL,
    type VARCHAR NOT NULL,
    text VARCHAR,
    html VARCHAR,
    kind VARCHAR,
    lead_in VARCHAR,
    contents VARCHAR,
    columns JSON,
    cells JSON,
    position INTEGER NOT NULL,
    line INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    code_language VARCHAR,
    is_ordered BOOLEAN,
    start INTEGER,
    column_alignments JSON,
    html_cells JSON,
    CONSTRAINT pk_block PRIMARY KEY (id),
    CONSTRAINT fk_block_section_id FOREIGN KEY(section_id) REFERENCES section (id),
    CONSTRAINT uq_block_section_id_position UNIQUE (section_id, position),
    CONSTRAINT fk_block_article_id FOREIGN KEY(article_id) REFERENCES article (id),
    CONSTRAINT uq_block_key UNIQUE ("key")
);

CREATE INDEX ix_block_article_id ON block (article_id);

CREATE TABLE image (
    id INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    block_id INTEGER NOT NULL,
    src VARCHAR NOT NULL,
    alt VARCHAR NOT NULL,
    title VARCHAR,
    position INTEGER NOT NULL,
    CONSTRAINT pk_image PRIMARY KEY (id),
    CONSTRAINT uq_image_block_id_position UNIQUE (block_id, position),
    CONSTRAINT fk_image_article_id FOREIGN KEY(article_id) REFERENCES article (id),
    CONSTRAINT fk_image_block_id FOREIGN KEY(block_id) REFERENCES block (id)
);

CREATE INDEX ix_image_article_id ON image (article_id);

CREATE TABLE "party" (
    id INTEGER NOT NULL,
    slug VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    name_key VARCHAR NOT NULL,
    current_stance VARCHAR,
    aliases JSON NOT NULL,
    CONSTRAINT pk_party PRIMARY KEY (id),
    CONSTRAINT uq_party_slug UNIQUE (slug)
);

CREATE INDEX ix_party_name_key_slug ON party (name_key, slug);

CREATE TABLE party_alias (
    slug VARCHAR NOT NULL,
    party_id INTEGER NOT NULL,
    CONSTRAINT pk_party_alias PRIMARY KEY (slug),
    CONSTRAINT fk_party_alias_party_id FOREIGN KEY(party_id) REFERENCES party (id)
);

CREATE INDEX ix_party_alias_party_id ON party_alias (party_id);

CREATE TABLE "government" (
    id INTEGER NOT NULL,
    slug VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    name_key VARCHAR NOT NULL,
    aliases JSON NOT NULL,
    CONSTRAINT pk_government PRIMARY KEY (id),
    CONSTRAINT uq_government_slug UNIQUE (slug)
);

CREATE INDEX ix_government_name_key_slug ON government (name_key, slug);

CREATE TABLE government_alias (
    slug VARCHAR NOT NULL,
    government_id INTEGER NOT NULL,
    CONSTRAINT pk_government_alias PRIMARY KEY (slug),
    CONSTRAINT fk_government_alias_government_id FOREIGN KEY(government_id) REFERENCES government (id)
);

CREATE INDEX ix_government_alias_government_id ON government_alias (government_id);

CREATE TABLE "policy_area" (
    id INTEGER NOT NULL,
    slug VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    name_key VARCHAR NOT NULL,
    aliases JSON NOT NULL,
    CONSTRAINT pk_policy_area PRIMARY KEY (id),
    CONSTRAINT uq_policy_area_slug UNIQUE (slug)
);

CREATE INDEX ix_policy_area_name_key_slug ON policy_area (name_key, slug);

CREATE TABLE policy_area_alias (
    slug VARCHAR NOT NULL,
    policy_area_id INTEGER NOT NULL,
    CONSTRAINT pk_policy_area_alias PRIMARY KEY (slug),
    CONSTRAINT fk_policy_area_alias_policy_area_id FOREIGN KEY(policy_area_id) REFERENCES policy_area (id)
);

CREATE INDEX ix_policy_area_alias_policy_area_id ON policy_area_alias (policy_area_id);

CREATE TABLE "group" (
    id INTEGER NOT NULL,
    slug VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    name_key VARCHAR NOT NULL,
    current_function VARCHAR,
    current_core_message VARCHAR,
    aliases JSON NOT NULL,
    CONSTRAINT pk_group PRIMARY KEY (id),
    CONSTRAINT uq_group_slug UNIQUE (slug)
);

CREATE INDEX ix_group_name_key_slug ON "group" (name_key, slug);

CREATE TABLE group_alias (
    slug VARCHAR NOT NULL,
    group_id INTEGER NOT NULL,
    CONSTRAINT pk_group_alias PRIMARY KEY (slug),
    CONSTRAINT fk_group_alias_group_id FOREIGN KEY(group_id) REFERENCES "group" (id)
);

CREATE INDEX ix_group_alias_group_id ON group_alias (group_id);

CREATE TABLE "passage" (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    article_id INTEGER,
    section_id INTEGER,
    node_id INTEGER NOT NULL,
    stem_language VARCHAR,
    word_count INTEGER NOT NULL,
    words VARCHAR NOT NULL,
    stems VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    CONSTRAINT pk_passage PRIMARY KEY (id),
    CONSTRAINT fk_passage_article_id FOREIGN KEY(article_id) REFERENCES article (id)
);

CREATE INDEX ix_passage_article_id_node_id ON passage (article_id, node_id);

CREATE TABLE image_file (
    digest VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_image_file PRIMARY KEY (digest)
);

CREATE TABLE article_image_file (
    article_id INTEGER NOT NULL,
    path VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    CONSTRAINT pk_article_image_file PRIMARY KEY (article_id, path),
    CONSTRAINT fk_article_image_file_article_id FOREIGN KEY(article_id) REFERENCES article (id),
    CONSTRAINT fk_article_image_file_digest FOREIGN KEY(digest) REFERENCES image_file (digest)
);

CREATE INDEX ix_article_image_file_digest ON article_image_file (digest);

CREATE TABLE former_slug (
    slug VARCHAR NOT NULL,
    article_id INTEGER NOT NULL,
    CONSTRAINT pk_former_slug PRIMARY KEY (slug),
    CONSTRAINT fk_former_slug_article_id FOREIGN KEY(article_id) REFERENCES article (id)
);

CREATE INDEX ix_former_slug_article_id ON former_slug (article_id);

CREATE TABLE translation (
    article_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    translation_id INTEGER NOT NULL,
    CONSTRAINT pk_translation PRIMARY KEY (article_id, translation_id),
    CONSTRAINT uq_translation_article_id_position UNIQUE (article_id, position),
    CONSTRAINT fk_translation_article_id FOREIGN KEY(article_id) REFERENCES article (id),
    CONSTRAINT fk_translation_translation_id FOREIGN KEY(translation_id) REFERENCES article (id)
);

CREATE INDEX ix_translation_translation_id ON translation (translation_id);

CREATE TABLE notification (
    receiver VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    tags VARCHAR NOT NULL,
    CONSTRAINT pk_notification PRIMARY KEY (receiver)
);

CREATE TABLE "article" (
    id INTEGER NOT NULL,
    slug VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    title_key VARCHAR NOT NULL,
    subtitle VARCHAR,
    summary VARCHAR,
    authors JSON NOT NULL,
    language VARCHAR NOT NULL,
    language_key VARCHAR NOT NULL,
    published DATE,
    updated DATE,
    url VARCHAR,
    recency_key VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    parser_version INTEGER NOT NULL,
    change_key VARCHAR NOT NULL,
    former_slugs JSON NOT NULL,
    translation_of VARCHAR,
    entity_tags VARCHAR NOT NULL,
    recency_rank INTEGER NOT NULL,
    change_rank INTEGER NOT NULL,
    CONSTRAINT pk_article PRIMARY KEY (id),
    CONSTRAINT uq_article_slug UNIQUE (slug),
    CONSTRAINT uq_article_change_key UNIQUE (change_key),
    CONSTRAINT uq_article_path UNIQUE (path),
    CONSTRAINT uq_article_recency_key UNIQUE (recency_key)
);

CREATE INDEX ix_article_published ON article (published);

CREATE INDEX ix_article_updated ON article (updated);

CREATE INDEX ix_article_language_key_recency_key ON article (language_key, recency_key);

CREATE INDEX ix_article_title_key_slug ON article (title_key, slug);

CREATE INDEX ix_article_translation_of ON article (translation_of);

CREATE INDEX ix_article_recency_rank_recency_key ON article (recency_rank, recency_key);

CREATE INDEX ix_article_change_rank_change_key ON article (change_rank, change_key);

CREATE TABLE "stance" (
    id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    article_id INTEGER NOT NULL,
    section_id INTEGER NOT NULL,
    block_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    line INTEGER NOT NULL,
    party_id INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    text_key VARCHAR NOT NULL,
    text_key_tail VARCHAR NOT NULL,
    html VARCHAR,
    recency_rank INTEGER NOT NULL,
    CONSTRAINT pk_stance PRIMARY KEY (id),
    CONSTRAINT fk_stance_party_id FOREIGN KEY(party_id) REFERENCES party (id),
    CONSTRAINT uq_stance_article_id_position UNIQUE (article_id, position),
    CONSTRAINT uq_stance_key UNIQUE ("key"),
    CONSTRAINT fk_stance_article_id FOREIGN KEY(article_id) REFERENCES article (id),
    CONSTRAINT fk_stance_block_id FOREIGN KEY(block_id) REFERENCES block (id),
    CONSTRAINT fk_stance_section_id FOREIGN KEY(section_id) REFERENCES section (id)
);

CREATE INDEX ix_stance_text_key ON stance (text_key);

CREATE INDEX ix_stance_section_id ON stance (section_id);

CREATE INDEX ix_stance_block_id_position ON stance (block_id, position);

CREATE INDEX ix_stance_recency_rank_position ON stance (recency_rank, position);

CREATE INDEX ix_stance_party_id_recency_rank_position_article_id ON stance (party_id, recency_rank, position, article_id);

CREATE TABLE "measure" (
    id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    article_id INTEGER NOT NULL,
    section_id INTEGER NOT NULL,
    block_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    line INTEGER NOT NULL,
    party_id INTEGER NOT NULL,
    stance_id INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    text_key VARCHAR NOT NULL,
    text_key_tail VARCHAR NOT NULL,
    html VARCHAR,
    recency_rank INTEGER NOT NULL,
    CONSTRAINT pk_measure PRIMARY KEY (id),
    CONSTRAINT uq_measure_key UNIQUE ("key"),
    CONSTRAINT uq_measure_article_id_position UNIQUE (article_id, position),
    CONSTRAINT fk_measure_section_id FOREIGN KEY(section_id) REFERENCES section (id),
    CONSTRAINT fk_measure_block_id FOREIGN KEY(block_id) REFERENCES block (id),
    CONSTRAINT fk_measure_party_id FOREIGN KEY(party_id) REFERENCES party (id),
    CONSTRAINT fk_measure_stance_id FOREIGN KEY(stance_id) REFERENCES stance (id),
    CONSTRAINT fk_measure_article_id FOREIGN KEY(article_id) REFERENCES article (id)
);

CREATE INDEX ix_measure_block_id_position ON measure (block_id, position);

CREATE INDEX ix_measure_section_id ON measure (section_id);

CREATE INDEX ix_measure_stance_id_position ON measure (stance_id, position);

CREATE INDEX ix_measure_text_key ON measure (text_key);

CREATE INDEX ix_measure_recency_rank_position ON measure (recency_rank, position);

CREATE INDEX ix_measure_party_id_recency_rank_position_article_id ON measure (party_id, recency_rank, position, article_id);

CREATE TABLE "approach" (
    id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    article_id INTEGER NOT NULL,
    section_id INTEGER NOT NULL,
    block_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    line INTEGER NOT NULL,
    government_id INTEGER NOT NULL,
    policy_area_id INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    text_key VARCHAR NOT NULL,
    text_key_tail VARCHAR NOT NULL,
    html VARCHAR,
    recency_rank INTEGER NOT NULL,
    CONSTRAINT pk_approach PRIMARY KEY (id),
    CONSTRAINT fk_approach_article_id FOREIGN KEY(article_id) REFERENCES article (id),
    CONSTRAINT fk_approach_policy_area_id FOREIGN KEY(policy_area_id) REFERENCES policy_area (id),
    CONSTRAINT uq_approach_key UNIQUE ("key"),
    CONSTRAINT fk_approach_section_id FOREIGN KEY(section_id) REFERENCES section (id),
    CONSTRAINT fk_approach_block_id FOREIGN KEY(block_id) REFERENCES block (id),
    CONSTRAINT uq_approach_article_id_position UNIQUE (article_id, position),
    CONSTRAINT fk_approach_government_id FOREIGN KEY(government_id) REFERENCES government (id)
);

CREATE INDEX ix_approach_section_id ON approach (section_id);

CREATE INDEX ix_approach_text_key ON approach (text_key);

CREATE INDEX ix_approach_block_id_position ON approach (block_id, position);

CREATE INDEX ix_approach_recency_rank_position ON approach (recency_rank, position);

CREATE INDEX ix_approach_government_id_recency_rank_position_article_id ON approach (government_id, recency_rank, position, article_id);

CREATE INDEX ix_approach_policy_area_id_recency_rank_position_article_id ON approach (policy_area_id, recency_rank, position, article_id);

CREATE TABLE "role" (
    id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    article_id INTEGER NOT NULL,
    section_id INTEGER NOT NULL,
    block_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    line INTEGER NOT NULL,
    group_id INTEGER NOT NULL,
    function VARCHAR NOT NULL,
    function_key VARCHAR NOT NULL,
    function_key_tail VARCHAR NOT NULL,
    core_message VARCHAR NOT NULL,
    core_message_key VARCHAR NOT NULL,
    core_message_key_tail VARCHAR NOT NULL,
    function_html VARCHAR,
    core_message_html VARCHAR,
    recency_rank INTEGER NOT NULL,
    CONSTRAINT pk_role PRIMARY KEY (id),
    CONSTRAINT fk_role_block_id FOREIGN KEY(block_id) REFERENCES block (id),
    CONSTRAINT fk_role_article_id FOREIGN KEY(article_id) REFERENCES article (id),
    CONSTRAINT fk_role_section_id FOREIGN KEY(section_id) REFERENCES section (id),
    CONSTRAINT uq_role_article_id_position UNIQUE (article_id, position),
    CONSTRAINT uq_role_key UNIQUE ("key"),
    CONSTRAINT fk_role_group_id FOREIGN KEY(group_id) REFERENCES "group" (id)
);

CREATE INDEX ix_role_function_key ON role (function_key);

CREATE INDEX ix_role_core_message_key ON role (core_message_key);

CREATE INDEX ix_role_block_id_position ON role (block_id, position);

CREATE INDEX ix_role_section_id ON role (section_id);

CREATE INDEX ix_role_recency_rank_position ON role (recency_rank, position);

CREATE INDEX ix_role_group_id_recency_rank_position_article_id ON role (group_id, recency_rank, position, article_id);

CREATE TABLE "challenge" (
    id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    article_id INTEGER NOT NULL,
    section_id INTEGER NOT NULL,
    block_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    line INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    text_key VARCHAR NOT NULL,
    text_key_tail VARCHAR NOT NULL,
    html VARCHAR,
    recency_rank INTEGER NOT NULL,
    CONSTRAINT pk_challenge PRIMARY KEY (id),
    CONSTRAINT uq_challenge_key UNIQUE ("key"),
    CONSTRAINT fk_challenge_block_id FOREIGN KEY(block_id) REFERENCES block (id),
    CONSTRAINT fk_challenge_section_id FOREIGN KEY(section_id) REFERENCES section (id),
    CONSTRAINT uq_challenge_article_id_position UNIQUE (article_id, position),
    CONSTRAINT fk_challenge_article_id FOREIGN KEY(article_id) REFERENCES article (id)
);

CREATE INDEX ix_challenge_section_id ON challenge (section_id);

CREATE INDEX ix_challenge_block_id_position ON challenge (block_id, position);

CREATE INDEX ix_challenge_text_key ON challenge (text_key);

CREATE INDEX ix_challenge_recency_rank_position ON challenge (recency_rank, position);

CREATE TABLE "proposed_solution" (
    id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    article_id INTEGER NOT NULL,
    section_id INTEGER NOT NULL,
    block_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    line INTEGER NOT NULL,
    challenge_id INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    text_key VARCHAR NOT NULL,
    text_key_tail VARCHAR NOT NULL,
    anticipated_benefit VARCHAR NOT NULL,
    html VARCHAR,
    anticipated_benefit_html VARCHAR,
    recency_rank INTEGER NOT NULL,
    CONSTRAINT pk_proposed_solution PRIMARY KEY (id),
    CONSTRAINT fk_proposed_solution_article_id FOREIGN KEY(article_id) REFERENCES article (id),
    CONSTRAINT uq_proposed_solution_key UNIQUE ("key"),
    CONSTRAINT fk_proposed_solution_challenge_id FOREIGN KEY(challenge_id) REFERENCES challenge (id),
    CONSTRAINT fk_proposed_solution_block_id FOREIGN KEY(block_id) REFERENCES block (id),
    CONSTRAINT uq_proposed_solution_article_id_position UNIQUE (article_id, position),
    CONSTRAINT fk_proposed_solution_section_id FOREIGN KEY(section_id) REFERENCES section (id)
);

CREATE INDEX ix_proposed_solution_text_key ON proposed_solution (text_key);

CREATE INDEX ix_proposed_solution_challenge_id_position ON proposed_solution (challenge_id, position);

CREATE INDEX ix_proposed_solution_block_id_position ON proposed_solution (block_id, position);

CREATE INDEX ix_proposed_solution_section_id ON proposed_solution (section_id);

CREATE INDEX ix_proposed_solution_recency_rank_position ON proposed_solution (recency_rank, position);

CREATE TABLE "point" (
    id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    article_id INTEGER NOT NULL,
    section_id INTEGER NOT NULL,
    block_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    line INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    label VARCHAR,
    label_key VARCHAR,
    label_key_tail VARCHAR,
    text VARCHAR NOT NULL,
    text_key VARCHAR NOT NULL,
    text_key_tail VARCHAR NOT NULL,
    html VARCHAR,
    recency_rank INTEGER NOT NULL,
    CONSTRAINT pk_point PRIMARY KEY (id),
    CONSTRAINT fk_point_article_id FOREIGN KEY(article_id) REFERENCES article (id),
    CONSTRAINT uq_point_article_id_position UNIQUE (article_id, position),
    CONSTRAINT fk_point_section_id FOREIGN KEY(section_id) REFERENCES section (id),
    CONSTRAINT fk_point_block_id FOREIGN KEY(block_id) REFERENCES block (id),
    CONSTRAINT uq_point_key UNIQUE ("key")
);

CREATE INDEX ix_point_block_id_position ON point (block_id, position);

CREATE INDEX ix_point_section_id ON point (section_id);

CREATE INDEX ix_point_text_key ON point (text_key);

CREATE INDEX ix_point_label_key ON point (label_key);

CREATE INDEX ix_point_recency_rank_position ON point (recency_rank, position);

CREATE TABLE "article_author" (
    article_id INTEGER NOT NULL,
    name_key VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    recency_rank INTEGER NOT NULL,
    CONSTRAINT pk_article_author PRIMARY KEY (article_id, name_key),
    CONSTRAINT fk_article_author_article_id FOREIGN KEY(article_id) REFERENCES article (id)
);

CREATE INDEX ix_article_author_name_key_recency_rank_article_id ON article_author (name_key, recency_rank, article_id);

CREATE TABLE "party_mention" (
    article_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    party_id INTEGER NOT NULL,
    recency_rank INTEGER NOT NULL,
    change_rank INTEGER NOT NULL,
    CONSTRAINT pk_party_mention PRIMARY KEY (article_id, party_id),
    CONSTRAINT fk_party_mention_article_id FOREIGN KEY(article_id) REFERENCES article (id),
    CONSTRAINT fk_party_mention_party_id FOREIGN KEY(party_id) REFERENCES party (id),
    CONSTRAINT uq_party_mention_article_id_position UNIQUE (article_id, position)
);

CREATE INDEX ix_party_mention_party_id_recency_rank ON party_mention (party_id, recency_rank);

CREATE INDEX ix_party_mention_party_id_change_rank_article_id ON party_mention (party_id, change_rank, article_id);

CREATE TABLE "government_mention" (
    article_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    government_id INTEGER NOT NULL,
    recency_rank INTEGER NOT NULL,
    change_rank INTEGER NOT NULL,
    CONSTRAINT pk_government_mention PRIMARY KEY (article_id, government_id),
    CONSTRAINT uq_government_mention_article_id_position UNIQUE (article_id, position),
    CONSTRAINT fk_government_mention_government_id FOREIGN KEY(government_id) REFERENCES government (id),
    CONSTRAINT fk_government_mention_article_id FOREIGN KEY(article_id) REFERENCES article (id)
);

CREATE INDEX ix_government_mention_government_id_recency_rank ON government_mention (government_id, recency_rank);

CREATE INDEX ix_government_mention_government_id_change_rank_article_id ON government_mention (government_id, change_rank, article_id);

CREATE TABLE "policy_area_mention" (
    article_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    policy_area_id INTEGER NOT NULL,
    recency_rank INTEGER NOT NULL,
    change_rank INTEGER NOT NULL,
    CONSTRAINT pk_policy_area_mention PRIMARY KEY (article_id, policy_area_id),
    CONSTRAINT fk_policy_area_mention_article_id FOREIGN KEY(article_id) REFERENCES article (id),
    CONSTRAINT fk_policy_area_mention_policy_area_id FOREIGN KEY(policy_area_id) REFERENCES policy_area (id),
    CONSTRAINT uq_policy_area_mention_article_id_position UNIQUE (article_id, position)
);

CREATE INDEX ix_policy_area_mention_policy_area_id_recency_rank ON policy_area_mention (policy_area_id, recency_rank);

CREATE INDEX ix_policy_area_mention_policy_area_id_change_rank_article_id ON policy_area_mention (policy_area_id, change_rank, article_id);

CREATE TABLE "group_mention" (
    article_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    group_id INTEGER NOT NULL,
    recency_rank INTEGER NOT NULL,
    change_rank INTEGER NOT NULL,
    CONSTRAINT pk_group_mention PRIMARY KEY (article_id, group_id),
    CONSTRAINT fk_group_mention_group_id FOREIGN KEY(group_id) REFERENCES "group" (id),
    CONSTRAINT uq_group_mention_article_id_position UNIQUE (article_id, position),
    CONSTRAINT fk_group_mention_article_id FOREIGN KEY(article_id) REFERENCES article (id)
);

CREATE INDEX ix_group_mention_group_id_recency_rank ON group_mention (group_id, recency_rank);

CREATE INDEX ix_group_mention_group_id_change_rank_article_id ON group_mention (group_id, change_rank, article_id);

CREATE TABLE "source_file" (
    path VARCHAR NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_source_file PRIMARY KEY (path)
);

CREATE TABLE passage_index_frequency (word TEXT NOT NULL PRIMARY KEY, row_count INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE schema_compatibility (
    oldest_reader VARCHAR NOT NULL,
    CONSTRAINT pk_schema_compatibility PRIMARY KEY (oldest_reader)
);

CREATE VIEW indexed_passage AS SELECT id, replace(words, '  ', ' § ') AS words, stems FROM passage;

CREATE VIRTUAL TABLE passage_index USING fts5(
    words, stems, content='indexed_passage', content_rowid='id', tokenize='ascii', detail='full', columnsize=0
);

CREATE TRIGGER passage_inserted AFTER INSERT ON passage BEGIN
    INSERT INTO passage_index (rowid, words, stems) VALUES (new.id, replace(new.words, '  ', ' § '), new.stems);
END;

CREATE TRIGGER passage_deleted AFTER DELETE ON passage BEGIN
    INSERT INTO passage_index (passage_index, rowid, words, stems) VALUES ('delete', old.id, replace(old.words, '  ', ' § '), old.stems);
END;

CREATE TRIGGER passage_updated AFTER UPDATE OF id, words, stems ON passage BEGIN
    INSERT INTO passage_index (passage_index, rowid, words, stems) VALUES ('delete', old.id, replace(old.words, '  ', ' § '), old.stems);
    INSERT INTO passage_index (rowid, words, stems) VALUES (new.id, replace(new.words, '  ', ' § '), new.stems);
END;

CREATE TABLE "section" (
    id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    article_id INTEGER NOT NULL,
    slug VARCHAR NOT NULL,
    heading VARCHAR,
    level INTEGER NOT NULL,
    position INTEGER NOT NULL,
    line INTEGER NOT NULL,
    CONSTRAINT pk_section PRIMARY KEY (id),
    CONSTRAINT fk_section_article_id FOREIGN KEY(article_id) REFERENCES article (id),
    CONSTRAINT uq_section_article_id_position UNIQUE (article_id, position)
);

INSERT INTO "alembic_version" VALUES ('0020');

INSERT INTO "passage_index_frequency" VALUES ('', 0);

INSERT INTO "schema_compatibility" VALUES ('0019');

INSERT INTO passage_index (passage_index, rank) VALUES ('pgsz', 1000);
