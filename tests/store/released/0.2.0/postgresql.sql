CREATE FUNCTION public.passage_index_update_counts() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO '$user', 'public'
    AS $$
DECLARE
    queries text[];
    counts bigint[];
    select_counts text;
BEGIN
    SELECT array_agg(query ORDER BY query),
           string_agg(format('count(*) FILTER (WHERE %s)', condition), ', ' ORDER BY query)
    INTO queries, select_counts
    FROM passage_index_count WHERE row_count IS NOT NULL;
    IF queries IS NULL THEN
        RETURN NULL;
    END IF;
    select_counts := format('SELECT ARRAY[%s] FROM ', select_counts);
    IF TG_OP <> 'INSERT' THEN 
EXECUTE select_counts || 'old_rows' INTO counts;
UPDATE passage_index_count AS c SET row_count = c.row_count - m.row_count
FROM unnest(queries, counts) AS m(query, row_count) WHERE c.query = m.query;
 END IF;
    IF TG_OP <> 'DELETE' THEN 
EXECUTE select_counts || 'new_rows' INTO counts;
UPDATE passage_index_count AS c SET row_count = c.row_count + m.row_count
FROM unnest(queries, counts) AS m(query, row_count) WHERE c.query = m.query;
 END IF;
    RETURN NULL;
