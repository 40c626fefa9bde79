"""Search for the word that is in the most articles."""

import re
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.scenarios import read_document
from bench.servers import RunningServer

SAMPLE_SIZE = 500
"""Files from which common words are taken."""

MAX_COMMON_WORDS = 12
"""Common words that are searched for once. Some have few hits, because headers of tables are not searched."""

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True)
class CommonWordSearch:
    """Median seconds of a search, or None if it failed; the share of articles in which the word is."""

    word: str
    share: float
    seconds: float | None
    outcome: str


def measure_common_word(server: RunningServer, folder: Path, rounds: int) -> CommonWordSearch:
    """Search for the common word with the most hits, or for one that fails."""
    shares = count_article_shares(folder)
    searches = [_search(server, word, shares[word], 1) for word, _ in shares.most_common(MAX_COMMON_WORDS)]
    failures = [search for search, _ in searches if search.seconds is None]
    most_hits = max(searches, key=lambda pair: pair[1])[0]
    return failures[0] if failures else _search(server, most_hits.word, most_hits.share, rounds)[0]


def count_article_shares(folder: Path) -> Counter[str]:
    """Return the share of articles that contain each word, in a sample of the files without their front matter."""
    files = sorted(folder.glob("*.md"))
    sample = files[:: max(1, len(files) // SAMPLE_SIZE)]
    counts = Counter[str]()
    for file in sample:
        text = FRONT_MATTER.sub("", file.read_text(encoding="utf-8"))
        counts.update(set(re.findall(r"[a-z]{3,}", text.lower())))
    return Counter({word: count / len(sample) for word, count in counts.items()})


def _search(server: RunningServer, word: str, share: float, rounds: int) -> tuple[CommonWordSearch, int]:
    """Search for a word. Return the search and its hits."""
    times = []
    hits = 0
    for _ in range(rounds):
        start = time.perf_counter()
        try:
            answer = server.query(read_document("search_page"), {"query": word})
        except RuntimeError as error:
            return CommonWordSearch(word, share, None, str(error)[:200]), hits
        times.append(time.perf_counter() - start)
        hits = answer["search"]["totalCount"]
    return CommonWordSearch(word, share, median(times), f"{hits:,} hits"), hits
