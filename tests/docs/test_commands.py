"""The commands in the pages run as they are printed, one after the other in the folder of an editor."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest

from support.commands import run, write_texts
from support.database_helpers import REPOSITORY
from support.word_documents import build_docx, paragraph

if TYPE_CHECKING:
    from pathlib import Path

COMMAND = re.compile(r"^    counterpoint ([^|>#\n]+)(?:> (\S+))?", re.MULTILINE)
ARTICLE = "---\ntitle: Dispute\n---\n\nText.\n"
SOURCES = {"scraped.txt": "Dispute\n\nText.\n", "saved-page.html": "<h1>Dispute</h1><p>Text.</p>"}


@pytest.fixture
def folder(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Enter a folder with the files and the stored articles that the pages mention."""
    monkeypatch.chdir(tmp_path)
    write_texts(tmp_path, SOURCES | {"articles/dispute.md": ARTICLE, "seed/dispute.md": ARTICLE})
    write_texts(tmp_path, {"stored/dispute.md": ARTICLE, "stored/raids-in-chicago.md": ARTICLE})
    (tmp_path / "manuscript.docx").write_bytes(build_docx(paragraph("Dispute", "Title"), paragraph("Text.")))
    for arguments in (["migrate"], ["seed", "stored"]):
        assert run(*arguments, COUNTERPOINT_DATABASE_URL=sqlite_url).exit_code == 0
    return tmp_path


@pytest.mark.parametrize(("page", "count"), [("articles.md", 11), ("schema-changes.md", 2)])
def test_commands_of_the_page_succeed(folder: Path, sqlite_url: str, page: str, count: int) -> None:
    commands = COMMAND.findall((REPOSITORY / "docs" / page).read_text(encoding="utf-8"))
    assert len(commands) == count
    for command, output in commands:
        result = run(*shlex.split(command), COUNTERPOINT_DATABASE_URL=sqlite_url)
        assert result.exit_code == 0, f"{command}: {result.output}"
        if output:
            (folder / output).write_text(result.stdout, encoding="utf-8")