END
$$;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.approach (
    id integer NOT NULL,
    key character varying NOT NULL COLLATE pg_catalog."C",
    article_id integer NOT NULL,
    section_id integer NOT NULL,
    block_id integer NOT NULL,
    "position" integer NOT NULL,
    line integer NOT NULL,
    government_id integer NOT NULL,
    policy_area_id integer NOT NULL,
    text character varying NOT NULL,
    text_key character varying NOT NULL COLLATE pg_catalog."C",
    text_key_tail character varying NOT NULL,
    html character varying,
    recency_rank integer NOT NULL
);
CREATE TABLE public.article (
    id integer NOT NULL,
    slug character varying NOT NULL COLLATE pg_catalog."C",
    title character varying NOT NULL,
    title_key character varying NOT NULL COLLATE pg_catalog."C",
    subtitle character varying,
    summary character varying,
    authors json NOT NULL,
    language character varying NOT NULL COLLATE pg_catalog."C",
    language_key character varying NOT NULL COLLATE pg_catalog."C",
    published date,
    updated date,
    url character varying,
    recency_key character varying NOT NULL COLLATE pg_catalog."C",
    path character varying NOT NULL COLLATE pg_catalog."C",
    sha256 character varying NOT NULL,
    parser_version integer NOT NULL,
    change_key character varying NOT NULL COLLATE pg_catalog."C",
    former_slugs json NOT NULL,
    translation_of character varying COLLATE pg_catalog."C",
    entity_tags character varying NOT NULL,
    recency_rank integer NOT NULL,
    change_rank integer NOT NULL
);
CREATE TABLE public.article_author (
    article_id integer NOT NULL,
    name_key character varying NOT NULL COLLATE pg_catalog."C",
    name character varying NOT NULL COLLATE pg_catalog."C",
    recency_rank integer NOT NULL
);
CREATE TABLE public.article_image_file (
    article_id integer NOT NULL,
    path character varying NOT NULL COLLATE pg_catalog."C",
    digest character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.block (
    id integer NOT NULL,
    article_id integer NOT NULL,
    section_id integer NOT NULL,
    type character varying NOT NULL,
    text character varying,
    html character varying,
    kind character varying,
    lead_in character varying,
    contents character varying,
    columns json,
    cells json,
    "position" integer NOT NULL,
    line integer NOT NULL,
    key character varying NOT NULL COLLATE pg_catalog."C",
    code_language character varying,
    is_ordered boolean,
    start integer,
    column_alignments json,
    html_cells json
);
CREATE TABLE public.challenge (
    id integer NOT NULL,
    key character varying NOT NULL COLLATE pg_catalog."C",
    article_id integer NOT NULL,
    section_id integer NOT NULL,
    block_id integer NOT NULL,
    "position" integer NOT NULL,
    line integer NOT NULL,
    text character varying NOT NULL,
    text_key character varying NOT NULL COLLATE pg_catalog."C",
    text_key_tail character varying NOT NULL,
    html character varying,
    recency_rank integer NOT NULL
);
CREATE TABLE public.former_slug (
    slug character varying NOT NULL COLLATE pg_catalog."C",
    article_id integer NOT NULL
);
CREATE TABLE public.government (
    id integer NOT NULL,
    slug character varying NOT NULL COLLATE pg_catalog."C",
    name character varying NOT NULL,
    name_key character varying NOT NULL COLLATE pg_catalog."C",
    aliases json NOT NULL
);
CREATE TABLE public.government_alias (
    slug character varying NOT NULL COLLATE pg_catalog."C",
    government_id integer NOT NULL
);
CREATE TABLE public.government_mention (
    article_id integer NOT NULL,
    "position" integer NOT NULL,
    name character varying NOT NULL,
    government_id integer NOT NULL,
    recency_rank integer NOT NULL,
    change_rank integer NOT NULL
);
CREATE TABLE public."group" (
    id integer NOT NULL,
    slug character varying NOT NULL COLLATE pg_catalog."C",
    name character varying NOT NULL,
    name_key character varying NOT NULL COLLATE pg_catalog."C",
    current_function character varying,
    current_core_message character varying,
    aliases json NOT NULL
);
CREATE TABLE public.group_alias (
    slug character varying NOT NULL COLLATE pg_catalog."C",
    group_id integer NOT NULL
);
CREATE TABLE public.group_mention (
    article_id integer NOT NULL,
    "position" integer NOT NULL,
    name character varying NOT NULL,
    group_id integer NOT NULL,
    recency_rank integer NOT NULL,
    change_rank integer NOT NULL
);
CREATE TABLE public.image (
    id integer NOT NULL,
    article_id integer NOT NULL,
    block_id integer NOT NULL,
    src character varying NOT NULL,
    alt character varying NOT NULL,
    title character varying,
    "position" integer NOT NULL
);
CREATE TABLE public.image_file (
    digest character varying NOT NULL COLLATE pg_catalog."C",
    media_type character varying NOT NULL,
    content bytea NOT NULL
);
CREATE TABLE public.measure (
    id integer NOT NULL,
    key character varying NOT NULL COLLATE pg_catalog."C",
    article_id integer NOT NULL,
    section_id integer NOT NULL,
    block_id integer NOT NULL,
    "position" integer NOT NULL,
    line integer NOT NULL,
    party_id integer NOT NULL,
    stance_id integer NOT NULL,
    text character varying NOT NULL,
    text_key character varying NOT NULL COLLATE pg_catalog."C",
    text_key_tail character varying NOT NULL,
    html character varying,
    recency_rank integer NOT NULL
);
CREATE TABLE public.notification (
    receiver character varying NOT NULL COLLATE pg_catalog."C",
    version character varying NOT NULL,
    tags character varying NOT NULL
);
CREATE TABLE public.party (
    id integer NOT NULL,
    slug character varying NOT NULL COLLATE pg_catalog."C",
    name character varying NOT NULL,
    name_key character varying NOT NULL COLLATE pg_catalog."C",
    current_stance character varying,
    aliases json NOT NULL
);
CREATE TABLE public.party_alias (
    slug character varying NOT NULL COLLATE pg_catalog."C",
    party_id integer NOT NULL
);
CREATE TABLE public.party_mention (
    article_id integer NOT NULL,
    "position" integer NOT NULL,
    name character varying NOT NULL,
    party_id integer NOT NULL,
    recency_rank integer NOT NULL,
    change_rank integer NOT NULL
);
CREATE TABLE public.passage (
    id integer NOT NULL,
    kind character varying NOT NULL,
    key character varying NOT NULL COLLATE pg_catalog."C",
    article_id integer,
    node_id integer NOT NULL,
    word_count integer NOT NULL,
    words character varying NOT NULL,
    text character varying NOT NULL,
    section_id integer,
    stem_language character varying,
    stems character varying NOT NULL
);
CREATE TABLE public.passage_index_count (
    query text NOT NULL,
    condition text NOT NULL,
    row_count bigint
);
CREATE TABLE public.point (
    id integer NOT NULL,
    key character varying NOT NULL COLLATE pg_catalog."C",
    article_id integer NOT NULL,
    section_id integer NOT NULL,
    block_id integer NOT NULL,
    "position" integer NOT NULL,
    line integer NOT NULL,
    kind character varying NOT NULL,
    label character varying,
    label_key character varying COLLATE pg_catalog."C",
    label_key_tail character varying,
    text character varying NOT NULL,
    text_key character varying NOT NULL COLLATE pg_catalog."C",
    text_key_tail character varying NOT NULL,
    html character varying,
    recency_rank integer NOT NULL
);
CREATE TABLE public.policy_area (
    id integer NOT NULL,
    slug character varying NOT NULL COLLATE pg_catalog."C",
    name character varying NOT NULL,
    name_key character varying NOT NULL COLLATE pg_catalog."C",
    aliases json NOT NULL
);
CREATE TABLE public.policy_area_alias (
    slug character varying NOT NULL COLLATE pg_catalog."C",
    policy_area_id integer NOT NULL
);
CREATE TABLE public.policy_area_mention (
    article_id integer NOT NULL,
    "position" integer NOT NULL,
    name character varying NOT NULL,
    policy_area_id integer NOT NULL,
    recency_rank integer NOT NULL,
    change_rank integer NOT NULL
);
CREATE TABLE public.proposed_solution (
    id integer NOT NULL,
    key character varying NOT NULL COLLATE pg_catalog."C",
    article_id integer NOT NULL,
    section_id integer NOT NULL,
    block_id integer NOT NULL,
    "position" integer NOT NULL,
    line integer NOT NULL,
    challenge_id integer NOT NULL,
    text character varying NOT NULL,
    text_key character varying NOT NULL COLLATE pg_catalog."C",
    text_key_tail character varying NOT NULL,
    anticipated_benefit character varying NOT NULL,
    html character varying,
    anticipated_benefit_html character varying,
    recency_rank integer NOT NULL
);
CREATE TABLE public.revision (
    id character varying NOT NULL COLLATE pg_catalog."C",
    article_count integer NOT NULL,
    seeded_at timestamp with time zone NOT NULL
);
CREATE TABLE public.role (
    id integer NOT NULL,
    key character varying NOT NULL COLLATE pg_catalog."C",
    article_id integer NOT NULL,
    section_id integer NOT NULL,
    block_id integer NOT NULL,
    "position" integer NOT NULL,
    line integer NOT NULL,
    group_id integer NOT NULL,
    function character varying NOT NULL,
    function_key character varying NOT NULL COLLATE pg_catalog."C",
    function_key_tail character varying NOT NULL,
    core_message character varying NOT NULL,
    core_message_key character varying NOT NULL COLLATE pg_catalog."C",
    core_message_key_tail character varying NOT NULL,
    function_html character varying,
    core_message_html character varying,
    recency_rank integer NOT NULL
);
CREATE TABLE public.schema_compatibility (
    oldest_reader character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.section (
    id integer NOT NULL,
    key character varying NOT NULL COLLATE pg_catalog."C",
    article_id integer NOT NULL,
    slug character varying NOT NULL COLLATE pg_catalog."C",
    heading character varying,
    level integer NOT NULL,
    "position" integer NOT NULL,
    line integer NOT NULL
);
CREATE TABLE public.source_file (
    path character varying NOT NULL COLLATE pg_catalog."C",
    content bytea NOT NULL
);
CREATE TABLE public.stance (
    id integer NOT NULL,
    key character varying NOT NULL COLLATE pg_catalog."C",
    article_id integer NOT NULL,
    section_id integer NOT NULL,
    block_id integer NOT NULL,
    "position" integer NOT NULL,
    line integer NOT NULL,
    party_id integer NOT NULL,
    text character varying NOT NULL,
    text_key character varying NOT NULL COLLATE pg_catalog."C",
    text_key_tail character varying NOT NULL,
    html character varying,
    recency_rank integer NOT NULL
);
CREATE TABLE public.translation (
    article_id integer NOT NULL,
    "position" integer NOT NULL,
    translation_id integer NOT NULL
);
INSERT INTO public.alembic_version VALUES ('0020');
INSERT INTO public.approach VALUES (1, 'u65j3ofk7f2hnqwm', 1, 2, 7, 15, 47, 1, 1, 'Restricts cooperation with ICE', 'restricts cooperation with ice', '', NULL, 1181116004);
INSERT INTO public.approach VALUES (2, 'eyhekxy5k3tct3h3', 1, 2, 7, 16, 47, 2, 1, 'Implements aggressive enforcement', 'implements aggressive enforcement', '', NULL, 1181116004);
INSERT INTO public.approach VALUES (3, 'c5ot3e2l7c4pl7vm', 1, 2, 7, 17, 48, 1, 2, 'Prioritizes trust-building', 'prioritizes trust-building', '', NULL, 1181116004);
INSERT INTO public.approach VALUES (4, 'tpdvc3w3gkdkkszw', 1, 2, 7, 18, 48, 2, 2, 'Focuses on enforcement over outreach', 'focuses on enforcement over outreach', '', NULL, 1181116004);
INSERT INTO public.approach VALUES (5, 'mkzy7v6pk66jm2t6', 1, 2, 7, 19, 49, 1, 3, 'Expands funding and resources', 'expands funding and resources', '', NULL, 1181116004);
INSERT INTO public.approach VALUES (6, 'rtdh3tb5jdwxl64o', 1, 2, 7, 20, 49, 2, 3, 'Limits support services', 'limits support services', '', NULL, 1181116004);
INSERT INTO public.approach VALUES (7, 'ofzitpa6f5clwxug', 2, 7, 17, 3, 19, 3, 4, 'Trust', 'trust', '', NULL, 751619275);
INSERT INTO public.approach VALUES (8, 'wyrnztjghngqv2mx', 2, 7, 17, 4, 19, 4, 4, 'Force', 'force', '', NULL, 751619275);
INSERT INTO public.approach VALUES (9, 'e275udbxdbnzvidn', 2, 7, 17, 5, 20, 4, 5, 'Cuts', 'cuts', '', NULL, 751619275);
INSERT INTO public.article VALUES (2, 'new', 'New quarrel', 'new quarrel', 'Once more', NULL, '[]', 'en', 'en', '2021-01-31', NULL, NULL, '2914237new', 'new.md', '3610d021951a3412dcba1c24735c6516b3dbdf13a7b2d3783c5a8bde533e0782', 9, '2914237new', '[]', NULL, 'party:the-mayor,party:city-council,government:city,government:state,policyarea:safety,policyarea:legal-aid', 751619275, 751619275);
INSERT INTO public.article VALUES (3, 'old', 'Old quarrel', 'old quarrel', NULL, NULL, '["A. Writer", "B. Writer"]', 'en', 'en', '2019-07-16', NULL, NULL, '2914802old', 'old.md', 'e4f71b1f00fda87dd098463d454dfa0d0554ff4840530239ff552d7cd7d2da31', 9, '2914802old', '[]', NULL, 'party:the-mayor,party:governor,group:activists', 966367639, 966367639);
INSERT INTO public.article VALUES (1, 'chicago-immigration-standoff', 'Chicago''s Standoff with Federal Immigration Policies', 'chicago''s standoff with federal immigration policies', 'A City''s Defiant Stand', 'Chicago holds on to its sanctuary policies while Washington presses for more raids and detentions. Who stands where, what each side has done, and what is proposed to end the deadlock.', '[]', 'en', 'en', NULL, NULL, NULL, '3652059chicago-immigration-standoff', 'chicago-immigration-standoff.md', 'cd0c3f42da23264f2593d329e71fa7bc4c6b2e8c00712761ba9bee3db80db257', 9, '3652059chicago-immigration-standoff', '[]', NULL, 'party:mayor-lori-lightfoot,party:trump-administration,party:community-advocates,government:chicago,government:federal-government,policyarea:immigration-enforcement,policyarea:community-safety,policyarea:legal-support,group:city-officials,group:activists,group:community-leaders', 1181116004, 1181116004);
INSERT INTO public.article VALUES (4, 'undated', 'Undated quarrel', 'undated quarrel', NULL, NULL, '[]', 'en', 'en', NULL, NULL, NULL, '3652059undated', 'undated.md', '84bf37321fe4f4bb5e92c1a7192848305abc7c38e785bee30fac022363aceb71', 9, '3652059undated', '[]', NULL, 'party:the-mayor,party:judges,group:activists', 1395864368, 1395864368);
INSERT INTO public.article_author VALUES (3, 'a. writer', 'A. Writer', 966367639);
INSERT INTO public.article_author VALUES (3, 'b. writer', 'B. Writer', 966367639);
INSERT INTO public.block VALUES (1, 1, 1, 'Paragraph', 'As the quarrel over immigration enforcement sharpens, Mayor Lori Lightfoot has become one of the Trump administration’s outspoken opponents. Chicago, known as a sanctuary city, resists federal plans for more raids on undocumented immigrants and more detentions. Those who object to the federal course say that it costs the police the trust of immigrant communities, and in the end weakens public safety and local government.', '<p>As the quarrel over immigration enforcement sharpens, Mayor Lori Lightfoot has become one of the Trump administration’s
outspoken opponents. Chicago, known as a sanctuary city, resists federal plans for more raids on undocumented immigrants
and more detentions. Those who object to the federal course say that it costs the police the trust of immigrant
communities, and in the end weakens public safety and local government.</p>', 'PROSE', NULL, NULL, NULL, NULL, 0, 13, 'i7aukuo27gq43anz', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.block VALUES (2, 1, 1, 'PointList', NULL, NULL, 'HIGHLIGHT', 'Highlights of the ongoing dispute include:', NULL, NULL, NULL, 1, 21, 'yofxka7diz2czxzt', NULL, false, NULL, NULL, NULL);
INSERT INTO public.block VALUES (3, 1, 1, 'Table', NULL, NULL, NULL, NULL, 'STANCES', '["Party", "Stance", "Recent Measures"]', '[["Mayor Lori Lightfoot", "Opposes federal immigration raids", "Enforced sanctuary city policies; barred ICE from local jails"], ["Trump Administration", "Supports rigorous immigration enforcement", "Ordered ICE to prioritize sanctuary cities; threatened funding cuts"], ["Community Advocates", "Champion immigrant rights and protections", "Organized demonstrations; provided legal assistance"]]', 2, 25, 'w3tn5vpkfhsi7qci', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO public.block VALUES (4, 1, 2, 'Paragraph', 'The mayor has answered the federal government’s hard line by denouncing “excessively harsh enforcement”, which in her view endangers the city’s multicultural life. She stands by the sanctuary policies that spare undocumented residents the fear of deportation, and holds that working with federal immigration agents can breed mistrust and make neighborhoods less safe.', '<p>The mayor has answered the federal government’s hard line by denouncing “excessively harsh enforcement”, which in her view
endangers the city’s multicultural life. She stands by the sanctuary policies that spare undocumented residents the fear of
deportation, and holds that working with federal immigration agents can breed mistrust and make neighborhoods less safe.</p>', 'PROSE', NULL, NULL, NULL, NULL, 0, 33, 'sisyx22esq2vmncf', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.block VALUES (5, 1, 2, 'Paragraph', 'New programs of hers put more money into legal aid and make social services easier to reach. Civic leaders and groups that work for human rights and social cohesion have largely welcomed them.', '<p>New programs of hers put more money into legal aid and make social services easier to reach. Civic leaders and groups that
work for human rights and social cohesion have largely welcomed them.</p>', 'PROSE', NULL, NULL, NULL, NULL, 1, 37, 'rmhjaj7nubsuzrc4', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.block VALUES (6, 1, 2, 'PointList', NULL, NULL, 'INITIATIVE', NULL, NULL, NULL, NULL, 2, 41, 'xsr5aklkwahmaw6v', NULL, false, NULL, NULL, NULL);
INSERT INTO public.block VALUES (7, 1, 2, 'Table', NULL, NULL, NULL, NULL, 'APPROACHES', '["Policy Area", "Chicago\u2019s Approach", "Federal Government\u2019s Approach"]', '[["Immigration Enforcement", "Restricts cooperation with ICE", "Implements aggressive enforcement"], ["Community Safety", "Prioritizes trust-building", "Focuses on enforcement over outreach"], ["Legal Support", "Expands funding and resources", "Limits support services"]]', 3, 45, 'y7auda476k5czze3', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO public.block VALUES (8, 1, 3, 'Paragraph', 'Activists and community leaders from the city gathered at city hall to protest against the Trump administration’s stepped-up enforcement. Together they insisted that the sanctuary protections remain: to them, public safety and families staying together depend on the rights of immigrants.', '<p>Activists and community leaders from the city gathered at city hall to protest against the Trump administration’s
stepped-up enforcement. Together they insisted that the sanctuary protections remain: to them, public safety and families
staying together depend on the rights of immigrants.</p>', 'PROSE', NULL, NULL, NULL, NULL, 0, 53, '5ywuce7pu7pzmtta', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.block VALUES (9, 1, 3, 'PointList', NULL, NULL, 'OBJECTIVE', NULL, NULL, NULL, NULL, 1, 58, 'iwz5fh3yfl3bnngb', NULL, false, NULL, NULL, NULL);
INSERT INTO public.block VALUES (10, 1, 3, 'Paragraph', 'They also pointed to recent changes in federal policy that narrow immigrants’ access to vital social services, and asked for more money for legal aid and community organizations to make up for it. In their common view, sanctuary policies protect the people of a diverse city and make it safer and more welcoming for everyone.', '<p>They also pointed to recent changes in federal policy that narrow immigrants’ access to vital social services, and asked
for more money for legal aid and community organizations to make up for it. In their common view, sanctuary policies
protect the people of a diverse city and make it safer and more welcoming for everyone.</p>', 'PROSE', NULL, NULL, NULL, NULL, 2, 62, '3m4yaanukpfufxoz', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.block VALUES (11, 1, 3, 'Table', NULL, NULL, NULL, NULL, 'ROLES', '["Group", "Function", "Core Message"]', '[["City Officials", "Policy Advocacy", "Defend sanctuary city status"], ["Activists", "Community Mobilization", "Elevate immigrant voices"], ["Community Leaders", "Outreach and Support", "Promote inclusivity and solidarity"]]', 3, 66, 'jk4i6qmtoy5qb4hv', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO public.block VALUES (12, 1, 4, 'Paragraph', 'The lasting conflict between city hall and the federal agencies has brought back the demand for a thorough review of how immigration law is enforced. City officials and experts agree that disputes grow and government suffers where the two sides have no working channel to talk. Chicago argues for a standing dialogue in place of one-sided action that sets one jurisdiction against another.', '<p>The lasting conflict between city hall and the federal agencies has brought back the demand for a thorough review of how
immigration law is enforced. City officials and experts agree that disputes grow and government suffers where the two sides
have no working channel to talk. Chicago argues for a standing dialogue in place of one-sided action that sets one
jurisdiction against another.</p>', 'PROSE', NULL, NULL, NULL, NULL, 0, 74, 'qluwv3bbmmse7rvd', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.block VALUES (13, 1, 4, 'PointList', NULL, NULL, 'RECOMMENDATION', 'Key recommendations for improving cooperation include:', NULL, NULL, NULL, 1, 82, 'bp5qurepgh5da2ih', NULL, false, NULL, NULL, NULL);
INSERT INTO public.block VALUES (14, 1, 4, 'Table', NULL, NULL, NULL, NULL, 'SOLUTIONS', '["Challenge", "Proposed Solution", "Anticipated Benefit"]', '[["Unclear Enforcement Roles", "Establish explicit operational boundaries", "Minimize jurisdictional disputes"], ["Community Distrust", "Enhance transparency via joint communications", "Strengthen public confidence"], ["Fragmented Policies", "Create integrated local-federal frameworks", "Ensure consistent and coherent enforcement"]]', 2, 86, 'yivtviaf7qs7sgvp', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO public.block VALUES (15, 1, 5, 'Paragraph', 'Chicago’s firm resistance shows how far national orders and local priorities have drifted apart over immigration. For Mayor Lightfoot, the task is to reconcile security with the rights of the immigrant communities in her care. While matters keep moving, the city stays at the center of the country’s argument over immigration policy and the powers of its cities, and what follows for other American cities will have to be watched.', '<p>Chicago’s firm resistance shows how far national orders and local priorities have drifted apart over immigration. For Mayor
Lightfoot, the task is to reconcile security with the rights of the immigrant communities in her care. While matters keep
moving, the city stays at the center of the country’s argument over immigration policy and the powers of its cities, and
what follows for other American cities will have to be watched.</p>', 'PROSE', NULL, NULL, NULL, NULL, 0, 94, 'qcc2r7v2r25c57dj', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.block VALUES (16, 2, 6, 'Table', NULL, NULL, NULL, NULL, 'STANCES', '["Party", "Stance", "Recent Measures"]', '[["THE MAYOR", "Is for", "signed"], ["City council", "Is split", ""]]', 0, 10, 'bbzmpr2ac6pfognf', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO public.block VALUES (17, 2, 7, 'Table', NULL, NULL, NULL, NULL, 'APPROACHES', '["Policy Area", "City''s Approach", "State''s Approach"]', '[["Safety", "Trust", "Force"], ["Legal aid", "", "Cuts"]]', 0, 17, 'xfp7pl6hkh7h42pj', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO public.block VALUES (18, 2, 7, 'PointList', NULL, NULL, 'HIGHLIGHT', NULL, NULL, NULL, NULL, 1, 23, 'os5oagam5slproc4', NULL, false, NULL, NULL, NULL);
INSERT INTO public.block VALUES (19, 2, 8, 'PointList', NULL, NULL, 'OTHER', NULL, NULL, NULL, NULL, 0, 28, 'anqx3bwfbp6gbqer', NULL, false, NULL, NULL, NULL);
INSERT INTO public.block VALUES (20, 3, 9, 'Paragraph', 'Before any heading.', NULL, 'PROSE', NULL, NULL, NULL, NULL, 0, 8, 'vkbhcnbjpnyhmo35', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.block VALUES (21, 3, 10, 'Table', NULL, NULL, NULL, NULL, 'STANCES', '["Party", "Stance", "Recent Measures"]', '[["The Mayor", "Was against", "sued; appealed"], ["Governor", "Was for", ""], ["the mayor", "Was against, again", "marched"]]', 0, 12, 't4rxm33tf3kdxx7m', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO public.block VALUES (22, 3, 10, 'Table', NULL, NULL, NULL, NULL, 'ROLES', '["Group", "Function", "Core Message"]', '[["Activists", "Mobilization", "Stay"]]', 1, 18, '3aanyvvls3wefl43', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO public.block VALUES (23, 4, 11, 'Table', NULL, NULL, NULL, NULL, 'SOLUTIONS', '["Challenge", "Proposed Solution", "Anticipated Benefit"]', '[["Distrust", "Talk", "Trust"], ["Delay", "Hire", "Speed"], ["distrust", "Listen", "Peace"]]', 0, 7, 'rhxdn3zagv26fqkx', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO public.block VALUES (24, 4, 11, 'Table', NULL, NULL, NULL, NULL, 'STANCES', '["Party", "Stance", "Recent Measures"]', '[["the mayor!", "Undecided", "waited"], ["Judges", "Apart", ""]]', 1, 13, 'qjmzsufwjpf5jp5a', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO public.block VALUES (25, 4, 11, 'Table', NULL, NULL, NULL, NULL, 'ROLES', '["Group", "Function", "Core Message"]', '[["activists", "Protest", "Go"]]', 2, 18, 'ixkidxc6somk2nak', NULL, NULL, NULL, '["NONE", "NONE", "NONE"]', NULL);
INSERT INTO public.block VALUES (26, 4, 11, 'PointList', NULL, NULL, 'RECOMMENDATION', NULL, NULL, NULL, NULL, 3, 23, 'ol326ngrvbx2sw6d', NULL, false, NULL, NULL, NULL);
INSERT INTO public.block VALUES (27, 4, 11, 'Paragraph', 'A quote. A picture', '<blockquote>
<p>A quote. <img src="https://example.org/raid.png" alt="A picture" title="Raid"></p>
</blockquote>', 'QUOTE', NULL, NULL, NULL, NULL, 4, 25, 'zaf3y3o52ykfndes', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.block VALUES (28, 4, 11, 'Table', NULL, NULL, NULL, NULL, 'OTHER', '["Year", "Raids"]', '[["2019", "10"]]', 5, 27, 'shhyfil34irol6b2', NULL, NULL, NULL, '["NONE", "NONE"]', NULL);
INSERT INTO public.challenge VALUES (1, 'oyi7kse3qcjzlbrt', 1, 4, 14, 30, 88, 'Unclear Enforcement Roles', 'unclear enforcement roles', '', NULL, 1181116004);
INSERT INTO public.challenge VALUES (2, '3kiyi7pa2d4qeg5j', 1, 4, 14, 32, 89, 'Community Distrust', 'community distrust', '', NULL, 1181116004);
INSERT INTO public.challenge VALUES (3, 'tfxbl34r6fcrciee', 1, 4, 14, 34, 90, 'Fragmented Policies', 'fragmented policies', '', NULL, 1181116004);
INSERT INTO public.challenge VALUES (4, 't5uppakpckgzh3co', 4, 11, 23, 0, 9, 'Distrust', 'distrust', '', NULL, 1395864368);
INSERT INTO public.challenge VALUES (5, 'jdvgavrm4gysddut', 4, 11, 23, 2, 10, 'Delay', 'delay', '', NULL, 1395864368);
INSERT INTO public.government VALUES (1, 'chicago', 'Chicago', 'chicago', '[]');
INSERT INTO public.government VALUES (2, 'federal-government', 'Federal Government', 'federal government', '[]');
INSERT INTO public.government VALUES (3, 'city', 'City', 'city', '[]');
INSERT INTO public.government VALUES (4, 'state', 'State', 'state', '[]');
INSERT INTO public.government_mention VALUES (1, 0, 'Chicago', 1, 1181116004, 1181116004);
INSERT INTO public.government_mention VALUES (1, 1, 'Federal Government', 2, 1181116004, 1181116004);
INSERT INTO public.government_mention VALUES (2, 0, 'City', 3, 751619275, 751619275);
INSERT INTO public.government_mention VALUES (2, 1, 'State', 4, 751619275, 751619275);
INSERT INTO public."group" VALUES (1, 'city-officials', 'City Officials', 'city officials', 'Policy Advocacy', 'Defend sanctuary city status', '[]');
INSERT INTO public."group" VALUES (2, 'activists', 'Activists', 'activists', 'Mobilization', 'Stay', '[]');
INSERT INTO public."group" VALUES (3, 'community-leaders', 'Community Leaders', 'community leaders', 'Outreach and Support', 'Promote inclusivity and solidarity', '[]');
INSERT INTO public.group_mention VALUES (1, 0, 'City Officials', 1, 1181116004, 1181116004);
INSERT INTO public.group_mention VALUES (1, 1, 'Activists', 2, 1181116004, 1181116004);
INSERT INTO public.group_mention VALUES (1, 2, 'Community Leaders', 3, 1181116004, 1181116004);
INSERT INTO public.group_mention VALUES (3, 0, 'Activists', 2, 966367639, 966367639);
INSERT INTO public.group_mention VALUES (4, 0, 'activists', 2, 1395864368, 1395864368);
INSERT INTO public.image VALUES (1, 4, 27, 'https://example.org/raid.png', 'A picture', 'Raid', 0);
INSERT INTO public.measure VALUES (1, 'a2gn75vubtlpt476', 1, 1, 3, 4, 27, 1, 1, 'Enforced sanctuary city policies', 'enforced sanctuary city policies', '', NULL, 1181116004);
INSERT INTO public.measure VALUES (2, 'bhk7qqybbdvzy5rh', 1, 1, 3, 5, 27, 1, 1, 'barred ICE from local jails', 'barred ice from local jails', '', NULL, 1181116004);
INSERT INTO public.measure VALUES (3, 'xght4fenqkxepawt', 1, 1, 3, 7, 28, 2, 2, 'Ordered ICE to prioritize sanctuary cities', 'ordered ice to prioritize sanctuary cities', '', NULL, 1181116004);
INSERT INTO public.measure VALUES (4, 'wpjxhjziptenjcck', 1, 1, 3, 8, 28, 2, 2, 'threatened funding cuts', 'threatened funding cuts', '', NULL, 1181116004);
INSERT INTO public.measure VALUES (5, 'ldss5d6kqwwnl4ka', 1, 1, 3, 10, 29, 3, 3, 'Organized demonstrations', 'organized demonstrations', '', NULL, 1181116004);
INSERT INTO public.measure VALUES (6, 'tn4ns2dliasvuukh', 1, 1, 3, 11, 29, 3, 3, 'provided legal assistance', 'provided legal assistance', '', NULL, 1181116004);
INSERT INTO public.measure VALUES (7, 'koe2wzrzeux3l4eq', 2, 6, 16, 1, 12, 4, 4, 'signed', 'signed', '', NULL, 751619275);
INSERT INTO public.measure VALUES (8, 'svquqyoa36qk66dc', 3, 10, 21, 1, 14, 4, 6, 'sued', 'sued', '', NULL, 966367639);
INSERT INTO public.measure VALUES (9, 'aw67nkcw6xzsee7a', 3, 10, 21, 2, 14, 4, 6, 'appealed', 'appealed', '', NULL, 966367639);
INSERT INTO public.measure VALUES (10, 'lqgmnc6h52lya4qp', 3, 10, 21, 5, 16, 4, 8, 'marched', 'marched', '', NULL, 966367639);
INSERT INTO public.measure VALUES (11, 'mavhhplresendlil', 4, 11, 24, 6, 15, 4, 9, 'waited', 'waited', '', NULL, 1395864368);
INSERT INTO public.party VALUES (1, 'mayor-lori-lightfoot', 'Mayor Lori Lightfoot', 'mayor lori lightfoot', 'Opposes federal immigration raids', '[]');
INSERT INTO public.party VALUES (2, 'trump-administration', 'Trump Administration', 'trump administration', 'Supports rigorous immigration enforcement', '[]');
INSERT INTO public.party VALUES (3, 'community-advocates', 'Community Advocates', 'community advocates', 'Champion immigrant rights and protections', '[]');
INSERT INTO public.party VALUES (4, 'the-mayor', 'THE MAYOR', 'the mayor', 'Is for', '[]');
INSERT INTO public.party VALUES (5, 'city-council', 'City council', 'city council', 'Is split', '[]');
INSERT INTO public.party VALUES (6, 'governor', 'Governor', 'governor', 'Was for', '[]');
INSERT INTO public.party VALUES (7, 'judges', 'Judges', 'judges', 'Apart', '[]');
INSERT INTO public.party_mention VALUES (1, 0, 'Mayor Lori Lightfoot', 1, 1181116004, 1181116004);
INSERT INTO public.party_mention VALUES (1, 1, 'Trump Administration', 2, 1181116004, 1181116004);
INSERT INTO public.party_mention VALUES (1, 2, 'Community Advocates', 3, 1181116004, 1181116004);
INSERT INTO public.party_mention VALUES (2, 0, 'THE MAYOR', 4, 751619275, 751619275);
INSERT INTO public.party_mention VALUES (2, 1, 'City council', 5, 751619275, 751619275);
INSERT INTO public.party_mention VALUES (3, 0, 'The Mayor', 4, 966367639, 966367639);
INSERT INTO public.party_mention VALUES (3, 1, 'Governor', 6, 966367639, 966367639);
INSERT INTO public.party_mention VALUES (4, 0, 'the mayor!', 4, 1395864368, 1395864368);
INSERT INTO public.party_mention VALUES (4, 1, 'Judges', 7, 1395864368, 1395864368);
INSERT INTO public.passage VALUES (1, 'ARTICLE', 'ARTICLE/chicago-immigration-standoff', 1, 1, 43, ' chicago s standoff with federal immigration policies  a city s defiant stand  chicago holds on to its sanctuary policies while washington presses for more raids and detentions who stands where what each side has done and what is proposed to end the deadlock ', ' chicago Chicago&#x27; s s  standoff Standoff  with with feder federal Federal immigr immigration Immigration polici policies Policies ·  a A citi city City&#x27; s s  defiant Defiant  stand Stand ·  chicago Chicago hold holds holds  on on  to to it its its sanctuari sanctuary sanctuary polici policies policies  while while  washington Washington press presses presses  for for  more more raid raids raids  and and detent detentions detentions.  who Who stand stands stands  where where,  what what  each each  side side  has has  done done,  and and  what what  is is propos proposed proposed  to to  end end  the the  deadlock deadlock.', NULL, 'en', ' §en  feder  immigr  polici  citi  hold  it  sanctuari  press  raid  detent  propos ');
INSERT INTO public.passage VALUES (2, 'SECTION', 'SECTION/chicago-immigration-standoff/chicago-s-leadership-challenges-federal-immigration-crackdown', 1, 1, 7, ' chicago s leadership challenges federal immigration crackdown ', ' chicago Chicago’ s s  leadership Leadership challeng challenges Challenges feder federal Federal immigr immigration Immigration  crackdown Crackdown', 1, 'en', ' §en  challeng  feder  immigr ');
INSERT INTO public.passage VALUES (3, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/chicago-s-leadership-challenges-federal-immigration-crackdown#0', 1, 1, 66, ' as the quarrel over immigration enforcement sharpens mayor lori lightfoot has become one of the trump administration s outspoken opponents chicago known as a sanctuary city resists federal plans for more raids on undocumented immigrants and more detentions those who object to the federal course say that it costs the police the trust of immigrant communities and in the end weakens public safety and local government ', ' as As  the the  quarrel quarrel  over over immigr immigration immigration enforc enforcement enforcement sharpen sharpens sharpens,  mayor Mayor  lori Lori  lightfoot Lightfoot  has has becom become become  one one  of of  the the  trump Trump administr administration administration’ s s  outspoken outspoken oppon opponents opponents.  chicago Chicago,  known known  as as  a a sanctuari sanctuary sanctuary citi city city, resist resists resists feder federal federal plan plans plans  for for  more more raid raids raids  on on undocu undocumented undocumented immigr immigrants immigrants  and and  more more detent detentions detentions.  those Those  who who  object object  to to  the the feder federal federal cours course course  say say  that that  it it cost costs costs  the the polic police police  the the  trust trust  of of immigr immigrant immigrant communiti communities communities,  and and  in in  the the  end end weaken weakens weakens  public public safeti safety safety  and and  local local govern government government.', 1, 'en', ' §en  immigr  enforc  sharpen  becom  administr  oppon  sanctuari  citi  resist  feder  plan  raid  undocu  detent  cours  cost  polic  communiti  weaken  safeti  govern ');
INSERT INTO public.passage VALUES (4, 'SECTION', 'SECTION/chicago-immigration-standoff/mayor-lightfoot-s-strategic-response-to-federal-immigration-policies', 1, 2, 9, ' mayor lightfoot s strategic response to federal immigration policies ', ' mayor Mayor  lightfoot Lightfoot’ s s strateg strategic Strategic respons response Response  to to feder federal Federal immigr immigration Immigration polici policies Policies', 2, 'en', ' §en  strateg  respons  feder  immigr  polici ');
INSERT INTO public.passage VALUES (5, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/mayor-lightfoot-s-strategic-response-to-federal-immigration-policies#0', 1, 2, 55, ' the mayor has answered the federal government s hard line by denouncing excessively harsh enforcement which in her view endangers the city s multicultural life she stands by the sanctuary policies that spare undocumented residents the fear of deportation and holds that working with federal immigration agents can breed mistrust and make neighborhoods less safe ', ' the The  mayor mayor  has has answer answered answered  the the feder federal federal govern government government’ s s  hard hard  line line  by by denounc denouncing denouncing “excess excessively excessively  harsh harsh enforc enforcement enforcement”,  which which  in in  her her  view view endang endangers endangers  the the citi city city’ s s multicultur multicultural multicultural  life life.  she She stand stands stands  by by  the the sanctuari sanctuary sanctuary polici policies policies  that that  spare spare undocu undocumented undocumented resid residents residents  the the  fear fear  of of deport deportation deportation,  and and hold holds holds  that that work working working  with with feder federal federal immigr immigration immigration agent agents agents  can can  breed breed  mistrust mistrust  and and  make make neighborhood neighborhoods neighborhoods  less less  safe safe.', 2, 'en', ' §en  answer  feder  govern  denounc  excess  enforc  endang  citi  multicultur  stand  sanctuari  polici  undocu  resid  deport  hold  work  immigr  agent  neighborhood ');
INSERT INTO public.passage VALUES (6, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/mayor-lightfoot-s-strategic-response-to-federal-immigration-policies#1', 1, 2, 33, ' new programs of hers put more money into legal aid and make social services easier to reach civic leaders and groups that work for human rights and social cohesion have largely welcomed them ', ' new New program programs programs  of of her hers hers  put put  more more  money money  into into  legal legal  aid aid  and and  make make  social social servic services services  easier easier  to to  reach reach.  civic Civic leader leaders leaders  and and group groups groups  that that  work work  for for  human human right rights rights  and and  social social cohes cohesion cohesion  have have larg largely largely welcom welcomed welcomed  them them.', 2, 'en', ' §en  program  her  servic  leader  group  right  cohes  larg  welcom ');
INSERT INTO public.passage VALUES (7, 'SECTION', 'SECTION/chicago-immigration-standoff/grassroots-mobilization-upholds-chicago-s-sanctuary-city-commitment', 1, 3, 8, ' grassroots mobilization upholds chicago s sanctuary city commitment ', 'grassroot grassroots Grassroots mobil mobilization Mobilization uphold upholds Upholds  chicago Chicago’ s s sanctuari sanctuary Sanctuary citi city City commit commitment Commitment', 3, 'en', ' §en  grassroot  mobil  uphold  sanctuari  citi  commit ');
INSERT INTO public.passage VALUES (15, 'POINT', 'POINT/ecpkhfq3cvxm7dry', 1, 2, 11, ' grassroots organizations advocating for stronger immigrant protections and increased support services ', 'grassroot grassroots Grassroots organiz organizations organizations advoc advocating advocating  for for  stronger stronger immigr immigrant immigrant protect protections protections  and and increas increased increased  support support servic services services', 1, 'en', ' §en  grassroot  organiz  advoc  immigr  protect  increas  servic ');
INSERT INTO public.passage VALUES (35, 'POINT', 'POINT/4cgvyaknmfuyg6to', 1, 7, 7, ' primary objectives  sustain protections for undocumented immigrants ', 'primari primary Primary object objectives Objectives ·  sustain Sustain protect protections protections  for for undocu undocumented undocumented immigr immigrants immigrants', 3, 'en', ' §en  primari  object  protect  undocu  immigr ');
INSERT INTO public.passage VALUES (8, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/grassroots-mobilization-upholds-chicago-s-sanctuary-city-commitment#0', 1, 3, 43, ' activists and community leaders from the city gathered at city hall to protest against the trump administration s stepped up enforcement together they insisted that the sanctuary protections remain to them public safety and families staying together depend on the rights of immigrants ', 'activist activists Activists  and and communiti community community leader leaders leaders  from from  the the citi city city gather gathered gathered  at at citi city city  hall hall  to to  protest protest  against against  the the  trump Trump administr administration administration’ s s step stepped stepped- up up enforc enforcement enforcement. togeth together Together  they they insist insisted insisted  that that  the the sanctuari sanctuary sanctuary protect protections protections  remain remain:  to to  them them,  public public safeti safety safety  and and famili families families stay staying staying togeth together together  depend depend  on on  the the right rights rights  of of immigr immigrants immigrants.', 3, 'en', ' §en  activist  communiti  leader  citi  gather  administr  step  enforc  togeth  insist  sanctuari  protect  safeti  famili  stay  right  immigr ');
INSERT INTO public.passage VALUES (9, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/grassroots-mobilization-upholds-chicago-s-sanctuary-city-commitment#2', 1, 3, 55, ' they also pointed to recent changes in federal policy that narrow immigrants access to vital social services and asked for more money for legal aid and community organizations to make up for it in their common view sanctuary policies protect the people of a diverse city and make it safer and more welcoming for everyone ', ' they They  also also point pointed pointed  to to  recent recent chang changes changes  in in feder federal federal polici policy policy  that that  narrow narrow immigr immigrants immigrants’  access access  to to  vital vital  social social servic services services,  and and ask asked asked  for for  more more  money money  for for  legal legal  aid aid  and and communiti community community organiz organizations organizations  to to  make make  up up  for for  it it.  in In  their their  common common  view view, sanctuari sanctuary sanctuary polici policies policies  protect protect  the the peopl people people  of of  a a divers diverse diverse citi city city  and and  make make  it it  safer safer  and and  more more welcom welcoming welcoming  for for everyon everyone everyone.', 3, 'en', ' §en  point  chang  feder  polici  immigr  servic  ask  communiti  organiz  sanctuari  peopl  divers  citi  welcom  everyon ');
INSERT INTO public.passage VALUES (10, 'SECTION', 'SECTION/chicago-immigration-standoff/advocating-for-enhanced-collaboration-between-local-and-federal-authorities', 1, 4, 9, ' advocating for enhanced collaboration between local and federal authorities ', 'advoc advocating Advocating  for for enhanc enhanced Enhanced collabor collaboration Collaboration  between Between  local Local  and and feder federal Federal author authorities Authorities', 4, 'en', ' §en  advoc  enhanc  collabor  feder  author ');
INSERT INTO public.passage VALUES (11, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/advocating-for-enhanced-collaboration-between-local-and-federal-authorities#0', 1, 4, 64, ' the lasting conflict between city hall and the federal agencies has brought back the demand for a thorough review of how immigration law is enforced city officials and experts agree that disputes grow and government suffers where the two sides have no working channel to talk chicago argues for a standing dialogue in place of one sided action that sets one jurisdiction against another ', ' the The last lasting lasting  conflict conflict  between between citi city city  hall hall  and and  the the feder federal federal agenc agencies agencies  has has  brought brought  back back  the the  demand demand  for for  a a  thorough thorough  review review  of of  how how immigr immigration immigration  law law  is is enforc enforced enforced. citi city City offici officials officials  and and expert experts experts agre agree agree  that that disput disputes disputes  grow grow  and and govern government government suffer suffers suffers  where where  the the  two two side sides sides  have have  no no work working working  channel channel  to to  talk talk.  chicago Chicago argu argues argues  for for  a a stand standing standing dialogu dialogue dialogue  in in  place place  of of  one one-side sided sided  action action  that that set sets sets  one one jurisdict jurisdiction jurisdiction  against against anoth another another.', 4, 'en', ' §en  last  citi  feder  agenc  immigr  enforc  offici  expert  agre  disput  govern  suffer  side  work  argu  stand  dialogu  set  jurisdict  anoth ');
INSERT INTO public.passage VALUES (12, 'SECTION', 'SECTION/chicago-immigration-standoff/summary-and-outlook', 1, 5, 3, ' summary and outlook ', 'summari summary Summary  and and  outlook Outlook', 5, 'en', ' §en  summari ');
INSERT INTO public.passage VALUES (13, 'PARAGRAPH', 'PARAGRAPH/chicago-immigration-standoff/summary-and-outlook#0', 1, 5, 72, ' chicago s firm resistance shows how far national orders and local priorities have drifted apart over immigration for mayor lightfoot the task is to reconcile security with the rights of the immigrant communities in her care while matters keep moving the city stays at the center of the country s argument over immigration policy and the powers of its cities and what follows for other american cities will have to be watched ', ' chicago Chicago’ s s  firm firm resist resistance resistance show shows shows  how how  far far nation national national order orders orders  and and  local local prioriti priorities priorities  have have drift drifted drifted  apart apart  over over immigr immigration immigration.  for For  mayor Mayor  lightfoot Lightfoot,  the the  task task  is is  to to reconcil reconcile reconcile secur security security  with with  the the right rights rights  of of  the the immigr immigrant immigrant communiti communities communities  in in  her her  care care.  while While matter matters matters  keep keep move moving moving,  the the citi city city stay stays stays  at at  the the  center center  of of  the the countri country country’ s s  argument argument  over over immigr immigration immigration polici policy policy  and and  the the power powers powers  of of it its its citi cities cities,  and and  what what follow follows follows  for for  other other  american American citi cities cities  will will  have have  to to  be be watch watched watched.', 5, 'en', ' §en  resist  show  nation  order  prioriti  drift  immigr  reconcil  secur  right  communiti  matter  move  citi  stay  countri  polici  power  it  follow  watch ');
INSERT INTO public.passage VALUES (14, 'POINT', 'POINT/rpz6ff7zolzlvhcr', 1, 1, 14, ' mayor lightfoot s steadfast refusal to grant ice expanded access to city detention facilities ', ' mayor Mayor  lightfoot Lightfoot’ s s  steadfast steadfast refus refusal refusal  to to  grant grant  ice ICE expand expanded expanded  access access  to to citi city city detent detention detention facil facilities facilities', 1, 'en', ' §en  refus  expand  citi  detent  facil ');
INSERT INTO public.passage VALUES (64, 'PARAGRAPH', 'PARAGRAPH/old/_top#0', 3, 9, 3, ' before any heading ', 'befor before Before ani any any head heading heading.', 9, 'en', ' §en  befor  ani  head ');
INSERT INTO public.passage VALUES (65, 'SECTION', 'SECTION/old/who', 3, 10, 1, ' who ', ' who Who', 10, 'en', ' §en ');
INSERT INTO public.passage VALUES (16, 'POINT', 'POINT/2x43txqykgzcndiv', 1, 3, 11, ' federal authorities threatening legal action and potential withdrawal of federal funding ', 'feder federal Federal author authorities authorities threaten threatening threatening  legal legal  action action  and and potenti potential potential withdraw withdrawal withdrawal  of of feder federal federal fund funding funding', 1, 'en', ' §en  feder  author  threaten  potenti  withdraw  fund ');
INSERT INTO public.passage VALUES (17, 'STANCE', 'STANCE/r6cihfygoh3sfttf', 1, 1, 7, ' mayor lori lightfoot  opposes federal immigration raids ', ' mayor Mayor  lori Lori  lightfoot Lightfoot · oppos opposes Opposes feder federal federal immigr immigration immigration raid raids raids', 1, 'en', ' §en  oppos  feder  immigr  raid ');
INSERT INTO public.passage VALUES (18, 'MEASURE', 'MEASURE/a2gn75vubtlpt476', 1, 1, 7, ' mayor lori lightfoot  enforced sanctuary city policies ', ' mayor Mayor  lori Lori  lightfoot Lightfoot · enforc enforced Enforced sanctuari sanctuary sanctuary citi city city polici policies policies', 1, 'en', ' §en  enforc  sanctuari  citi  polici ');
INSERT INTO public.passage VALUES (19, 'MEASURE', 'MEASURE/bhk7qqybbdvzy5rh', 1, 2, 8, ' mayor lori lightfoot  barred ice from local jails ', ' mayor Mayor  lori Lori  lightfoot Lightfoot · bar barred barred  ice ICE  from from  local local jail jails jails', 1, 'en', ' §en  bar  jail ');
INSERT INTO public.passage VALUES (20, 'STANCE', 'STANCE/b53krh2e4w577a52', 1, 2, 6, ' trump administration  supports rigorous immigration enforcement ', ' trump Trump administr administration Administration · support supports Supports rigor rigorous rigorous immigr immigration immigration enforc enforcement enforcement', 1, 'en', ' §en  administr  support  rigor  immigr  enforc ');
INSERT INTO public.passage VALUES (21, 'MEASURE', 'MEASURE/xght4fenqkxepawt', 1, 3, 8, ' trump administration  ordered ice to prioritize sanctuary cities ', ' trump Trump administr administration Administration · order ordered Ordered  ice ICE  to to priorit prioritize prioritize sanctuari sanctuary sanctuary citi cities cities', 1, 'en', ' §en  administr  order  priorit  sanctuari  citi ');
INSERT INTO public.passage VALUES (22, 'MEASURE', 'MEASURE/wpjxhjziptenjcck', 1, 4, 5, ' trump administration  threatened funding cuts ', ' trump Trump administr administration Administration · threaten threatened threatened fund funding funding cut cuts cuts', 1, 'en', ' §en  administr  threaten  fund  cut ');
INSERT INTO public.passage VALUES (23, 'STANCE', 'STANCE/bnpgditktdmwx6gh', 1, 3, 7, ' community advocates  champion immigrant rights and protections ', 'communiti community Community advoc advocates Advocates ·  champion Champion immigr immigrant immigrant right rights rights  and and protect protections protections', 1, 'en', ' §en  communiti  advoc  immigr  right  protect ');
INSERT INTO public.passage VALUES (24, 'MEASURE', 'MEASURE/ldss5d6kqwwnl4ka', 1, 5, 4, ' community advocates  organized demonstrations ', 'communiti community Community advoc advocates Advocates · organiz organized Organized demonstr demonstrations demonstrations', 1, 'en', ' §en  communiti  advoc  organiz  demonstr ');
INSERT INTO public.passage VALUES (25, 'MEASURE', 'MEASURE/tn4ns2dliasvuukh', 1, 6, 5, ' community advocates  provided legal assistance ', 'communiti community Community advoc advocates Advocates · provid provided provided  legal legal assist assistance assistance', 1, 'en', ' §en  communiti  advoc  provid  assist ');
INSERT INTO public.passage VALUES (26, 'POINT', 'POINT/ox3klgci2balvrjw', 1, 4, 10, ' enhanced legal assistance  increased budget allocations for immigrant defense programs ', 'enhanc enhanced Enhanced  legal Legal assist assistance Assistance · increas increased Increased  budget budget alloc allocations allocations  for for immigr immigrant immigrant defens defense defense program programs programs', 2, 'en', ' §en  enhanc  assist  increas  alloc  immigr  defens  program ');
INSERT INTO public.passage VALUES (27, 'POINT', 'POINT/3viejb4bt3tty5jc', 1, 5, 12, ' community engagement  initiatives to strengthen relationships between law enforcement and immigrant communities ', 'communiti community Community engag engagement Engagement · initi initiatives Initiatives  to to  strengthen strengthen relationship relationships relationships  between between  law law enforc enforcement enforcement  and and immigr immigrant immigrant communiti communities communities', 2, 'en', ' §en  communiti  engag  initi  relationship  enforc  immigr ');
INSERT INTO public.passage VALUES (28, 'POINT', 'POINT/rwt6nvafpdnwfwj5', 1, 6, 12, ' public advocacy  speeches and campaigns promoting inclusivity and protection for all residents ', ' public Public advocaci advocacy Advocacy · speech speeches Speeches  and and campaign campaigns campaigns promot promoting promoting inclus inclusivity inclusivity  and and protect protection protection  for for  all all resid residents residents', 2, 'en', ' §en  advocaci  speech  campaign  promot  inclus  protect  resid ');
INSERT INTO public.passage VALUES (29, 'APPROACH', 'APPROACH/u65j3ofk7f2hnqwm', 1, 1, 7, ' chicago  immigration enforcement  restricts cooperation with ice ', ' chicago Chicago · immigr immigration Immigration enforc enforcement Enforcement · restrict restricts Restricts cooper cooperation cooperation  with with  ice ICE', 2, 'en', ' §en  immigr  enforc  restrict  cooper ');
INSERT INTO public.passage VALUES (30, 'APPROACH', 'APPROACH/eyhekxy5k3tct3h3', 1, 2, 7, ' federal government  immigration enforcement  implements aggressive enforcement ', 'feder federal Federal govern government Government · immigr immigration Immigration enforc enforcement Enforcement · implement implements Implements aggress aggressive aggressive enforc enforcement enforcement', 2, 'en', ' §en  feder  govern  immigr  enforc  implement  aggress ');
INSERT INTO public.passage VALUES (31, 'APPROACH', 'APPROACH/c5ot3e2l7c4pl7vm', 1, 3, 6, ' chicago  community safety  prioritizes trust building ', ' chicago Chicago · communiti community Community safeti safety Safety · priorit prioritizes Prioritizes  trust trust-build building building', 2, 'en', ' §en  communiti  safeti  priorit  build ');
INSERT INTO public.passage VALUES (32, 'APPROACH', 'APPROACH/tpdvc3w3gkdkkszw', 1, 4, 9, ' federal government  community safety  focuses on enforcement over outreach ', 'feder federal Federal govern government Government · communiti community Community safeti safety Safety · focus focuses Focuses  on on enforc enforcement enforcement  over over  outreach outreach', 2, 'en', ' §en  feder  govern  communiti  safeti  focus  enforc ');
INSERT INTO public.passage VALUES (33, 'APPROACH', 'APPROACH/mkzy7v6pk66jm2t6', 1, 5, 7, ' chicago  legal support  expands funding and resources ', ' chicago Chicago ·  legal Legal  support Support · expand expands Expands fund funding funding  and and resourc resources resources', 2, 'en', ' §en  expand  fund  resourc ');
INSERT INTO public.passage VALUES (34, 'APPROACH', 'APPROACH/rtdh3tb5jdwxl64o', 1, 6, 7, ' federal government  legal support  limits support services ', 'feder federal Federal govern government Government ·  legal Legal  support Support · limit limits Limits  support support servic services services', 2, 'en', ' §en  feder  govern  limit  servic ');
INSERT INTO public.passage VALUES (66, 'STANCE', 'STANCE/74muz5detl6egd7l', 3, 6, 4, ' the mayor  was against ', ' the The  mayor Mayor ·  was Was  against against', 10, 'en', ' §en ');
INSERT INTO public.passage VALUES (36, 'POINT', 'POINT/ozjzv4do3oawx4uz', 1, 8, 10, ' community benefits  foster trust between residents and law enforcement agencies ', 'communiti community Community benefit benefits Benefits ·  foster Foster  trust trust  between between resid residents residents  and and  law law enforc enforcement enforcement agenc agencies agencies', 3, 'en', ' §en  communiti  benefit  resid  enforc  agenc ');
INSERT INTO public.passage VALUES (37, 'POINT', 'POINT/m6baf37mitsj2cgd', 1, 9, 9, ' political message  resist federal immigration interventions perceived as harmful ', 'polit political Political messag message Message ·  resist Resist feder federal federal immigr immigration immigration intervent interventions interventions perceiv perceived perceived  as as harm harmful harmful', 3, 'en', ' §en  polit  messag  feder  immigr  intervent  perceiv  harm ');
INSERT INTO public.passage VALUES (38, 'ROLE', 'ROLE/wdpymx3bgilwgcy2', 1, 1, 8, ' city officials  policy advocacy  defend sanctuary city status ', 'citi city City offici officials Officials · polici policy Policy advocaci advocacy Advocacy ·  defend Defend sanctuari sanctuary sanctuary citi city city  status status', 3, 'en', ' §en  citi  offici  polici  advocaci  sanctuari ');
INSERT INTO public.passage VALUES (39, 'ROLE', 'ROLE/w2zass7duht42y6d', 1, 2, 6, ' activists  community mobilization  elevate immigrant voices ', 'activist activists Activists · communiti community Community mobil mobilization Mobilization · elev elevate Elevate immigr immigrant immigrant voic voices voices', 3, 'en', ' §en  activist  communiti  mobil  elev  immigr  voic ');
INSERT INTO public.passage VALUES (40, 'ROLE', 'ROLE/hrjlfz4plho7ibnc', 1, 3, 9, ' community leaders  outreach and support  promote inclusivity and solidarity ', 'communiti community Community leader leaders Leaders ·  outreach Outreach  and and  support Support · promot promote Promote inclus inclusivity inclusivity  and and solidar solidarity solidarity', 3, 'en', ' §en  communiti  leader  promot  inclus  solidar ');
INSERT INTO public.passage VALUES (41, 'POINT', 'POINT/rlqzpesvtmecnfmh', 1, 10, 11, ' scheduled coordination meetings  regular exchanges to share intelligence and policy updates ', 'schedul scheduled Scheduled coordin coordination Coordination meet meetings Meetings ·  regular Regular exchang exchanges exchanges  to to  share share intellig intelligence intelligence  and and polici policy policy updat updates updates', 4, 'en', ' §en  schedul  coordin  meet  exchang  intellig  polici  updat ');
INSERT INTO public.passage VALUES (42, 'POINT', 'POINT/p74ifygakgvdb333', 1, 11, 9, ' clear jurisdictional guidelines  defining operational boundaries to avoid conflicts ', ' clear Clear jurisdict jurisdictional Jurisdictional guidelin guidelines Guidelines · defin defining Defining oper operational operational boundari boundaries boundaries  to to  avoid avoid conflict conflicts conflicts', 4, 'en', ' §en  jurisdict  guidelin  defin  oper  boundari  conflict ');
INSERT INTO public.passage VALUES (43, 'POINT', 'POINT/qznwshrqbfebsjkd', 1, 12, 9, ' community engagement forums  incorporating diverse perspectives into policy progress ', 'communiti community Community engag engagement Engagement forum forums Forums · incorpor incorporating Incorporating divers diverse diverse perspect perspectives perspectives  into into polici policy policy  progress progress', 4, 'en', ' §en  communiti  engag  forum  incorpor  divers  perspect  polici ');
INSERT INTO public.passage VALUES (44, 'CHALLENGE', 'CHALLENGE/oyi7kse3qcjzlbrt', 1, 1, 3, ' unclear enforcement roles ', ' unclear Unclear enforc enforcement Enforcement role roles Roles', 4, 'en', ' §en  enforc  role ');
INSERT INTO public.passage VALUES (45, 'PROPOSED_SOLUTION', 'PROPOSED_SOLUTION/xxtu3hong332lte4', 1, 1, 7, ' establish explicit operational boundaries  minimize jurisdictional disputes ', ' establish Establish  explicit explicit oper operational operational boundari boundaries boundaries · minim minimize Minimize jurisdict jurisdictional jurisdictional disput disputes disputes', 4, 'en', ' §en  oper  boundari  minim  jurisdict  disput ');
INSERT INTO public.passage VALUES (46, 'CHALLENGE', 'CHALLENGE/3kiyi7pa2d4qeg5j', 1, 2, 2, ' community distrust ', 'communiti community Community  distrust Distrust', 4, 'en', ' §en  communiti ');
INSERT INTO public.passage VALUES (47, 'PROPOSED_SOLUTION', 'PROPOSED_SOLUTION/4lhyeqgcndcgdhhv', 1, 2, 8, ' enhance transparency via joint communications  strengthen public confidence ', 'enhanc enhance Enhance transpar transparency transparency  via via  joint joint communic communications communications ·  strengthen Strengthen  public public confid confidence confidence', 4, 'en', ' §en  enhanc  transpar  communic  confid ');
INSERT INTO public.passage VALUES (48, 'CHALLENGE', 'CHALLENGE/tfxbl34r6fcrciee', 1, 3, 2, ' fragmented policies ', 'fragment fragmented Fragmented polici policies Policies', 4, 'en', ' §en  fragment  polici ');
INSERT INTO public.passage VALUES (49, 'PROPOSED_SOLUTION', 'PROPOSED_SOLUTION/2by454bnm2uq4m7f', 1, 3, 10, ' create integrated local federal frameworks  ensure consistent and coherent enforcement ', 'creat create Create integr integrated integrated  local local-feder federal federal framework frameworks frameworks · ensur ensure Ensure consist consistent consistent  and and coher coherent coherent enforc enforcement enforcement', 4, 'en', ' §en  creat  integr  feder  framework  ensur  consist  coher  enforc ');
INSERT INTO public.passage VALUES (50, 'ARTICLE', 'ARTICLE/new', 2, 2, 4, ' new quarrel  once more ', ' new New  quarrel quarrel · onc once Once  more more', NULL, 'en', ' §en  onc ');
INSERT INTO public.passage VALUES (51, 'SECTION', 'SECTION/new/who', 2, 6, 1, ' who ', ' who Who', 6, 'en', ' §en ');
INSERT INTO public.passage VALUES (52, 'SECTION', 'SECTION/new/how', 2, 7, 1, ' how ', ' how How', 7, 'en', ' §en ');
INSERT INTO public.passage VALUES (53, 'SECTION', 'SECTION/new/who-2', 2, 8, 1, ' who ', ' who Who', 8, 'en', ' §en ');
INSERT INTO public.passage VALUES (54, 'STANCE', 'STANCE/hq6sz44lzqxe2pd7', 2, 4, 4, ' the mayor  is for ', ' the THE  mayor MAYOR ·  is Is  for for', 6, 'en', ' §en ');
INSERT INTO public.passage VALUES (55, 'MEASURE', 'MEASURE/koe2wzrzeux3l4eq', 2, 7, 3, ' the mayor  signed ', ' the THE  mayor MAYOR · sign signed signed', 6, 'en', ' §en  sign ');
INSERT INTO public.passage VALUES (56, 'STANCE', 'STANCE/yxhoer7cauxhvys6', 2, 5, 4, ' city council  is split ', 'citi city City  council council ·  is Is  split split', 6, 'en', ' §en  citi ');
INSERT INTO public.passage VALUES (57, 'APPROACH', 'APPROACH/ofzitpa6f5clwxug', 2, 7, 3, ' city  safety  trust ', 'citi city City · safeti safety Safety ·  trust Trust', 7, 'en', ' §en  citi  safeti ');
INSERT INTO public.passage VALUES (58, 'APPROACH', 'APPROACH/wyrnztjghngqv2mx', 2, 8, 3, ' state  safety  force ', ' state State · safeti safety Safety · forc force Force', 7, 'en', ' §en  safeti  forc ');
INSERT INTO public.passage VALUES (59, 'APPROACH', 'APPROACH/e275udbxdbnzvidn', 2, 9, 4, ' state  legal aid  cuts ', ' state State ·  legal Legal  aid aid · cut cuts Cuts', 7, 'en', ' §en  cut ');
INSERT INTO public.passage VALUES (60, 'POINT', 'POINT/fe36ptzr3husimhc', 2, 13, 1, ' one ', ' one One', 7, 'en', ' §en ');
INSERT INTO public.passage VALUES (61, 'POINT', 'POINT/imjf4elijqzfj4wf', 2, 14, 2, ' label  two ', ' label Label ·  two Two', 7, 'en', ' §en ');
INSERT INTO public.passage VALUES (62, 'POINT', 'POINT/mueydj7wowg67eil', 2, 15, 2, ' other  point ', ' other Other ·  point point', 8, 'en', ' §en ');
INSERT INTO public.passage VALUES (63, 'ARTICLE', 'ARTICLE/old', 3, 3, 2, ' old quarrel ', ' old Old  quarrel quarrel', NULL, 'en', ' §en ');
INSERT INTO public.passage VALUES (67, 'MEASURE', 'MEASURE/svquqyoa36qk66dc', 3, 8, 3, ' the mayor  sued ', ' the The  mayor Mayor · su sued sued', 10, 'en', ' §en  su ');
INSERT INTO public.passage VALUES (68, 'MEASURE', 'MEASURE/aw67nkcw6xzsee7a', 3, 9, 3, ' the mayor  appealed ', ' the The  mayor Mayor · appeal appealed appealed', 10, 'en', ' §en  appeal ');
INSERT INTO public.passage VALUES (69, 'STANCE', 'STANCE/t4mfdg65hosemmgm', 3, 7, 3, ' governor  was for ', ' governor Governor ·  was Was  for for', 10, 'en', ' §en ');
INSERT INTO public.passage VALUES (70, 'STANCE', 'STANCE/kwnlujzskqlapfck', 3, 8, 5, ' the mayor  was against again ', ' the the  mayor mayor ·  was Was  against against,  again again', 10, 'en', ' §en ');
INSERT INTO public.passage VALUES (71, 'MEASURE', 'MEASURE/lqgmnc6h52lya4qp', 3, 10, 3, ' the mayor  marched ', ' the the  mayor mayor · march marched marched', 10, 'en', ' §en  march ');
INSERT INTO public.passage VALUES (72, 'ROLE', 'ROLE/fupte4dmhikexvsv', 3, 4, 3, ' activists  mobilization  stay ', 'activist activists Activists · mobil mobilization Mobilization ·  stay Stay', 10, 'en', ' §en  activist  mobil ');
INSERT INTO public.passage VALUES (73, 'ARTICLE', 'ARTICLE/undated', 4, 4, 2, ' undated quarrel ', 'undat undated Undated  quarrel quarrel', NULL, 'en', ' §en  undat ');
INSERT INTO public.passage VALUES (74, 'SECTION', 'SECTION/undated/what-to-do', 4, 11, 3, ' what to do ', ' what What  to to  do do', 11, 'en', ' §en ');
INSERT INTO public.passage VALUES (75, 'PARAGRAPH', 'PARAGRAPH/undated/what-to-do#4', 4, 11, 4, ' a quote a picture ', ' a A quot quote quote.  a A pictur picture picture', 11, 'en', ' §en  quot  pictur ');
INSERT INTO public.passage VALUES (76, 'TABLE', 'TABLE/undated/what-to-do#5', 4, 11, 4, ' year  raids  2019  10 ', ' year Year · raid raids Raids ·  2019 2019 ·  10 10', 11, 'en', ' §en  raid ');
INSERT INTO public.passage VALUES (77, 'CHALLENGE', 'CHALLENGE/t5uppakpckgzh3co', 4, 4, 1, ' distrust ', ' distrust Distrust', 11, 'en', ' §en ');
INSERT INTO public.passage VALUES (78, 'PROPOSED_SOLUTION', 'PROPOSED_SOLUTION/mfhedhtzwrmyqusn', 4, 4, 2, ' talk  trust ', ' talk Talk ·  trust Trust', 11, 'en', ' §en ');
INSERT INTO public.passage VALUES (79, 'CHALLENGE', 'CHALLENGE/jdvgavrm4gysddut', 4, 5, 1, ' delay ', ' delay Delay', 11, 'en', ' §en ');
INSERT INTO public.passage VALUES (80, 'PROPOSED_SOLUTION', 'PROPOSED_SOLUTION/cbftuttiyzdrfpjk', 4, 5, 2, ' hire  speed ', ' hire Hire ·  speed Speed', 11, 'en', ' §en ');
INSERT INTO public.passage VALUES (81, 'PROPOSED_SOLUTION', 'PROPOSED_SOLUTION/6azlkmahlbwpzdmk', 4, 6, 2, ' listen  peace ', ' listen Listen · peac peace Peace', 11, 'en', ' §en  peac ');
INSERT INTO public.passage VALUES (82, 'STANCE', 'STANCE/gnar2aoiobc3whyl', 4, 9, 3, ' the mayor  undecided ', ' the the  mayor mayor! · undecid undecided Undecided', 11, 'en', ' §en  undecid ');
INSERT INTO public.passage VALUES (83, 'MEASURE', 'MEASURE/mavhhplresendlil', 4, 11, 3, ' the mayor  waited ', ' the the  mayor mayor! · wait waited waited', 11, 'en', ' §en  wait ');
INSERT INTO public.passage VALUES (84, 'STANCE', 'STANCE/njmplibawm7vmdni', 4, 10, 2, ' judges  apart ', 'judg judges Judges ·  apart Apart', 11, 'en', ' §en  judg ');
INSERT INTO public.passage VALUES (85, 'ROLE', 'ROLE/myf5lizd5jcj24rk', 4, 5, 3, ' activists  protest  go ', 'activist activists activists ·  protest Protest ·  go Go', 11, 'en', ' §en  activist ');
INSERT INTO public.passage VALUES (86, 'POINT', 'POINT/2szjlfewrrppnty5', 4, 16, 3, ' wait  and see ', ' wait Wait ·  and and  see see', 11, 'en', ' §en ');
INSERT INTO public.passage VALUES (87, 'PARTY', 'PARTY/mayor-lori-lightfoot', NULL, 1, 3, ' mayor lori lightfoot ', ' mayor Mayor  lori Lori  lightfoot Lightfoot', NULL, NULL, '');
INSERT INTO public.passage VALUES (88, 'PARTY', 'PARTY/trump-administration', NULL, 2, 2, ' trump administration ', ' trump Trump  administration Administration', NULL, NULL, '');
INSERT INTO public.passage VALUES (89, 'PARTY', 'PARTY/community-advocates', NULL, 3, 2, ' community advocates ', ' community Community  advocates Advocates', NULL, NULL, '');
INSERT INTO public.passage VALUES (90, 'PARTY', 'PARTY/the-mayor', NULL, 4, 2, ' the mayor ', ' the THE  mayor MAYOR', NULL, NULL, '');
INSERT INTO public.passage VALUES (91, 'PARTY', 'PARTY/city-council', NULL, 5, 2, ' city council ', ' city City  council council', NULL, NULL, '');
INSERT INTO public.passage VALUES (92, 'PARTY', 'PARTY/governor', NULL, 6, 1, ' governor ', ' governor Governor', NULL, NULL, '');
INSERT INTO public.passage VALUES (93, 'PARTY', 'PARTY/judges', NULL, 7, 1, ' judges ', ' judges Judges', NULL, NULL, '');
INSERT INTO public.passage VALUES (94, 'GOVERNMENT', 'GOVERNMENT/chicago', NULL, 1, 1, ' chicago ', ' chicago Chicago', NULL, NULL, '');
INSERT INTO public.passage VALUES (95, 'GOVERNMENT', 'GOVERNMENT/federal-government', NULL, 2, 2, ' federal government ', ' federal Federal  government Government', NULL, NULL, '');
INSERT INTO public.passage VALUES (96, 'GOVERNMENT', 'GOVERNMENT/city', NULL, 3, 1, ' city ', ' city City', NULL, NULL, '');
INSERT INTO public.passage VALUES (97, 'GOVERNMENT', 'GOVERNMENT/state', NULL, 4, 1, ' state ', ' state State', NULL, NULL, '');
INSERT INTO public.passage VALUES (98, 'POLICY_AREA', 'POLICY_AREA/immigration-enforcement', NULL, 1, 2, ' immigration enforcement ', ' immigration Immigration  enforcement Enforcement', NULL, NULL, '');
INSERT INTO public.passage VALUES (99, 'POLICY_AREA', 'POLICY_AREA/community-safety', NULL, 2, 2, ' community safety ', ' community Community  safety Safety', NULL, NULL, '');
INSERT INTO public.passage VALUES (100, 'POLICY_AREA', 'POLICY_AREA/legal-support', NULL, 3, 2, ' legal support ', ' legal Legal  support Support', NULL, NULL, '');
INSERT INTO public.passage VALUES (101, 'POLICY_AREA', 'POLICY_AREA/safety', NULL, 4, 1, ' safety ', ' safety Safety', NULL, NULL, '');
INSERT INTO public.passage VALUES (102, 'POLICY_AREA', 'POLICY_AREA/legal-aid', NULL, 5, 2, ' legal aid ', ' legal Legal  aid aid', NULL, NULL, '');
INSERT INTO public.passage VALUES (103, 'GROUP', 'GROUP/city-officials', NULL, 1, 2, ' city officials ', ' city City  officials Officials', NULL, NULL, '');
INSERT INTO public.passage VALUES (104, 'GROUP', 'GROUP/activists', NULL, 2, 1, ' activists ', ' activists Activists', NULL, NULL, '');
INSERT INTO public.passage VALUES (105, 'GROUP', 'GROUP/community-leaders', NULL, 3, 2, ' community leaders ', ' community Community  leaders Leaders', NULL, NULL, '');
INSERT INTO public.point VALUES (1, 'rpz6ff7zolzlvhcr', 1, 1, 2, 0, 21, 'HIGHLIGHT', NULL, NULL, NULL, 'Mayor Lightfoot’s steadfast refusal to grant ICE expanded access to city detention facilities', 'mayor lightfoot’s steadfast refusal to grant ice expanded access to city detention facilities', '', NULL, 1181116004);
INSERT INTO public.point VALUES (2, 'ecpkhfq3cvxm7dry', 1, 1, 2, 1, 22, 'HIGHLIGHT', NULL, NULL, NULL, 'Grassroots organizations advocating for stronger immigrant protections and increased support services', 'grassroots organizations advocating for stronger immigrant protections and increased support services', '', NULL, 1181116004);
INSERT INTO public.point VALUES (3, '2x43txqykgzcndiv', 1, 1, 2, 2, 23, 'HIGHLIGHT', NULL, NULL, NULL, 'Federal authorities threatening legal action and potential withdrawal of federal funding', 'federal authorities threatening legal action and potential withdrawal of federal funding', '', NULL, 1181116004);
INSERT INTO public.point VALUES (4, 'ox3klgci2balvrjw', 1, 2, 6, 12, 41, 'INITIATIVE', 'Enhanced Legal Assistance', 'enhanced legal assistance', '', 'Increased budget allocations for immigrant defense programs', 'increased budget allocations for immigrant defense programs', '', NULL, 1181116004);
INSERT INTO public.point VALUES (5, '3viejb4bt3tty5jc', 1, 2, 6, 13, 42, 'INITIATIVE', 'Community Engagement', 'community engagement', '', 'Initiatives to strengthen relationships between law enforcement and immigrant communities', 'initiatives to strengthen relationships between law enforcement and immigrant communities', '', NULL, 1181116004);
INSERT INTO public.point VALUES (6, 'rwt6nvafpdnwfwj5', 1, 2, 6, 14, 43, 'INITIATIVE', 'Public Advocacy', 'public advocacy', '', 'Speeches and campaigns promoting inclusivity and protection for all residents', 'speeches and campaigns promoting inclusivity and protection for all residents', '', NULL, 1181116004);
INSERT INTO public.point VALUES (7, '4cgvyaknmfuyg6to', 1, 3, 9, 21, 58, 'OBJECTIVE', 'Primary Objectives', 'primary objectives', '', 'Sustain protections for undocumented immigrants', 'sustain protections for undocumented immigrants', '', NULL, 1181116004);
INSERT INTO public.point VALUES (8, 'ozjzv4do3oawx4uz', 1, 3, 9, 22, 59, 'OBJECTIVE', 'Community Benefits', 'community benefits', '', 'Foster trust between residents and law enforcement agencies', 'foster trust between residents and law enforcement agencies', '', NULL, 1181116004);
INSERT INTO public.point VALUES (9, 'm6baf37mitsj2cgd', 1, 3, 9, 23, 60, 'OBJECTIVE', 'Political Message', 'political message', '', 'Resist federal immigration interventions perceived as harmful', 'resist federal immigration interventions perceived as harmful', '', NULL, 1181116004);
INSERT INTO public.point VALUES (10, 'rlqzpesvtmecnfmh', 1, 4, 13, 27, 82, 'RECOMMENDATION', 'Scheduled Coordination Meetings', 'scheduled coordination meetings', '', 'Regular exchanges to share intelligence and policy updates', 'regular exchanges to share intelligence and policy updates', '', NULL, 1181116004);
INSERT INTO public.point VALUES (11, 'p74ifygakgvdb333', 1, 4, 13, 28, 83, 'RECOMMENDATION', 'Clear Jurisdictional Guidelines', 'clear jurisdictional guidelines', '', 'Defining operational boundaries to avoid conflicts', 'defining operational boundaries to avoid conflicts', '', NULL, 1181116004);
INSERT INTO public.point VALUES (12, 'qznwshrqbfebsjkd', 1, 4, 13, 29, 84, 'RECOMMENDATION', 'Community Engagement Forums', 'community engagement forums', '', 'Incorporating diverse perspectives into policy progress', 'incorporating diverse perspectives into policy progress', '', NULL, 1181116004);
INSERT INTO public.point VALUES (13, 'fe36ptzr3husimhc', 2, 7, 18, 6, 23, 'HIGHLIGHT', NULL, NULL, NULL, 'One', 'one', '', NULL, 751619275);
INSERT INTO public.point VALUES (14, 'imjf4elijqzfj4wf', 2, 7, 18, 7, 24, 'HIGHLIGHT', 'Label', 'label', '', 'Two', 'two', '', NULL, 751619275);
INSERT INTO public.point VALUES (15, 'mueydj7wowg67eil', 2, 8, 19, 8, 28, 'OTHER', 'Other', 'other', '', 'point', 'point', '', NULL, 751619275);
INSERT INTO public.point VALUES (16, '2szjlfewrrppnty5', 4, 11, 26, 9, 23, 'RECOMMENDATION', 'Wait', 'wait', '', 'and see', 'and see', '', NULL, 1395864368);
INSERT INTO public.policy_area VALUES (1, 'immigration-enforcement', 'Immigration Enforcement', 'immigration enforcement', '[]');
INSERT INTO public.policy_area VALUES (2, 'community-safety', 'Community Safety', 'community safety', '[]');
INSERT INTO public.policy_area VALUES (3, 'legal-support', 'Legal Support', 'legal support', '[]');
INSERT INTO public.policy_area VALUES (4, 'safety', 'Safety', 'safety', '[]');
INSERT INTO public.policy_area VALUES (5, 'legal-aid', 'Legal aid', 'legal aid', '[]');
INSERT INTO public.policy_area_mention VALUES (1, 0, 'Immigration Enforcement', 1, 1181116004, 1181116004);
INSERT INTO public.policy_area_mention VALUES (1, 1, 'Community Safety', 2, 1181116004, 1181116004);
INSERT INTO public.policy_area_mention VALUES (1, 2, 'Legal Support', 3, 1181116004, 1181116004);
INSERT INTO public.policy_area_mention VALUES (2, 0, 'Safety', 4, 751619275, 751619275);
INSERT INTO public.policy_area_mention VALUES (2, 1, 'Legal aid', 5, 751619275, 751619275);
INSERT INTO public.proposed_solution VALUES (1, 'xxtu3hong332lte4', 1, 4, 14, 31, 88, 1, 'Establish explicit operational boundaries', 'establish explicit operational boundaries', '', 'Minimize jurisdictional disputes', NULL, NULL, 1181116004);
INSERT INTO public.proposed_solution VALUES (2, '4lhyeqgcndcgdhhv', 1, 4, 14, 33, 89, 2, 'Enhance transparency via joint communications', 'enhance transparency via joint communications', '', 'Strengthen public confidence', NULL, NULL, 1181116004);
INSERT INTO public.proposed_solution VALUES (3, '2by454bnm2uq4m7f', 1, 4, 14, 35, 90, 3, 'Create integrated local-federal frameworks', 'create integrated local-federal frameworks', '', 'Ensure consistent and coherent enforcement', NULL, NULL, 1181116004);
INSERT INTO public.proposed_solution VALUES (4, 'mfhedhtzwrmyqusn', 4, 11, 23, 1, 9, 4, 'Talk', 'talk', '', 'Trust', NULL, NULL, 1395864368);
INSERT INTO public.proposed_solution VALUES (5, 'cbftuttiyzdrfpjk', 4, 11, 23, 3, 10, 5, 'Hire', 'hire', '', 'Speed', NULL, NULL, 1395864368);
INSERT INTO public.proposed_solution VALUES (6, '6azlkmahlbwpzdmk', 4, 11, 23, 4, 11, 4, 'Listen', 'listen', '', 'Peace', NULL, NULL, 1395864368);
INSERT INTO public.revision VALUES ('73e13ec43580928e85deeb8f1a72130f', 4, '2026-11-28 03:38:48.534805+00');
INSERT INTO public.role VALUES (1, 'wdpymx3bgilwgcy2', 1, 3, 11, 24, 68, 1, 'Policy Advocacy', 'policy advocacy', '', 'Defend sanctuary city status', 'defend sanctuary city status', '', NULL, NULL, 1181116004);
INSERT INTO public.role VALUES (2, 'w2zass7duht42y6d', 1, 3, 11, 25, 69, 2, 'Community Mobilization', 'community mobilization', '', 'Elevate immigrant voices', 'elevate immigrant voices', '', NULL, NULL, 1181116004);
INSERT INTO public.role VALUES (3, 'hrjlfz4plho7ibnc', 1, 3, 11, 26, 70, 3, 'Outreach and Support', 'outreach and support', '', 'Promote inclusivity and solidarity', 'promote inclusivity and solidarity', '', NULL, NULL, 1181116004);
INSERT INTO public.role VALUES (4, 'fupte4dmhikexvsv', 3, 10, 22, 6, 20, 2, 'Mobilization', 'mobilization', '', 'Stay', 'stay', '', NULL, NULL, 966367639);
INSERT INTO public.role VALUES (5, 'myf5lizd5jcj24rk', 4, 11, 25, 8, 20, 2, 'Protest', 'protest', '', 'Go', 'go', '', NULL, NULL, 1395864368);
INSERT INTO public.schema_compatibility VALUES ('0019');
INSERT INTO public.section VALUES (1, 'chicago-immigration-standoff/chicago-s-leadership-challenges-federal-immigration-crackdown', 1, 'chicago-s-leadership-challenges-federal-immigration-crackdown', 'Chicago’s Leadership Challenges Federal Immigration Crackdown', 2, 0, 11);
INSERT INTO public.section VALUES (2, 'chicago-immigration-standoff/mayor-lightfoot-s-strategic-response-to-federal-immigration-policies', 1, 'mayor-lightfoot-s-strategic-response-to-federal-immigration-policies', 'Mayor Lightfoot’s Strategic Response to Federal Immigration Policies', 2, 1, 31);
INSERT INTO public.section VALUES (3, 'chicago-immigration-standoff/grassroots-mobilization-upholds-chicago-s-sanctuary-city-commitment', 1, 'grassroots-mobilization-upholds-chicago-s-sanctuary-city-commitment', 'Grassroots Mobilization Upholds Chicago’s Sanctuary City Commitment', 2, 2, 51);
INSERT INTO public.section VALUES (4, 'chicago-immigration-standoff/advocating-for-enhanced-collaboration-between-local-and-federal-authorities', 1, 'advocating-for-enhanced-collaboration-between-local-and-federal-authorities', 'Advocating for Enhanced Collaboration Between Local and Federal Authorities', 2, 3, 72);
INSERT INTO public.section VALUES (5, 'chicago-immigration-standoff/summary-and-outlook', 1, 'summary-and-outlook', 'Summary and Outlook', 2, 4, 92);
INSERT INTO public.section VALUES (6, 'new/who', 2, 'who', 'Who', 2, 0, 8);
INSERT INTO public.section VALUES (7, 'new/how', 2, 'how', 'How', 2, 1, 15);
INSERT INTO public.section VALUES (8, 'new/who-2', 2, 'who-2', 'Who', 2, 2, 26);
INSERT INTO public.section VALUES (9, 'old/_top', 3, '_top', NULL, 1, 0, 8);
INSERT INTO public.section VALUES (10, 'old/who', 3, 'who', 'Who', 2, 1, 10);
INSERT INTO public.section VALUES (11, 'undated/what-to-do', 4, 'what-to-do', 'What to do', 2, 0, 5);
INSERT INTO public.source_file VALUES ('chicago-immigration-standoff.md', '\x78017598dd8edcc61185eff9140df82237bbfb00321060bd961d2552246865e4ba87ec99692dc966d8e48ed7de007e8d00c9cbf949f29d6a72862b2b17924624bbbb7e4e9d3ad5d7d7d7d514a736bc7277c758fb43fa5376f793ef9bb4dfbb539c8eee87d084d1b7ee4dd7c5c3e8a7987af721b5b18e215779de2dcb6fdd5d9c9e58fd7dd847df4f65972ab7f3e195abcbded7f1b2c7755e4ea95adf1f667fc084d0b361d7f9f1e995fbf375e5569bdc31b54d761c3c2517a7ecb2efeb69e63b372c96b8d331b6c1fdc3e763ec0f139f0e63c83964b74fa3ebd218dce8239be09a6bc2147a39926fdc3f8ec9992999f34ec730862bfef1930bbe3eba1c9be08e3ebb26f5bcd0627b1933fba721e5d0c8a6c0f3e918d8d8376daa1f6eaa6b025b7df3cdeac1efbffd3bbbb7bc0d23060e3cf66d1bfa03f67d2dbe77a3af1f9a74eaabea36dbceffc4db31b42e3d86d16dc2c8d13858870e875c3efa71087dbe72effc136ebf4d63746fe3e138ed539acc8f5da8531708257ff6b6f3a771ee06e79b2ef6314f25c132b74af39487f4107a97868105fd44b816945cb9871ef31c91f19b6cd440e0ca11787622f20b720632fc873c90a11994d5b32c278a8b4f1c5229ca96b16d9e3e1d0936c14f2eed3e877a52d815f2f5903acd231f64ffc463d21727572759a18f0c25c17e4ee39c27f97e3eb02222dddcc7094097144780c62a65f5143c1120dbf30ec8b3fd3e4c4f8603f24c551c94905e3edc54d55f0875ab7083d512dcd41f1278744dccc33c0517fbba9d9bf0aaaa7ebd399ebffe5775bd666c4d9601264f2066efb1770cfb39731c4e5383a4facddd6b177e1e0815b1f3750dd6f55209b8c0dbed7d1d5b738c137e1c7dce2340c0baf1e0fbf88b1533196c1ef165929d2a164080d91798711a589f88b92ac67cc78d3178813fcf6063047a617c8c58c1392ba0fd3c1d01a0c24a38f99ea2d3196d38e089b7ed6cb781cd29471e8a709ad19ff84900d7d4ee010a0babead97df0230e3e1bb9d4811f1f43cd5af70e6b6670e79eab674aeffc87255f2d8567f71ebb8d1e16906e6baa30c5b37b5d6a0b2fcf7c63015e49e75bb7535536968dfd983a5740f1d9c7d64c71a5b86e5f1497cc2f51cb6e8c8734a639af683476dd9634868e90c67206191ec66841fd45585f5910ab88f2b7e730f3f912345753c58a8abb5b50fee46e4bbe152d11513788d2cfe5209b846055e136efb2c450c3e64de880c242169ccb778f3065b3e6368b00b08e0c190b2e397801ee7b2d0f078aea6380677a8a17f756f0bcb9748a4bb7a93e51959d519b381956395968b63c7029482b211811ab2274b75361f469ee6b81f0f7dffe137e56d5c4c7d03e418df0f2964b7fffedbfea03911e001bd016dc630ca70a4aa05b41e2461002839dd2cded146bfe9ad529dbb80f37ee1e5b4b63d1d132f192af15403c86aaf2e0694f2fd850148ab5a4a1f8e6470aa26a826acdaab61055e98bb6c9298d0f72cc7af65a395b50d361b55fed7bb71b03b9ea44f72243e35b68cef5810cedd2784c894ed98a53447830dbdfc34949867b3ae33602224e9c0a4f0386f0449cc8df52dc1152128b6bd79c6ad5f6ca1034d61c89271fc309f5919e12a10e565a77b475076a6290ef7eaae498f1d271eeb07d83ce65e33a1d8916103efac7e05a3f1e94d15368d5e9ac2f7778f0eb0dfd0d9299487816e1beee8f4268435b161fdd9e31fbcabd39d3db6e6e0e8108b52aecc27fa2c84bb134614f7ba0c32cc161e34ba1bdee0f445dcd417b9e4f97eb849ef64f72f128b4656b844176bb309d024f5b7fdae2d1c2723976d3b238f143694ea5ae6bc4d3fd10424d546c554d85fb78501383a292f1bcf521b0af76f1b2d02dd4f86b5ddc2068bc2b9905739031230d938a06fddb815d49238fd7dafdf1dc13bff8e20fdcbcadf2856c4dc888d78950ac05d8940604a831a3815badef19393ab4165a9c3c1ca81755f28b88bd24bd7b806cade3c399400198f07fbd9b63ab0623171024ea0aa069cbc2a6bad043065863d3029a85c759f8da7a312aa7f42a0b2a46214a2019debf8d9d09d72fdae5c28f9bd6fc2eed68d9a535bb9f8652e18beab270de9f59ff4ed913dae2a4a8a115e9a98f26bd94d315234fe7d2b2162542b12e76f0fc54678182ec8134a9b0494227c24f5c7d84e58d824a23fb8a4a44a30c4368aee7611bb11bf7295138e24dfe1237a8235835729a4cd890e1465c8ca1e3cc57b2828fbaabafe8aebdef0890668fc93f296bd37a12f428c946ee74c042145ba5978d078a7e5c69003868e070ef4d55ea29e5032a30a30462913d2afb17147d2e46699e4bcd7f177a06a0895d7e407eca7fe3d8b5ac2fc4ae14fda1c8e1689baba8692a8e9e0233bd03db361e511304f12c8b1603ac30e05e041820308946bdd40157486d566bebf6735ba97952ec6d26c168524b8628d8f4530d176a18c1e9b577588f5ac4748fcc49a70bed6590b8519dd08808fe25cf970ee5f343682a05cf147de914faefcb4671c1ea4b690a0eac87802ee3dde90622557ae368f826d7eacb575b38adb3a9c1588302601842822e242a3d5a1cc90e651be6cf5d8a7941bd6eb4ca355b4b0711c2747460d1137d0e083d23a5e94fa20bd484c55ff28a1ebea44a0cf1850ab55a7dbfdf33369302962abf6254d362fc78d6e02cf85e0ac30c048913fa50647629efad9a7b411810511b1ed155975cb9c724616e3b5c60bacca21cfb7ea53585e242681fac572c13cba65364ec6e3cb21e934ddb2d6a728dd3b9addea5b6f58889c2dcdf2d6dedad4d4d3a6aed16b79731c1304a5164eb5175eaf7c4683ab7c40b4969bdd2ba6255da467553465c928382459bd70ff6156a550b9445cf0309eec311e40b3982c4319daa6d31a92a19f09706d048a0e02d17224bf2b419b35718a592693d1a2c61b565c6cb4c68d48a3eba6851e6a43de0ca484a28d7ac9a4ea800445eae4cb7f4c9ad124ec5d833eb8b047dfb701eba1dd266c6c9e288694b45bd015189172a5e466d44373e81d46bedaee1d0105a9466c0645e559fe731e686e04a37ad3ceffb44504710fe37980266a0b548f01652b1faeb28aa471dbaedcadba1f68b55125af72891666e31e52ea591465b10f12e04a519a2fc180e33b28d98ae3484e7bacb904b536819a9496f2842a594cd3c60964d9b77e8c6d1fd75e30f54f4e38ceb52fdecaefb289b3bcf32820f76cc014231d1e42c4f89a85f16bcbde4f38b8683d0b92a6147e4611a51e2f861e12f74021ef2a021991622bb45b356e284ccf489888371abdcfb8801d60ba4fbd4ce0b8bdcc2e0751cf0ad714b27f90a99fcc42d82bcde4aa68f09bdceaeafc10557159a667e1e381f5efb3f8e331a13982e32496ee14074ce487e29a1be5f07064dc6269e696e0c611a5f7a28ec317af759ad65951eab64d6bc7e96bbcb4d8aa2ad11c766449874f4078918fc366654660897dd1a180a183df4d206ecebb5eef7cc234165639ef7ba02501a4d6b60866a50d30167739fb7b9282bcc755fee1aed3358b04de9a1aab6526b1fc7ce74b06a0d43334c01c750dd7ba25f704cb800b54a5ba795f97f9dd1f1c16abb19e35ec67b22453ac0cb4acf4afb8d8055ae29aaf365dd55e108daa7a80830a9b0e0389a580e356887914c0d8b062f5247ff3b0b93350d76030339488dd5e44a979edaa8f313aa21bb871086aab3ba2ec7ae8de709a74aff94486035c4a213b86beba7b18cbee224d3ec5fbab5c25f61d1a22131acdbf02821cc11a4d834426537aa7bda85a22b9a311a72b75d600260e42bdfe22ef2d4e2493876dc05fa49cc7253fd0f8f0366cb');
INSERT INTO public.source_file VALUES ('new.md', '\x780165504b6bc3300cbefb57087a18043c9aee965b181b1db4cb68036347c755638367677e10cabcff3e397bc0d84120a4ef2571ce59d4d160038f38c35b12dea361c1a4b1018b339bd2607450786a60b3ded47c5df39b9a85347cb33a2b115e9d47c6498aad56f0ac1c63199e848f17c8708ca240321c50a28db0471192c7009965a2fc1651faed1decdb97ee40e8870067e7a9097ab4782a68b8d5a4285db2529b2f48988c8ed4e6c579ebe6c5d9192d2fd07a14b42aa4ab00ed347927a4a209258af867f42fc9519c7149dffb148ac1bdf3e5080ab1c35118109a2215f514cb25ecfd5ae95119aa183e1887ced243a0aa766240d35415f4337de5e73bb48f0a7d0393d336b24f8e7978d0');
INSERT INTO public.source_file VALUES ('old.md', '\x7801658f414b03311085eff32b067a6d4adb83e27a6a053d2d8a0a7b100fd3cdb81b4893ed2429acec8f7716b5971e022fc97b1fef196320bbecb9c2676ff15448843d245fba0aa3b730948377a9675be176bdb933eb5bb3b9012ab98f922afcd8adb011975996b8ff979f60140b7bfe8ac24861c49ec9bad0ad00160b6cfa0830e10b491e71c2b74ca16515afdc72c85833a5229c7082493997a391f79eb1a6318aba1b4a481db990b2de52617b8f340c4c9eed1cc5a778660917af7651dffc919572bca62c7f716a3a92b4ba58cd33466219f4f1b18436bb18543eccb36a4e893aed7dd572a7beb34b5917601d0fcebb6ffa4bea569d0c3f4bba79a7');
INSERT INTO public.source_file VALUES ('undated.md', '\x78016d514d4f023110bdf7570c70d1c32ee04d0e262b468c9184808618e361b21da171696b3bab12f1bf3b834663f4d0b4f3f5de9bd7a2280c3b6e680437de229385a71653a2c6145232bd1e2cd7c8c0016c306607e335360df915c10e6629c4906564119a965df092ab3cbbdac53dd229797a700c3bb313b0ef2328672e736ab394e01a9b47bd3e43ad51835bc95cb8a4248b48c22010607f86aee4494a3723aca54b95cd30b1ce2d18bde6604e35798629616e13e57f64f09a6083db903ad22efb53edac92c10b3ab542592f5bbbd261a8a210c8bd279ba4d04609ce5b5f7f6d3e0ea2774a39a39af3676594be6791ad50621cd37efb4950bcb732511d361bd22f101ff3bb2960291a4680de422632e6042af91a992ba17357417435cb56f7076be69847fd3ebde226365486b4ea2774b68c7e05ddb9bcba876acf2d61126a4dfcb2424a4783e1b1948603d1f201fbd2abda');
INSERT INTO public.stance VALUES (1, 'r6cihfygoh3sfttf', 1, 1, 3, 3, 27, 1, 'Opposes federal immigration raids', 'opposes federal immigration raids', '', NULL, 1181116004);
INSERT INTO public.stance VALUES (2, 'b53krh2e4w577a52', 1, 1, 3, 6, 28, 2, 'Supports rigorous immigration enforcement', 'supports rigorous immigration enforcement', '', NULL, 1181116004);
INSERT INTO public.stance VALUES (3, 'bnpgditktdmwx6gh', 1, 1, 3, 9, 29, 3, 'Champion immigrant rights and protections', 'champion immigrant rights and protections', '', NULL, 1181116004);
INSERT INTO public.stance VALUES (4, 'hq6sz44lzqxe2pd7', 2, 6, 16, 0, 12, 4, 'Is for', 'is for', '', NULL, 751619275);
INSERT INTO public.stance VALUES (5, 'yxhoer7cauxhvys6', 2, 6, 16, 2, 13, 5, 'Is split', 'is split', '', NULL, 751619275);
INSERT INTO public.stance VALUES (6, '74muz5detl6egd7l', 3, 10, 21, 0, 14, 4, 'Was against', 'was against', '', NULL, 966367639);
INSERT INTO public.stance VALUES (7, 't4mfdg65hosemmgm', 3, 10, 21, 3, 15, 6, 'Was for', 'was for', '', NULL, 966367639);
INSERT INTO public.stance VALUES (8, 'kwnlujzskqlapfck', 3, 10, 21, 4, 16, 4, 'Was against, again', 'was against, again', '', NULL, 966367639);
INSERT INTO public.stance VALUES (9, 'gnar2aoiobc3whyl', 4, 11, 24, 5, 15, 4, 'Undecided', 'undecided', '', NULL, 1395864368);
INSERT INTO public.stance VALUES (10, 'njmplibawm7vmdni', 4, 11, 24, 7, 16, 7, 'Apart', 'apart', '', NULL, 1395864368);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.approach
    ADD CONSTRAINT pk_approach PRIMARY KEY (id);
ALTER TABLE ONLY public.article
    ADD CONSTRAINT pk_article PRIMARY KEY (id);
ALTER TABLE ONLY public.article_author
    ADD CONSTRAINT pk_article_author PRIMARY KEY (article_id, name_key);
ALTER TABLE ONLY public.article_image_file
    ADD CONSTRAINT pk_article_image_file PRIMARY KEY (article_id, path);
ALTER TABLE ONLY public.block
    ADD CONSTRAINT pk_block PRIMARY KEY (id);
ALTER TABLE ONLY public.challenge
    ADD CONSTRAINT pk_challenge PRIMARY KEY (id);
ALTER TABLE ONLY public.former_slug
    ADD CONSTRAINT pk_former_slug PRIMARY KEY (slug);
ALTER TABLE ONLY public.government
    ADD CONSTRAINT pk_government PRIMARY KEY (id);
ALTER TABLE ONLY public.government_alias
    ADD CONSTRAINT pk_government_alias PRIMARY KEY (slug);
ALTER TABLE ONLY public.government_mention
    ADD CONSTRAINT pk_government_mention PRIMARY KEY (article_id, government_id);
ALTER TABLE ONLY public."group"
    ADD CONSTRAINT pk_group PRIMARY KEY (id);
ALTER TABLE ONLY public.group_alias
    ADD CONSTRAINT pk_group_alias PRIMARY KEY (slug);
ALTER TABLE ONLY public.group_mention
    ADD CONSTRAINT pk_group_mention PRIMARY KEY (article_id, group_id);
ALTER TABLE ONLY public.image
    ADD CONSTRAINT pk_image PRIMARY KEY (id);
ALTER TABLE ONLY public.image_file
    ADD CONSTRAINT pk_image_file PRIMARY KEY (digest);
ALTER TABLE ONLY public.measure
    ADD CONSTRAINT pk_measure PRIMARY KEY (id);
ALTER TABLE ONLY public.notification
    ADD CONSTRAINT pk_notification PRIMARY KEY (receiver);
ALTER TABLE ONLY public.party
    ADD CONSTRAINT pk_party PRIMARY KEY (id);
ALTER TABLE ONLY public.party_alias
    ADD CONSTRAINT pk_party_alias PRIMARY KEY (slug);
ALTER TABLE ONLY public.party_mention
    ADD CONSTRAINT pk_party_mention PRIMARY KEY (article_id, party_id);
ALTER TABLE ONLY public.passage
    ADD CONSTRAINT pk_passage PRIMARY KEY (id);
ALTER TABLE ONLY public.passage_index_count
    ADD CONSTRAINT pk_passage_index_count PRIMARY KEY (query);
ALTER TABLE ONLY public.point
    ADD CONSTRAINT pk_point PRIMARY KEY (id);
ALTER TABLE ONLY public.policy_area
    ADD CONSTRAINT pk_policy_area PRIMARY KEY (id);
ALTER TABLE ONLY public.policy_area_alias
    ADD CONSTRAINT pk_policy_area_alias PRIMARY KEY (slug);
ALTER TABLE ONLY public.policy_area_mention
    ADD CONSTRAINT pk_policy_area_mention PRIMARY KEY (article_id, policy_area_id);
ALTER TABLE ONLY public.proposed_solution
    ADD CONSTRAINT pk_proposed_solution PRIMARY KEY (id);
ALTER TABLE ONLY public.revision
    ADD CONSTRAINT pk_revision PRIMARY KEY (id);
ALTER TABLE ONLY public.role
    ADD CONSTRAINT pk_role PRIMARY KEY (id);
ALTER TABLE ONLY public.schema_compatibility
    ADD CONSTRAINT pk_schema_compatibility PRIMARY KEY (oldest_reader);
ALTER TABLE ONLY public.section
    ADD CONSTRAINT pk_section PRIMARY KEY (id);
ALTER TABLE ONLY public.source_file
    ADD CONSTRAINT pk_source_file PRIMARY KEY (path);
ALTER TABLE ONLY public.stance
    ADD CONSTRAINT pk_stance PRIMARY KEY (id);
ALTER TABLE ONLY public.translation
    ADD CONSTRAINT pk_translation PRIMARY KEY (article_id, translation_id);
ALTER TABLE ONLY public.approach
    ADD CONSTRAINT uq_approach_article_id_position UNIQUE (article_id, "position");
ALTER TABLE ONLY public.approach
    ADD CONSTRAINT uq_approach_key UNIQUE (key);
ALTER TABLE ONLY public.article
    ADD CONSTRAINT uq_article_change_key UNIQUE (change_key);
ALTER TABLE ONLY public.article
    ADD CONSTRAINT uq_article_path UNIQUE (path);
ALTER TABLE ONLY public.article
    ADD CONSTRAINT uq_article_recency_key UNIQUE (recency_key);
ALTER TABLE ONLY public.article
    ADD CONSTRAINT uq_article_slug UNIQUE (slug);
ALTER TABLE ONLY public.block
    ADD CONSTRAINT uq_block_key UNIQUE (key);
ALTER TABLE ONLY public.block
    ADD CONSTRAINT uq_block_section_id_position UNIQUE (section_id, "position");
ALTER TABLE ONLY public.challenge
    ADD CONSTRAINT uq_challenge_article_id_position UNIQUE (article_id, "position");
ALTER TABLE ONLY public.challenge
    ADD CONSTRAINT uq_challenge_key UNIQUE (key);
ALTER TABLE ONLY public.government_mention
    ADD CONSTRAINT uq_government_mention_article_id_position UNIQUE (article_id, "position");
ALTER TABLE ONLY public.government
    ADD CONSTRAINT uq_government_slug UNIQUE (slug);
ALTER TABLE ONLY public.group_mention
    ADD CONSTRAINT uq_group_mention_article_id_position UNIQUE (article_id, "position");
ALTER TABLE ONLY public."group"
    ADD CONSTRAINT uq_group_slug UNIQUE (slug);
ALTER TABLE ONLY public.image
    ADD CONSTRAINT uq_image_block_id_position UNIQUE (block_id, "position");
ALTER TABLE ONLY public.measure
    ADD CONSTRAINT uq_measure_article_id_position UNIQUE (article_id, "position");
ALTER TABLE ONLY public.measure
    ADD CONSTRAINT uq_measure_key UNIQUE (key);
ALTER TABLE ONLY public.party_mention
    ADD CONSTRAINT uq_party_mention_article_id_position UNIQUE (article_id, "position");
ALTER TABLE ONLY public.party
    ADD CONSTRAINT uq_party_slug UNIQUE (slug);
ALTER TABLE ONLY public.point
    ADD CONSTRAINT uq_point_article_id_position UNIQUE (article_id, "position");
ALTER TABLE ONLY public.point
    ADD CONSTRAINT uq_point_key UNIQUE (key);
ALTER TABLE ONLY public.policy_area_mention
    ADD CONSTRAINT uq_policy_area_mention_article_id_position UNIQUE (article_id, "position");
ALTER TABLE ONLY public.policy_area
    ADD CONSTRAINT uq_policy_area_slug UNIQUE (slug);
ALTER TABLE ONLY public.proposed_solution
    ADD CONSTRAINT uq_proposed_solution_article_id_position UNIQUE (article_id, "position");
ALTER TABLE ONLY public.proposed_solution
    ADD CONSTRAINT uq_proposed_solution_key UNIQUE (key);
ALTER TABLE ONLY public.role
    ADD CONSTRAINT uq_role_article_id_position UNIQUE (article_id, "position");
ALTER TABLE ONLY public.role
    ADD CONSTRAINT uq_role_key UNIQUE (key);
ALTER TABLE ONLY public.section
    ADD CONSTRAINT uq_section_article_id_position UNIQUE (article_id, "position");
ALTER TABLE ONLY public.stance
    ADD CONSTRAINT uq_stance_article_id_position UNIQUE (article_id, "position");
ALTER TABLE ONLY public.stance
    ADD CONSTRAINT uq_stance_key UNIQUE (key);
ALTER TABLE ONLY public.translation
    ADD CONSTRAINT uq_translation_article_id_position UNIQUE (article_id, "position");
CREATE INDEX ix_approach_block_id_position ON public.approach USING btree (block_id, "position");
CREATE INDEX ix_approach_government_id_recency_rank_position_article_id ON public.approach USING btree (government_id, recency_rank, "position", article_id);
CREATE INDEX ix_approach_policy_area_id_recency_rank_position_article_id ON public.approach USING btree (policy_area_id, recency_rank, "position", article_id);
CREATE INDEX ix_approach_recency_rank_position ON public.approach USING btree (recency_rank, "position");
CREATE INDEX ix_approach_section_id ON public.approach USING btree (section_id);
CREATE INDEX ix_approach_text_key ON public.approach USING btree (text_key);
CREATE INDEX ix_article_author_name_key_recency_rank_article_id ON public.article_author USING btree (name_key, recency_rank, article_id);
CREATE INDEX ix_article_change_rank_change_key ON public.article USING btree (change_rank, change_key);
CREATE INDEX ix_article_image_file_digest ON public.article_image_file USING btree (digest);
CREATE INDEX ix_article_language_key_recency_key ON public.article USING btree (language_key, recency_key);
CREATE INDEX ix_article_published ON public.article USING btree (published);
CREATE INDEX ix_article_recency_rank_recency_key ON public.article USING btree (recency_rank, recency_key);
CREATE INDEX ix_article_title_key_slug ON public.article USING btree (title_key, slug);
CREATE INDEX ix_article_translation_of ON public.article USING btree (translation_of);
CREATE INDEX ix_article_updated ON public.article USING btree (updated);
CREATE INDEX ix_block_article_id ON public.block USING btree (article_id);
CREATE INDEX ix_challenge_block_id_position ON public.challenge USING btree (block_id, "position");
CREATE INDEX ix_challenge_recency_rank_position ON public.challenge USING btree (recency_rank, "position");
CREATE INDEX ix_challenge_section_id ON public.challenge USING btree (section_id);
CREATE INDEX ix_challenge_text_key ON public.challenge USING btree (text_key);
CREATE INDEX ix_former_slug_article_id ON public.former_slug USING btree (article_id);
CREATE INDEX ix_government_alias_government_id ON public.government_alias USING btree (government_id);
CREATE INDEX ix_government_mention_government_id_change_rank_article_id ON public.government_mention USING btree (government_id, change_rank, article_id);
CREATE INDEX ix_government_mention_government_id_recency_rank ON public.government_mention USING btree (government_id, recency_rank);
CREATE INDEX ix_government_name_key_slug ON public.government USING btree (name_key, slug);
CREATE INDEX ix_group_alias_group_id ON public.group_alias USING btree (group_id);
CREATE INDEX ix_group_mention_group_id_change_rank_article_id ON public.group_mention USING btree (group_id, change_rank, article_id);
CREATE INDEX ix_group_mention_group_id_recency_rank ON public.group_mention USING btree (group_id, recency_rank);
CREATE INDEX ix_group_name_key_slug ON public."group" USING btree (name_key, slug);
CREATE INDEX ix_image_article_id ON public.image USING btree (article_id);
CREATE INDEX ix_measure_block_id_position ON public.measure USING btree (block_id, "position");
CREATE INDEX ix_measure_party_id_recency_rank_position_article_id ON public.measure USING btree (party_id, recency_rank, "position", article_id);
CREATE INDEX ix_measure_recency_rank_position ON public.measure USING btree (recency_rank, "position");
CREATE INDEX ix_measure_section_id ON public.measure USING btree (section_id);
CREATE INDEX ix_measure_stance_id_position ON public.measure USING btree (stance_id, "position");
CREATE INDEX ix_measure_text_key ON public.measure USING btree (text_key);
CREATE INDEX ix_party_alias_party_id ON public.party_alias USING btree (party_id);
CREATE INDEX ix_party_mention_party_id_change_rank_article_id ON public.party_mention USING btree (party_id, change_rank, article_id);
CREATE INDEX ix_party_mention_party_id_recency_rank ON public.party_mention USING btree (party_id, recency_rank);
CREATE INDEX ix_party_name_key_slug ON public.party USING btree (name_key, slug);
CREATE INDEX ix_passage_article_id_node_id ON public.passage USING btree (article_id, node_id);
CREATE INDEX ix_point_block_id_position ON public.point USING btree (block_id, "position");
CREATE INDEX ix_point_label_key ON public.point USING btree (label_key);
CREATE INDEX ix_point_recency_rank_position ON public.point USING btree (recency_rank, "position");
CREATE INDEX ix_point_section_id ON public.point USING btree (section_id);
CREATE INDEX ix_point_text_key ON public.point USING btree (text_key);
CREATE INDEX ix_policy_area_alias_policy_area_id ON public.policy_area_alias USING btree (policy_area_id);
CREATE INDEX ix_policy_area_mention_policy_area_id_change_rank_article_id ON public.policy_area_mention USING btree (policy_area_id, change_rank, article_id);
CREATE INDEX ix_policy_area_mention_policy_area_id_recency_rank ON public.policy_area_mention USING btree (policy_area_id, recency_rank);
CREATE INDEX ix_policy_area_name_key_slug ON public.policy_area USING btree (name_key, slug);
CREATE INDEX ix_proposed_solution_block_id_position ON public.proposed_solution USING btree (block_id, "position");
CREATE INDEX ix_proposed_solution_challenge_id_position ON public.proposed_solution USING btree (challenge_id, "position");
CREATE INDEX ix_proposed_solution_recency_rank_position ON public.proposed_solution USING btree (recency_rank, "position");
CREATE INDEX ix_proposed_solution_section_id ON public.proposed_solution USING btree (section_id);
CREATE INDEX ix_proposed_solution_text_key ON public.proposed_solution USING btree (text_key);
CREATE INDEX ix_role_block_id_position ON public.role USING btree (block_id, "position");
CREATE INDEX ix_role_core_message_key ON public.role USING btree (core_message_key);
CREATE INDEX ix_role_function_key ON public.role USING btree (function_key);
CREATE INDEX ix_role_group_id_recency_rank_position_article_id ON public.role USING btree (group_id, recency_rank, "position", article_id);
CREATE INDEX ix_role_recency_rank_position ON public.role USING btree (recency_rank, "position");
CREATE INDEX ix_role_section_id ON public.role USING btree (section_id);
CREATE INDEX ix_stance_block_id_position ON public.stance USING btree (block_id, "position");
CREATE INDEX ix_stance_party_id_recency_rank_position_article_id ON public.stance USING btree (party_id, recency_rank, "position", article_id);
CREATE INDEX ix_stance_recency_rank_position ON public.stance USING btree (recency_rank, "position");
CREATE INDEX ix_stance_section_id ON public.stance USING btree (section_id);
CREATE INDEX ix_stance_text_key ON public.stance USING btree (text_key);
CREATE INDEX ix_translation_translation_id ON public.translation USING btree (translation_id);
CREATE INDEX passage_index ON public.passage USING gin (((((words)::text || replace((stems)::text, '  '::text, ' ='::text)))::tsvector), (ARRAY[(id >> 12), ('-1'::integer - ((id >> 12) % 3))]));
CREATE TRIGGER passage_counted_after_delete AFTER DELETE ON public.passage REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.passage_index_update_counts();
CREATE TRIGGER passage_counted_after_insert AFTER INSERT ON public.passage REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.passage_index_update_counts();
CREATE TRIGGER passage_counted_after_update AFTER UPDATE ON public.passage REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.passage_index_update_counts();
ALTER TABLE ONLY public.approach
    ADD CONSTRAINT fk_approach_article_id FOREIGN KEY (article_id) REFERENCES public.article(id);
ALTER TABLE ONLY public.approach
    ADD CONSTRAINT fk_approach_block_id FOREIGN KEY (block_id) REFERENCES public.block(id);
ALTER TABLE ONLY public.approach
    ADD CONSTRAINT fk_approach_government_id FOREIGN KEY (government_id) REFERENCES public.government(id);
ALTER TABLE ONLY public.approach
    ADD CONSTRAINT fk_approach_policy_area_id FOREIGN KEY (policy_area_id) REFERENCES public.policy_area(id);
ALTER TABLE ONLY public.approach
    ADD CONSTRAINT fk_approach_section_id FOREIGN KEY (section_id) REFERENCES public.section(id);
ALTER TABLE ONLY public.article_author
    ADD CONSTRAINT fk_article_author_article_id FOREIGN KEY (article_id) REFERENCES public.article(id);
ALTER TABLE ONLY public.article_image_file
    ADD CONSTRAINT fk_article_image_file_article_id FOREIGN KEY (article_id) REFERENCES public.article(id);
ALTER TABLE ONLY public.article_image_file
    ADD CONSTRAINT fk_article_image_file_digest FOREIGN KEY (digest) REFERENCES public.image_file(digest);
ALTER TABLE ONLY public.block
    ADD CONSTRAINT fk_block_article_id FOREIGN KEY (article_id) REFERENCES public.article(id);
ALTER TABLE ONLY public.block
    ADD CONSTRAINT fk_block_section_id FOREIGN KEY (section_id) REFERENCES public.section(id);
ALTER TABLE ONLY public.challenge
    ADD CONSTRAINT fk_challenge_article_id FOREIGN KEY (article_id) REFERENCES public.article(id);
ALTER TABLE ONLY public.challenge
    ADD CONSTRAINT fk_challenge_block_id FOREIGN KEY (block_id) REFERENCES public.block(id);
ALTER TABLE ONLY public.challenge
    ADD CONSTRAINT fk_challenge_section_id FOREIGN KEY (section_id) REFERENCES public.section(id);
ALTER TABLE ONLY public.former_slug
    ADD CONSTRAINT fk_former_slug_article_id FOREIGN KEY (article_id) REFERENCES public.article(id);
ALTER TABLE ONLY public.government_alias
    ADD CONSTRAINT fk_government_alias_government_id FOREIGN KEY (government_id) REFERENCES public.government(id);
ALTER TABLE ONLY public.government_mention
    ADD CONSTRAINT fk_government_mention_article_id FOREIGN KEY (article_id) REFERENCES public.article(id);
ALTER TABLE ONLY public.government_mention
    ADD CONSTRAINT fk_government_mention_government_id FOREIGN KEY (government_id) REFERENCES public.government(id);
ALTER TABLE ONLY public.group_alias
    ADD CONSTRAINT fk_group_alias_group_id FOREIGN KEY (group_id) REFERENCES public."group"(id);
ALTER TABLE ONLY public.group_mention
    ADD CONSTRAINT fk_group_mention_article_id FOREIGN KEY (article_id) REFERENCES public.article(id);
ALTER TABLE ONLY public.group_mention
    ADD CONSTRAINT fk_group_mention_group_id FOREIGN KEY (group_id) REFERENCES public."group"(id);
ALTER TABLE ONLY public.image
    ADD CONSTRAINT fk_image_article_id FOREIGN KEY (article_id) REFERENCES public.article(id);
ALTER TABLE ONLY public.image
    ADD CONSTRAINT fk_image_block_id FOREIGN KEY (block_id) REFERENCES public.block(id);
ALTER TABLE ONLY public.measure
    ADD CONSTRAINT fk_measure_article_id FOREIGN KEY (article_id) REFERENCES public.article(id);
ALTER TABLE ONLY public.measure
    ADD CONSTRAINT fk_measure_block_id FOREIGN KEY (block_id) REFERENCES public.block(id);
ALTER TABLE ONLY public.measure
    ADD CONSTRAINT fk_measure_party_id FOREIGN KEY (party_id) REFERENCES public.party(id);
ALTER TABLE ONLY public.measure
    ADD CONSTRAINT fk_measure_section_id FOREIGN KEY (section_id) REFERENCES public.section(id);
ALTER TABLE ONLY public.measure
    ADD CONSTRAINT fk_measure_stance_id FOREIGN KEY (stance_id) REFERENCES public.stance(id);
ALTER TABLE ONLY public.party_alias
    ADD CONSTRAINT fk_party_alias_party_id FOREIGN KEY (party_id) REFERENCES public.party(id);
ALTER TABLE ONLY public.party_mention
    ADD CONSTRAINT fk_party_mention_article_id FOREIGN KEY (article_id) REFERENCES public.article(id);
ALTER TABLE ONLY public.party_mention
    ADD CONSTRAINT fk_party_mention_party_id FOREIGN KEY (party_id) REFERENCES public.party(id);
ALTER TABLE ONLY public.passage
    ADD CONSTRAINT fk_passage_article_id FOREIGN KEY (article_id) REFERENCES public.article(id);
ALTER TABLE ONLY public.point
    ADD CONSTRAINT fk_point_article_id FOREIGN KEY (article_id) REFERENCES public.article(id);
ALTER TABLE ONLY public.point
    ADD CONSTRAINT fk_point_block_id FOREIGN KEY (block_id) REFERENCES public.block(id);
ALTER TABLE ONLY public.point
    ADD CONSTRAINT fk_point_section_id FOREIGN KEY (section_id) REFERENCES public.section(id);
ALTER TABLE ONLY public.policy_area_alias
    ADD CONSTRAINT fk_policy_area_alias_policy_area_id FOREIGN KEY (policy_area_id) REFERENCES public.policy_area(id);
ALTER TABLE ONLY public.policy_area_mention
    ADD CONSTRAINT fk_policy_area_mention_article_id FOREIGN KEY (article_id) REFERENCES public.article(id);
ALTER TABLE ONLY public.policy_area_mention
    ADD CONSTRAINT fk_policy_area_mention_policy_area_id FOREIGN KEY (policy_area_id) REFERENCES public.policy_area(id);
ALTER TABLE ONLY public.proposed_solution
    ADD CONSTRAINT fk_proposed_solution_article_id FOREIGN KEY (article_id) REFERENCES public.article(id);
ALTER TABLE ONLY public.proposed_solution
    ADD CONSTRAINT fk_proposed_solution_block_id FOREIGN KEY (block_id) REFERENCES public.block(id);
ALTER TABLE ONLY public.proposed_solution
    ADD CONSTRAINT fk_proposed_solution_challenge_id FOREIGN KEY (challenge_id) REFERENCES public.challenge(id);
ALTER TABLE ONLY public.proposed_solution
    ADD CONSTRAINT fk_proposed_solution_section_id FOREIGN KEY (section_id) REFERENCES public.section(id);
ALTER TABLE ONLY public.role
    ADD CONSTRAINT fk_role_article_id FOREIGN KEY (article_id) REFERENCES public.article(id);
ALTER TABLE ONLY public.role
    ADD CONSTRAINT fk_role_block_id FOREIGN KEY (block_id) REFERENCES public.block(id);
ALTER TABLE ONLY public.role
    ADD CONSTRAINT fk_role_group_id FOREIGN KEY (group_id) REFERENCES public."group"(id);
ALTER TABLE ONLY public.role
    ADD CONSTRAINT fk_role_section_id FOREIGN KEY (section_id) REFERENCES public.section(id);
ALTER TABLE ONLY public.section
    ADD CONSTRAINT fk_section_article_id FOREIGN KEY (article_id) REFERENCES public.article(id);
ALTER TABLE ONLY public.stance
    ADD CONSTRAINT fk_stance_article_id FOREIGN KEY (article_id) REFERENCES public.article(id);
ALTER TABLE ONLY public.stance
    ADD CONSTRAINT fk_stance_block_id FOREIGN KEY (block_id) REFERENCES public.block(id);
ALTER TABLE ONLY public.stance
    ADD CONSTRAINT fk_stance_party_id FOREIGN KEY (party_id) REFERENCES public.party(id);
ALTER TABLE ONLY public.stance
    ADD CONSTRAINT fk_stance_section_id FOREIGN KEY (section_id) REFERENCES public.section(id);
ALTER TABLE ONLY public.translation
    ADD CONSTRAINT fk_translation_article_id FOREIGN KEY (article_id) REFERENCES public.article(id);
ALTER TABLE ONLY public.translation
    ADD CONSTRAINT fk_translation_translation_id FOREIGN KEY (translation_id) REFERENCES public.article(id);
