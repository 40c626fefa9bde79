"""The content model: entities, articles with their parts and statements, and the revision."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Compared code point by code point on both databases.
KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Migrate."""
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slug", KEY, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_key", KEY, nullable=False),
        sa.Column("subtitle", sa.String(), nullable=True),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("language_key", KEY, nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("updated", sa.Date(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("newness", KEY, nullable=False),
        sa.Column("path", KEY, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("newness", name=op.f("uq_article_newness")),
        sa.UniqueConstraint("path", name=op.f("uq_article_path")),
        sa.UniqueConstraint("slug", name=op.f("uq_article_slug")),
    )
    op.create_index(op.f("ix_article_language_key"), "article", ["language_key"], unique=False)
    op.create_index(op.f("ix_article_published"), "article", ["published"], unique=False)
    op.create_index(op.f("ix_article_title_key_slug"), "article", ["title_key", "slug"], unique=False)
    op.create_table(
        "government",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slug", KEY, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_government")),
        sa.UniqueConstraint("slug", name=op.f("uq_government_slug")),
    )
    op.create_index(op.f("ix_government_name_key_slug"), "government", ["name_key", "slug"], unique=False)
    op.create_table(
        "group",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slug", KEY, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", KEY, nullable=False),
        sa.Column("current_function", sa.String(), nullable=True),
        sa.Column("current_core_message", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group")),
        sa.UniqueConstraint("slug", name=op.f("uq_group_slug")),
    )
    op.create_index(op.f("ix_group_name_key_slug"), "group", ["name_key", "slug"], unique=False)
    op.create_table(
        "party",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slug", KEY, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", KEY, nullable=False),
        sa.Column("current_stance", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("slug", name=op.f("uq_party_slug")),
    )
    op.create_index(op.f("ix_party_name_key_slug"), "party", ["name_key", "slug"], unique=False)
    op.create_table(
        "policy_area",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slug", KEY, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_area")),
        sa.UniqueConstraint("slug", name=op.f("uq_policy_area_slug")),
    )
    op.create_index(op.f("ix_policy_area_name_key_slug"), "policy_area", ["name_key", "slug"], unique=False)
    op.create_table(
        "revision",
        sa.Column("id", KEY, nullable=False),
        sa.Column("article_count", sa.Integer(), nullable=False),
        sa.Column("seeded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.create_table(
        "government_mention",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("newness", KEY, nullable=False),
        sa.Column("government_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_government_mention_article_id")),
        sa.ForeignKeyConstraint(["government_id"], ["government.id"], name=op.f("fk_government_mention_government_id")),
        sa.PrimaryKeyConstraint("article_id", "government_id", name=op.f("pk_government_mention")),
        sa.UniqueConstraint("article_id", "position", name=op.f("uq_government_mention_article_id_position")),
    )
    op.create_index(
        op.f("ix_government_mention_government_id_newness"),
        "government_mention",
        ["government_id", "newness"],
        unique=False,
    )
    op.create_table(
        "group_mention",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("newness", KEY, nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_group_mention_article_id")),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_group_mention_group_id")),
        sa.PrimaryKeyConstraint("article_id", "group_id", name=op.f("pk_group_mention")),
        sa.UniqueConstraint("article_id", "position", name=op.f("uq_group_mention_article_id_position")),
    )
    op.create_index(op.f("ix_group_mention_group_id_newness"), "group_mention", ["group_id", "newness"], unique=False)
    op.create_table(
        "party_mention",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("newness", KEY, nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_party_mention_article_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_party_mention_party_id")),
        sa.PrimaryKeyConstraint("article_id", "party_id", name=op.f("pk_party_mention")),
        sa.UniqueConstraint("article_id", "position", name=op.f("uq_party_mention_article_id_position")),
    )
    op.create_index(op.f("ix_party_mention_party_id_newness"), "party_mention", ["party_id", "newness"], unique=False)
    op.create_table(
        "policy_area_mention",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("newness", KEY, nullable=False),
        sa.Column("policy_area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_policy_area_mention_article_id")),
        sa.ForeignKeyConstraint(
            ["policy_area_id"], ["policy_area.id"], name=op.f("fk_policy_area_mention_policy_area_id")
        ),
        sa.PrimaryKeyConstraint("article_id", "policy_area_id", name=op.f("pk_policy_area_mention")),
        sa.UniqueConstraint("article_id", "position", name=op.f("uq_policy_area_mention_article_id_position")),
    )
    op.create_index(
        op.f("ix_policy_area_mention_policy_area_id_newness"),
        "policy_area_mention",
        ["policy_area_id", "newness"],
        unique=False,
    )
    op.create_table(
        "section",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("slug", KEY, nullable=False),
        sa.Column("heading", sa.String(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_section_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
        sa.UniqueConstraint("article_id", "position", name=op.f("uq_section_article_id_position")),
        sa.UniqueConstraint("key", name=op.f("uq_section_key")),
    )
    op.create_table(
        "block",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("html", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("lead_in", sa.String(), nullable=True),
        sa.Column("contents", sa.String(), nullable=True),
        sa.Column("columns", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("rows", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_block_article_id")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_block_section_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block")),
        sa.UniqueConstraint("section_id", "position", name=op.f("uq_block_section_id_position")),
    )
    op.create_index(op.f("ix_block_article_id"), "block", ["article_id"], unique=False)
    op.create_table(
        "approach",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.Column("newness", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("government_id", sa.Integer(), nullable=False),
        sa.Column("policy_area_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_approach_article_id")),
        sa.ForeignKeyConstraint(["block_id"], ["block.id"], name=op.f("fk_approach_block_id")),
        sa.ForeignKeyConstraint(["government_id"], ["government.id"], name=op.f("fk_approach_government_id")),
        sa.ForeignKeyConstraint(["policy_area_id"], ["policy_area.id"], name=op.f("fk_approach_policy_area_id")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_approach_section_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approach")),
        sa.UniqueConstraint("article_id", "position", name=op.f("uq_approach_article_id_position")),
        sa.UniqueConstraint("key", name=op.f("uq_approach_key")),
        sa.UniqueConstraint("newness", "position", name=op.f("uq_approach_newness_position")),
    )
    op.create_index(op.f("ix_approach_block_id_position"), "approach", ["block_id", "position"], unique=False)
    op.create_index(
        op.f("ix_approach_government_id_newness_position"),
        "approach",
        ["government_id", "newness", "position"],
        unique=False,
    )
    op.create_index(
        op.f("ix_approach_policy_area_id_newness_position"),
        "approach",
        ["policy_area_id", "newness", "position"],
        unique=False,
    )
    op.create_index(op.f("ix_approach_section_id"), "approach", ["section_id"], unique=False)
    op.create_table(
        "challenge",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.Column("newness", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_challenge_article_id")),
        sa.ForeignKeyConstraint(["block_id"], ["block.id"], name=op.f("fk_challenge_block_id")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_challenge_section_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
        sa.UniqueConstraint("article_id", "position", name=op.f("uq_challenge_article_id_position")),
        sa.UniqueConstraint("key", name=op.f("uq_challenge_key")),
        sa.UniqueConstraint("newness", "position", name=op.f("uq_challenge_newness_position")),
    )
    op.create_index(op.f("ix_challenge_block_id_position"), "challenge", ["block_id", "position"], unique=False)
    op.create_index(op.f("ix_challenge_section_id"), "challenge", ["section_id"], unique=False)
    op.create_table(
        "point",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.Column("newness", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_point_article_id")),
        sa.ForeignKeyConstraint(["block_id"], ["block.id"], name=op.f("fk_point_block_id")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_point_section_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point")),
        sa.UniqueConstraint("article_id", "position", name=op.f("uq_point_article_id_position")),
        sa.UniqueConstraint("key", name=op.f("uq_point_key")),
        sa.UniqueConstraint("newness", "position", name=op.f("uq_point_newness_position")),
    )
    op.create_index(op.f("ix_point_block_id_position"), "point", ["block_id", "position"], unique=False)
    op.create_index(op.f("ix_point_section_id"), "point", ["section_id"], unique=False)
    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.Column("newness", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("function", sa.String(), nullable=False),
        sa.Column("core_message", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_role_article_id")),
        sa.ForeignKeyConstraint(["block_id"], ["block.id"], name=op.f("fk_role_block_id")),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_role_group_id")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_role_section_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("article_id", "position", name=op.f("uq_role_article_id_position")),
        sa.UniqueConstraint("key", name=op.f("uq_role_key")),
        sa.UniqueConstraint("newness", "position", name=op.f("uq_role_newness_position")),
    )
    op.create_index(op.f("ix_role_block_id_position"), "role", ["block_id", "position"], unique=False)
    op.create_index(
        op.f("ix_role_group_id_newness_position"), "role", ["group_id", "newness", "position"], unique=False
    )
    op.create_index(op.f("ix_role_section_id"), "role", ["section_id"], unique=False)
    op.create_table(
        "stance",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.Column("newness", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_stance_article_id")),
        sa.ForeignKeyConstraint(["block_id"], ["block.id"], name=op.f("fk_stance_block_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_stance_party_id")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_stance_section_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stance")),
        sa.UniqueConstraint("article_id", "position", name=op.f("uq_stance_article_id_position")),
        sa.UniqueConstraint("key", name=op.f("uq_stance_key")),
        sa.UniqueConstraint("newness", "position", name=op.f("uq_stance_newness_position")),
    )
    op.create_index(op.f("ix_stance_block_id_position"), "stance", ["block_id", "position"], unique=False)
    op.create_index(
        op.f("ix_stance_party_id_newness_position"),
        "stance",
        ["party_id", "newness", "position"],
        unique=False,
    )
    op.create_index(op.f("ix_stance_section_id"), "stance", ["section_id"], unique=False)
    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.Column("newness", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("stance_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_measure_article_id")),
        sa.ForeignKeyConstraint(["block_id"], ["block.id"], name=op.f("fk_measure_block_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_measure_party_id")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_measure_section_id")),
        sa.ForeignKeyConstraint(["stance_id"], ["stance.id"], name=op.f("fk_measure_stance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("article_id", "position", name=op.f("uq_measure_article_id_position")),
        sa.UniqueConstraint("key", name=op.f("uq_measure_key")),
        sa.UniqueConstraint("newness", "position", name=op.f("uq_measure_newness_position")),
    )
    op.create_index(op.f("ix_measure_block_id_position"), "measure", ["block_id", "position"], unique=False)
    op.create_index(
        op.f("ix_measure_party_id_newness_position"),
        "measure",
        ["party_id", "newness", "position"],
        unique=False,
    )
    op.create_index(op.f("ix_measure_section_id"), "measure", ["section_id"], unique=False)
    op.create_index(op.f("ix_measure_stance_id_position"), "measure", ["stance_id", "position"], unique=False)
    op.create_table(
        "proposed_solution",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.Column("newness", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("anticipated_benefit", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_proposed_solution_article_id")),
        sa.ForeignKeyConstraint(["block_id"], ["block.id"], name=op.f("fk_proposed_solution_block_id")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_proposed_solution_challenge_id")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_proposed_solution_section_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_solution")),
        sa.UniqueConstraint("article_id", "position", name=op.f("uq_proposed_solution_article_id_position")),
        sa.UniqueConstraint("key", name=op.f("uq_proposed_solution_key")),
        sa.UniqueConstraint("newness", "position", name=op.f("uq_proposed_solution_newness_position")),
    )
    op.create_index(
        op.f("ix_proposed_solution_block_id_position"),
        "proposed_solution",
        ["block_id", "position"],
        unique=False,
    )
    op.create_index(
        op.f("ix_proposed_solution_challenge_id_position"),
        "proposed_solution",
        ["challenge_id", "position"],
        unique=False,
    )
    op.create_index(op.f("ix_proposed_solution_section_id"), "proposed_solution", ["section_id"], unique=False)


def downgrade() -> None:
    """Migrate back."""
    op.drop_index(op.f("ix_proposed_solution_section_id"), table_name="proposed_solution")
    op.drop_index(op.f("ix_proposed_solution_challenge_id_position"), table_name="proposed_solution")
    op.drop_index(op.f("ix_proposed_solution_block_id_position"), table_name="proposed_solution")
    op.drop_table("proposed_solution")
    op.drop_index(op.f("ix_measure_stance_id_position"), table_name="measure")
    op.drop_index(op.f("ix_measure_section_id"), table_name="measure")
    op.drop_index(op.f("ix_measure_party_id_newness_position"), table_name="measure")
    op.drop_index(op.f("ix_measure_block_id_position"), table_name="measure")
    op.drop_table("measure")
    op.drop_index(op.f("ix_stance_section_id"), table_name="stance")
    op.drop_index(op.f("ix_stance_party_id_newness_position"), table_name="stance")
    op.drop_index(op.f("ix_stance_block_id_position"), table_name="stance")
    op.drop_table("stance")
    op.drop_index(op.f("ix_role_section_id"), table_name="role")
    op.drop_index(op.f("ix_role_group_id_newness_position"), table_name="role")
    op.drop_index(op.f("ix_role_block_id_position"), table_name="role")
    op.drop_table("role")
    op.drop_index(op.f("ix_point_section_id"), table_name="point")
    op.drop_index(op.f("ix_point_block_id_position"), table_name="point")
    op.drop_table("point")
    op.drop_index(op.f("ix_challenge_section_id"), table_name="challenge")
    op.drop_index(op.f("ix_challenge_block_id_position"), table_name="challenge")
    op.drop_table("challenge")
    op.drop_index(op.f("ix_approach_section_id"), table_name="approach")
    op.drop_index(op.f("ix_approach_policy_area_id_newness_position"), table_name="approach")
    op.drop_index(op.f("ix_approach_government_id_newness_position"), table_name="approach")
    op.drop_index(op.f("ix_approach_block_id_position"), table_name="approach")
    op.drop_table("approach")
    op.drop_index(op.f("ix_block_article_id"), table_name="block")
    op.drop_table("block")
    op.drop_table("section")
    op.drop_index(op.f("ix_policy_area_mention_policy_area_id_newness"), table_name="policy_area_mention")
    op.drop_table("policy_area_mention")
    op.drop_index(op.f("ix_party_mention_party_id_newness"), table_name="party_mention")
    op.drop_table("party_mention")
    op.drop_index(op.f("ix_group_mention_group_id_newness"), table_name="group_mention")
    op.drop_table("group_mention")
    op.drop_index(op.f("ix_government_mention_government_id_newness"), table_name="government_mention")
    op.drop_table("government_mention")
    op.drop_table("revision")
    op.drop_index(op.f("ix_policy_area_name_key_slug"), table_name="policy_area")
    op.drop_table("policy_area")
    op.drop_index(op.f("ix_party_name_key_slug"), table_name="party")
    op.drop_table("party")
    op.drop_index(op.f("ix_group_name_key_slug"), table_name="group")
    op.drop_table("group")
    op.drop_index(op.f("ix_government_name_key_slug"), table_name="government")
    op.drop_table("government")
    op.drop_index(op.f("ix_article_title_key_slug"), table_name="article")
    op.drop_index(op.f("ix_article_published"), table_name="article")
    op.drop_index(op.f("ix_article_language_key"), table_name="article")
    op.drop_table("article")
