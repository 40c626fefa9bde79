"""The command `check`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from counterpoint.article.article_links import ArticleLink, find_article_links, find_broken_links
from counterpoint.article.folder_checks import FolderChecker
from counterpoint.article.messages import count
from counterpoint.article.name_warnings import iter_names, warn_about_similar_names
from counterpoint.article.normalization import slugify
from counterpoint.article.records import Article
from counterpoint.article.settled_names import NameKind, SettledNames
from counterpoint.article_folder import ArticleFolder
from counterpoint.cli.article_options import build_parser_options
from counterpoint.cli.progress import track
from counterpoint.cli.reports import (
    Report,
    ReportFormat,
    count_problems,
    describe_ignored,
    format_shell_path,
    ignored_as_json,
    locate,
    report_failures,
    report_options,
    summarize_ignored,
    write_report,
)
from counterpoint.errors import InvalidFiles, Place, Problem, to_error
from counterpoint.folder_scan import IgnoredEntry, group_by_folder
from counterpoint.settings import read_settings

NameUses = dict[NameKind, dict[str, tuple[str, Place]]]
"""The first spelling and place of each name, by kind and slug."""


@dataclass(frozen=True)
class CheckResult:
    """The checked files, problems and ignored entries of a folder; paths are those that the shell can open."""

    problems: tuple[Problem, ...]
    ignored: tuple[IgnoredEntry, ...]
    paths: tuple[str, ...]


@click.command()
@click.argument("paths", metavar="[FOLDER|FILE]...", nargs=-1, type=click.Path(path_type=Path))
@report_options
def check(*, paths: Sequence[Path], strict: bool, report_format: ReportFormat, verbose: bool) -> None:
    """Validate the articles of folders or single files without a database.

    The default is COUNTERPOINT_SEED_DIR. All problems are printed as path:line:column. The exit status is 1 if any of
    them is an error.
    """
    settings = read_settings()
    with report_failures(settings.seed_dir, report_format, outcome=""):
        options = build_parser_options(settings, is_strict=strict)
        results = [
            _check_folder(ArticleFolder(folder, options, entries=entries, track=track), is_whole=entries is None)
            for folder, entries in group_by_folder(paths or [settings.seed_dir], settings.seed_dir)
        ]
        report = _build_report(results, is_verbose=verbose)
        write_report(report, report_format)
    if report.has_errors:
        raise SystemExit(1)


def _check_folder(folder: ArticleFolder, *, is_whole: bool) -> CheckResult:
    """Check the articles of a folder. Compare them with each other only if these are all articles."""
    checker = FolderChecker()
    duplicates: list[Problem] = []
    sections: dict[str, Sequence[str]] = {}
    links: list[ArticleLink] = []
    uses: NameUses = {kind: {} for kind in NameKind}
    try:
        for article in folder.read_articles(folder.files):
            if not article.draft:
                duplicates += checker.add(article)
                sections[article.path] = [section.slug for section in article.sections]
                links += find_article_links(article)
                _collect_names(article, uses)
        shared = checker.check_translations(is_complete=is_whole and not duplicates)
        if is_whole:
            shared += find_broken_links(links, sections, sections.__getitem__)
            for kind, uses_of_kind in uses.items():
                shared += _warn_about_names_of_kind(kind, uses_of_kind, folder.options.names)
        if folder.options.is_strict:
            shared = list(map(to_error, shared))
        problems = [*folder.warnings, *duplicates, *shared]
    except InvalidFiles as error:
        # The slugs of invalid files are unknown, so that originals can't be looked up.
        problems = [*error.problems, *duplicates]
    return CheckResult(
        tuple(locate(InvalidFiles(problems).problems, folder.folder)),
        tuple(
            IgnoredEntry(format_shell_path(folder.folder, entry.path), entry.reason) for entry in folder.ignored_entries
        ),
        tuple(format_shell_path(folder.folder, path) for path in folder.entries.files),
    )


def _collect_names(article: Article, uses: NameUses) -> None:
    """Add the names of an article that no other article has, with their places."""
    for kind, name, line in iter_names(article):
        uses[kind].setdefault(slugify(name), (name, Place(article.path, line)))


def _warn_about_names_of_kind(
    kind: NameKind, uses: Mapping[str, tuple[str, Place]], settled_names: SettledNames
) -> Iterator[Problem]:
    """Yield a warning for each pair of names of one kind that look like one."""
    names = {slug: name for slug, (name, _) in uses.items()}
    yield from warn_about_similar_names(kind, names, settled_names, lambda slug: uses[slug][1])


def _build_report(results: Sequence[CheckResult], *, is_verbose: bool) -> Report:
    problems = [problem for result in results for problem in result.problems]
    ignored = [entry for result in results for entry in result.ignored]
    paths = [path for result in results for path in result.paths]
    checked = f"Checked {count(len(paths), 'file')}: {count_problems(problems)}."
    return Report(
        "\n".join(filter(None, [checked, summarize_ignored(ignored)])),
        problems,
        [*(f"checked  {path}" for path in paths), *describe_ignored(ignored)] if is_verbose else [],
        {"checked": len(paths), "ignored": ignored_as_json(ignored)},
    )
