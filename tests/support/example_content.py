"""The articles that the examples show, and their publication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from support.commands import run, write_texts
from support.database_helpers import read_seed_texts
from support.image_files import build_png

if TYPE_CHECKING:
    from pathlib import Path

RAIDS = """---
title: Raids at the gate
slug: raids-at-the-gate
former_slugs: [raids]
authors: [A. Writer]
published: 2021-06-01
summary: What each side says about the raids.
---

The mayor *objects*.

![Officers at the gate](gate.png)

## What each side says

The dispute in short:

1. **Cause:** a raid
2. An answer

| Party | Stance | Recent Measures |
|---|---|---|
| Mayor | Opposes raids | Barred officers from jails; sued |
| Council | Is split | |
"""

TRANSLATION = """---
title: Razzien am Tor
slug: razzien-über-nacht
language: de
published: 2021-06-02
translation_of: raids-at-the-gate
---

Die Bürgermeisterin widerspricht.
"""

DISPUTES = {
    f"dispute-{number:02}.md": f"""---
title: Dispute {number}
published: 2020-01-{number:02}
summary: The summary of dispute {number}.
---

Text of dispute {number}.

| Party | Stance | Recent Measures |
|---|---|---|
| Mayor | Opposes plan {number} | |
"""
    for number in range(1, 25)
}

ARTICLES = DISPUTES | {"raids.md": RAIDS, "razzien.md": TRANSLATION} | read_seed_texts()


@dataclass(frozen=True)
class Desk:
    """The folder of the articles, and the service that publishes them."""

    folder: Path
    database_url: str
    service_url: str = ""

    def publish(self, texts: dict[str, str], *options: str, **settings: str) -> None:
        """Write files into the folder, and seed it."""
        write_texts(self.folder, texts)
        result = run("seed", str(self.folder), *options, COUNTERPOINT_DATABASE_URL=self.database_url, **settings)
        assert result.exit_code == 0, result.output

    def publish_all(self) -> None:
        """Publish all articles, with the image that one of them shows."""
        self.folder.mkdir(exist_ok=True)
        (self.folder / "gate.png").write_bytes(build_png(640, 360, (120, 100, 80)))
        self.publish(ARTICLES)
