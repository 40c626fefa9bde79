"""Options of the commands for articles: the types of their values, and the parser's options from the settings."""

from datetime import UTC, datetime
from typing import Any

import click

from counterpoint.article.image_formats import ImageLimits
from counterpoint.article.language_tags import is_language_tag, suggest_language
from counterpoint.article.normalization import describe_name_problem, slugify
from counterpoint.article.options import ParserLimits, ParserOptions
from counterpoint.folder_scan import classify_file
from counterpoint.settings import Settings


class SlugType(click.ParamType[str]):
    """A slug that can be the name of an article file."""

    name = "slug"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the slug, and suggest the right one."""
        slug = slugify(value)
        if problem := describe_name_problem(value):
            self.fail(f"the slug {value!r} {problem}.", param, ctx)
        if slug != value:
            self.fail(f"{value!r} is not a slug: did you mean {slug}?", param, ctx)
        if classify_file(f"{slug}.md") != "article":
            self.fail(f"a file {slug}.md is not read as an article: choose another slug.", param, ctx)
        return slug


class LanguageType(click.ParamType[str]):
    """A language tag (BCP 47)."""

    name = "language"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the tag, and suggest the one that was meant."""
        if is_language_tag(value):
            return str(value)
        hint = suggest_language(value)
        return self.fail(f"invalid language {value!r}: {hint}{'' if hint.endswith('?') else '.'}", param, ctx)


def build_parser_options(settings: Settings, *, is_strict: bool = False) -> ParserOptions:
    """Return the options of the parser for the articles of today."""
    return ParserOptions(limits=build_parser_limits(settings), is_strict=is_strict, today=datetime.now(UTC).date())


def build_parser_limits(settings: Settings) -> ParserLimits:
    """Return the settings that limit an article."""
    return ParserLimits(
        file_bytes=settings.limit_article_bytes,
        table_rows=settings.limit_table_rows,
        cell_chars=settings.limit_cell_chars,
        paragraph_chars=settings.limit_paragraph_chars,
        nesting=settings.limit_article_nesting,
        image=ImageLimits(settings.limit_image_bytes, settings.limit_image_pixels),
    )
