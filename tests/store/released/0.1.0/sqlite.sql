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
CREATE TABLE article (
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
	CONSTRAINT pk_article PRIMARY KEY (id), 
	CONSTRAINT uq_article_slug UNIQUE (slug), 
	CONSTRAINT uq_article_recency_key UNIQUE (recency_key), 
	CONSTRAINT uq_article_path UNIQUE (path)
);
CREATE INDEX ix_article_published ON article (published);
CREATE INDEX ix_article_title_key_slug ON article (title_key, slug);
CREATE INDEX ix_article_language_key_recency_key ON article (language_key, recency_key);
CREATE TABLE section (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	article_id INTEGER NOT NULL, 
	slug VARCHAR NOT NULL, 
	heading VARCHAR, 
	level INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	CONSTRAINT pk_section PRIMARY KEY (id), 
	CONSTRAINT uq_section_article_id_position UNIQUE (article_id, position), 
	CONSTRAINT uq_section_key UNIQUE ("key"), 
	CONSTRAINT fk_section_article_id FOREIGN KEY(article_id) REFERENCES article (id)
);
CREATE TABLE block (
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
	CONSTRAINT pk_block PRIMARY KEY (id), 
	CONSTRAINT uq_block_section_id_position UNIQUE (section_id, position), 
	CONSTRAINT fk_block_article_id FOREIGN KEY(article_id) REFERENCES article (id), 
	CONSTRAINT fk_block_section_id FOREIGN KEY(section_id) REFERENCES section (id)
);
CREATE INDEX ix_block_article_id ON block (article_id);
CREATE TABLE party (
	id INTEGER NOT NULL, 
	slug VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	name_key VARCHAR NOT NULL, 
	current_stance VARCHAR, 
	CONSTRAINT pk_party PRIMARY KEY (id), 
	CONSTRAINT uq_party_slug UNIQUE (slug)
);
CREATE INDEX ix_party_name_key_slug ON party (name_key, slug);
CREATE TABLE government (
	id INTEGER NOT NULL, 
	slug VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	name_key VARCHAR NOT NULL, 
	CONSTRAINT pk_government PRIMARY KEY (id), 
	CONSTRAINT uq_government_slug UNIQUE (slug)
);
CREATE INDEX ix_government_name_key_slug ON government (name_key, slug);
CREATE TABLE policy_area (
	id INTEGER NOT NULL, 
	slug VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	name_key VARCHAR NOT NULL, 
	CONSTRAINT pk_policy_area PRIMARY KEY (id), 
	CONSTRAINT uq_policy_area_slug UNIQUE (slug)
);
CREATE INDEX ix_policy_area_name_key_slug ON policy_area (name_key, slug);
CREATE TABLE "group" (
	id INTEGER NOT NULL, 
	slug VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	name_key VARCHAR NOT NULL, 
	current_function VARCHAR, 
	current_core_message VARCHAR, 
	CONSTRAINT pk_group PRIMARY KEY (id), 
	CONSTRAINT uq_group_slug UNIQUE (slug)
);
CREATE INDEX ix_group_name_key_slug ON "group" (name_key, slug);
CREATE TABLE party_mention (
	article_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	recency_key VARCHAR NOT NULL, 
	party_id INTEGER NOT NULL, 
	CONSTRAINT pk_party_mention PRIMARY KEY (article_id, party_id), 
	CONSTRAINT uq_party_mention_article_id_position UNIQUE (article_id, position), 
	CONSTRAINT fk_party_mention_article_id FOREIGN KEY(article_id) REFERENCES article (id), 
	CONSTRAINT fk_party_mention_party_id FOREIGN KEY(party_id) REFERENCES party (id)
);
CREATE INDEX ix_party_mention_party_id_recency_key ON party_mention (party_id, recency_key);
CREATE TABLE government_mention (
	article_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	recency_key VARCHAR NOT NULL, 
	government_id INTEGER NOT NULL, 
	CONSTRAINT pk_government_mention PRIMARY KEY (article_id, government_id), 
	CONSTRAINT uq_government_mention_article_id_position UNIQUE (article_id, position), 
	CONSTRAINT fk_government_mention_article_id FOREIGN KEY(article_id) REFERENCES article (id), 
	CONSTRAINT fk_government_mention_government_id FOREIGN KEY(government_id) REFERENCES government (id)
);
CREATE INDEX ix_government_mention_government_id_recency_key ON government_mention (government_id, recency_key);
CREATE TABLE policy_area_mention (
	article_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	recency_key VARCHAR NOT NULL, 
	policy_area_id INTEGER NOT NULL, 
	CONSTRAINT pk_policy_area_mention PRIMARY KEY (article_id, policy_area_id), 
	CONSTRAINT uq_policy_area_mention_article_id_position UNIQUE (article_id, position), 
	CONSTRAINT fk_policy_area_mention_article_id FOREIGN KEY(article_id) REFERENCES article (id), 
	CONSTRAINT fk_policy_area_mention_policy_area_id FOREIGN KEY(policy_area_id) REFERENCES policy_area (id)
);
CREATE INDEX ix_policy_area_mention_policy_area_id_recency_key ON policy_area_mention (policy_area_id, recency_key);
CREATE TABLE group_mention (
	article_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	recency_key VARCHAR NOT NULL, 
	group_id INTEGER NOT NULL, 
	CONSTRAINT pk_group_mention PRIMARY KEY (article_id, group_id), 
	CONSTRAINT uq_group_mention_article_id_position UNIQUE (article_id, position), 
	CONSTRAINT fk_group_mention_article_id FOREIGN KEY(article_id) REFERENCES article (id), 
	CONSTRAINT fk_group_mention_group_id FOREIGN KEY(group_id) REFERENCES "group" (id)
);
CREATE INDEX ix_group_mention_group_id_recency_key ON group_mention (group_id, recency_key);
CREATE TABLE stance (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	article_id INTEGER NOT NULL, 
	section_id INTEGER NOT NULL, 
	block_id INTEGER NOT NULL, 
	recency_key VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	party_id INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	text_key VARCHAR NOT NULL, 
	text_key_tail VARCHAR NOT NULL, 
	CONSTRAINT pk_stance PRIMARY KEY (id), 
	CONSTRAINT uq_stance_article_id_position UNIQUE (article_id, position), 
	CONSTRAINT uq_stance_recency_key_position UNIQUE (recency_key, position), 
	CONSTRAINT uq_stance_key UNIQUE ("key"), 
	CONSTRAINT fk_stance_article_id FOREIGN KEY(article_id) REFERENCES article (id), 
	CONSTRAINT fk_stance_section_id FOREIGN KEY(section_id) REFERENCES section (id), 
	CONSTRAINT fk_stance_block_id FOREIGN KEY(block_id) REFERENCES block (id), 
	CONSTRAINT fk_stance_party_id FOREIGN KEY(party_id) REFERENCES party (id)
);
CREATE INDEX ix_stance_text_key ON stance (text_key);
CREATE INDEX ix_stance_party_id_recency_key_position_article_id ON stance (party_id, recency_key, position, article_id);
CREATE INDEX ix_stance_section_id ON stance (section_id);
CREATE INDEX ix_stance_block_id_position ON stance (block_id, position);
CREATE TABLE measure (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	article_id INTEGER NOT NULL, 
	section_id INTEGER NOT NULL, 
	block_id INTEGER NOT NULL, 
	recency_key VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	party_id INTEGER NOT NULL, 
	stance_id INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	text_key VARCHAR NOT NULL, 
	text_key_tail VARCHAR NOT NULL, 
	CONSTRAINT pk_measure PRIMARY KEY (id), 
	CONSTRAINT uq_measure_article_id_position UNIQUE (article_id, position), 
	CONSTRAINT uq_measure_recency_key_position UNIQUE (recency_key, position), 
	CONSTRAINT uq_measure_key UNIQUE ("key"), 
	CONSTRAINT fk_measure_article_id FOREIGN KEY(article_id) REFERENCES article (id), 
	CONSTRAINT fk_measure_section_id FOREIGN KEY(section_id) REFERENCES section (id), 
	CONSTRAINT fk_measure_block_id FOREIGN KEY(block_id) REFERENCES block (id), 
	CONSTRAINT fk_measure_party_id FOREIGN KEY(party_id) REFERENCES party (id), 
	CONSTRAINT fk_measure_stance_id FOREIGN KEY(stance_id) REFERENCES stance (id)
);
CREATE INDEX ix_measure_section_id ON measure (section_id);
CREATE INDEX ix_measure_stance_id_position ON measure (stance_id, position);
CREATE INDEX ix_measure_party_id_recency_key_position_article_id ON measure (party_id, recency_key, position, article_id);
CREATE INDEX ix_measure_block_id_position ON measure (block_id, position);
CREATE INDEX ix_measure_text_key ON measure (text_key);
CREATE TABLE approach (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	article_id INTEGER NOT NULL, 
	section_id INTEGER NOT NULL, 
	block_id INTEGER NOT NULL, 
	recency_key VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	government_id INTEGER NOT NULL, 
	policy_area_id INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	text_key VARCHAR NOT NULL, 
	text_key_tail VARCHAR NOT NULL, 
	CONSTRAINT pk_approach PRIMARY KEY (id), 
	CONSTRAINT uq_approach_article_id_position UNIQUE (article_id, position), 
	CONSTRAINT uq_approach_recency_key_position UNIQUE (recency_key, position), 
	CONSTRAINT uq_approach_key UNIQUE ("key"), 
	CONSTRAINT fk_approach_article_id FOREIGN KEY(article_id) REFERENCES article (id), 
	CONSTRAINT fk_approach_section_id FOREIGN KEY(section_id) REFERENCES section (id), 
	CONSTRAINT fk_approach_block_id FOREIGN KEY(block_id) REFERENCES block (id), 
	CONSTRAINT fk_approach_government_id FOREIGN KEY(government_id) REFERENCES government (id), 
	CONSTRAINT fk_approach_policy_area_id FOREIGN KEY(policy_area_id) REFERENCES policy_area (id)
);
CREATE INDEX ix_approach_block_id_position ON approach (block_id, position);
CREATE INDEX ix_approach_government_id_recency_key_position_article_id ON approach (government_id, recency_key, position, article_id);
CREATE INDEX ix_approach_section_id ON approach (section_id);
CREATE INDEX ix_approach_text_key ON approach (text_key);
CREATE INDEX ix_approach_policy_area_id_recency_key_position_article_id ON approach (policy_area_id, recency_key, position, article_id);
CREATE TABLE role (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	article_id INTEGER NOT NULL, 
	section_id INTEGER NOT NULL, 
	block_id INTEGER NOT NULL, 
	recency_key VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	function VARCHAR NOT NULL, 
	function_key VARCHAR NOT NULL, 
	function_key_tail VARCHAR NOT NULL, 
	core_message VARCHAR NOT NULL, 
	core_message_key VARCHAR NOT NULL, 
	core_message_key_tail VARCHAR NOT NULL, 
	CONSTRAINT pk_role PRIMARY KEY (id), 
	CONSTRAINT uq_role_article_id_position UNIQUE (article_id, position), 
	CONSTRAINT uq_role_recency_key_position UNIQUE (recency_key, position), 
	CONSTRAINT uq_role_key UNIQUE ("key"), 
	CONSTRAINT fk_role_article_id FOREIGN KEY(article_id) REFERENCES article (id), 
	CONSTRAINT fk_role_section_id FOREIGN KEY(section_id) REFERENCES section (id), 
	CONSTRAINT fk_role_block_id FOREIGN KEY(block_id) REFERENCES block (id), 
	CONSTRAINT fk_role_group_id FOREIGN KEY(group_id) REFERENCES "group" (id)
);
CREATE INDEX ix_role_group_id_recency_key_position_article_id ON role (group_id, recency_key, position, article_id);
CREATE INDEX ix_role_section_id ON role (section_id);
CREATE INDEX ix_role_core_message_key ON role (core_message_key);
CREATE INDEX ix_role_function_key ON role (function_key);
CREATE INDEX ix_role_block_id_position ON role (block_id, position);
CREATE TABLE challenge (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	article_id INTEGER NOT NULL, 
	section_id INTEGER NOT NULL, 
	block_id INTEGER NOT NULL, 
	recency_key VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	text_key VARCHAR NOT NULL, 
	text_key_tail VARCHAR NOT NULL, 
	CONSTRAINT pk_challenge PRIMARY KEY (id), 
	CONSTRAINT uq_challenge_article_id_position UNIQUE (article_id, position), 
	CONSTRAINT uq_challenge_recency_key_position UNIQUE (recency_key, position), 
	CONSTRAINT uq_challenge_key UNIQUE ("key"), 
	CONSTRAINT fk_challenge_article_id FOREIGN KEY(article_id) REFERENCES article (id), 
	CONSTRAINT fk_challenge_section_id FOREIGN KEY(section_id) REFERENCES section (id), 
	CONSTRAINT fk_challenge_block_id FOREIGN KEY(block_id) REFERENCES block (id)
);
CREATE INDEX ix_challenge_section_id ON challenge (section_id);
CREATE INDEX ix_challenge_block_id_position ON challenge (block_id, position);
CREATE INDEX ix_challenge_text_key ON challenge (text_key);
CREATE TABLE proposed_solution (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	article_id INTEGER NOT NULL, 
	section_id INTEGER NOT NULL, 
	block_id INTEGER NOT NULL, 
	recency_key VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	challenge_id INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	text_key VARCHAR NOT NULL, 
	text_key_tail VARCHAR NOT NULL, 
	anticipated_benefit VARCHAR NOT NULL, 
	CONSTRAINT pk_proposed_solution PRIMARY KEY (id), 
	CONSTRAINT uq_proposed_solution_article_id_position UNIQUE (article_id, position), 
	CONSTRAINT uq_proposed_solution_recency_key_position UNIQUE (recency_key, position), 
	CONSTRAINT uq_proposed_solution_key UNIQUE ("key"), 
	CONSTRAINT fk_proposed_solution_article_id FOREIGN KEY(article_id) REFERENCES article (id), 
	CONSTRAINT fk_proposed_solution_section_id FOREIGN KEY(section_id) REFERENCES section (id), 
	CONSTRAINT fk_proposed_solution_block_id FOREIGN KEY(block_id) REFERENCES block (id), 
	CONSTRAINT fk_proposed_solution_challenge_id FOREIGN KEY(challenge_id) REFERENCES challenge (id)
);
CREATE INDEX ix_proposed_solution_text_key ON proposed_solution (text_key);
CREATE INDEX ix_proposed_solution_block_id_position ON proposed_solution (block_id, position);
CREATE INDEX ix_proposed_solution_section_id ON proposed_solution (section_id);
CREATE INDEX ix_proposed_solution_challenge_id_position ON proposed_solution (challenge_id, position);
CREATE TABLE point (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	article_id INTEGER NOT NULL, 
	section_id INTEGER NOT NULL, 
	block_id INTEGER NOT NULL, 
	recency_key VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	label VARCHAR, 
	label_key VARCHAR, 
	label_key_tail VARCHAR, 
	text VARCHAR NOT NULL, 
	text_key VARCHAR NOT NULL, 
	text_key_tail VARCHAR NOT NULL, 
	html VARCHAR NOT NULL, 
	CONSTRAINT pk_point PRIMARY KEY (id), 
	CONSTRAINT uq_point_article_id_position UNIQUE (article_id, position), 
	CONSTRAINT uq_point_recency_key_position UNIQUE (recency_key, position), 
	CONSTRAINT uq_point_key UNIQUE ("key"), 
	CONSTRAINT fk_point_article_id FOREIGN KEY(article_id) REFERENCES article (id), 
	CONSTRAINT fk_point_section_id FOREIGN KEY(section_id) REFERENCES section (id), 
	CONSTRAINT fk_point_block_id FOREIGN KEY(block_id) REFERENCES block (id)
);
CREATE INDEX ix_point_section_id ON point (section_id);
CREATE INDEX ix_point_block_id_position ON point (block_id, position);
CREATE INDEX ix_point_text_key ON point (text_key);
CREATE INDEX ix_point_label_key ON point (label_key);
CREATE TABLE passage (
	id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	article_id INTEGER, 
	node_id INTEGER NOT NULL, 
	word_count INTEGER NOT NULL, 
	words VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	CONSTRAINT pk_passage PRIMARY KEY (id), 
	CONSTRAINT fk_passage_article_id FOREIGN KEY(article_id) REFERENCES article (id)
);
CREATE INDEX ix_passage_article_id_node_id ON passage (article_id, node_id);
CREATE VIRTUAL TABLE passage_index USING fts5(
        words, content='passage', content_rowid='id', tokenize='ascii', detail='none', columnsize=0
    );
