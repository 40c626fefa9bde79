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
INSERT INTO "revision" VALUES ('73e13ec43580928e85deeb8f1a72130f', 4, '2026-11-28 03:38:46.246248');
INSERT INTO "block" VALUES (1, 1, 1, 'Paragraph', 'As the quarrel over immigration enforcement sharpens, Mayor Lori Lightfoot has become one of the Trump administration’s outspoken opponents. Chicago, known as a sanctuary city, resists federal plans for more raids on undocumented immigrants and more detentions. Those who object to the federal course say that it costs the police the trust of immigrant communities, and in the end weakens public safety and local government.', '<p>As the quarrel over immigration enforcement sharpens, Mayor Lori Lightfoot has become one of the Trump administration’s
outspoken opponents. Chicago, known as a sanctuary city, resists federal plans for more raids on undocumented immigrants
and more detentions. Those who object to the federal course say that it costs the police the trust of immigrant
communities, and in the end weakens public safety and local government.</p>', 'PROSE', NULL, NULL, NULL, NULL, 0, 13, 'i7aukuo27gq43anz', NULL, NULL, NULL, NULL, NULL);
INSERT INTO "block" VALUES (2, 1, 1, 'PointList', NULL, NULL, 'HIGHLIGHT', 'Highlights of the ongoing dispute include:', NULL, NULL, NULL, 1, 21, 'yofxka7diz2czxzt', NULL, 0, NULL, NULL, NULL);
INSERT INTO "block" VALUES (3, 1, 1, 'Table', NULL, NULL, NULL, NULL, 'STANCES', '["Party", "Stance", "Recent Measures"]', '[["Mayor Lori Lightfoot", "Opposes federal immigration raids", "Enforced sanctuary city policies; barred ICE from local jails"], ["Trump Administration", "Supports rigorous immigration enforcement", "Ordered ICE to prioritize sanctuary cities; threatened funding cuts"], ["Community Advocates", "Champion immigrant rights and protections", "Organized demonstrations; provided legal assistance"]]', 2, 25, 'w3tn5vpkfhsi7qci', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO "block" VALUES (4, 1, 2, 'Paragraph', 'The mayor has answered the federal government’s hard line by denouncing “excessively harsh enforcement”, which in her view endangers the city’s multicultural life. She stands by the sanctuary policies that spare undocumented residents the fear of deportation, and holds that working with federal immigration agents can breed mistrust and make neighborhoods less safe.', '<p>The mayor has answered the federal government’s hard line by denouncing “excessively harsh enforcement”, which in her view
endangers the city’s multicultural life. She stands by the sanctuary policies that spare undocumented residents the fear of
deportation, and holds that working with federal immigration agents can breed mistrust and make neighborhoods less safe.</p>', 'PROSE', NULL, NULL, NULL, NULL, 0, 33, 'sisyx22esq2vmncf', NULL, NULL, NULL, NULL, NULL);
INSERT INTO "block" VALUES (5, 1, 2, 'Paragraph', 'New programs of hers put more money into legal aid and make social services easier to reach. Civic leaders and groups that work for human rights and social cohesion have largely welcomed them.', '<p>New programs of hers put more money into legal aid and make social services easier to reach. Civic leaders and groups that
work for human rights and social cohesion have largely welcomed them.</p>', 'PROSE', NULL, NULL, NULL, NULL, 1, 37, 'rmhjaj7nubsuzrc4', NULL, NULL, NULL, NULL, NULL);
INSERT INTO "block" VALUES (6, 1, 2, 'PointList', NULL, NULL, 'INITIATIVE', NULL, NULL, NULL, NULL, 2, 41, 'xsr5aklkwahmaw6v', NULL, 0, NULL, NULL, NULL);
INSERT INTO "block" VALUES (7, 1, 2, 'Table', NULL, NULL, NULL, NULL, 'APPROACHES', '["Policy Area", "Chicago\u2019s Approach", "Federal Government\u2019s Approach"]', '[["Immigration Enforcement", "Restricts cooperation with ICE", "Implements aggressive enforcement"], ["Community Safety", "Prioritizes trust-building", "Focuses on enforcement over outreach"], ["Legal Support", "Expands funding and resources", "Limits support services"]]', 3, 45, 'y7auda476k5czze3', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO "block" VALUES (8, 1, 3, 'Paragraph', 'Activists and community leaders from the city gathered at city hall to protest against the Trump administration’s stepped-up enforcement. Together they insisted that the sanctuary protections remain: to them, public safety and families staying together depend on the rights of immigrants.', '<p>Activists and community leaders from the city gathered at city hall to protest against the Trump administration’s
stepped-up enforcement. Together they insisted that the sanctuary protections remain: to them, public safety and families
staying together depend on the rights of immigrants.</p>', 'PROSE', NULL, NULL, NULL, NULL, 0, 53, '5ywuce7pu7pzmtta', NULL, NULL, NULL, NULL, NULL);
INSERT INTO "block" VALUES (9, 1, 3, 'PointList', NULL, NULL, 'OBJECTIVE', NULL, NULL, NULL, NULL, 1, 58, 'iwz5fh3yfl3bnngb', NULL, 0, NULL, NULL, NULL);
INSERT INTO "block" VALUES (10, 1, 3, 'Paragraph', 'They also pointed to recent changes in federal policy that narrow immigrants’ access to vital social services, and asked for more money for legal aid and community organizations to make up for it. In their common view, sanctuary policies protect the people of a diverse city and make it safer and more welcoming for everyone.', '<p>They also pointed to recent changes in federal policy that narrow immigrants’ access to vital social services, and asked
for more money for legal aid and community organizations to make up for it. In their common view, sanctuary policies
protect the people of a diverse city and make it safer and more welcoming for everyone.</p>', 'PROSE', NULL, NULL, NULL, NULL, 2, 62, '3m4yaanukpfufxoz', NULL, NULL, NULL, NULL, NULL);
INSERT INTO "block" VALUES (11, 1, 3, 'Table', NULL, NULL, NULL, NULL, 'ROLES', '["Group", "Function", "Core Message"]', '[["City Officials", "Policy Advocacy", "Defend sanctuary city status"], ["Activists", "Community Mobilization", "Elevate immigrant voices"], ["Community Leaders", "Outreach and Support", "Promote inclusivity and solidarity"]]', 3, 66, 'jk4i6qmtoy5qb4hv', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO "block" VALUES (12, 1, 4, 'Paragraph', 'The lasting conflict between city hall and the federal agencies has brought back the demand for a thorough review of how immigration law is enforced. City officials and experts agree that disputes grow and government suffers where the two sides have no working channel to talk. Chicago argues for a standing dialogue in place of one-sided action that sets one jurisdiction against another.', '<p>The lasting conflict between city hall and the federal agencies has brought back the demand for a thorough review of how
immigration law is enforced. City officials and experts agree that disputes grow and government suffers where the two sides
have no working channel to talk. Chicago argues for a standing dialogue in place of one-sided action that sets one
jurisdiction against another.</p>', 'PROSE', NULL, NULL, NULL, NULL, 0, 74, 'qluwv3bbmmse7rvd', NULL, NULL, NULL, NULL, NULL);
INSERT INTO "block" VALUES (13, 1, 4, 'PointList', NULL, NULL, 'RECOMMENDATION', 'Key recommendations for improving cooperation include:', NULL, NULL, NULL, 1, 82, 'bp5qurepgh5da2ih', NULL, 0, NULL, NULL, NULL);
INSERT INTO "block" VALUES (14, 1, 4, 'Table', NULL, NULL, NULL, NULL, 'SOLUTIONS', '["Challenge", "Proposed Solution", "Anticipated Benefit"]', '[["Unclear Enforcement Roles", "Establish explicit operational boundaries", "Minimize jurisdictional disputes"], ["Community Distrust", "Enhance transparency via joint communications", "Strengthen public confidence"], ["Fragmented Policies", "Create integrated local-federal frameworks", "Ensure consistent and coherent enforcement"]]', 2, 86, 'yivtviaf7qs7sgvp', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO "block" VALUES (15, 1, 5, 'Paragraph', 'Chicago’s firm resistance shows how far national orders and local priorities have drifted apart over immigration. For Mayor Lightfoot, the task is to reconcile security with the rights of the immigrant communities in her care. While matters keep moving, the city stays at the center of the country’s argument over immigration policy and the powers of its cities, and what follows for other American cities will have to be watched.', '<p>Chicago’s firm resistance shows how far national orders and local priorities have drifted apart over immigration. For Mayor
Lightfoot, the task is to reconcile security with the rights of the immigrant communities in her care. While matters keep
moving, the city stays at the center of the country’s argument over immigration policy and the powers of its cities, and
what follows for other American cities will have to be watched.</p>', 'PROSE', NULL, NULL, NULL, NULL, 0, 94, 'qcc2r7v2r25c57dj', NULL, NULL, NULL, NULL, NULL);
INSERT INTO "block" VALUES (16, 2, 6, 'Table', NULL, NULL, NULL, NULL, 'STANCES', '["Party", "Stance", "Recent Measures"]', '[["THE MAYOR", "Is for", "signed"], ["City council", "Is split", ""]]', 0, 10, 'bbzmpr2ac6pfognf', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO "block" VALUES (17, 2, 7, 'Table', NULL, NULL, NULL, NULL, 'APPROACHES', '["Policy Area", "City''s Approach", "State''s Approach"]', '[["Safety", "Trust", "Force"], ["Legal aid", "", "Cuts"]]', 0, 17, 'xfp7pl6hkh7h42pj', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO "block" VALUES (18, 2, 7, 'PointList', NULL, NULL, 'HIGHLIGHT', NULL, NULL, NULL, NULL, 1, 23, 'os5oagam5slproc4', NULL, 0, NULL, NULL, NULL);
INSERT INTO "block" VALUES (19, 2, 8, 'PointList', NULL, NULL, 'OTHER', NULL, NULL, NULL, NULL, 0, 28, 'anqx3bwfbp6gbqer', NULL, 0, NULL, NULL, NULL);
INSERT INTO "block" VALUES (20, 3, 9, 'Paragraph', 'Before any heading.', NULL, 'PROSE', NULL, NULL, NULL, NULL, 0, 8, 'vkbhcnbjpnyhmo35', NULL, NULL, NULL, NULL, NULL);
INSERT INTO "block" VALUES (21, 3, 10, 'Table', NULL, NULL, NULL, NULL, 'STANCES', '["Party", "Stance", "Recent Measures"]', '[["The Mayor", "Was against", "sued; appealed"], ["Governor", "Was for", ""], ["the mayor", "Was against, again", "marched"]]', 0, 12, 't4rxm33tf3kdxx7m', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO "block" VALUES (22, 3, 10, 'Table', NULL, NULL, NULL, NULL, 'ROLES', '["Group", "Function", "Core Message"]', '[["Activists", "Mobilization", "Stay"]]', 1, 18, '3aanyvvls3wefl43', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO "block" VALUES (23, 4, 11, 'Table', NULL, NULL, NULL, NULL, 'SOLUTIONS', '["Challenge", "Proposed Solution", "Anticipated Benefit"]', '[["Distrust", "Talk", "Trust"], ["Delay", "Hire", "Speed"], ["distrust", "Listen", "Peace"]]', 0, 7, 'rhxdn3zagv26fqkx', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO "block" VALUES (24, 4, 11, 'Table', NULL, NULL, NULL, NULL, 'STANCES', '["Party", "Stance", "Recent Measures"]', '[["the mayor!", "Undecided", "waited"], ["Judges", "Apart", ""]]', 1, 13, 'qjmzsufwjpf5jp5a', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO "block" VALUES (25, 4, 11, 'Table', NULL, NULL, NULL, NULL, 'ROLES', '["Group", "Function", "Core Message"]', '[["activists", "Protest", "Go"]]', 2, 18, 'ixkidxc6somk2nak', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO "block" VALUES (26, 4, 11, 'PointList', NULL, NULL, 'RECOMMENDATION', NULL, NULL, NULL, NULL, 3, 23, 'ol326ngrvbx2sw6d', NULL, 0, NULL, NULL, NULL);
INSERT INTO "block" VALUES (27, 4, 11, 'Paragraph', 'A quote. A picture', '<blockquote>
<p>A quote. <img src="https://example.org/raid.png" alt="A picture" title="Raid"></p>
</blockquote>', 'QUOTE', NULL, NULL, NULL, NULL, 4, 25, 'zaf3y3o52ykfndes', NULL, NULL, NULL, NULL, NULL);
INSERT INTO "block" VALUES (28, 4, 11, 'Table', NULL, NULL, NULL, NULL, 'OTHER', '["Year", "Raids"]', '[["2019", "10"]]', 5, 27, 'shhyfil34irol6b2', NULL, NULL, NULL, '["NONE", "NONE"]', NULL);
INSERT INTO "image" VALUES (1, 4, 27, 'https://example.org/raid.png', 'A picture', 'Raid', 0);
INSERT INTO "party" VALUES (1, 'mayor-lori-lightfoot', 'Mayor Lori Lightfoot', 'mayor lori lightfoot', 'Opposes federal immigration raids', '[]');
INSERT INTO "party" VALUES (2, 'trump-administration', 'Trump Administration', 'trump administration', 'Supports rigorous immigration enforcement', '[]');
INSERT INTO "party" VALUES (3, 'community-advocates', 'Community Advocates', 'community advocates', 'Champion immigrant rights and protections', '[]');
INSERT INTO "party" VALUES (4, 'the-mayor', 'THE MAYOR', 'the mayor', 'Is for', '[]');
INSERT INTO "party" VALUES (5, 'city-council', 'City council', 'city council', 'Is split', '[]');
INSERT INTO "party" VALUES (6, 'governor', 'Governor', 'governor', 'Was for', '[]');
INSERT INTO "party" VALUES (7, 'judges', 'Judges', 'judges', 'Apart', '[]');
INSERT INTO "government" VALUES (1, 'chicago', 'Chicago', 'chicago', '[]');
INSERT INTO "government" VALUES (2, 'federal-government', 'Federal Government', 'federal government', '[]');
INSERT INTO "government" VALUES (3, 'city', 'City', 'city', '[]');
INSERT INTO "government" VALUES (4, 'state', 'State', 'state', '[]');
INSERT INTO "policy_area" VALUES (1, 'immigration-enforcement', 'Immigration Enforcement', 'immigration enforcement', '[]');
INSERT INTO "policy_area" VALUES (2, 'community-safety', 'Community Safety', 'community safety', '[]');
INSERT INTO "policy_area" VALUES (3, 'legal-support', 'Legal Support', 'legal support', '[]');
INSERT INTO "policy_area" VALUES (4, 'safety', 'Safety', 'safety', '[]');
INSERT INTO "policy_area" VALUES (5, 'legal-aid', 'Legal aid', 'legal aid', '[]');
INSERT INTO "group" VALUES (1, 'city-officials', 'City Officials', 'city officials', 'Policy Advocacy', 'Defend sanctuary city status', '[]');
INSERT INTO "group" VALUES (2, 'activists', 'Activists', 'activists', 'Mobilization', 'Stay', '[]');
INSERT INTO "group" VALUES (3, 'community-leaders', 'Community Leaders', 'community leaders', 'Outreach and Support', 'Promote inclusivity and solidarity', '[]');
INSERT INTO "passage" VALUES (1, 'ARTICLE', 'ARTICLE/chicago-immigration-standoff', 1, NULL, 1, 'en', 43, ' chicago s standoff with federal immigration policies  a city s defiant stand  chicago holds on to its sanctuary policies while washington presses for more raids and detentions who stands where what each side has done and what is proposed to end the deadlock ', ' §en  feder  immigr  polici  citi  hold  it  sanctuari  press  raid  detent  propos ', ' chicago Chicago&#x27; s s  standoff Standoff  with with feder federal Federal immigr immigration Immigration polici policies Policies ·  a A citi city City&#x27; s s  defiant Defiant  stand Stand ·  chicago Chicago hold holds holds  on on  to to it its its sanctuari sanctuary sanctuary polici policies policies  while while  washington Washington press presses presses  for for  more more raid raids raids  and and detent detentions detentions.  who Who stand stands stands  where where,  what what  each each  side side  has has  done done,  and and  what what  is is propos proposed proposed  to to  end end  the the  deadlock deadlock.');
INSERT INTO "passage" VALUES (2, 'SECTION', 'SECTION/chicago-immigration-standoff/chicago-s-leadership-challenges-federal-immigration-crackdown', 1, 1, 1, 'en', 7, ' chicago s leadership challenges federal immigration crackdown ', ' §en  challeng  feder  immigr ', ' chicago Chicago’ s s  leadership Leadership challeng challenges Challenges feder federal Federal immigr immigration Immigration  crackdown Crackdown');
INSERT INTO "passage" VALUES (3, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/chicago-s-leadership-challenges-federal-immigration-crackdown#0', 1, 1, 1, 'en', 66, ' as the quarrel over immigration enforcement sharpens mayor lori lightfoot has become one of the trump administration s outspoken opponents chicago known as a sanctuary city resists federal plans for more raids on undocumented immigrants and more detentions those who object to the federal course say that it costs the police the trust of immigrant communities and in the end weakens public safety and local government ', ' §en  immigr  enforc  sharpen  becom  administr  oppon  sanctuari  citi  resist  feder  plan  raid  undocu  detent  cours  cost  polic  communiti  weaken  safeti  govern ', ' as As  the the  quarrel quarrel  over over immigr immigration immigration enforc enforcement enforcement sharpen sharpens sharpens,  mayor Mayor  lori Lori  lightfoot Lightfoot  has has becom become become  one one  of of  the the  trump Trump administr administration administration’ s s  outspoken outspoken oppon opponents opponents.  chicago Chicago,  known known  as as  a a sanctuari sanctuary sanctuary citi city city, resist resists resists feder federal federal plan plans plans  for for  more more raid raids raids  on on undocu undocumented undocumented immigr immigrants immigrants  and and  more more detent detentions detentions.  those Those  who who  object object  to to  the the feder federal federal cours course course  say say  that that  it it cost costs costs  the the polic police police  the the  trust trust  of of immigr immigrant immigrant communiti communities communities,  and and  in in  the the  end end weaken weakens weakens  public public safeti safety safety  and and  local local govern government government.');
INSERT INTO "passage" VALUES (4, 'SECTION', 'SECTION/chicago-immigration-standoff/mayor-lightfoot-s-strategic-response-to-federal-immigration-policies', 1, 2, 2, 'en', 9, ' mayor lightfoot s strategic response to federal immigration policies ', ' §en  strateg  respons  feder  immigr  polici ', ' mayor Mayor  lightfoot Lightfoot’ s s strateg strategic Strategic respons response Response  to to feder federal Federal immigr immigration Immigration polici policies Policies');
INSERT INTO "passage" VALUES (5, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/mayor-lightfoot-s-strategic-response-to-federal-immigration-policies#0', 1, 2, 2, 'en', 55, ' the mayor has answered the federal government s hard line by denouncing excessively harsh enforcement which in her view endangers the city s multicultural life she stands by the sanctuary policies that spare undocumented residents the fear of deportation and holds that working with federal immigration agents can breed mistrust and make neighborhoods less safe ', ' §en  answer  feder  govern  denounc  excess  enforc  endang  citi  multicultur  stand  sanctuari  polici  undocu  resid  deport  hold  work  immigr  agent  neighborhood ', ' the The  mayor mayor  has has answer answered answered  the the feder federal federal govern government government’ s s  hard hard  line line  by by denounc denouncing denouncing “excess excessively excessively  harsh harsh enforc enforcement enforcement”,  which which  in in  her her  view view endang endangers endangers  the the citi city city’ s s multicultur multicultural multicultural  life life.  she She stand stands stands  by by  the the sanctuari sanctuary sanctuary polici policies policies  that that  spare spare undocu undocumented undocumented resid residents residents  the the  fear fear  of of deport deportation deportation,  and and hold holds holds  that that work working working  with with feder federal federal immigr immigration immigration agent agents agents  can can  breed breed  mistrust mistrust  and and  make make neighborhood neighborhoods neighborhoods  less less  safe safe.');
INSERT INTO "passage" VALUES (6, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/mayor-lightfoot-s-strategic-response-to-federal-immigration-policies#1', 1, 2, 2, 'en', 33, ' new programs of hers put more money into legal aid and make social services easier to reach civic leaders and groups that work for human rights and social cohesion have largely welcomed them ', ' §en  program  her  servic  leader  group  right  cohes  larg  welcom ', ' new New program programs programs  of of her hers hers  put put  more more  money money  into into  legal legal  aid aid  and and  make make  social social servic services services  easier easier  to to  reach reach.  civic Civic leader leaders leaders  and and group groups groups  that that  work work  for for  human human right rights rights  and and  social social cohes cohesion cohesion  have have larg largely largely welcom welcomed welcomed  them them.');
INSERT INTO "passage" VALUES (7, 'SECTION', 'SECTION/chicago-immigration-standoff/grassroots-mobilization-upholds-chicago-s-sanctuary-city-commitment', 1, 3, 3, 'en', 8, ' grassroots mobilization upholds chicago s sanctuary city commitment ', ' §en  grassroot  mobil  uphold  sanctuari  citi  commit ', 'grassroot grassroots Grassroots mobil mobilization Mobilization uphold upholds Upholds  chicago Chicago’ s s sanctuari sanctuary Sanctuary citi city City commit commitment Commitment');
INSERT INTO "passage" VALUES (8, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/grassroots-mobilization-upholds-chicago-s-sanctuary-city-commitment#0', 1, 3, 3, 'en', 43, ' activists and community leaders from the city gathered at city hall to protest against the trump administration s stepped up enforcement together they insisted that the sanctuary protections remain to them public safety and families staying together depend on the rights of immigrants ', ' §en  activist  communiti  leader  citi  gather  administr  step  enforc  togeth  insist  sanctuari  protect  safeti  famili  stay  right  immigr ', 'activist activists Activists  and and communiti community community leader leaders leaders  from from  the the citi city city gather gathered gathered  at at citi city city  hall hall  to to  protest protest  against against  the the  trump Trump administr administration administration’ s s step stepped stepped- up up enforc enforcement enforcement. togeth together Together  they they insist insisted insisted  that that  the the sanctuari sanctuary sanctuary protect protections protections  remain remain:  to to  them them,  public public safeti safety safety  and and famili families families stay staying staying togeth together together  depend depend  on on  the the right rights rights  of of immigr immigrants immigrants.');
INSERT INTO "passage" VALUES (9, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/grassroots-mobilization-upholds-chicago-s-sanctuary-city-commitment#2', 1, 3, 3, 'en', 55, ' they also pointed to recent changes in federal policy that narrow immigrants access to vital social services and asked for more money for legal aid and community organizations to make up for it in their common view sanctuary policies protect the people of a diverse city and make it safer and more welcoming for everyone ', ' §en  point  chang  feder  polici  immigr  servic  ask  communiti  organiz  sanctuari  peopl  divers  citi  welcom  everyon ', ' they They  also also point pointed pointed  to to  recent recent chang changes changes  in in feder federal federal polici policy policy  that that  narrow narrow immigr immigrants immigrants’  access access  to to  vital vital  social social servic services services,  and and ask asked asked  for for  more more  money money  for for  legal legal  aid aid  and and communiti community community organiz organizations organizations  to to  make make  up up  for for  it it.  in In  their their  common common  view view, sanctuari sanctuary sanctuary polici policies policies  protect protect  the the peopl people people  of of  a a divers diverse diverse citi city city  and and  make make  it it  safer safer  and and  more more welcom welcoming welcoming  for for everyon everyone everyone.');
INSERT INTO "passage" VALUES (10, 'SECTION', 'SECTION/chicago-immigration-standoff/advocating-for-enhanced-collaboration-between-local-and-federal-authorities', 1, 4, 4, 'en', 9, ' advocating for enhanced collaboration between local and federal authorities ', ' §en  advoc  enhanc  collabor  feder  author ', 'advoc advocating Advocating  for for enhanc enhanced Enhanced collabor collaboration Collaboration  between Between  local Local  and and feder federal Federal author authorities Authorities');
INSERT INTO "passage" VALUES (11, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/advocating-for-enhanced-collaboration-between-local-and-federal-authorities#0', 1, 4, 4, 'en', 64, ' the lasting conflict between city hall and the federal agencies has brought back the demand for a thorough review of how immigration law is enforced city officials and experts agree that disputes grow and government suffers where the two sides have no working channel to talk chicago argues for a standing dialogue in place of one sided action that sets one jurisdiction against another ', ' §en  last  citi  feder  agenc  immigr  enforc  offici  expert  agre  disput  govern  suffer  side  work  argu  stand  dialogu  set  jurisdict  anoth ', ' the The last lasting lasting  conflict conflict  between between citi city city  hall hall  and and  the the feder federal federal agenc agencies agencies  has has  brought brought  back back  the the  demand demand  for for  a a  thorough thorough  review review  of of  how how immigr immigration immigration  law law  is is enforc enforced enforced. citi city City offici officials officials  and and expert experts experts agre agree agree  that that disput disputes disputes  grow grow  and and govern government government suffer suffers suffers  where where  the the  two two side sides sides  have have  no no work working working  channel channel  to to  talk talk.  chicago Chicago argu argues argues  for for  a a stand standing standing dialogu dialogue dialogue  in in  place place  of of  one one-side sided sided  action action  that that set sets sets  one one jurisdict jurisdiction jurisdiction  against against anoth another another.');
INSERT INTO "passage" VALUES (12, 'SECTION', 'SECTION/chicago-immigration-standoff/summary-and-outlook', 1, 5, 5, 'en', 3, ' summary and outlook ', ' §en  summari ', 'summari summary Summary  and and  outlook Outlook');
INSERT INTO "passage" VALUES (13, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/summary-and-outlook#0', 1, 5, 5, 'en', 72, ' chicago s firm resistance shows how far national orders and local priorities have drifted apart over immigration for mayor lightfoot the task is to reconcile security with the rights of the immigrant communities in her care while matters keep moving the city stays at the center of the country s argument over immigration policy and the powers of its cities and what follows for other american cities will have to be watched ', ' §en  resist  show  nation  order  prioriti  drift  immigr  reconcil  secur  right  communiti  matter  move  citi  stay  countri  polici  power  it  follow  watch ', ' chicago Chicago’ s s  firm firm resist resistance resistance show shows shows  how how  far far nation national national order orders orders  and and  local local prioriti priorities priorities  have have drift drifted drifted  apart apart  over over immigr immigration immigration.  for For  mayor Mayor  lightfoot Lightfoot,  the the  task task  is is  to to reconcil reconcile reconcile secur security security  with with  the the right rights rights  of of  the the immigr immigrant immigrant communiti communities communities  in in  her her  care care.  while While matter matters matters  keep keep move moving moving,  the the citi city city stay stays stays  at at  the the  center center  of of  the the countri country country’ s s  argument argument  over over immigr immigration immigration polici policy policy  and and  the the power powers powers  of of it its its citi cities cities,  and and  what what follow follows follows  for for  other other  american American citi cities cities  will will  have have  to to  be be watch watched watched.');
INSERT INTO "passage" VALUES (14, 'POINT', 'POINT/rpz6ff7zolzlvhcr', 1, 1, 1, 'en', 14, ' mayor lightfoot s steadfast refusal to grant ice expanded access to city detention facilities ', ' §en  refus  expand  citi  detent  facil ', ' mayor Mayor  lightfoot Lightfoot’ s s  steadfast steadfast refus refusal refusal  to to  grant grant  ice ICE expand expanded expanded  access access  to to citi city city detent detention detention facil facilities facilities');
INSERT INTO "passage" VALUES (15, 'POINT', 'POINT/ecpkhfq3cvxm7dry', 1, 1, 2, 'en', 11, ' grassroots organizations advocating for stronger immigrant protections and increased support services ', ' §en  grassroot  organiz  advoc  immigr  protect  increas  servic ', 'grassroot grassroots Grassroots organiz organizations organizations advoc advocating advocating  for for  stronger stronger immigr immigrant immigrant protect protections protections  and and increas increased increased  support support servic services services');
INSERT INTO "passage" VALUES (16, 'POINT', 'POINT/2x43txqykgzcndiv', 1, 1, 3, 'en', 11, ' federal authorities threatening legal action and potential withdrawal of federal funding ', ' §en  feder  author  threaten  potenti  withdraw  fund ', 'feder federal Federal author authorities authorities threaten threatening threatening  legal legal  action action  and and potenti potential potential withdraw withdrawal withdrawal  of of feder federal federal fund funding funding');
INSERT INTO "passage" VALUES (17, 'STANCE', 'STANCE/r6cihfygoh3sfttf', 1, 1, 1, 'en', 7, ' mayor lori lightfoot  opposes federal immigration raids ', ' §en  oppos  feder  immigr  raid ', ' mayor Mayor  lori Lori  lightfoot Lightfoot · oppos opposes Opposes feder federal federal immigr immigration immigration raid raids raids');
INSERT INTO "passage" VALUES (18, 'MEASURE', 'MEASURE/a2gn75vubtlpt476', 1, 1, 1, 'en', 7, ' mayor lori lightfoot  enforced sanctuary city policies ', ' §en  enforc  sanctuari  citi  polici ', ' mayor Mayor  lori Lori  lightfoot Lightfoot · enforc enforced Enforced sanctuari sanctuary sanctuary citi city city polici policies policies');
INSERT INTO "passage" VALUES (19, 'MEASURE', 'MEASURE/bhk7qqybbdvzy5rh', 1, 1, 2, 'en', 8, ' mayor lori lightfoot  barred ice from local jails ', ' §en  bar  jail ', ' mayor Mayor  lori Lori  lightfoot Lightfoot · bar barred barred  ice ICE  from from  local local jail jails jails');
INSERT INTO "passage" VALUES (20, 'STANCE', 'STANCE/b53krh2e4w577a52', 1, 1, 2, 'en', 6, ' trump administration  supports rigorous immigration enforcement ', ' §en  administr  support  rigor  immigr  enforc ', ' trump Trump administr administration Administration · support supports Supports rigor rigorous rigorous immigr immigration immigration enforc enforcement enforcement');
INSERT INTO "passage" VALUES (21, 'MEASURE', 'MEASURE/xght4fenqkxepawt', 1, 1, 3, 'en', 8, ' trump administration  ordered ice to prioritize sanctuary cities ', ' §en  administr  order  priorit  sanctuari  citi ', ' trump Trump administr administration Administration · order ordered Ordered  ice ICE  to to priorit prioritize prioritize sanctuari sanctuary sanctuary citi cities cities');
INSERT INTO "passage" VALUES (22, 'MEASURE', 'MEASURE/wpjxhjziptenjcck', 1, 1, 4, 'en', 5, ' trump administration  threatened funding cuts ', ' §en  administr  threaten  fund  cut ', ' trump Trump administr administration Administration · threaten threatened threatened fund funding funding cut cuts cuts');
INSERT INTO "passage" VALUES (23, 'STANCE', 'STANCE/bnpgditktdmwx6gh', 1, 1, 3, 'en', 7, ' community advocates  champion immigrant rights and protections ', ' §en  communiti  advoc  immigr  right  protect ', 'communiti community Community advoc advocates Advocates ·  champion Champion immigr immigrant immigrant right rights rights  and and protect protections protections');
INSERT INTO "passage" VALUES (24, 'MEASURE', 'MEASURE/ldss5d6kqwwnl4ka', 1, 1, 5, 'en', 4, ' community advocates  organized demonstrations ', ' §en  communiti  advoc  organiz  demonstr ', 'communiti community Community advoc advocates Advocates · organiz organized Organized demonstr demonstrations demonstrations');
INSERT INTO "passage" VALUES (25, 'MEASURE', 'MEASURE/tn4ns2dliasvuukh', 1, 1, 6, 'en', 5, ' community advocates  provided legal assistance ', ' §en  communiti  advoc  provid  assist ', 'communiti community Community advoc advocates Advocates · provid provided provided  legal legal assist assistance assistance');
INSERT INTO "passage" VALUES (26, 'POINT', 'POINT/ox3klgci2balvrjw', 1, 2, 4, 'en', 10, ' enhanced legal assistance  increased budget allocations for immigrant defense programs ', ' §en  enhanc  assist  increas  alloc  immigr  defens  program ', 'enhanc enhanced Enhanced  legal Legal assist assistance Assistance · increas increased Increased  budget budget alloc allocations allocations  for for immigr immigrant immigrant defens defense defense program programs programs');
INSERT INTO "passage" VALUES (27, 'POINT', 'POINT/3viejb4bt3tty5jc', 1, 2, 5, 'en', 12, ' community engagement  initiatives to strengthen relationships between law enforcement and immigrant communities ', ' §en  communiti  engag  initi  relationship  enforc  immigr ', 'communiti community Community engag engagement Engagement · initi initiatives Initiatives  to to  strengthen strengthen relationship relationships relationships  between between  law law enforc enforcement enforcement  and and immigr immigrant immigrant communiti communities communities');
INSERT INTO "passage" VALUES (28, 'POINT', 'POINT/rwt6nvafpdnwfwj5', 1, 2, 6, 'en', 12, ' public advocacy  speeches and campaigns promoting inclusivity and protection for all residents ', ' §en  advocaci  speech  campaign  promot  inclus  protect  resid ', ' public Public advocaci advocacy Advocacy · speech speeches Speeches  and and campaign campaigns campaigns promot promoting promoting inclus inclusivity inclusivity  and and protect protection protection  for for  all all resid residents residents');
INSERT INTO "passage" VALUES (29, 'APPROACH', 'APPROACH/u65j3ofk7f2hnqwm', 1, 2, 1, 'en', 7, ' chicago  immigration enforcement  restricts cooperation with ice ', ' §en  immigr  enforc  restrict  cooper ', ' chicago Chicago · immigr immigration Immigration enforc enforcement Enforcement · restrict restricts Restricts cooper cooperation cooperation  with with  ice ICE');
INSERT INTO "passage" VALUES (30, 'APPROACH', 'APPROACH/eyhekxy5k3tct3h3', 1, 2, 2, 'en', 7, ' federal government  immigration enforcement  implements aggressive enforcement ', ' §en  feder  govern  immigr  enforc  implement  aggress ', 'feder federal Federal govern government Government · immigr immigration Immigration enforc enforcement Enforcement · implement implements Implements aggress aggressive aggressive enforc enforcement enforcement');
INSERT INTO "passage" VALUES (31, 'APPROACH', 'APPROACH/c5ot3e2l7c4pl7vm', 1, 2, 3, 'en', 6, ' chicago  community safety  prioritizes trust building ', ' §en  communiti  safeti  priorit  build ', ' chicago Chicago · communiti community Community safeti safety Safety · priorit prioritizes Prioritizes  trust trust-build building building');
INSERT INTO "passage" VALUES (32, 'APPROACH', 'APPROACH/tpdvc3w3gkdkkszw', 1, 2, 4, 'en', 9, ' federal government  community safety  focuses on enforcement over outreach ', ' §en  feder  govern  communiti  safeti  focus  enforc ', 'feder federal Federal govern government Government · communiti community Community safeti safety Safety · focus focuses Focuses  on on enforc enforcement enforcement  over over  outreach outreach');
INSERT INTO "passage" VALUES (33, 'APPROACH', 'APPROACH/mkzy7v6pk66jm2t6', 1, 2, 5, 'en', 7, ' chicago  legal support  expands funding and resources ', ' §en  expand  fund  resourc ', ' chicago Chicago ·  legal Legal  support Support · expand expands Expands fund funding funding  and and resourc resources resources');
INSERT INTO "passage" VALUES (34, 'APPROACH', 'APPROACH/rtdh3tb5jdwxl64o', 1, 2, 6, 'en', 7, ' federal government  legal support  limits support services ', ' §en  feder  govern  limit  servic ', 'feder federal Federal govern government Government ·  legal Legal  support Support · limit limits Limits  support support servic services services');
INSERT INTO "passage" VALUES (35, 'POINT', 'POINT/4cgvyaknmfuyg6to', 1, 3, 7, 'en', 7, ' primary objectives  sustain protections for undocumented immigrants ', ' §en  primari  object  protect  undocu  immigr ', 'primari primary Primary object objectives Objectives ·  sustain Sustain protect protections protections  for for undocu undocumented undocumented immigr immigrants immigrants');
INSERT INTO "passage" VALUES (36, 'POINT', 'POINT/ozjzv4do3oawx4uz', 1, 3, 8, 'en', 10, ' community benefits  foster trust between residents and law enforcement agencies ', ' §en  communiti  benefit  resid  enforc  agenc ', 'communiti community Community benefit benefits Benefits ·  foster Foster  trust trust  between between resid residents residents  and and  law law enforc enforcement enforcement agenc agencies agencies');
INSERT INTO "passage" VALUES (37, 'POINT', 'POINT/m6baf37mitsj2cgd', 1, 3, 9, 'en', 9, ' political message  resist federal immigration interventions perceived as harmful ', ' §en  polit  messag  feder  immigr  intervent  perceiv  harm ', 'polit political Political messag message Message ·  resist Resist feder federal federal immigr immigration immigration intervent interventions interventions perceiv perceived perceived  as as harm harmful harmful');
INSERT INTO "passage" VALUES (38, 'ROLE', 'ROLE/wdpymx3bgilwgcy2', 1, 3, 1, 'en', 8, ' city officials  policy advocacy  defend sanctuary city status ', ' §en  citi  offici  polici  advocaci  sanctuari ', 'citi city City offici officials Officials · polici policy Policy advocaci advocacy Advocacy ·  defend Defend sanctuari sanctuary sanctuary citi city city  status status');
INSERT INTO "passage" VALUES (39, 'ROLE', 'ROLE/w2zass7duht42y6d', 1, 3, 2, 'en', 6, ' activists  community mobilization  elevate immigrant voices ', ' §en  activist  communiti  mobil  elev  immigr  voic ', 'activist activists Activists · communiti community Community mobil mobilization Mobilization · elev elevate Elevate immigr immigrant immigrant voic voices voices');
INSERT INTO "passage" VALUES (40, 'ROLE', 'ROLE/hrjlfz4plho7ibnc', 1, 3, 3, 'en', 9, ' community leaders  outreach and support  promote inclusivity and solidarity ', ' §en  communiti  leader  promot  inclus  solidar ', 'communiti community Community leader leaders Leaders ·  outreach Outreach  and and  support Support · promot promote Promote inclus inclusivity inclusivity  and and solidar solidarity solidarity');
INSERT INTO "passage" VALUES (41, 'POINT', 'POINT/rlqzpesvtmecnfmh', 1, 4, 10, 'en', 11, ' scheduled coordination meetings  regular exchanges to share intelligence and policy updates ', ' §en  schedul  coordin  meet  exchang  intellig  polici  updat ', 'schedul scheduled Scheduled coordin coordination Coordination meet meetings Meetings ·  regular Regular exchang exchanges exchanges  to to  share share intellig intelligence intelligence  and and polici policy policy updat updates updates');
INSERT INTO "passage" VALUES (42, 'POINT', 'POINT/p74ifygakgvdb333', 1, 4, 11, 'en', 9, ' clear jurisdictional guidelines  defining operational boundaries to avoid conflicts ', ' §en  jurisdict  guidelin  defin  oper  boundari  conflict ', ' clear Clear jurisdict jurisdictional Jurisdictional guidelin guidelines Guidelines · defin defining Defining oper operational operational boundari boundaries boundaries  to to  avoid avoid conflict conflicts conflicts');
INSERT INTO "passage" VALUES (43, 'POINT', 'POINT/qznwshrqbfebsjkd', 1, 4, 12, 'en', 9, ' community engagement forums  incorporating diverse perspectives into policy progress ', ' §en  communiti  engag  forum  incorpor  divers  perspect  polici ', 'communiti community Community engag engagement Engagement forum forums Forums · incorpor incorporating Incorporating divers diverse diverse perspect perspectives perspectives  into into polici policy policy  progress progress');
INSERT INTO "passage" VALUES (44, 'CHALLENGE', 'CHALLENGE/oyi7kse3qcjzlbrt', 1, 4, 1, 'en', 3, ' unclear enforcement roles ', ' §en  enforc  role ', ' unclear Unclear enforc enforcement Enforcement role roles Roles');
INSERT INTO "passage" VALUES (45, 'PROPOSED_SOLUTION', 'PROPOSED_SOLUTION/xxtu3hong332lte4', 1, 4, 1, 'en', 7, ' establish explicit operational boundaries  minimize jurisdictional disputes ', ' §en  oper  boundari  minim  jurisdict  disput ', ' establish Establish  explicit explicit oper operational operational boundari boundaries boundaries · minim minimize Minimize jurisdict jurisdictional jurisdictional disput disputes disputes');
INSERT INTO "passage" VALUES (46, 'CHALLENGE', 'CHALLENGE/3kiyi7pa2d4qeg5j', 1, 4, 2, 'en', 2, ' community distrust ', ' §en  communiti ', 'communiti community Community  distrust Distrust');
INSERT INTO "passage" VALUES (47, 'PROPOSED_SOLUTION', 'PROPOSED_SOLUTION/4lhyeqgcndcgdhhv', 1, 4, 2, 'en', 8, ' enhance transparency via joint communications  strengthen public confidence ', ' §en  enhanc  transpar  communic  confid ', 'enhanc enhance Enhance transpar transparency transparency  via via  joint joint communic communications communications ·  strengthen Strengthen  public public confid confidence confidence');
INSERT INTO "passage" VALUES (48, 'CHALLENGE', 'CHALLENGE/tfxbl34r6fcrciee', 1, 4, 3, 'en', 2, ' fragmented policies ', ' §en  fragment  polici ', 'fragment fragmented Fragmented polici policies Policies');
INSERT INTO "passage" VALUES (49, 'PROPOSED_SOLUTION', 'PROPOSED_SOLUTION/2by454bnm2uq4m7f', 1, 4, 3, 'en', 10, ' create integrated local federal frameworks  ensure consistent and coherent enforcement ', ' §en  creat  integr  feder  framework  ensur  consist  coher  enforc ', 'creat create Create integr integrated integrated  local local-feder federal federal framework frameworks frameworks · ensur ensure Ensure consist consistent consistent  and and coher coherent coherent enforc enforcement enforcement');
INSERT INTO "passage" VALUES (50, 'ARTICLE', 'ARTICLE/new', 2, NULL, 2, 'en', 4, ' new quarrel  once more ', ' §en  onc ', ' new New  quarrel quarrel · onc once Once  more more');
INSERT INTO "passage" VALUES (51, 'SECTION', 'SECTION/new/who', 2, 6, 6, 'en', 1, ' who ', ' §en ', ' who Who');
INSERT INTO "passage" VALUES (52, 'SECTION', 'SECTION/new/how', 2, 7, 7, 'en', 1, ' how ', ' §en ', ' how How');
INSERT INTO "passage" VALUES (53, 'SECTION', 'SECTION/new/who-2', 2, 8, 8, 'en', 1, ' who ', ' §en ', ' who Who');
INSERT INTO "passage" VALUES (54, 'STANCE', 'STANCE/hq6sz44lzqxe2pd7', 2, 6, 4, 'en', 4, ' the mayor  is for ', ' §en ', ' the THE  mayor MAYOR ·  is Is  for for');
INSERT INTO "passage" VALUES (55, 'MEASURE', 'MEASURE/koe2wzrzeux3l4eq', 2, 6, 7, 'en', 3, ' the mayor  signed ', ' §en  sign ', ' the THE  mayor MAYOR · sign signed signed');
INSERT INTO "passage" VALUES (56, 'STANCE', 'STANCE/yxhoer7cauxhvys6', 2, 6, 5, 'en', 4, ' city council  is split ', ' §en  citi ', 'citi city City  council council ·  is Is  split split');
INSERT INTO "passage" VALUES (57, 'APPROACH', 'APPROACH/ofzitpa6f5clwxug', 2, 7, 7, 'en', 3, ' city  safety  trust ', ' §en  citi  safeti ', 'citi city City · safeti safety Safety ·  trust Trust');
INSERT INTO "passage" VALUES (58, 'APPROACH', 'APPROACH/wyrnztjghngqv2mx', 2, 7, 8, 'en', 3, ' state  safety  force ', ' §en  safeti  forc ', ' state State · safeti safety Safety · forc force Force');
INSERT INTO "passage" VALUES (59, 'APPROACH', 'APPROACH/e275udbxdbnzvidn', 2, 7, 9, 'en', 4, ' state  legal aid  cuts ', ' §en  cut ', ' state State ·  legal Legal  aid aid · cut cuts Cuts');
INSERT INTO "passage" VALUES (60, 'POINT', 'POINT/fe36ptzr3husimhc', 2, 7, 13, 'en', 1, ' one ', ' §en ', ' one One');
INSERT INTO "passage" VALUES (61, 'POINT', 'POINT/imjf4elijqzfj4wf', 2, 7, 14, 'en', 2, ' label  two ', ' §en ', ' label Label ·  two Two');
INSERT INTO "passage" VALUES (62, 'POINT', 'POINT/mueydj7wowg67eil', 2, 8, 15, 'en', 2, ' other  point ', ' §en ', ' other Other ·  point point');
INSERT INTO "passage" VALUES (63, 'ARTICLE', 'ARTICLE/old', 3, NULL, 3, 'en', 2, ' old quarrel ', ' §en ', ' old Old  quarrel quarrel');
INSERT INTO "passage" VALUES (64, 'PARAGRAPH', 'PARAGRAPH/old/_top#0', 3, 9, 9, 'en', 3, ' before any heading ', ' §en  befor  ani  head ', 'befor before Before ani any any head heading heading.');
INSERT INTO "passage" VALUES (65, 'SECTION', 'SECTION/old/who', 3, 10, 10, 'en', 1, ' who ', ' §en ', ' who Who');
INSERT INTO "passage" VALUES (66, 'STANCE', 'STANCE/74muz5detl6egd7l', 3, 10, 6, 'en', 4, ' the mayor  was against ', ' §en ', ' the The  mayor Mayor ·  was Was  against against');
INSERT INTO "passage" VALUES (67, 'MEASURE', 'MEASURE/svquqyoa36qk66dc', 3, 10, 8, 'en', 3, ' the mayor  sued ', ' §en  su ', ' the The  mayor Mayor · su sued sued');
INSERT INTO "passage" VALUES (68, 'MEASURE', 'MEASURE/aw67nkcw6xzsee7a', 3, 10, 9, 'en', 3, ' the mayor  appealed ', ' §en  appeal ', ' the The  mayor Mayor · appeal appealed appealed');
INSERT INTO "passage" VALUES (69, 'STANCE', 'STANCE/t4mfdg65hosemmgm', 3, 10, 7, 'en', 3, ' governor  was for ', ' §en ', ' governor Governor ·  was Was  for for');
INSERT INTO "passage" VALUES (70, 'STANCE', 'STANCE/kwnlujzskqlapfck', 3, 10, 8, 'en', 5, ' the mayor  was against again ', ' §en ', ' the the  mayor mayor ·  was Was  against against,  again again');
INSERT INTO "passage" VALUES (71, 'MEASURE', 'MEASURE/lqgmnc6h52lya4qp', 3, 10, 10, 'en', 3, ' the mayor  marched ', ' §en  march ', ' the the  mayor mayor · march marched marched');
INSERT INTO "passage" VALUES (72, 'ROLE', 'ROLE/fupte4dmhikexvsv', 3, 10, 4, 'en', 3, ' activists  mobilization  stay ', ' §en  activist  mobil ', 'activist activists Activists · mobil mobilization Mobilization ·  stay Stay');
INSERT INTO "passage" VALUES (73, 'ARTICLE', 'ARTICLE/undated', 4, NULL, 4, 'en', 2, ' undated quarrel ', ' §en  undat ', 'undat undated Undated  quarrel quarrel');
INSERT INTO "passage" VALUES (74, 'SECTION', 'SECTION/undated/what-to-do', 4, 11, 11, 'en', 3, ' what to do ', ' §en ', ' what What  to to  do do');
INSERT INTO "passage" VALUES (75, 'PARAGRAPH', 'PARAGRAPH/undated/what-to-do#4', 4, 11, 11, 'en', 4, ' a quote a picture ', ' §en  quot  pictur ', ' a A quot quote quote.  a A pictur picture picture');
INSERT INTO "passage" VALUES (76, 'TABLE', 'TABLE/undated/what-to-do#5', 4, 11, 11, 'en', 4, ' year  raids  2019  10 ', ' §en  raid ', ' year Year · raid raids Raids ·  2019 2019 ·  10 10');
INSERT INTO "passage" VALUES (77, 'CHALLENGE', 'CHALLENGE/t5uppakpckgzh3co', 4, 11, 4, 'en', 1, ' distrust ', ' §en ', ' distrust Distrust');
INSERT INTO "passage" VALUES (78, 'PROPOSED_SOLUTION', 'PROPOSED_SOLUTION/mfhedhtzwrmyqusn', 4, 11, 4, 'en', 2, ' talk  trust ', ' §en ', ' talk Talk ·  trust Trust');
INSERT INTO "passage" VALUES (79, 'CHALLENGE', 'CHALLENGE/jdvgavrm4gysddut', 4, 11, 5, 'en', 1, ' delay ', ' §en ', ' delay Delay');
INSERT INTO "passage" VALUES (80, 'PROPOSED_SOLUTION', 'PROPOSED_SOLUTION/cbftuttiyzdrfpjk', 4, 11, 5, 'en', 2, ' hire  speed ', ' §en ', ' hire Hire ·  speed Speed');
INSERT INTO "passage" VALUES (81, 'PROPOSED_SOLUTION', 'PROPOSED_SOLUTION/6azlkmahlbwpzdmk', 4, 11, 6, 'en', 2, ' listen  peace ', ' §en  peac ', ' listen Listen · peac peace Peace');
INSERT INTO "passage" VALUES (82, 'STANCE', 'STANCE/gnar2aoiobc3whyl', 4, 11, 9, 'en', 3, ' the mayor  undecided ', ' §en  undecid ', ' the the  mayor mayor! · undecid undecided Undecided');
INSERT INTO "passage" VALUES (83, 'MEASURE', 'MEASURE/mavhhplresendlil', 4, 11, 11, 'en', 3, ' the mayor  waited ', ' §en  wait ', ' the the  mayor mayor! · wait waited waited');
INSERT INTO "passage" VALUES (84, 'STANCE', 'STANCE/njmplibawm7vmdni', 4, 11, 10, 'en', 2, ' judges  apart ', ' §en  judg ', 'judg judges Judges ·  apart Apart');
INSERT INTO "passage" VALUES (85, 'ROLE', 'ROLE/myf5lizd5jcj24rk', 4, 11, 5, 'en', 3, ' activists  protest  go ', ' §en  activist ', 'activist activists activists ·  protest Protest ·  go Go');
INSERT INTO "passage" VALUES (86, 'POINT', 'POINT/2szjlfewrrppnty5', 4, 11, 16, 'en', 3, ' wait  and see ', ' §en ', ' wait Wait ·  and and  see see');
INSERT INTO "passage" VALUES (87, 'PARTY', 'PARTY/mayor-lori-lightfoot', NULL, NULL, 1, NULL, 3, ' mayor lori lightfoot ', '', ' mayor Mayor  lori Lori  lightfoot Lightfoot');
INSERT INTO "passage" VALUES (88, 'PARTY', 'PARTY/trump-administration', NULL, NULL, 2, NULL, 2, ' trump administration ', '', ' trump Trump  administration Administration');
INSERT INTO "passage" VALUES (89, 'PARTY', 'PARTY/community-advocates', NULL, NULL, 3, NULL, 2, ' community advocates ', '', ' community Community  advocates Advocates');
INSERT INTO "passage" VALUES (90, 'PARTY', 'PARTY/the-mayor', NULL, NULL, 4, NULL, 2, ' the mayor ', '', ' the THE  mayor MAYOR');
INSERT INTO "passage" VALUES (91, 'PARTY', 'PARTY/city-council', NULL, NULL, 5, NULL, 2, ' city council ', '', ' city City  council council');
INSERT INTO "passage" VALUES (92, 'PARTY', 'PARTY/governor', NULL, NULL, 6, NULL, 1, ' governor ', '', ' governor Governor');
INSERT INTO "passage" VALUES (93, 'PARTY', 'PARTY/judges', NULL, NULL, 7, NULL, 1, ' judges ', '', ' judges Judges');
INSERT INTO "passage" VALUES (94, 'GOVERNMENT', 'GOVERNMENT/chicago', NULL, NULL, 1, NULL, 1, ' chicago ', '', ' chicago Chicago');
INSERT INTO "passage" VALUES (95, 'GOVERNMENT', 'GOVERNMENT/federal-government', NULL, NULL, 2, NULL, 2, ' federal government ', '', ' federal Federal  government Government');
INSERT INTO "passage" VALUES (96, 'GOVERNMENT', 'GOVERNMENT/city', NULL, NULL, 3, NULL, 1, ' city ', '', ' city City');
INSERT INTO "passage" VALUES (97, 'GOVERNMENT', 'GOVERNMENT/state', NULL, NULL, 4, NULL, 1, ' state ', '', ' state State');
INSERT INTO "passage" VALUES (98, 'POLICY_AREA', 'POLICY_AREA/immigration-enforcement', NULL, NULL, 1, NULL, 2, ' immigration enforcement ', '', ' immigration Immigration  enforcement Enforcement');
INSERT INTO "passage" VALUES (99, 'POLICY_AREA', 'POLICY_AREA/community-safety', NULL, NULL, 2, NULL, 2, ' community safety ', '', ' community Community  safety Safety');
INSERT INTO "passage" VALUES (100, 'POLICY_AREA', 'POLICY_AREA/legal-support', NULL, NULL, 3, NULL, 2, ' legal support ', '', ' legal Legal  support Support');
INSERT INTO "passage" VALUES (101, 'POLICY_AREA', 'POLICY_AREA/safety', NULL, NULL, 4, NULL, 1, ' safety ', '', ' safety Safety');
INSERT INTO "passage" VALUES (102, 'POLICY_AREA', 'POLICY_AREA/legal-aid', NULL, NULL, 5, NULL, 2, ' legal aid ', '', ' legal Legal  aid aid');
INSERT INTO "passage" VALUES (103, 'GROUP', 'GROUP/city-officials', NULL, NULL, 1, NULL, 2, ' city officials ', '', ' city City  officials Officials');
INSERT INTO "passage" VALUES (104, 'GROUP', 'GROUP/activists', NULL, NULL, 2, NULL, 1, ' activists ', '', ' activists Activists');
INSERT INTO "passage" VALUES (105, 'GROUP', 'GROUP/community-leaders', NULL, NULL, 3, NULL, 2, ' community leaders ', '', ' community Community  leaders Leaders');
INSERT INTO "article" VALUES (1, 'chicago-immigration-standoff', 'Chicago''s Standoff with Federal Immigration Policies', 'chicago''s standoff with federal immigration policies', 'A City''s Defiant Stand', 'Chicago holds on to its sanctuary policies while Washington presses for more raids and detentions. Who stands where, what each side has done, and what is proposed to end the deadlock.', '[]', 'en', 'en', NULL, NULL, NULL, '3652059chicago-immigration-standoff', 'chicago-immigration-standoff.md', 'cd0c3f42da23264f2593d329e71fa7bc4c6b2e8c00712761ba9bee3db80db257', 9, '3652059chicago-immigration-standoff', '[]', NULL, 'party:mayor-lori-lightfoot,party:trump-administration,party:community-advocates,government:chicago,government:federal-government,policyarea:immigration-enforcement,policyarea:community-safety,policyarea:legal-support,group:city-officials,group:activists,group:community-leaders', 1181116004, 1181116004);
INSERT INTO "article" VALUES (2, 'new', 'New quarrel', 'new quarrel', 'Once more', NULL, '[]', 'en', 'en', '2021-01-31', NULL, NULL, '2914237new', 'new.md', '3610d021951a3412dcba1c24735c6516b3dbdf13a7b2d3783c5a8bde533e0782', 9, '2914237new', '[]', NULL, 'party:the-mayor,party:city-council,government:city,government:state,policyarea:safety,policyarea:legal-aid', 751619275, 751619275);
INSERT INTO "article" VALUES (3, 'old', 'Old quarrel', 'old quarrel', NULL, NULL, '["A. Writer", "B. Writer"]', 'en', 'en', '2019-07-16', NULL, NULL, '2914802old', 'old.md', 'e4f71b1f00fda87dd098463d454dfa0d0554ff4840530239ff552d7cd7d2da31', 9, '2914802old', '[]', NULL, 'party:the-mayor,party:governor,group:activists', 966367639, 966367639);
INSERT INTO "article" VALUES (4, 'undated', 'Undated quarrel', 'undated quarrel', NULL, NULL, '[]', 'en', 'en', NULL, NULL, NULL, '3652059undated', 'undated.md', '84bf37321fe4f4bb5e92c1a7192848305abc7c38e785bee30fac022363aceb71', 9, '3652059undated', '[]', NULL, 'party:the-mayor,party:judges,group:activists', 1395864368, 1395864368);
INSERT INTO "stance" VALUES (1, 'r6cihfygoh3sfttf', 1, 1, 3, 3, 27, 1, 'Opposes federal immigration raids', 'opposes federal immigration raids', '', NULL, 1181116004);
INSERT INTO "stance" VALUES (2, 'b53krh2e4w577a52', 1, 1, 3, 6, 28, 2, 'Supports rigorous immigration enforcement', 'supports rigorous immigration enforcement', '', NULL, 1181116004);
INSERT INTO "stance" VALUES (3, 'bnpgditktdmwx6gh', 1, 1, 3, 9, 29, 3, 'Champion immigrant rights and protections', 'champion immigrant rights and protections', '', NULL, 1181116004);
INSERT INTO "stance" VALUES (4, 'hq6sz44lzqxe2pd7', 2, 6, 16, 0, 12, 4, 'Is for', 'is for', '', NULL, 751619275);
INSERT INTO "stance" VALUES (5, 'yxhoer7cauxhvys6', 2, 6, 16, 2, 13, 5, 'Is split', 'is split', '', NULL, 751619275);
INSERT INTO "stance" VALUES (6, '74muz5detl6egd7l', 3, 10, 21, 0, 14, 4, 'Was against', 'was against', '', NULL, 966367639);
INSERT INTO "stance" VALUES (7, 't4mfdg65hosemmgm', 3, 10, 21, 3, 15, 6, 'Was for', 'was for', '', NULL, 966367639);
INSERT INTO "stance" VALUES (8, 'kwnlujzskqlapfck', 3, 10, 21, 4, 16, 4, 'Was against, again', 'was against, again', '', NULL, 966367639);
INSERT INTO "stance" VALUES (9, 'gnar2aoiobc3whyl', 4, 11, 24, 5, 15, 4, 'Undecided', 'undecided', '', NULL, 1395864368);
INSERT INTO "stance" VALUES (10, 'njmplibawm7vmdni', 4, 11, 24, 7, 16, 7, 'Apart', 'apart', '', NULL, 1395864368);
INSERT INTO "measure" VALUES (1, 'a2gn75vubtlpt476', 1, 1, 3, 4, 27, 1, 1, 'Enforced sanctuary city policies', 'enforced sanctuary city policies', '', NULL, 1181116004);
INSERT INTO "measure" VALUES (2, 'bhk7qqybbdvzy5rh', 1, 1, 3, 5, 27, 1, 1, 'barred ICE from local jails', 'barred ice from local jails', '', NULL, 1181116004);
INSERT INTO "measure" VALUES (3, 'xght4fenqkxepawt', 1, 1, 3, 7, 28, 2, 2, 'Ordered ICE to prioritize sanctuary cities', 'ordered ice to prioritize sanctuary cities', '', NULL, 1181116004);
INSERT INTO "measure" VALUES (4, 'wpjxhjziptenjcck', 1, 1, 3, 8, 28, 2, 2, 'threatened funding cuts', 'threatened funding cuts', '', NULL, 1181116004);
INSERT INTO "measure" VALUES (5, 'ldss5d6kqwwnl4ka', 1, 1, 3, 10, 29, 3, 3, 'Organized demonstrations', 'organized demonstrations', '', NULL, 1181116004);
INSERT INTO "measure" VALUES (6, 'tn4ns2dliasvuukh', 1, 1, 3, 11, 29, 3, 3, 'provided legal assistance', 'provided legal assistance', '', NULL, 1181116004);
INSERT INTO "measure" VALUES (7, 'koe2wzrzeux3l4eq', 2, 6, 16, 1, 12, 4, 4, 'signed', 'signed', '', NULL, 751619275);
INSERT INTO "measure" VALUES (8, 'svquqyoa36qk66dc', 3, 10, 21, 1, 14, 4, 6, 'sued', 'sued', '', NULL, 966367639);
INSERT INTO "measure" VALUES (9, 'aw67nkcw6xzsee7a', 3, 10, 21, 2, 14, 4, 6, 'appealed', 'appealed', '', NULL, 966367639);
INSERT INTO "measure" VALUES (10, 'lqgmnc6h52lya4qp', 3, 10, 21, 5, 16, 4, 8, 'marched', 'marched', '', NULL, 966367639);
INSERT INTO "measure" VALUES (11, 'mavhhplresendlil', 4, 11, 24, 6, 15, 4, 9, 'waited', 'waited', '', NULL, 1395864368);
INSERT INTO "approach" VALUES (1, 'u65j3ofk7f2hnqwm', 1, 2, 7, 15, 47, 1, 1, 'Restricts cooperation with ICE', 'restricts cooperation with ice', '', NULL, 1181116004);
INSERT INTO "approach" VALUES (2, 'eyhekxy5k3tct3h3', 1, 2, 7, 16, 47, 2, 1, 'Implements aggressive enforcement', 'implements aggressive enforcement', '', NULL, 1181116004);
INSERT INTO "approach" VALUES (3, 'c5ot3e2l7c4pl7vm', 1, 2, 7, 17, 48, 1, 2, 'Prioritizes trust-building', 'prioritizes trust-building', '', NULL, 1181116004);
INSERT INTO "approach" VALUES (4, 'tpdvc3w3gkdkkszw', 1, 2, 7, 18, 48, 2, 2, 'Focuses on enforcement over outreach', 'focuses on enforcement over outreach', '', NULL, 1181116004);
INSERT INTO "approach" VALUES (5, 'mkzy7v6pk66jm2t6', 1, 2, 7, 19, 49, 1, 3, 'Expands funding and resources', 'expands funding and resources', '', NULL, 1181116004);
INSERT INTO "approach" VALUES (6, 'rtdh3tb5jdwxl64o', 1, 2, 7, 20, 49, 2, 3, 'Limits support services', 'limits support services', '', NULL, 1181116004);
INSERT INTO "approach" VALUES (7, 'ofzitpa6f5clwxug', 2, 7, 17, 3, 19, 3, 4, 'Trust', 'trust', '', NULL, 751619275);
INSERT INTO "approach" VALUES (8, 'wyrnztjghngqv2mx', 2, 7, 17, 4, 19, 4, 4, 'Force', 'force', '', NULL, 751619275);
INSERT INTO "approach" VALUES (9, 'e275udbxdbnzvidn', 2, 7, 17, 5, 20, 4, 5, 'Cuts', 'cuts', '', NULL, 751619275);
INSERT INTO "role" VALUES (1, 'wdpymx3bgilwgcy2', 1, 3, 11, 24, 68, 1, 'Policy Advocacy', 'policy advocacy', '', 'Defend sanctuary city status', 'defend sanctuary city status', '', NULL, NULL, 1181116004);
INSERT INTO "role" VALUES (2, 'w2zass7duht42y6d', 1, 3, 11, 25, 69, 2, 'Community Mobilization', 'community mobilization', '', 'Elevate immigrant voices', 'elevate immigrant voices', '', NULL, NULL, 1181116004);
INSERT INTO "role" VALUES (3, 'hrjlfz4plho7ibnc', 1, 3, 11, 26, 70, 3, 'Outreach and Support', 'outreach and support', '', 'Promote inclusivity and solidarity', 'promote inclusivity and solidarity', '', NULL, NULL, 1181116004);
INSERT INTO "role" VALUES (4, 'fupte4dmhikexvsv', 3, 10, 22, 6, 20, 2, 'Mobilization', 'mobilization', '', 'Stay', 'stay', '', NULL, NULL, 966367639);
INSERT INTO "role" VALUES (5, 'myf5lizd5jcj24rk', 4, 11, 25, 8, 20, 2, 'Protest', 'protest', '', 'Go', 'go', '', NULL, NULL, 1395864368);
INSERT INTO "challenge" VALUES (1, 'oyi7kse3qcjzlbrt', 1, 4, 14, 30, 88, 'Unclear Enforcement Roles', 'unclear enforcement roles', '', NULL, 1181116004);
INSERT INTO "challenge" VALUES (2, '3kiyi7pa2d4qeg5j', 1, 4, 14, 32, 89, 'Community Distrust', 'community distrust', '', NULL, 1181116004);
INSERT INTO "challenge" VALUES (3, 'tfxbl34r6fcrciee', 1, 4, 14, 34, 90, 'Fragmented Policies', 'fragmented policies', '', NULL, 1181116004);
INSERT INTO "challenge" VALUES (4, 't5uppakpckgzh3co', 4, 11, 23, 0, 9, 'Distrust', 'distrust', '', NULL, 1395864368);
INSERT INTO "challenge" VALUES (5, 'jdvgavrm4gysddut', 4, 11, 23, 2, 10, 'Delay', 'delay', '', NULL, 1395864368);
INSERT INTO "proposed_solution" VALUES (1, 'xxtu3hong332lte4', 1, 4, 14, 31, 88, 1, 'Establish explicit operational boundaries', 'establish explicit operational boundaries', '', 'Minimize jurisdictional disputes', NULL, NULL, 1181116004);
INSERT INTO "proposed_solution" VALUES (2, '4lhyeqgcndcgdhhv', 1, 4, 14, 33, 89, 2, 'Enhance transparency via joint communications', 'enhance transparency via joint communications', '', 'Strengthen public confidence', NULL, NULL, 1181116004);
INSERT INTO "proposed_solution" VALUES (3, '2by454bnm2uq4m7f', 1, 4, 14, 35, 90, 3, 'Create integrated local-federal frameworks', 'create integrated local-federal frameworks', '', 'Ensure consistent and coherent enforcement', NULL, NULL, 1181116004);
INSERT INTO "proposed_solution" VALUES (4, 'mfhedhtzwrmyqusn', 4, 11, 23, 1, 9, 4, 'Talk', 'talk', '', 'Trust', NULL, NULL, 1395864368);
INSERT INTO "proposed_solution" VALUES (5, 'cbftuttiyzdrfpjk', 4, 11, 23, 3, 10, 5, 'Hire', 'hire', '', 'Speed', NULL, NULL, 1395864368);
INSERT INTO "proposed_solution" VALUES (6, '6azlkmahlbwpzdmk', 4, 11, 23, 4, 11, 4, 'Listen', 'listen', '', 'Peace', NULL, NULL, 1395864368);
INSERT INTO "point" VALUES (1, 'rpz6ff7zolzlvhcr', 1, 1, 2, 0, 21, 'HIGHLIGHT', NULL, NULL, NULL, 'Mayor Lightfoot’s steadfast refusal to grant ICE expanded access to city detention facilities', 'mayor lightfoot’s steadfast refusal to grant ice expanded access to city detention facilities', '', NULL, 1181116004);
INSERT INTO "point" VALUES (2, 'ecpkhfq3cvxm7dry', 1, 1, 2, 1, 22, 'HIGHLIGHT', NULL, NULL, NULL, 'Grassroots organizations advocating for stronger immigrant protections and increased support services', 'grassroots organizations advocating for stronger immigrant protections and increased support services', '', NULL, 1181116004);
INSERT INTO "point" VALUES (3, '2x43txqykgzcndiv', 1, 1, 2, 2, 23, 'HIGHLIGHT', NULL, NULL, NULL, 'Federal authorities threatening legal action and potential withdrawal of federal funding', 'federal authorities threatening legal action and potential withdrawal of federal funding', '', NULL, 1181116004);
INSERT INTO "point" VALUES (4, 'ox3klgci2balvrjw', 1, 2, 6, 12, 41, 'INITIATIVE', 'Enhanced Legal Assistance', 'enhanced legal assistance', '', 'Increased budget allocations for immigrant defense programs', 'increased budget allocations for immigrant defense programs', '', NULL, 1181116004);
INSERT INTO "point" VALUES (5, '3viejb4bt3tty5jc', 1, 2, 6, 13, 42, 'INITIATIVE', 'Community Engagement', 'community engagement', '', 'Initiatives to strengthen relationships between law enforcement and immigrant communities', 'initiatives to strengthen relationships between law enforcement and immigrant communities', '', NULL, 1181116004);
INSERT INTO "point" VALUES (6, 'rwt6nvafpdnwfwj5', 1, 2, 6, 14, 43, 'INITIATIVE', 'Public Advocacy', 'public advocacy', '', 'Speeches and campaigns promoting inclusivity and protection for all residents', 'speeches and campaigns promoting inclusivity and protection for all residents', '', NULL, 1181116004);
INSERT INTO "point" VALUES (7, '4cgvyaknmfuyg6to', 1, 3, 9, 21, 58, 'OBJECTIVE', 'Primary Objectives', 'primary objectives', '', 'Sustain protections for undocumented immigrants', 'sustain protections for undocumented immigrants', '', NULL, 1181116004);
INSERT INTO "point" VALUES (8, 'ozjzv4do3oawx4uz', 1, 3, 9, 22, 59, 'OBJECTIVE', 'Community Benefits', 'community benefits', '', 'Foster trust between residents and law enforcement agencies', 'foster trust between residents and law enforcement agencies', '', NULL, 1181116004);
INSERT INTO "point" VALUES (9, 'm6baf37mitsj2cgd', 1, 3, 9, 23, 60, 'OBJECTIVE', 'Political Message', 'political message', '', 'Resist federal immigration interventions perceived as harmful', 'resist federal immigration interventions perceived as harmful', '', NULL, 1181116004);
INSERT INTO "point" VALUES (10, 'rlqzpesvtmecnfmh', 1, 4, 13, 27, 82, 'RECOMMENDATION', 'Scheduled Coordination Meetings', 'scheduled coordination meetings', '', 'Regular exchanges to share intelligence and policy updates', 'regular exchanges to share intelligence and policy updates', '', NULL, 1181116004);
INSERT INTO "point" VALUES (11, 'p74ifygakgvdb333', 1, 4, 13, 28, 83, 'RECOMMENDATION', 'Clear Jurisdictional Guidelines', 'clear jurisdictional guidelines', '', 'Defining operational boundaries to avoid conflicts', 'defining operational boundaries to avoid conflicts', '', NULL, 1181116004);
INSERT INTO "point" VALUES (12, 'qznwshrqbfebsjkd', 1, 4, 13, 29, 84, 'RECOMMENDATION', 'Community Engagement Forums', 'community engagement forums', '', 'Incorporating diverse perspectives into policy progress', 'incorporating diverse perspectives into policy progress', '', NULL, 1181116004);
INSERT INTO "point" VALUES (13, 'fe36ptzr3husimhc', 2, 7, 18, 6, 23, 'HIGHLIGHT', NULL, NULL, NULL, 'One', 'one', '', NULL, 751619275);
INSERT INTO "point" VALUES (14, 'imjf4elijqzfj4wf', 2, 7, 18, 7, 24, 'HIGHLIGHT', 'Label', 'label', '', 'Two', 'two', '', NULL, 751619275);
INSERT INTO "point" VALUES (15, 'mueydj7wowg67eil', 2, 8, 19, 8, 28, 'OTHER', 'Other', 'other', '', 'point', 'point', '', NULL, 751619275);
INSERT INTO "point" VALUES (16, '2szjlfewrrppnty5', 4, 11, 26, 9, 23, 'RECOMMENDATION', 'Wait', 'wait', '', 'and see', 'and see', '', NULL, 1395864368);
INSERT INTO "article_author" VALUES (3, 'a. writer', 'A. Writer', 966367639);
INSERT INTO "article_author" VALUES (3, 'b. writer', 'B. Writer', 966367639);
INSERT INTO "party_mention" VALUES (1, 0, 'Mayor Lori Lightfoot', 1, 1181116004, 1181116004);
INSERT INTO "party_mention" VALUES (1, 1, 'Trump Administration', 2, 1181116004, 1181116004);
INSERT INTO "party_mention" VALUES (1, 2, 'Community Advocates', 3, 1181116004, 1181116004);
INSERT INTO "party_mention" VALUES (2, 0, 'THE MAYOR', 4, 751619275, 751619275);
INSERT INTO "party_mention" VALUES (2, 1, 'City council', 5, 751619275, 751619275);
INSERT INTO "party_mention" VALUES (3, 0, 'The Mayor', 4, 966367639, 966367639);
INSERT INTO "party_mention" VALUES (3, 1, 'Governor', 6, 966367639, 966367639);
INSERT INTO "party_mention" VALUES (4, 0, 'the mayor!', 4, 1395864368, 1395864368);
INSERT INTO "party_mention" VALUES (4, 1, 'Judges', 7, 1395864368, 1395864368);
INSERT INTO "government_mention" VALUES (1, 0, 'Chicago', 1, 1181116004, 1181116004);
INSERT INTO "government_mention" VALUES (1, 1, 'Federal Government', 2, 1181116004, 1181116004);
INSERT INTO "government_mention" VALUES (2, 0, 'City', 3, 751619275, 751619275);
INSERT INTO "government_mention" VALUES (2, 1, 'State', 4, 751619275, 751619275);
INSERT INTO "policy_area_mention" VALUES (1, 0, 'Immigration Enforcement', 1, 1181116004, 1181116004);
INSERT INTO "policy_area_mention" VALUES (1, 1, 'Community Safety', 2, 1181116004, 1181116004);
INSERT INTO "policy_area_mention" VALUES (1, 2, 'Legal Support', 3, 1181116004, 1181116004);
INSERT INTO "policy_area_mention" VALUES (2, 0, 'Safety', 4, 751619275, 751619275);
INSERT INTO "policy_area_mention" VALUES (2, 1, 'Legal aid', 5, 751619275, 751619275);
INSERT INTO "group_mention" VALUES (1, 0, 'City Officials', 1, 1181116004, 1181116004);
INSERT INTO "group_mention" VALUES (1, 1, 'Activists', 2, 1181116004, 1181116004);
INSERT INTO "group_mention" VALUES (1, 2, 'Community Leaders', 3, 1181116004, 1181116004);
INSERT INTO "group_mention" VALUES (3, 0, 'Activists', 2, 966367639, 966367639);
INSERT INTO "group_mention" VALUES (4, 0, 'activists', 2, 1395864368, 1395864368);
INSERT INTO "source_file" VALUES ('chicago-immigration-standoff.md', X'78017598DD8EDCC61185EFF9140DF82237BBFB00321060BD961D2552246865E4BA87EC99692DC966D8E48ED7DE007E8D00C9CBF949F29D6A72862B2B17924624BBBB7E4E9D3AD5D7D7D7D514A736BC7277C758FB43FA5376F793EF9BB4DFBB539C8EEE87D084D1B7EE4DD7C5C3E8A7987AF721B5B18E215779DE2DCB6FDD5D9C9E58FD7DD847DF4F65972AB7F3E195ABCBDED7F1B2C7755E4EA95ADF1F667FC084D0B361D7F9F1E995FBF375E5569BDC31B54D761C3C2517A7ECB2EFEB69E63B372C96B8D331B6C1FDC3E763EC0F139F0E63C83964B74FA3EBD218DCE8239BE09A6BC2147A39926FDC3F8EC9992999F34EC730862BFEF1930BBE3EBA1C9BE08E3EBB26F5BCD0627B1933FBA721E5D0C8A6C0F3E918D8D8376DAA1F6EAA6B025B7DF3CDEAC1EFBFFD3BBBB7BC0D23060E3CF66D1BFA03F67D2DBE77A3AF1F9A74EAABEA36DBCEFFC4DB31B42E3D86D16DC2C8D13858870E875C3EFA71087DBE72EFFC136EBF4D63746FE3E138ED539ACC8F5DA8531708257FF6B6F3A771EE06E79B2EF6314F25C132B74AF39487F4107A97868105FD44B816945CB9871EF31C91F19B6CD440E0CA11787622F20B720632FC873C90A11994D5B32C278A8B4F1C5229CA96B16D9E3E1D0936C14F2EED3E877A52D815F2F5903ACD231F64FFC463D21727572759A18F0C25C17E4EE39C27F97E3EB02222DDDCC7094097144780C62A65F5143C1120DBF30EC8B3FD3E4C4F8603F24C551C94905E3EDC54D55F0875AB7083D512DCD41F1278744DCCC33C0517FBBA9D9BF0AAAA7EBD399EBFFE5775BD666C4D9601264F2066EFB1770CFB39731C4E5383A4FACDDD6B177E1E0815B1F3750DD6F55209B8C0DBED7D1D5B738C137E1C7DCE2340C0BAF1E0FBF88B1533196C1EF165929D2A164080D91798711A589F88B92AC67CC78D3178813FCF6063047A617C8C58C1392BA0FD3C1D01A0C24A38F99EA2D3196D38E089B7ED6CB781CD29471E8A709AD19FF84900D7D4EE010A0BABEAD97DF0230E3E1BB9D4811F1F43CD5AF70E6B6670E79EAB674AEFFC87255F2D8567F71EBB8D1E16906E6BAA30C5B37B5D6A0B2FCF7C63015E49E75BB7535536968DFD983A5740F1D9C7D64C71A5B86E5F1497CC2F51CB6E8C8734A639AF683476DD9634868E90C67206191EC66841FD45585F5910AB88F2B7E730F3F912345753C58A8ABB5B50FEE46E4BBE152D11513788D2CFE5209B846055E136EFB2C450C3E64DE880C242169CCB778F3065B3E6368B00B08E0C190B2E397801EE7B2D0F078AEA6380677A8A17F756F0BCB9748A4BB7A93E51959D519B381956395968B63C7029482B211811AB2274B75361F469EE6B81F0F7DFFE137E56D5C4C7D03E418DF0F2964B7FFFEDBFEA03911E001BD016DC630CA70A4AA05B41E2461002839DD2CDED146BFE9AD529DBB80F37EE1E5B4B63D1D132F192AF15403C86AAF2E0694F2FD850148AB5A4A1F8E6470AA26A826ACDAAB61055E98BB6C9298D0F72CC7AF65A395B50D361B55FED7BB71B03B9EA44F72243E35B68CEF5810CEDD2784C894ED98A53447830DBDFC34949867B3AE33602224E9C0A4F0386F0449CC8DF52DC1152128B6BD79C6AD5F6CA1034D61C89271FC309F5919E12A10E565A77B475076A6290EF7EAAE498F1D271EEB07D83CE65E33A1D8916103EFAC7E05A3F1E94D15368D5E9AC2F7778F0EB0DFD0D9299487816E1BEEE8F4268435B161FDD9E31FBCABD39D3DB6E6E0E8108B52AECC27FA2C84BB134614F7BA0C32CC161E34BA1BDEE0F445DCD417B9E4F97EB849EF64F72F128B4656B844176BB309D024F5B7FDAE2D1C2723976D3B238F143694EA5AE6BC4D3FD10424D546C554D85FB78501383A292F1BCF521B0AF76F1B2D02DD4F86B5DDC2068BC2B9905739031230D938A06FDDB815D49238FD7DAFDF1DC13BFF8E20FDCBCADF2856C4DC888D78950AC05D8940604A831A3815BADEF19393AB4165A9C3C1CA81755F28B88BD24BD7B806CADE3C399400198F07FBD9B63AB0623171024EA0AA069CBC2A6BAD043065863D3029A85C759F8DA7A312AA7F42A0B2A46214A2019DEBF8D9D09D72FDAE5C28F9BD6FC2EED68D9A535BB9F8652E18BEAB270DE9F59FF4ED913DAE2A4A8A115E9A98F26BD94D315234FE7D2B2162542B12E76F0FC54678182EC8134A9B0494227C24F5C7D84E58D824A23FB8A4A44A30C4368AEE7611BB11BF7295138E24DFE1237A8235835729A4CD890E1465C8CA1E3CC57B2828FBAABAFE8AEBDEF0890668FC93F296BD37A12F428C946EE74C042145BA5978D078A7E5C69003868E070EF4D55EA29E5032A30A30462913D2AFB17147D2E46699E4BCD7F177A06A0895D7E407ECA7FE3D8B5AC2FC4AE14FDA1C8E1689BABA8692A8E9E0233BD03DB361E511304F12C8B1603AC30E05E041820308946BDD40157486D566BEBF6735BA97952EC6D26C168524B8628D8F4530D176A18C1E9B577588F5AC4748FCC49A70BED6590B8519DD08808FE25CF970EE5F343682A05CF147DE914FAEFCB4671C1EA4B690A0EAC87802EE3DDE90622557AE368F826D7EACB575B38ADB3A9C1588302601842822E242A3D5A1CC90E651BE6CF5D8A7941BD6EB4CA355B4B0711C2747460D1137D0E083D23A5E94FA20BD484C55FF28A1EBEA44A0CF1850AB55A7DBFDF33369302962ABF6254D362FC78D6E02CF85E0AC30C048913FA50647629EFAD9A7B411810511B1ED155975CB9C724616E3B5C60BACCA21CFB7EA53585E242681FAC572C13CBA65364EC6E3CB21E934DDB2D6A728DD3B9ADDEA5B6F58889C2DCDF2D6DEDAD4D4D3A6AED16B79731C1304A5164EB5175EAF7C4683AB7C40B4969BDD2BA6255DA467553465C928382459BD70FF6156A550B9445CF0309EEC311E40B3982C4319DAA6D31A92A19F09706D048A0E02D17224BF2B419B35718A592693D1A2C61B565C6CB4C68D48A3EBA6851E6A43DE0CA484A28D7AC9A4EA800445EAE4CB7F4C9AD124EC5D833EB8B047DFB701EBA1DD266C6C9E288694B45BD015189172A5E466D44373E81D46BEDAEE1D0105A9466C0645E559FE731E686E04A37AD3CEFFB44504710FE37980266A0B548F01652B1FAEB28AA471DBAEDCADBA1F68B55125AF72891666E31E52EA591465B10F12E04A519A2FC180E33B28D98AE3484E7BACB904B536819A9496F2842A594CD3C60964D9B77E8C6D1FD75E30F54F4E38CEB52FDECAEFB289B3BCF32820F76CC014231D1E42C4F89A85F16BCBDE4F38B8683D0B92A6147E4611A51E2F861E12F74021EF2A021991622BB45B356E284CCF489888371ABDCFB8801D60BA4FBD4CE0B8BDCC2E0751CF0AD714B27F90A99FCC42D82BCDE4AA68F09BDCEAEAFC10557159A667E1E381F5EFB3F8E331A13982E32496EE14074CE487E29A1BE5F07064DC6269E696E0C611A5F7A28EC317AF759AD65951EAB64D6BC7E96BBCB4D8AA2AD11C766449874F4078918FC366654660897DD1A180A183DF4D206ECEBB5EEF7CC234165639EF7BA02501A4D6B60866A50D30167739FB7B9282BCC755FEE1AED3358B04DE9A1AAB6526B1FC7CE74B06A0D43334C01C750DD7BA25F704CB800B54A5BA795F97F9DD1F1C16ABB19E35EC67B22453AC0CB4ACF4AFB8D8055AE29AAF365DD55E108DAA7A80830A9B0E0389A580E356887914C0D8B062F5247FF3B0B93350D76030339488DD5E44A979EDAA8F313AA21BB871086AAB3BA2EC7AE8DE709A74AFF94486035C4A213B86BEBA7B18CBEE224D3EC5FBAB5C25F61D1A22131ACDBF02821CC11A4D834426537AA7BDA85A22B9A311A72B75D600260E42BDFE22EF2D4E2493876DC05FA49CC7253FD0F8F0366CB');
INSERT INTO "source_file" VALUES ('new.md', X'780165504B6BC3300CBEFB57087A18043C9AEE965B181B1DB4CB68036347C755638367677E10CABCFF3E397BC0D84120A4EF2571CE59D4D160038F38C35B12DEA361C1A4B1018B339BD2607450786A60B3DED47C5DF39B9A85347CB33A2B115E9D47C6498AAD56F0AC1C63199E848F17C8708CA240321C50A28DB0471192C7009965A2FC1651FAED1DECDB97EE40E8870067E7A9097AB4782A68B8D5A4285DB2529B2F48988C8ED4E6C579EBE6C5D9192D2FD07A14B42AA4AB00ED347927A4A209258AF867F42FC9519C7149DFFB148AC1BDF3E5080AB1C35118109A2215F514CB25ECFD5AE95119AA183E1887CED243A0AA766240D35415F4337DE5E73BB48F0A7D0393D336B24F8E7978D0');
INSERT INTO "source_file" VALUES ('old.md', X'7801658F414B03311085EFF32B067A6D4ADB83E27A6A053D2D8A0A7B100FD3CDB81B4893ED2429ACEC8F7716B5971E022FC97B1FEF196320BBECB9C2676FF15448843D245FBA0AA3B730948377A9675BE176BDB933EB5BB3B9012AB98F922AFCD8ADB011975996B8FF979F60140B7BFE8AC24861C49EC9BAD0AD00160B6CFA0830E10B491E71C2B74CA16515AFDC72C85833A5229C7082493997A391F79EB1A6318ABA1B4A481DB990B2DE52617B8F340C4C9EED1CC5A778660917AF7651DFFC919572BCA62C7F716A3A92B4BA58CD33466219F4F1B18436BB18543ECCB36A4E893AED7DD572A7BEB34B5917601D0FCEBB6FFA4BEA569D0C3F4BBA79A7');
INSERT INTO "source_file" VALUES ('undated.md', X'78016D514D4F023110BDF7570C70D1C32EE04D0E262B468C9184808618E361B21DA171696B3BAB12F1BF3B834663F4D0B4F3F5DE9BD7A2280C3B6E680437DE229385A71653A2C6145232BD1E2CD7C8C0016C306607E335360DF915C10E6629C4906564119A965DF092AB3CBBDAC53DD229797A700C3BB313B0EF2328672E736AB394E01A9B47BD3E43AD51835BC95CB8A4248B48C22010607F86AEE4494A3723ACA54B95CD30B1CE2D18BDE6604E35798629616E13E57F64F09A6083DB903AD22EFB53EDAC92C10B3AB542592F5BBBD261A8A210C8BD279BA4D04609CE5B5F7F6D3E0EA2774A39A39AF3676594BE6791AD50621CD37EFB4950BCB732511D361BD22F101FF3BB2960291A4680DE422632E6042AF91A992BA17357417435CB56F7076BE69847FD3EBDE226365486B4EA2774B68C7E05DDB9BCBA876ACF2D61126A4DFCB2424A4783E1B1948603D1F201FBD2ABDA');
INSERT INTO "passage_index_frequency" VALUES ('', 0);
INSERT INTO "schema_compatibility" VALUES ('0019');
INSERT INTO "section" VALUES (1, 'chicago-immigration-standoff/chicago-s-leadership-challenges-federal-immigration-crackdown', 1, 'chicago-s-leadership-challenges-federal-immigration-crackdown', 'Chicago’s Leadership Challenges Federal Immigration Crackdown', 2, 0, 11);
INSERT INTO "section" VALUES (2, 'chicago-immigration-standoff/mayor-lightfoot-s-strategic-response-to-federal-immigration-policies', 1, 'mayor-lightfoot-s-strategic-response-to-federal-immigration-policies', 'Mayor Lightfoot’s Strategic Response to Federal Immigration Policies', 2, 1, 31);
INSERT INTO "section" VALUES (3, 'chicago-immigration-standoff/grassroots-mobilization-upholds-chicago-s-sanctuary-city-commitment', 1, 'grassroots-mobilization-upholds-chicago-s-sanctuary-city-commitment', 'Grassroots Mobilization Upholds Chicago’s Sanctuary City Commitment', 2, 2, 51);
INSERT INTO "section" VALUES (4, 'chicago-immigration-standoff/advocating-for-enhanced-collaboration-between-local-and-federal-authorities', 1, 'advocating-for-enhanced-collaboration-between-local-and-federal-authorities', 'Advocating for Enhanced Collaboration Between Local and Federal Authorities', 2, 3, 72);
INSERT INTO "section" VALUES (5, 'chicago-immigration-standoff/summary-and-outlook', 1, 'summary-and-outlook', 'Summary and Outlook', 2, 4, 92);
INSERT INTO "section" VALUES (6, 'new/who', 2, 'who', 'Who', 2, 0, 8);
INSERT INTO "section" VALUES (7, 'new/how', 2, 'how', 'How', 2, 1, 15);
INSERT INTO "section" VALUES (8, 'new/who-2', 2, 'who-2', 'Who', 2, 2, 26);
INSERT INTO "section" VALUES (9, 'old/_top', 3, '_top', NULL, 1, 0, 8);
INSERT INTO "section" VALUES (10, 'old/who', 3, 'who', 'Who', 2, 1, 10);
INSERT INTO "section" VALUES (11, 'undated/what-to-do', 4, 'what-to-do', 'What to do', 2, 0, 5);