CREATE TRIGGER passage_inserted AFTER INSERT ON passage BEGIN
        INSERT INTO passage_index (rowid, words) VALUES (new.id, new.words);
    END;
CREATE TRIGGER passage_deleted AFTER DELETE ON passage BEGIN
        INSERT INTO passage_index (passage_index, rowid, words) VALUES ('delete', old.id, old.words);
    END;
CREATE TRIGGER passage_updated AFTER UPDATE OF id, words ON passage BEGIN
        INSERT INTO passage_index (passage_index, rowid, words) VALUES ('delete', old.id, old.words);
        INSERT INTO passage_index (rowid, words) VALUES (new.id, new.words);
    END;
INSERT INTO "alembic_version" VALUES ('0001');
INSERT INTO "revision" VALUES ('a281de6b79c6727a9d1ef4b21d9b4db8', 4, '2026-11-26 23:28:13.660492');
INSERT INTO "article" VALUES (1, 'chicago-immigration-standoff', 'Chicago''s Standoff with Federal Immigration Policies', 'chicago''s standoff with federal immigration policies', 'A City''s Defiant Stand', 'Chicago holds on to its sanctuary policies while Washington presses for more raids and detentions. Who stands where, what each side has done, and what is proposed to end the deadlock.', '[]', 'en', 'en', NULL, NULL, NULL, '3652059chicago-immigration-standoff', 'chicago-immigration-standoff.md', 'cd0c3f42da23264f2593d329e71fa7bc4c6b2e8c00712761ba9bee3db80db257', 2);
INSERT INTO "article" VALUES (2, 'new', 'New quarrel', 'new quarrel', 'Once more', NULL, '[]', 'en', 'en', '2021-01-31', NULL, NULL, '2914237new', 'new.md', '3610d021951a3412dcba1c24735c6516b3dbdf13a7b2d3783c5a8bde533e0782', 2);
INSERT INTO "article" VALUES (3, 'old', 'Old quarrel', 'old quarrel', NULL, NULL, '["A. Writer", "B. Writer"]', 'en', 'en', '2019-07-16', NULL, NULL, '2914802old', 'old.md', 'e4f71b1f00fda87dd098463d454dfa0d0554ff4840530239ff552d7cd7d2da31', 2);
INSERT INTO "article" VALUES (4, 'undated', 'Undated quarrel', 'undated quarrel', NULL, NULL, '[]', 'en', 'en', NULL, NULL, NULL, '3652059undated', 'undated.md', '8b3ea9d0ee6c1a83af76e155f6c6d9a267de755f875f6e57218130e623615cb0', 2);
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
INSERT INTO "block" VALUES (1, 1, 1, 'Paragraph', 'As the quarrel over immigration enforcement sharpens, Mayor Lori Lightfoot has become one of the Trump administration’s outspoken opponents. Chicago, known as a sanctuary city, resists federal plans for more raids on undocumented immigrants and more detentions. Those who object to the federal course say that it costs the police the trust of immigrant communities, and in the end weakens public safety and local government.', '<p>As the quarrel over immigration enforcement sharpens, Mayor Lori Lightfoot has become one of the Trump administration’s
outspoken opponents. Chicago, known as a sanctuary city, resists federal plans for more raids on undocumented immigrants
and more detentions. Those who object to the federal course say that it costs the police the trust of immigrant
communities, and in the end weakens public safety and local government.</p>', NULL, NULL, NULL, NULL, NULL, 0, 13);
INSERT INTO "block" VALUES (2, 1, 1, 'PointList', NULL, NULL, 'HIGHLIGHT', 'Highlights of the ongoing dispute include:', NULL, NULL, NULL, 1, 21);
INSERT INTO "block" VALUES (3, 1, 1, 'Table', NULL, '<table>
<thead>
<tr>
<th>Party</th>
<th>Stance</th>
<th>Recent Measures</th>
</tr>
</thead>
<tbody>
<tr>
<td>Mayor Lori Lightfoot</td>
<td>Opposes federal immigration raids</td>
<td>Enforced sanctuary city policies; barred ICE from local jails</td>
</tr>
<tr>
<td>Trump Administration</td>
<td>Supports rigorous immigration enforcement</td>
<td>Ordered ICE to prioritize sanctuary cities; threatened funding cuts</td>
</tr>
<tr>
<td>Community Advocates</td>
<td>Champion immigrant rights and protections</td>
<td>Organized demonstrations; provided legal assistance</td>
</tr>
</tbody>
</table>', NULL, NULL, 'STANCES', '["Party", "Stance", "Recent Measures"]', '[["Mayor Lori Lightfoot", "Opposes federal immigration raids", "Enforced sanctuary city policies; barred ICE from local jails"], ["Trump Administration", "Supports rigorous immigration enforcement", "Ordered ICE to prioritize sanctuary cities; threatened funding cuts"], ["Community Advocates", "Champion immigrant rights and protections", "Organized demonstrations; provided legal assistance"]]', 2, 25);
INSERT INTO "block" VALUES (4, 1, 2, 'Paragraph', 'The mayor has answered the federal government’s hard line by denouncing “excessively harsh enforcement”, which in her view endangers the city’s multicultural life. She stands by the sanctuary policies that spare undocumented residents the fear of deportation, and holds that working with federal immigration agents can breed mistrust and make neighborhoods less safe.', '<p>The mayor has answered the federal government’s hard line by denouncing “excessively harsh enforcement”, which in her view
endangers the city’s multicultural life. She stands by the sanctuary policies that spare undocumented residents the fear of
deportation, and holds that working with federal immigration agents can breed mistrust and make neighborhoods less safe.</p>', NULL, NULL, NULL, NULL, NULL, 0, 33);
INSERT INTO "block" VALUES (5, 1, 2, 'Paragraph', 'New programs of hers put more money into legal aid and make social services easier to reach. Civic leaders and groups that work for human rights and social cohesion have largely welcomed them.', '<p>New programs of hers put more money into legal aid and make social services easier to reach. Civic leaders and groups that
work for human rights and social cohesion have largely welcomed them.</p>', NULL, NULL, NULL, NULL, NULL, 1, 37);
INSERT INTO "block" VALUES (6, 1, 2, 'PointList', NULL, NULL, 'INITIATIVE', NULL, NULL, NULL, NULL, 2, 41);
INSERT INTO "block" VALUES (7, 1, 2, 'Table', NULL, '<table>
<thead>
<tr>
<th>Policy Area</th>
<th>Chicago’s Approach</th>
<th>Federal Government’s Approach</th>
</tr>
</thead>
<tbody>
<tr>
<td>Immigration Enforcement</td>
<td>Restricts cooperation with ICE</td>
<td>Implements aggressive enforcement</td>
</tr>
<tr>
<td>Community Safety</td>
<td>Prioritizes trust-building</td>
<td>Focuses on enforcement over outreach</td>
</tr>
<tr>
<td>Legal Support</td>
<td>Expands funding and resources</td>
<td>Limits support services</td>
</tr>
</tbody>
</table>', NULL, NULL, 'APPROACHES', '["Policy Area", "Chicago\u2019s Approach", "Federal Government\u2019s Approach"]', '[["Immigration Enforcement", "Restricts cooperation with ICE", "Implements aggressive enforcement"], ["Community Safety", "Prioritizes trust-building", "Focuses on enforcement over outreach"], ["Legal Support", "Expands funding and resources", "Limits support services"]]', 3, 45);
INSERT INTO "block" VALUES (8, 1, 3, 'Paragraph', 'Activists and community leaders from the city gathered at city hall to protest against the Trump administration’s stepped-up enforcement. Together they insisted that the sanctuary protections remain: to them, public safety and families staying together depend on the rights of immigrants.', '<p>Activists and community leaders from the city gathered at city hall to protest against the Trump administration’s
stepped-up enforcement. Together they insisted that the sanctuary protections remain: to them, public safety and families
staying together depend on the rights of immigrants.</p>', NULL, NULL, NULL, NULL, NULL, 0, 53);
INSERT INTO "block" VALUES (9, 1, 3, 'PointList', NULL, NULL, 'OBJECTIVE', NULL, NULL, NULL, NULL, 1, 58);
INSERT INTO "block" VALUES (10, 1, 3, 'Paragraph', 'They also pointed to recent changes in federal policy that narrow immigrants’ access to vital social services, and asked for more money for legal aid and community organizations to make up for it. In their common view, sanctuary policies protect the people of a diverse city and make it safer and more welcoming for everyone.', '<p>They also pointed to recent changes in federal policy that narrow immigrants’ access to vital social services, and asked
for more money for legal aid and community organizations to make up for it. In their common view, sanctuary policies
protect the people of a diverse city and make it safer and more welcoming for everyone.</p>', NULL, NULL, NULL, NULL, NULL, 2, 62);
INSERT INTO "block" VALUES (11, 1, 3, 'Table', NULL, '<table>
<thead>
<tr>
<th>Group</th>
<th>Function</th>
<th>Core Message</th>
</tr>
</thead>
<tbody>
<tr>
<td>City Officials</td>
<td>Policy Advocacy</td>
<td>Defend sanctuary city status</td>
</tr>
<tr>
<td>Activists</td>
<td>Community Mobilization</td>
<td>Elevate immigrant voices</td>
</tr>
<tr>
<td>Community Leaders</td>
<td>Outreach and Support</td>
<td>Promote inclusivity and solidarity</td>
</tr>
</tbody>
</table>', NULL, NULL, 'ROLES', '["Group", "Function", "Core Message"]', '[["City Officials", "Policy Advocacy", "Defend sanctuary city status"], ["Activists", "Community Mobilization", "Elevate immigrant voices"], ["Community Leaders", "Outreach and Support", "Promote inclusivity and solidarity"]]', 3, 66);
INSERT INTO "block" VALUES (12, 1, 4, 'Paragraph', 'The lasting conflict between city hall and the federal agencies has brought back the demand for a thorough review of how immigration law is enforced. City officials and experts agree that disputes grow and government suffers where the two sides have no working channel to talk. Chicago argues for a standing dialogue in place of one-sided action that sets one jurisdiction against another.', '<p>The lasting conflict between city hall and the federal agencies has brought back the demand for a thorough review of how
immigration law is enforced. City officials and experts agree that disputes grow and government suffers where the two sides
have no working channel to talk. Chicago argues for a standing dialogue in place of one-sided action that sets one
jurisdiction against another.</p>', NULL, NULL, NULL, NULL, NULL, 0, 74);
INSERT INTO "block" VALUES (13, 1, 4, 'PointList', NULL, NULL, 'RECOMMENDATION', 'Key recommendations for improving cooperation include:', NULL, NULL, NULL, 1, 82);
INSERT INTO "block" VALUES (14, 1, 4, 'Table', NULL, '<table>
<thead>
<tr>
<th>Challenge</th>
<th>Proposed Solution</th>
<th>Anticipated Benefit</th>
</tr>
</thead>
<tbody>
<tr>
<td>Unclear Enforcement Roles</td>
<td>Establish explicit operational boundaries</td>
<td>Minimize jurisdictional disputes</td>
</tr>
<tr>
<td>Community Distrust</td>
<td>Enhance transparency via joint communications</td>
<td>Strengthen public confidence</td>
</tr>
<tr>
<td>Fragmented Policies</td>
<td>Create integrated local-federal frameworks</td>
<td>Ensure consistent and coherent enforcement</td>
</tr>
</tbody>
</table>', NULL, NULL, 'SOLUTIONS', '["Challenge", "Proposed Solution", "Anticipated Benefit"]', '[["Unclear Enforcement Roles", "Establish explicit operational boundaries", "Minimize jurisdictional disputes"], ["Community Distrust", "Enhance transparency via joint communications", "Strengthen public confidence"], ["Fragmented Policies", "Create integrated local-federal frameworks", "Ensure consistent and coherent enforcement"]]', 2, 86);
INSERT INTO "block" VALUES (15, 1, 5, 'Paragraph', 'Chicago’s firm resistance shows how far national orders and local priorities have drifted apart over immigration. For Mayor Lightfoot, the task is to reconcile security with the rights of the immigrant communities in her care. While matters keep moving, the city stays at the center of the country’s argument over immigration policy and the powers of its cities, and what follows for other American cities will have to be watched.', '<p>Chicago’s firm resistance shows how far national orders and local priorities have drifted apart over immigration. For Mayor
Lightfoot, the task is to reconcile security with the rights of the immigrant communities in her care. While matters keep
moving, the city stays at the center of the country’s argument over immigration policy and the powers of its cities, and
what follows for other American cities will have to be watched.</p>', NULL, NULL, NULL, NULL, NULL, 0, 94);
INSERT INTO "block" VALUES (16, 2, 6, 'Table', NULL, '<table>
<thead>
<tr>
<th>Party</th>
<th>Stance</th>
<th>Recent Measures</th>
</tr>
</thead>
<tbody>
<tr>
<td>THE MAYOR</td>
<td>Is for</td>
<td>signed</td>
</tr>
<tr>
<td>City council</td>
<td>Is split</td>
<td></td>
</tr>
</tbody>
</table>', NULL, NULL, 'STANCES', '["Party", "Stance", "Recent Measures"]', '[["THE MAYOR", "Is for", "signed"], ["City council", "Is split", ""]]', 0, 10);
INSERT INTO "block" VALUES (17, 2, 7, 'Table', NULL, '<table>
<thead>
<tr>
<th>Policy Area</th>
<th>City''s Approach</th>
<th>State''s Approach</th>
</tr>
</thead>
<tbody>
<tr>
<td>Safety</td>
<td>Trust</td>
<td>Force</td>
</tr>
<tr>
<td>Legal aid</td>
<td></td>
<td>Cuts</td>
</tr>
</tbody>
</table>', NULL, NULL, 'APPROACHES', '["Policy Area", "City''s Approach", "State''s Approach"]', '[["Safety", "Trust", "Force"], ["Legal aid", "", "Cuts"]]', 0, 17);
INSERT INTO "block" VALUES (18, 2, 7, 'PointList', NULL, NULL, 'HIGHLIGHT', NULL, NULL, NULL, NULL, 1, 23);
INSERT INTO "block" VALUES (19, 2, 8, 'PointList', NULL, NULL, 'OTHER', NULL, NULL, NULL, NULL, 0, 28);
INSERT INTO "block" VALUES (20, 3, 9, 'Paragraph', 'Before any heading.', '<p>Before any heading.</p>', NULL, NULL, NULL, NULL, NULL, 0, 8);
INSERT INTO "block" VALUES (21, 3, 10, 'Table', NULL, '<table>
<thead>
<tr>
<th>Party</th>
<th>Stance</th>
<th>Recent Measures</th>
</tr>
</thead>
<tbody>
<tr>
<td>The Mayor</td>
<td>Was against</td>
<td>sued; appealed</td>
</tr>
<tr>
<td>Governor</td>
<td>Was for</td>
<td></td>
</tr>
<tr>
<td>the mayor</td>
<td>Was against, again</td>
<td>marched</td>
</tr>
</tbody>
</table>', NULL, NULL, 'STANCES', '["Party", "Stance", "Recent Measures"]', '[["The Mayor", "Was against", "sued; appealed"], ["Governor", "Was for", ""], ["the mayor", "Was against, again", "marched"]]', 0, 12);
INSERT INTO "block" VALUES (22, 3, 10, 'Table', NULL, '<table>
<thead>
<tr>
<th>Group</th>
<th>Function</th>
<th>Core Message</th>
</tr>
</thead>
<tbody>
<tr>
<td>Activists</td>
<td>Mobilization</td>
<td>Stay</td>
</tr>
</tbody>
</table>', NULL, NULL, 'ROLES', '["Group", "Function", "Core Message"]', '[["Activists", "Mobilization", "Stay"]]', 1, 18);
INSERT INTO "block" VALUES (23, 4, 11, 'Table', NULL, '<table>
<thead>
<tr>
<th>Challenge</th>
<th>Proposed Solution</th>
<th>Anticipated Benefit</th>
</tr>
</thead>
<tbody>
<tr>
<td>Distrust</td>
<td>Talk</td>
<td>Trust</td>
</tr>
<tr>
<td>Delay</td>
<td>Hire</td>
<td>Speed</td>
</tr>
<tr>
<td>distrust</td>
<td>Listen</td>
<td>Peace</td>
</tr>
</tbody>
</table>', NULL, NULL, 'SOLUTIONS', '["Challenge", "Proposed Solution", "Anticipated Benefit"]', '[["Distrust", "Talk", "Trust"], ["Delay", "Hire", "Speed"], ["distrust", "Listen", "Peace"]]', 0, 7);
INSERT INTO "block" VALUES (24, 4, 11, 'Table', NULL, '<table>
<thead>
<tr>
<th>Party</th>
<th>Stance</th>
<th>Recent Measures</th>
</tr>
</thead>
<tbody>
<tr>
<td>the mayor!</td>
<td>Undecided</td>
<td>waited</td>
</tr>
<tr>
<td>Judges</td>
<td>Apart</td>
<td></td>
</tr>
</tbody>
</table>', NULL, NULL, 'STANCES', '["Party", "Stance", "Recent Measures"]', '[["the mayor!", "Undecided", "waited"], ["Judges", "Apart", ""]]', 1, 13);
INSERT INTO "block" VALUES (25, 4, 11, 'Table', NULL, '<table>
<thead>
<tr>
<th>Group</th>
<th>Function</th>
<th>Core Message</th>
</tr>
</thead>
<tbody>
<tr>
<td>activists</td>
<td>Protest</td>
<td>Go</td>
</tr>
</tbody>
</table>', NULL, NULL, 'ROLES', '["Group", "Function", "Core Message"]', '[["activists", "Protest", "Go"]]', 2, 18);
INSERT INTO "block" VALUES (26, 4, 11, 'PointList', NULL, NULL, 'RECOMMENDATION', NULL, NULL, NULL, NULL, 3, 23);
INSERT INTO "block" VALUES (27, 4, 11, 'Paragraph', 'A quote.', '<blockquote>
<p>A quote.</p>
</blockquote>', NULL, NULL, NULL, NULL, NULL, 4, 25);
INSERT INTO "block" VALUES (28, 4, 11, 'Table', NULL, '<table>
<thead>
<tr>
<th>Year</th>
<th>Raids</th>
</tr>
</thead>
<tbody>
<tr>
<td>2019</td>
<td>10</td>
</tr>
</tbody>
</table>', NULL, NULL, 'OTHER', '["Year", "Raids"]', '[["2019", "10"]]', 5, 27);
INSERT INTO "party" VALUES (1, 'mayor-lori-lightfoot', 'Mayor Lori Lightfoot', 'mayor lori lightfoot', 'Opposes federal immigration raids');
INSERT INTO "party" VALUES (2, 'trump-administration', 'Trump Administration', 'trump administration', 'Supports rigorous immigration enforcement');
INSERT INTO "party" VALUES (3, 'community-advocates', 'Community Advocates', 'community advocates', 'Champion immigrant rights and protections');
INSERT INTO "party" VALUES (4, 'the-mayor', 'THE MAYOR', 'the mayor', 'Is for');
INSERT INTO "party" VALUES (5, 'city-council', 'City council', 'city council', 'Is split');
INSERT INTO "party" VALUES (6, 'governor', 'Governor', 'governor', 'Was for');
INSERT INTO "party" VALUES (7, 'judges', 'Judges', 'judges', 'Apart');
INSERT INTO "government" VALUES (1, 'chicago', 'Chicago', 'chicago');
INSERT INTO "government" VALUES (2, 'federal-government', 'Federal Government', 'federal government');
INSERT INTO "government" VALUES (3, 'city', 'City', 'city');
INSERT INTO "government" VALUES (4, 'state', 'State', 'state');
INSERT INTO "policy_area" VALUES (1, 'immigration-enforcement', 'Immigration Enforcement', 'immigration enforcement');
INSERT INTO "policy_area" VALUES (2, 'community-safety', 'Community Safety', 'community safety');
INSERT INTO "policy_area" VALUES (3, 'legal-support', 'Legal Support', 'legal support');
INSERT INTO "policy_area" VALUES (4, 'safety', 'Safety', 'safety');
INSERT INTO "policy_area" VALUES (5, 'legal-aid', 'Legal aid', 'legal aid');
INSERT INTO "group" VALUES (1, 'city-officials', 'City Officials', 'city officials', 'Policy Advocacy', 'Defend sanctuary city status');
INSERT INTO "group" VALUES (2, 'activists', 'Activists', 'activists', 'Mobilization', 'Stay');
INSERT INTO "group" VALUES (3, 'community-leaders', 'Community Leaders', 'community leaders', 'Outreach and Support', 'Promote inclusivity and solidarity');
INSERT INTO "party_mention" VALUES (1, 0, 'Mayor Lori Lightfoot', '3652059chicago-immigration-standoff', 1);
INSERT INTO "party_mention" VALUES (1, 1, 'Trump Administration', '3652059chicago-immigration-standoff', 2);
INSERT INTO "party_mention" VALUES (1, 2, 'Community Advocates', '3652059chicago-immigration-standoff', 3);
INSERT INTO "party_mention" VALUES (2, 0, 'THE MAYOR', '2914237new', 4);
INSERT INTO "party_mention" VALUES (2, 1, 'City council', '2914237new', 5);
INSERT INTO "party_mention" VALUES (3, 0, 'The Mayor', '2914802old', 4);
INSERT INTO "party_mention" VALUES (3, 1, 'Governor', '2914802old', 6);
INSERT INTO "party_mention" VALUES (4, 0, 'the mayor!', '3652059undated', 4);
INSERT INTO "party_mention" VALUES (4, 1, 'Judges', '3652059undated', 7);
INSERT INTO "government_mention" VALUES (1, 0, 'Chicago', '3652059chicago-immigration-standoff', 1);
INSERT INTO "government_mention" VALUES (1, 1, 'Federal Government', '3652059chicago-immigration-standoff', 2);
INSERT INTO "government_mention" VALUES (2, 0, 'City', '2914237new', 3);
INSERT INTO "government_mention" VALUES (2, 1, 'State', '2914237new', 4);
INSERT INTO "policy_area_mention" VALUES (1, 0, 'Immigration Enforcement', '3652059chicago-immigration-standoff', 1);
INSERT INTO "policy_area_mention" VALUES (1, 1, 'Community Safety', '3652059chicago-immigration-standoff', 2);
INSERT INTO "policy_area_mention" VALUES (1, 2, 'Legal Support', '3652059chicago-immigration-standoff', 3);
INSERT INTO "policy_area_mention" VALUES (2, 0, 'Safety', '2914237new', 4);
INSERT INTO "policy_area_mention" VALUES (2, 1, 'Legal aid', '2914237new', 5);
INSERT INTO "group_mention" VALUES (1, 0, 'City Officials', '3652059chicago-immigration-standoff', 1);
INSERT INTO "group_mention" VALUES (1, 1, 'Activists', '3652059chicago-immigration-standoff', 2);
INSERT INTO "group_mention" VALUES (1, 2, 'Community Leaders', '3652059chicago-immigration-standoff', 3);
INSERT INTO "group_mention" VALUES (3, 0, 'Activists', '2914802old', 2);
INSERT INTO "group_mention" VALUES (4, 0, 'activists', '3652059undated', 2);
INSERT INTO "stance" VALUES (1, 'r6cihfygoh3sfttf', 1, 1, 3, '3652059chicago-immigration-standoff', 3, 27, 1, 'Opposes federal immigration raids', 'opposes federal immigration raids', '');
INSERT INTO "stance" VALUES (2, 'b53krh2e4w577a52', 1, 1, 3, '3652059chicago-immigration-standoff', 6, 28, 2, 'Supports rigorous immigration enforcement', 'supports rigorous immigration enforcement', '');
INSERT INTO "stance" VALUES (3, 'bnpgditktdmwx6gh', 1, 1, 3, '3652059chicago-immigration-standoff', 9, 29, 3, 'Champion immigrant rights and protections', 'champion immigrant rights and protections', '');
INSERT INTO "stance" VALUES (4, 'hq6sz44lzqxe2pd7', 2, 6, 16, '2914237new', 0, 12, 4, 'Is for', 'is for', '');
INSERT INTO "stance" VALUES (5, 'yxhoer7cauxhvys6', 2, 6, 16, '2914237new', 2, 13, 5, 'Is split', 'is split', '');
INSERT INTO "stance" VALUES (6, '74muz5detl6egd7l', 3, 10, 21, '2914802old', 0, 14, 4, 'Was against', 'was against', '');
INSERT INTO "stance" VALUES (7, 't4mfdg65hosemmgm', 3, 10, 21, '2914802old', 3, 15, 6, 'Was for', 'was for', '');
INSERT INTO "stance" VALUES (8, 'kwnlujzskqlapfck', 3, 10, 21, '2914802old', 4, 16, 4, 'Was against, again', 'was against, again', '');
INSERT INTO "stance" VALUES (9, 'gnar2aoiobc3whyl', 4, 11, 24, '3652059undated', 5, 15, 4, 'Undecided', 'undecided', '');
INSERT INTO "stance" VALUES (10, 'njmplibawm7vmdni', 4, 11, 24, '3652059undated', 7, 16, 7, 'Apart', 'apart', '');
INSERT INTO "measure" VALUES (1, 'a2gn75vubtlpt476', 1, 1, 3, '3652059chicago-immigration-standoff', 4, 27, 1, 1, 'Enforced sanctuary city policies', 'enforced sanctuary city policies', '');
INSERT INTO "measure" VALUES (2, 'bhk7qqybbdvzy5rh', 1, 1, 3, '3652059chicago-immigration-standoff', 5, 27, 1, 1, 'barred ICE from local jails', 'barred ice from local jails', '');
INSERT INTO "measure" VALUES (3, 'xght4fenqkxepawt', 1, 1, 3, '3652059chicago-immigration-standoff', 7, 28, 2, 2, 'Ordered ICE to prioritize sanctuary cities', 'ordered ice to prioritize sanctuary cities', '');
INSERT INTO "measure" VALUES (4, 'wpjxhjziptenjcck', 1, 1, 3, '3652059chicago-immigration-standoff', 8, 28, 2, 2, 'threatened funding cuts', 'threatened funding cuts', '');
INSERT INTO "measure" VALUES (5, 'ldss5d6kqwwnl4ka', 1, 1, 3, '3652059chicago-immigration-standoff', 10, 29, 3, 3, 'Organized demonstrations', 'organized demonstrations', '');
INSERT INTO "measure" VALUES (6, 'tn4ns2dliasvuukh', 1, 1, 3, '3652059chicago-immigration-standoff', 11, 29, 3, 3, 'provided legal assistance', 'provided legal assistance', '');
INSERT INTO "measure" VALUES (7, 'koe2wzrzeux3l4eq', 2, 6, 16, '2914237new', 1, 12, 4, 4, 'signed', 'signed', '');
INSERT INTO "measure" VALUES (8, 'svquqyoa36qk66dc', 3, 10, 21, '2914802old', 1, 14, 4, 6, 'sued', 'sued', '');
INSERT INTO "measure" VALUES (9, 'aw67nkcw6xzsee7a', 3, 10, 21, '2914802old', 2, 14, 4, 6, 'appealed', 'appealed', '');
INSERT INTO "measure" VALUES (10, 'lqgmnc6h52lya4qp', 3, 10, 21, '2914802old', 5, 16, 4, 8, 'marched', 'marched', '');
INSERT INTO "measure" VALUES (11, 'mavhhplresendlil', 4, 11, 24, '3652059undated', 6, 15, 4, 9, 'waited', 'waited', '');
INSERT INTO "approach" VALUES (1, 'u65j3ofk7f2hnqwm', 1, 2, 7, '3652059chicago-immigration-standoff', 15, 47, 1, 1, 'Restricts cooperation with ICE', 'restricts cooperation with ice', '');
INSERT INTO "approach" VALUES (2, 'eyhekxy5k3tct3h3', 1, 2, 7, '3652059chicago-immigration-standoff', 16, 47, 2, 1, 'Implements aggressive enforcement', 'implements aggressive enforcement', '');
INSERT INTO "approach" VALUES (3, 'c5ot3e2l7c4pl7vm', 1, 2, 7, '3652059chicago-immigration-standoff', 17, 48, 1, 2, 'Prioritizes trust-building', 'prioritizes trust-building', '');
INSERT INTO "approach" VALUES (4, 'tpdvc3w3gkdkkszw', 1, 2, 7, '3652059chicago-immigration-standoff', 18, 48, 2, 2, 'Focuses on enforcement over outreach', 'focuses on enforcement over outreach', '');
INSERT INTO "approach" VALUES (5, 'mkzy7v6pk66jm2t6', 1, 2, 7, '3652059chicago-immigration-standoff', 19, 49, 1, 3, 'Expands funding and resources', 'expands funding and resources', '');
INSERT INTO "approach" VALUES (6, 'rtdh3tb5jdwxl64o', 1, 2, 7, '3652059chicago-immigration-standoff', 20, 49, 2, 3, 'Limits support services', 'limits support services', '');
INSERT INTO "approach" VALUES (7, 'ofzitpa6f5clwxug', 2, 7, 17, '2914237new', 3, 19, 3, 4, 'Trust', 'trust', '');
INSERT INTO "approach" VALUES (8, 'wyrnztjghngqv2mx', 2, 7, 17, '2914237new', 4, 19, 4, 4, 'Force', 'force', '');
INSERT INTO "approach" VALUES (9, 'e275udbxdbnzvidn', 2, 7, 17, '2914237new', 5, 20, 4, 5, 'Cuts', 'cuts', '');
INSERT INTO "role" VALUES (1, 'wdpymx3bgilwgcy2', 1, 3, 11, '3652059chicago-immigration-standoff', 24, 68, 1, 'Policy Advocacy', 'policy advocacy', '', 'Defend sanctuary city status', 'defend sanctuary city status', '');
INSERT INTO "role" VALUES (2, 'w2zass7duht42y6d', 1, 3, 11, '3652059chicago-immigration-standoff', 25, 69, 2, 'Community Mobilization', 'community mobilization', '', 'Elevate immigrant voices', 'elevate immigrant voices', '');
INSERT INTO "role" VALUES (3, 'hrjlfz4plho7ibnc', 1, 3, 11, '3652059chicago-immigration-standoff', 26, 70, 3, 'Outreach and Support', 'outreach and support', '', 'Promote inclusivity and solidarity', 'promote inclusivity and solidarity', '');
INSERT INTO "role" VALUES (4, 'fupte4dmhikexvsv', 3, 10, 22, '2914802old', 6, 20, 2, 'Mobilization', 'mobilization', '', 'Stay', 'stay', '');
INSERT INTO "role" VALUES (5, 'myf5lizd5jcj24rk', 4, 11, 25, '3652059undated', 8, 20, 2, 'Protest', 'protest', '', 'Go', 'go', '');
INSERT INTO "challenge" VALUES (1, 'oyi7kse3qcjzlbrt', 1, 4, 14, '3652059chicago-immigration-standoff', 30, 88, 'Unclear Enforcement Roles', 'unclear enforcement roles', '');
INSERT INTO "challenge" VALUES (2, '3kiyi7pa2d4qeg5j', 1, 4, 14, '3652059chicago-immigration-standoff', 32, 89, 'Community Distrust', 'community distrust', '');
INSERT INTO "challenge" VALUES (3, 'tfxbl34r6fcrciee', 1, 4, 14, '3652059chicago-immigration-standoff', 34, 90, 'Fragmented Policies', 'fragmented policies', '');
INSERT INTO "challenge" VALUES (4, 't5uppakpckgzh3co', 4, 11, 23, '3652059undated', 0, 9, 'Distrust', 'distrust', '');
INSERT INTO "challenge" VALUES (5, 'jdvgavrm4gysddut', 4, 11, 23, '3652059undated', 2, 10, 'Delay', 'delay', '');
INSERT INTO "proposed_solution" VALUES (1, 'xxtu3hong332lte4', 1, 4, 14, '3652059chicago-immigration-standoff', 31, 88, 1, 'Establish explicit operational boundaries', 'establish explicit operational boundaries', '', 'Minimize jurisdictional disputes');
INSERT INTO "proposed_solution" VALUES (2, '4lhyeqgcndcgdhhv', 1, 4, 14, '3652059chicago-immigration-standoff', 33, 89, 2, 'Enhance transparency via joint communications', 'enhance transparency via joint communications', '', 'Strengthen public confidence');
INSERT INTO "proposed_solution" VALUES (3, '2by454bnm2uq4m7f', 1, 4, 14, '3652059chicago-immigration-standoff', 35, 90, 3, 'Create integrated local-federal frameworks', 'create integrated local-federal frameworks', '', 'Ensure consistent and coherent enforcement');
INSERT INTO "proposed_solution" VALUES (4, 'mfhedhtzwrmyqusn', 4, 11, 23, '3652059undated', 1, 9, 4, 'Talk', 'talk', '', 'Trust');
INSERT INTO "proposed_solution" VALUES (5, 'cbftuttiyzdrfpjk', 4, 11, 23, '3652059undated', 3, 10, 5, 'Hire', 'hire', '', 'Speed');
INSERT INTO "proposed_solution" VALUES (6, '6azlkmahlbwpzdmk', 4, 11, 23, '3652059undated', 4, 11, 4, 'Listen', 'listen', '', 'Peace');
INSERT INTO "point" VALUES (1, 'rpz6ff7zolzlvhcr', 1, 1, 2, '3652059chicago-immigration-standoff', 0, 21, 'HIGHLIGHT', NULL, NULL, NULL, 'Mayor Lightfoot’s steadfast refusal to grant ICE expanded access to city detention facilities', 'mayor lightfoot’s steadfast refusal to grant ice expanded access to city detention facilities', '', 'Mayor Lightfoot’s steadfast refusal to grant ICE expanded access to city detention facilities');
INSERT INTO "point" VALUES (2, 'ecpkhfq3cvxm7dry', 1, 1, 2, '3652059chicago-immigration-standoff', 1, 22, 'HIGHLIGHT', NULL, NULL, NULL, 'Grassroots organizations advocating for stronger immigrant protections and increased support services', 'grassroots organizations advocating for stronger immigrant protections and increased support services', '', 'Grassroots organizations advocating for stronger immigrant protections and increased support services');
INSERT INTO "point" VALUES (3, '2x43txqykgzcndiv', 1, 1, 2, '3652059chicago-immigration-standoff', 2, 23, 'HIGHLIGHT', NULL, NULL, NULL, 'Federal authorities threatening legal action and potential withdrawal of federal funding', 'federal authorities threatening legal action and potential withdrawal of federal funding', '', 'Federal authorities threatening legal action and potential withdrawal of federal funding');
INSERT INTO "point" VALUES (4, 'ox3klgci2balvrjw', 1, 2, 6, '3652059chicago-immigration-standoff', 12, 41, 'INITIATIVE', 'Enhanced Legal Assistance', 'enhanced legal assistance', '', 'Increased budget allocations for immigrant defense programs', 'increased budget allocations for immigrant defense programs', '', 'Increased budget allocations for immigrant defense programs');
INSERT INTO "point" VALUES (5, '3viejb4bt3tty5jc', 1, 2, 6, '3652059chicago-immigration-standoff', 13, 42, 'INITIATIVE', 'Community Engagement', 'community engagement', '', 'Initiatives to strengthen relationships between law enforcement and immigrant communities', 'initiatives to strengthen relationships between law enforcement and immigrant communities', '', 'Initiatives to strengthen relationships between law enforcement and immigrant communities');
INSERT INTO "point" VALUES (6, 'rwt6nvafpdnwfwj5', 1, 2, 6, '3652059chicago-immigration-standoff', 14, 43, 'INITIATIVE', 'Public Advocacy', 'public advocacy', '', 'Speeches and campaigns promoting inclusivity and protection for all residents', 'speeches and campaigns promoting inclusivity and protection for all residents', '', 'Speeches and campaigns promoting inclusivity and protection for all residents');
INSERT INTO "point" VALUES (7, '4cgvyaknmfuyg6to', 1, 3, 9, '3652059chicago-immigration-standoff', 21, 58, 'OBJECTIVE', 'Primary Objectives', 'primary objectives', '', 'Sustain protections for undocumented immigrants', 'sustain protections for undocumented immigrants', '', 'Sustain protections for undocumented immigrants');
INSERT INTO "point" VALUES (8, 'ozjzv4do3oawx4uz', 1, 3, 9, '3652059chicago-immigration-standoff', 22, 59, 'OBJECTIVE', 'Community Benefits', 'community benefits', '', 'Foster trust between residents and law enforcement agencies', 'foster trust between residents and law enforcement agencies', '', 'Foster trust between residents and law enforcement agencies');
INSERT INTO "point" VALUES (9, 'm6baf37mitsj2cgd', 1, 3, 9, '3652059chicago-immigration-standoff', 23, 60, 'OBJECTIVE', 'Political Message', 'political message', '', 'Resist federal immigration interventions perceived as harmful', 'resist federal immigration interventions perceived as harmful', '', 'Resist federal immigration interventions perceived as harmful');
INSERT INTO "point" VALUES (10, 'rlqzpesvtmecnfmh', 1, 4, 13, '3652059chicago-immigration-standoff', 27, 82, 'RECOMMENDATION', 'Scheduled Coordination Meetings', 'scheduled coordination meetings', '', 'Regular exchanges to share intelligence and policy updates', 'regular exchanges to share intelligence and policy updates', '', 'Regular exchanges to share intelligence and policy updates');
INSERT INTO "point" VALUES (11, 'p74ifygakgvdb333', 1, 4, 13, '3652059chicago-immigration-standoff', 28, 83, 'RECOMMENDATION', 'Clear Jurisdictional Guidelines', 'clear jurisdictional guidelines', '', 'Defining operational boundaries to avoid conflicts', 'defining operational boundaries to avoid conflicts', '', 'Defining operational boundaries to avoid conflicts');
INSERT INTO "point" VALUES (12, 'qznwshrqbfebsjkd', 1, 4, 13, '3652059chicago-immigration-standoff', 29, 84, 'RECOMMENDATION', 'Community Engagement Forums', 'community engagement forums', '', 'Incorporating diverse perspectives into policy progress', 'incorporating diverse perspectives into policy progress', '', 'Incorporating diverse perspectives into policy progress');
INSERT INTO "point" VALUES (13, 'fe36ptzr3husimhc', 2, 7, 18, '2914237new', 6, 23, 'HIGHLIGHT', NULL, NULL, NULL, 'One', 'one', '', 'One');
INSERT INTO "point" VALUES (14, 'imjf4elijqzfj4wf', 2, 7, 18, '2914237new', 7, 24, 'HIGHLIGHT', 'Label', 'label', '', 'Two', 'two', '', 'Two');
INSERT INTO "point" VALUES (15, 'mueydj7wowg67eil', 2, 8, 19, '2914237new', 8, 28, 'OTHER', 'Other', 'other', '', 'point', 'point', '', 'point');
INSERT INTO "point" VALUES (16, '2szjlfewrrppnty5', 4, 11, 26, '3652059undated', 9, 23, 'RECOMMENDATION', 'Wait', 'wait', '', 'and see', 'and see', '', 'and see');
INSERT INTO "passage" VALUES (1, 'ARTICLE', 'ARTICLE/chicago-immigration-standoff', 1, 1, 43, ' chicago s standoff with federal immigration policies  a city s defiant stand  chicago holds on to its sanctuary policies while washington presses for more raids and detentions who stands where what each side has done and what is proposed to end the deadlock ', ' chicago Chicago&#x27; s s  standoff Standoff  with with  federal Federal  immigration Immigration  policies Policies ·  a A  city City&#x27; s s  defiant Defiant  stand Stand ·  chicago Chicago  holds holds  on on  to to  its its  sanctuary sanctuary  policies policies  while while  washington Washington  presses presses  for for  more more  raids raids  and and  detentions detentions.  who Who  stands stands  where where,  what what  each each  side side  has has  done done,  and and  what what  is is  proposed proposed  to to  end end  the the  deadlock deadlock.');
INSERT INTO "passage" VALUES (2, 'SECTION', 'SECTION/chicago-immigration-standoff/chicago-s-leadership-challenges-federal-immigration-crackdown', 1, 1, 7, ' chicago s leadership challenges federal immigration crackdown ', ' chicago Chicago’ s s  leadership Leadership  challenges Challenges  federal Federal  immigration Immigration  crackdown Crackdown');
INSERT INTO "passage" VALUES (3, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/chicago-s-leadership-challenges-federal-immigration-crackdown#0', 1, 1, 66, ' as the quarrel over immigration enforcement sharpens mayor lori lightfoot has become one of the trump administration s outspoken opponents chicago known as a sanctuary city resists federal plans for more raids on undocumented immigrants and more detentions those who object to the federal course say that it costs the police the trust of immigrant communities and in the end weakens public safety and local government ', ' as As  the the  quarrel quarrel  over over  immigration immigration  enforcement enforcement  sharpens sharpens,  mayor Mayor  lori Lori  lightfoot Lightfoot  has has  become become  one one  of of  the the  trump Trump  administration administration’ s s  outspoken outspoken  opponents opponents.  chicago Chicago,  known known  as as  a a  sanctuary sanctuary  city city,  resists resists  federal federal  plans plans  for for  more more  raids raids  on on  undocumented undocumented  immigrants immigrants  and and  more more  detentions detentions.  those Those  who who  object object  to to  the the  federal federal  course course  say say  that that  it it  costs costs  the the  police police  the the  trust trust  of of  immigrant immigrant  communities communities,  and and  in in  the the  end end  weakens weakens  public public  safety safety  and and  local local  government government.');
INSERT INTO "passage" VALUES (4, 'SECTION', 'SECTION/chicago-immigration-standoff/mayor-lightfoot-s-strategic-response-to-federal-immigration-policies', 1, 2, 9, ' mayor lightfoot s strategic response to federal immigration policies ', ' mayor Mayor  lightfoot Lightfoot’ s s  strategic Strategic  response Response  to to  federal Federal  immigration Immigration  policies Policies');
INSERT INTO "passage" VALUES (5, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/mayor-lightfoot-s-strategic-response-to-federal-immigration-policies#0', 1, 2, 55, ' the mayor has answered the federal government s hard line by denouncing excessively harsh enforcement which in her view endangers the city s multicultural life she stands by the sanctuary policies that spare undocumented residents the fear of deportation and holds that working with federal immigration agents can breed mistrust and make neighborhoods less safe ', ' the The  mayor mayor  has has  answered answered  the the  federal federal  government government’ s s  hard hard  line line  by by  denouncing denouncing “ excessively excessively  harsh harsh  enforcement enforcement”,  which which  in in  her her  view view  endangers endangers  the the  city city’ s s  multicultural multicultural  life life.  she She  stands stands  by by  the the  sanctuary sanctuary  policies policies  that that  spare spare  undocumented undocumented  residents residents  the the  fear fear  of of  deportation deportation,  and and  holds holds  that that  working working  with with  federal federal  immigration immigration  agents agents  can can  breed breed  mistrust mistrust  and and  make make  neighborhoods neighborhoods  less less  safe safe.');
INSERT INTO "passage" VALUES (6, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/mayor-lightfoot-s-strategic-response-to-federal-immigration-policies#1', 1, 2, 33, ' new programs of hers put more money into legal aid and make social services easier to reach civic leaders and groups that work for human rights and social cohesion have largely welcomed them ', ' new New  programs programs  of of  hers hers  put put  more more  money money  into into  legal legal  aid aid  and and  make make  social social  services services  easier easier  to to  reach reach.  civic Civic  leaders leaders  and and  groups groups  that that  work work  for for  human human  rights rights  and and  social social  cohesion cohesion  have have  largely largely  welcomed welcomed  them them.');
INSERT INTO "passage" VALUES (7, 'SECTION', 'SECTION/chicago-immigration-standoff/grassroots-mobilization-upholds-chicago-s-sanctuary-city-commitment', 1, 3, 8, ' grassroots mobilization upholds chicago s sanctuary city commitment ', ' grassroots Grassroots  mobilization Mobilization  upholds Upholds  chicago Chicago’ s s  sanctuary Sanctuary  city City  commitment Commitment');
INSERT INTO "passage" VALUES (8, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/grassroots-mobilization-upholds-chicago-s-sanctuary-city-commitment#0', 1, 3, 43, ' activists and community leaders from the city gathered at city hall to protest against the trump administration s stepped up enforcement together they insisted that the sanctuary protections remain to them public safety and families staying together depend on the rights of immigrants ', ' activists Activists  and and  community community  leaders leaders  from from  the the  city city  gathered gathered  at at  city city  hall hall  to to  protest protest  against against  the the  trump Trump  administration administration’ s s  stepped stepped- up up  enforcement enforcement.  together Together  they they  insisted insisted  that that  the the  sanctuary sanctuary  protections protections  remain remain:  to to  them them,  public public  safety safety  and and  families families  staying staying  together together  depend depend  on on  the the  rights rights  of of  immigrants immigrants.');
INSERT INTO "passage" VALUES (9, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/grassroots-mobilization-upholds-chicago-s-sanctuary-city-commitment#2', 1, 3, 55, ' they also pointed to recent changes in federal policy that narrow immigrants access to vital social services and asked for more money for legal aid and community organizations to make up for it in their common view sanctuary policies protect the people of a diverse city and make it safer and more welcoming for everyone ', ' they They  also also  pointed pointed  to to  recent recent  changes changes  in in  federal federal  policy policy  that that  narrow narrow  immigrants immigrants’  access access  to to  vital vital  social social  services services,  and and  asked asked  for for  more more  money money  for for  legal legal  aid aid  and and  community community  organizations organizations  to to  make make  up up  for for  it it.  in In  their their  common common  view view,  sanctuary sanctuary  policies policies  protect protect  the the  people people  of of  a a  diverse diverse  city city  and and  make make  it it  safer safer  and and  more more  welcoming welcoming  for for  everyone everyone.');
INSERT INTO "passage" VALUES (10, 'SECTION', 'SECTION/chicago-immigration-standoff/advocating-for-enhanced-collaboration-between-local-and-federal-authorities', 1, 4, 9, ' advocating for enhanced collaboration between local and federal authorities ', ' advocating Advocating  for for  enhanced Enhanced  collaboration Collaboration  between Between  local Local  and and  federal Federal  authorities Authorities');
INSERT INTO "passage" VALUES (11, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/advocating-for-enhanced-collaboration-between-local-and-federal-authorities#0', 1, 4, 64, ' the lasting conflict between city hall and the federal agencies has brought back the demand for a thorough review of how immigration law is enforced city officials and experts agree that disputes grow and government suffers where the two sides have no working channel to talk chicago argues for a standing dialogue in place of one sided action that sets one jurisdiction against another ', ' the The  lasting lasting  conflict conflict  between between  city city  hall hall  and and  the the  federal federal  agencies agencies  has has  brought brought  back back  the the  demand demand  for for  a a  thorough thorough  review review  of of  how how  immigration immigration  law law  is is  enforced enforced.  city City  officials officials  and and  experts experts  agree agree  that that  disputes disputes  grow grow  and and  government government  suffers suffers  where where  the the  two two  sides sides  have have  no no  working working  channel channel  to to  talk talk.  chicago Chicago  argues argues  for for  a a  standing standing  dialogue dialogue  in in  place place  of of  one one- sided sided  action action  that that  sets sets  one one  jurisdiction jurisdiction  against against  another another.');
INSERT INTO "passage" VALUES (12, 'SECTION', 'SECTION/chicago-immigration-standoff/summary-and-outlook', 1, 5, 3, ' summary and outlook ', ' summary Summary  and and  outlook Outlook');
INSERT INTO "passage" VALUES (13, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/summary-and-outlook#0', 1, 5, 72, ' chicago s firm resistance shows how far national orders and local priorities have drifted apart over immigration for mayor lightfoot the task is to reconcile security with the rights of the immigrant communities in her care while matters keep moving the city stays at the center of the country s argument over immigration policy and the powers of its cities and what follows for other american cities will have to be watched ', ' chicago Chicago’ s s  firm firm  resistance resistance  shows shows  how how  far far  national national  orders orders  and and  local local  priorities priorities  have have  drifted drifted  apart apart  over over  immigration immigration.  for For  mayor Mayor  lightfoot Lightfoot,  the the  task task  is is  to to  reconcile reconcile  security security  with with  the the  rights rights  of of  the the  immigrant immigrant  communities communities  in in  her her  care care.  while While  matters matters  keep keep  moving moving,  the the  city city  stays stays  at at  the the  center center  of of  the the  country country’ s s  argument argument  over over  immigration immigration  policy policy  and and  the the  powers powers  of of  its its  cities cities,  and and  what what  follows follows  for for  other other  american American  cities cities  will will  have have  to to  be be  watched watched.');
INSERT INTO "passage" VALUES (14, 'POINT', 'POINT/rpz6ff7zolzlvhcr', 1, 1, 14, ' mayor lightfoot s steadfast refusal to grant ice expanded access to city detention facilities ', ' mayor Mayor  lightfoot Lightfoot’ s s  steadfast steadfast  refusal refusal  to to  grant grant  ice ICE  expanded expanded  access access  to to  city city  detention detention  facilities facilities');
INSERT INTO "passage" VALUES (15, 'POINT', 'POINT/ecpkhfq3cvxm7dry', 1, 2, 11, ' grassroots organizations advocating for stronger immigrant protections and increased support services ', ' grassroots Grassroots  organizations organizations  advocating advocating  for for  stronger stronger  immigrant immigrant  protections protections  and and  increased increased  support support  services services');
INSERT INTO "passage" VALUES (16, 'POINT', 'POINT/2x43txqykgzcndiv', 1, 3, 11, ' federal authorities threatening legal action and potential withdrawal of federal funding ', ' federal Federal  authorities authorities  threatening threatening  legal legal  action action  and and  potential potential  withdrawal withdrawal  of of  federal federal  funding funding');
INSERT INTO "passage" VALUES (17, 'STANCE', 'STANCE/r6cihfygoh3sfttf', 1, 1, 7, ' mayor lori lightfoot  opposes federal immigration raids ', ' mayor Mayor  lori Lori  lightfoot Lightfoot ·  opposes Opposes  federal federal  immigration immigration  raids raids');
INSERT INTO "passage" VALUES (18, 'MEASURE', 'MEASURE/a2gn75vubtlpt476', 1, 1, 7, ' mayor lori lightfoot  enforced sanctuary city policies ', ' mayor Mayor  lori Lori  lightfoot Lightfoot ·  enforced Enforced  sanctuary sanctuary  city city  policies policies');
INSERT INTO "passage" VALUES (19, 'MEASURE', 'MEASURE/bhk7qqybbdvzy5rh', 1, 2, 8, ' mayor lori lightfoot  barred ice from local jails ', ' mayor Mayor  lori Lori  lightfoot Lightfoot ·  barred barred  ice ICE  from from  local local  jails jails');
INSERT INTO "passage" VALUES (20, 'STANCE', 'STANCE/b53krh2e4w577a52', 1, 2, 6, ' trump administration  supports rigorous immigration enforcement ', ' trump Trump  administration Administration ·  supports Supports  rigorous rigorous  immigration immigration  enforcement enforcement');
INSERT INTO "passage" VALUES (21, 'MEASURE', 'MEASURE/xght4fenqkxepawt', 1, 3, 8, ' trump administration  ordered ice to prioritize sanctuary cities ', ' trump Trump  administration Administration ·  ordered Ordered  ice ICE  to to  prioritize prioritize  sanctuary sanctuary  cities cities');
INSERT INTO "passage" VALUES (22, 'MEASURE', 'MEASURE/wpjxhjziptenjcck', 1, 4, 5, ' trump administration  threatened funding cuts ', ' trump Trump  administration Administration ·  threatened threatened  funding funding  cuts cuts');
INSERT INTO "passage" VALUES (23, 'STANCE', 'STANCE/bnpgditktdmwx6gh', 1, 3, 7, ' community advocates  champion immigrant rights and protections ', ' community Community  advocates Advocates ·  champion Champion  immigrant immigrant  rights rights  and and  protections protections');
INSERT INTO "passage" VALUES (24, 'MEASURE', 'MEASURE/ldss5d6kqwwnl4ka', 1, 5, 4, ' community advocates  organized demonstrations ', ' community Community  advocates Advocates ·  organized Organized  demonstrations demonstrations');
INSERT INTO "passage" VALUES (25, 'MEASURE', 'MEASURE/tn4ns2dliasvuukh', 1, 6, 5, ' community advocates  provided legal assistance ', ' community Community  advocates Advocates ·  provided provided  legal legal  assistance assistance');
INSERT INTO "passage" VALUES (26, 'POINT', 'POINT/ox3klgci2balvrjw', 1, 4, 10, ' enhanced legal assistance  increased budget allocations for immigrant defense programs ', ' enhanced Enhanced  legal Legal  assistance Assistance ·  increased Increased  budget budget  allocations allocations  for for  immigrant immigrant  defense defense  programs programs');
INSERT INTO "passage" VALUES (27, 'POINT', 'POINT/3viejb4bt3tty5jc', 1, 5, 12, ' community engagement  initiatives to strengthen relationships between law enforcement and immigrant communities ', ' community Community  engagement Engagement ·  initiatives Initiatives  to to  strengthen strengthen  relationships relationships  between between  law law  enforcement enforcement  and and  immigrant immigrant  communities communities');
INSERT INTO "passage" VALUES (28, 'POINT', 'POINT/rwt6nvafpdnwfwj5', 1, 6, 12, ' public advocacy  speeches and campaigns promoting inclusivity and protection for all residents ', ' public Public  advocacy Advocacy ·  speeches Speeches  and and  campaigns campaigns  promoting promoting  inclusivity inclusivity  and and  protection protection  for for  all all  residents residents');
INSERT INTO "passage" VALUES (29, 'APPROACH', 'APPROACH/u65j3ofk7f2hnqwm', 1, 1, 7, ' chicago  immigration enforcement  restricts cooperation with ice ', ' chicago Chicago ·  immigration Immigration  enforcement Enforcement ·  restricts Restricts  cooperation cooperation  with with  ice ICE');
INSERT INTO "passage" VALUES (30, 'APPROACH', 'APPROACH/eyhekxy5k3tct3h3', 1, 2, 7, ' federal government  immigration enforcement  implements aggressive enforcement ', ' federal Federal  government Government ·  immigration Immigration  enforcement Enforcement ·  implements Implements  aggressive aggressive  enforcement enforcement');
INSERT INTO "passage" VALUES (31, 'APPROACH', 'APPROACH/c5ot3e2l7c4pl7vm', 1, 3, 6, ' chicago  community safety  prioritizes trust building ', ' chicago Chicago ·  community Community  safety Safety ·  prioritizes Prioritizes  trust trust- building building');
INSERT INTO "passage" VALUES (32, 'APPROACH', 'APPROACH/tpdvc3w3gkdkkszw', 1, 4, 9, ' federal government  community safety  focuses on enforcement over outreach ', ' federal Federal  government Government ·  community Community  safety Safety ·  focuses Focuses  on on  enforcement enforcement  over over  outreach outreach');
INSERT INTO "passage" VALUES (33, 'APPROACH', 'APPROACH/mkzy7v6pk66jm2t6', 1, 5, 7, ' chicago  legal support  expands funding and resources ', ' chicago Chicago ·  legal Legal  support Support ·  expands Expands  funding funding  and and  resources resources');
INSERT INTO "passage" VALUES (34, 'APPROACH', 'APPROACH/rtdh3tb5jdwxl64o', 1, 6, 7, ' federal government  legal support  limits support services ', ' federal Federal  government Government ·  legal Legal  support Support ·  limits Limits  support support  services services');
INSERT INTO "passage" VALUES (35, 'POINT', 'POINT/4cgvyaknmfuyg6to', 1, 7, 7, ' primary objectives  sustain protections for undocumented immigrants ', ' primary Primary  objectives Objectives ·  sustain Sustain  protections protections  for for  undocumented undocumented  immigrants immigrants');
INSERT INTO "passage" VALUES (36, 'POINT', 'POINT/ozjzv4do3oawx4uz', 1, 8, 10, ' community benefits  foster trust between residents and law enforcement agencies ', ' community Community  benefits Benefits ·  foster Foster  trust trust  between between  residents residents  and and  law law  enforcement enforcement  agencies agencies');
INSERT INTO "passage" VALUES (37, 'POINT', 'POINT/m6baf37mitsj2cgd', 1, 9, 9, ' political message  resist federal immigration interventions perceived as harmful ', ' political Political  message Message ·  resist Resist  federal federal  immigration immigration  interventions interventions  perceived perceived  as as  harmful harmful');
INSERT INTO "passage" VALUES (38, 'ROLE', 'ROLE/wdpymx3bgilwgcy2', 1, 1, 8, ' city officials  policy advocacy  defend sanctuary city status ', ' city City  officials Officials ·  policy Policy  advocacy Advocacy ·  defend Defend  sanctuary sanctuary  city city  status status');
INSERT INTO "passage" VALUES (39, 'ROLE', 'ROLE/w2zass7duht42y6d', 1, 2, 6, ' activists  community mobilization  elevate immigrant voices ', ' activists Activists ·  community Community  mobilization Mobilization ·  elevate Elevate  immigrant immigrant  voices voices');
INSERT INTO "passage" VALUES (40, 'ROLE', 'ROLE/hrjlfz4plho7ibnc', 1, 3, 9, ' community leaders  outreach and support  promote inclusivity and solidarity ', ' community Community  leaders Leaders ·  outreach Outreach  and and  support Support ·  promote Promote  inclusivity inclusivity  and and  solidarity solidarity');
INSERT INTO "passage" VALUES (41, 'POINT', 'POINT/rlqzpesvtmecnfmh', 1, 10, 11, ' scheduled coordination meetings  regular exchanges to share intelligence and policy updates ', ' scheduled Scheduled  coordination Coordination  meetings Meetings ·  regular Regular  exchanges exchanges  to to  share share  intelligence intelligence  and and  policy policy  updates updates');
INSERT INTO "passage" VALUES (42, 'POINT', 'POINT/p74ifygakgvdb333', 1, 11, 9, ' clear jurisdictional guidelines  defining operational boundaries to avoid conflicts ', ' clear Clear  jurisdictional Jurisdictional  guidelines Guidelines ·  defining Defining  operational operational  boundaries boundaries  to to  avoid avoid  conflicts conflicts');
INSERT INTO "passage" VALUES (43, 'POINT', 'POINT/qznwshrqbfebsjkd', 1, 12, 9, ' community engagement forums  incorporating diverse perspectives into policy progress ', ' community Community  engagement Engagement  forums Forums ·  incorporating Incorporating  diverse diverse  perspectives perspectives  into into  policy policy  progress progress');
INSERT INTO "passage" VALUES (44, 'CHALLENGE', 'CHALLENGE/oyi7kse3qcjzlbrt', 1, 1, 3, ' unclear enforcement roles ', ' unclear Unclear  enforcement Enforcement  roles Roles');
INSERT INTO "passage" VALUES (45, 'PROPOSED_SOLUTION', 'PROPOSED_SOLUTION/xxtu3hong332lte4', 1, 1, 7, ' establish explicit operational boundaries  minimize jurisdictional disputes ', ' establish Establish  explicit explicit  operational operational  boundaries boundaries ·  minimize Minimize  jurisdictional jurisdictional  disputes disputes');
INSERT INTO "passage" VALUES (46, 'CHALLENGE', 'CHALLENGE/3kiyi7pa2d4qeg5j', 1, 2, 2, ' community distrust ', ' community Community  distrust Distrust');
INSERT INTO "passage" VALUES (47, 'PROPOSED_SOLUTION', 'PROPOSED_SOLUTION/4lhyeqgcndcgdhhv', 1, 2, 8, ' enhance transparency via joint communications  strengthen public confidence ', ' enhance Enhance  transparency transparency  via via  joint joint  communications communications ·  strengthen Strengthen  public public  confidence confidence');
INSERT INTO "passage" VALUES (48, 'CHALLENGE', 'CHALLENGE/tfxbl34r6fcrciee', 1, 3, 2, ' fragmented policies ', ' fragmented Fragmented  policies Policies');
INSERT INTO "passage" VALUES (49, 'PROPOSED_SOLUTION', 'PROPOSED_SOLUTION/2by454bnm2uq4m7f', 1, 3, 10, ' create integrated local federal frameworks  ensure consistent and coherent enforcement ', ' create Create  integrated integrated  local local- federal federal  frameworks frameworks ·  ensure Ensure  consistent consistent  and and  coherent coherent  enforcement enforcement');
INSERT INTO "passage" VALUES (50, 'ARTICLE', 'ARTICLE/new', 2, 2, 4, ' new quarrel  once more ', ' new New  quarrel quarrel ·  once Once  more more');
INSERT INTO "passage" VALUES (51, 'SECTION', 'SECTION/new/who', 2, 6, 1, ' who ', ' who Who');
INSERT INTO "passage" VALUES (52, 'SECTION', 'SECTION/new/how', 2, 7, 1, ' how ', ' how How');
INSERT INTO "passage" VALUES (53, 'SECTION', 'SECTION/new/who-2', 2, 8, 1, ' who ', ' who Who');
INSERT INTO "passage" VALUES (54, 'STANCE', 'STANCE/hq6sz44lzqxe2pd7', 2, 4, 4, ' the mayor  is for ', ' the THE  mayor MAYOR ·  is Is  for for');
INSERT INTO "passage" VALUES (55, 'MEASURE', 'MEASURE/koe2wzrzeux3l4eq', 2, 7, 3, ' the mayor  signed ', ' the THE  mayor MAYOR ·  signed signed');
INSERT INTO "passage" VALUES (56, 'STANCE', 'STANCE/yxhoer7cauxhvys6', 2, 5, 4, ' city council  is split ', ' city City  council council ·  is Is  split split');
INSERT INTO "passage" VALUES (57, 'APPROACH', 'APPROACH/ofzitpa6f5clwxug', 2, 7, 3, ' city  safety  trust ', ' city City ·  safety Safety ·  trust Trust');
INSERT INTO "passage" VALUES (58, 'APPROACH', 'APPROACH/wyrnztjghngqv2mx', 2, 8, 3, ' state  safety  force ', ' state State ·  safety Safety ·  force Force');
INSERT INTO "passage" VALUES (59, 'APPROACH', 'APPROACH/e275udbxdbnzvidn', 2, 9, 4, ' state  legal aid  cuts ', ' state State ·  legal Legal  aid aid ·  cuts Cuts');
INSERT INTO "passage" VALUES (60, 'POINT', 'POINT/fe36ptzr3husimhc', 2, 13, 1, ' one ', ' one One');
INSERT INTO "passage" VALUES (61, 'POINT', 'POINT/imjf4elijqzfj4wf', 2, 14, 2, ' label  two ', ' label Label ·  two Two');
INSERT INTO "passage" VALUES (62, 'POINT', 'POINT/mueydj7wowg67eil', 2, 15, 2, ' other  point ', ' other Other ·  point point');
INSERT INTO "passage" VALUES (63, 'ARTICLE', 'ARTICLE/old', 3, 3, 2, ' old quarrel ', ' old Old  quarrel quarrel');
INSERT INTO "passage" VALUES (64, 'PARAGRAPH', 'PARAGRAPH/old/_top#0', 3, 9, 3, ' before any heading ', ' before Before  any any  heading heading.');
INSERT INTO "passage" VALUES (65, 'SECTION', 'SECTION/old/who', 3, 10, 1, ' who ', ' who Who');
INSERT INTO "passage" VALUES (66, 'STANCE', 'STANCE/74muz5detl6egd7l', 3, 6, 4, ' the mayor  was against ', ' the The  mayor Mayor ·  was Was  against against');
INSERT INTO "passage" VALUES (67, 'MEASURE', 'MEASURE/svquqyoa36qk66dc', 3, 8, 3, ' the mayor  sued ', ' the The  mayor Mayor ·  sued sued');
INSERT INTO "passage" VALUES (68, 'MEASURE', 'MEASURE/aw67nkcw6xzsee7a', 3, 9, 3, ' the mayor  appealed ', ' the The  mayor Mayor ·  appealed appealed');
INSERT INTO "passage" VALUES (69, 'STANCE', 'STANCE/t4mfdg65hosemmgm', 3, 7, 3, ' governor  was for ', ' governor Governor ·  was Was  for for');
INSERT INTO "passage" VALUES (70, 'STANCE', 'STANCE/kwnlujzskqlapfck', 3, 8, 5, ' the mayor  was against again ', ' the the  mayor mayor ·  was Was  against against,  again again');
INSERT INTO "passage" VALUES (71, 'MEASURE', 'MEASURE/lqgmnc6h52lya4qp', 3, 10, 3, ' the mayor  marched ', ' the the  mayor mayor ·  marched marched');
INSERT INTO "passage" VALUES (72, 'ROLE', 'ROLE/fupte4dmhikexvsv', 3, 4, 3, ' activists  mobilization  stay ', ' activists Activists ·  mobilization Mobilization ·  stay Stay');
INSERT INTO "passage" VALUES (73, 'ARTICLE', 'ARTICLE/undated', 4, 4, 2, ' undated quarrel ', ' undated Undated  quarrel quarrel');
INSERT INTO "passage" VALUES (74, 'SECTION', 'SECTION/undated/what-to-do', 4, 11, 3, ' what to do ', ' what What  to to  do do');
INSERT INTO "passage" VALUES (75, 'PARAGRAPH', 'PARAGRAPH/undated/what-to-do#4', 4, 11, 2, ' a quote ', ' a A  quote quote.');
INSERT INTO "passage" VALUES (76, 'TABLE', 'TABLE/undated/what-to-do#5', 4, 11, 4, ' year  raids  2019  10 ', ' year Year ·  raids Raids ·  2019 2019 ·  10 10');
INSERT INTO "passage" VALUES (77, 'CHALLENGE', 'CHALLENGE/t5uppakpckgzh3co', 4, 4, 1, ' distrust ', ' distrust Distrust');
INSERT INTO "passage" VALUES (78, 'PROPOSED_SOLUTION', 'PROPOSED_SOLUTION/mfhedhtzwrmyqusn', 4, 4, 2, ' talk  trust ', ' talk Talk ·  trust Trust');
INSERT INTO "passage" VALUES (79, 'CHALLENGE', 'CHALLENGE/jdvgavrm4gysddut', 4, 5, 1, ' delay ', ' delay Delay');
INSERT INTO "passage" VALUES (80, 'PROPOSED_SOLUTION', 'PROPOSED_SOLUTION/cbftuttiyzdrfpjk', 4, 5, 2, ' hire  speed ', ' hire Hire ·  speed Speed');
INSERT INTO "passage" VALUES (81, 'PROPOSED_SOLUTION', 'PROPOSED_SOLUTION/6azlkmahlbwpzdmk', 4, 6, 2, ' listen  peace ', ' listen Listen ·  peace Peace');
INSERT INTO "passage" VALUES (82, 'STANCE', 'STANCE/gnar2aoiobc3whyl', 4, 9, 3, ' the mayor  undecided ', ' the the  mayor mayor! ·  undecided Undecided');
INSERT INTO "passage" VALUES (83, 'MEASURE', 'MEASURE/mavhhplresendlil', 4, 11, 3, ' the mayor  waited ', ' the the  mayor mayor! ·  waited waited');
INSERT INTO "passage" VALUES (84, 'STANCE', 'STANCE/njmplibawm7vmdni', 4, 10, 2, ' judges  apart ', ' judges Judges ·  apart Apart');
INSERT INTO "passage" VALUES (85, 'ROLE', 'ROLE/myf5lizd5jcj24rk', 4, 5, 3, ' activists  protest  go ', ' activists activists ·  protest Protest ·  go Go');
INSERT INTO "passage" VALUES (86, 'POINT', 'POINT/2szjlfewrrppnty5', 4, 16, 3, ' wait  and see ', ' wait Wait ·  and and  see see');
INSERT INTO "passage" VALUES (87, 'PARTY', 'PARTY/mayor-lori-lightfoot', NULL, 1, 3, ' mayor lori lightfoot ', ' mayor Mayor  lori Lori  lightfoot Lightfoot');
INSERT INTO "passage" VALUES (88, 'PARTY', 'PARTY/trump-administration', NULL, 2, 2, ' trump administration ', ' trump Trump  administration Administration');
INSERT INTO "passage" VALUES (89, 'PARTY', 'PARTY/community-advocates', NULL, 3, 2, ' community advocates ', ' community Community  advocates Advocates');
INSERT INTO "passage" VALUES (90, 'PARTY', 'PARTY/the-mayor', NULL, 4, 2, ' the mayor ', ' the THE  mayor MAYOR');
INSERT INTO "passage" VALUES (91, 'PARTY', 'PARTY/city-council', NULL, 5, 2, ' city council ', ' city City  council council');
INSERT INTO "passage" VALUES (92, 'PARTY', 'PARTY/governor', NULL, 6, 1, ' governor ', ' governor Governor');
INSERT INTO "passage" VALUES (93, 'PARTY', 'PARTY/judges', NULL, 7, 1, ' judges ', ' judges Judges');
INSERT INTO "passage" VALUES (94, 'GOVERNMENT', 'GOVERNMENT/chicago', NULL, 1, 1, ' chicago ', ' chicago Chicago');
INSERT INTO "passage" VALUES (95, 'GOVERNMENT', 'GOVERNMENT/federal-government', NULL, 2, 2, ' federal government ', ' federal Federal  government Government');
INSERT INTO "passage" VALUES (96, 'GOVERNMENT', 'GOVERNMENT/city', NULL, 3, 1, ' city ', ' city City');
INSERT INTO "passage" VALUES (97, 'GOVERNMENT', 'GOVERNMENT/state', NULL, 4, 1, ' state ', ' state State');
INSERT INTO "passage" VALUES (98, 'POLICY_AREA', 'POLICY_AREA/immigration-enforcement', NULL, 1, 2, ' immigration enforcement ', ' immigration Immigration  enforcement Enforcement');
INSERT INTO "passage" VALUES (99, 'POLICY_AREA', 'POLICY_AREA/community-safety', NULL, 2, 2, ' community safety ', ' community Community  safety Safety');
INSERT INTO "passage" VALUES (100, 'POLICY_AREA', 'POLICY_AREA/legal-support', NULL, 3, 2, ' legal support ', ' legal Legal  support Support');
INSERT INTO "passage" VALUES (101, 'POLICY_AREA', 'POLICY_AREA/safety', NULL, 4, 1, ' safety ', ' safety Safety');
INSERT INTO "passage" VALUES (102, 'POLICY_AREA', 'POLICY_AREA/legal-aid', NULL, 5, 2, ' legal aid ', ' legal Legal  aid aid');
INSERT INTO "passage" VALUES (103, 'GROUP', 'GROUP/city-officials', NULL, 1, 2, ' city officials ', ' city City  officials Officials');
INSERT INTO "passage" VALUES (104, 'GROUP', 'GROUP/activists', NULL, 2, 1, ' activists ', ' activists Activists');
INSERT INTO "passage" VALUES (105, 'GROUP', 'GROUP/community-leaders', NULL, 3, 2, ' community leaders ', ' community Community  leaders Leaders');
