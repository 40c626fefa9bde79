"""The command `preview`: pages and API follow the files, and problems are shown on the page and in the terminal."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from support.commands import run, write_texts
from support.database_helpers import REPOSITORY
from support.image_files import build_png
from support.processes import run_program, wait_until
from support.servers import run_server
from support.variants import sample, variant

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from support.servers import ServerProcess

pytestmark = pytest.mark.slow

CAN_LIMIT_WATCHES = shutil.which("unshare") and not subprocess.run(["unshare", "-Ur", "true"], check=False).returncode


def article(title: str, text: str = "Text.", **front_matter: str) -> str:
    keys = "".join(f"{key}: {value}\n" for key, value in front_matter.items())
    return f"---\ntitle: {title}\n{keys}---\n\n{text}\n"


BROKEN = article("Broken", shade="red")


def run_preview(folder: Path, **settings: str) -> AbstractContextManager[ServerProcess]:
    return run_server("preview", str(folder), "--port", "0", **settings)


def read_titles(server: ServerProcess) -> set[str]:
    nodes = server.post({"query": "{ articles(first: 100) { nodes { title } } }"}).json["data"]["articles"]["nodes"]
    return {node["title"] for node in nodes}


def read_page(server: ServerProcess, path: str = "/") -> str:
    """Return the text of a page without its markup."""
    html = server.get(path).body.decode().partition("<body>")[2]
    return " ".join(unescape(re.sub("<[^>]*>", " ", html)).split())


def wait_for_titles(server: ServerProcess, *titles: str) -> None:
    wait_until(lambda: read_titles(server) == set(titles))


def test_saved_change_is_visible_in_the_api_and_on_the_pages(tmp_path: Path) -> None:
    write_texts(tmp_path, {"a.md": article("First", "Old text.")})
    with run_preview(tmp_path) as server:
        assert read_titles(server) == {"First"}
        assert "Old text." in read_page(server, "/articles/a")
        version = server.get("/preview/state").json
        write_texts(tmp_path, {"a.md": article("Second", "New *text*.")})
        wait_for_titles(server, "Second")
        assert "Second" in read_page(server)
        assert "<p>New <em>text</em>.</p>" in server.get("/articles/a").body.decode()
        assert server.get("/preview/state").json != version
        wait_until(lambda: "changed a.md; no errors" in server.log_text)


def test_images_are_shown_and_followed(tmp_path: Path) -> None:
    image = tmp_path / "map.png"
    image.write_bytes(build_png(1, 1))
    write_texts(tmp_path, {"a.md": article("A", "![a map](map.png)")})
    with run_preview(tmp_path) as server:
        source = find_image(server)
        response = server.get(source)
        assert (response.status, response.body) == (200, build_png(1, 1))
        assert "img-src 'self'" in server.get("/articles/a").headers["content-security-policy"]
        image.write_bytes(build_png(2, 2))
        wait_until(lambda: find_image(server) != source)
        assert server.get(find_image(server)).body == build_png(2, 2)
        image.unlink()
        wait_until(lambda: "a.md:5:1 error: there is no image 'map.png'" in read_page(server))
        assert server.get(find_image(server)).body == build_png(2, 2)
        image.write_bytes(build_png(1, 1))
        wait_until(lambda: find_image(server) == source)
        wait_until(lambda: "there is no image" not in read_page(server))


def find_image(server: ServerProcess) -> str:
    """Return the address of the only image on the page of the article `a`."""
    (source,) = re.findall(r'<img src="(/images/[^"]+)"', server.get("/articles/a").body.decode())
    return str(source)


def test_article_is_shown_in_reading_order(tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / "seed" / "chicago-immigration-standoff.md", tmp_path / "standoff.md")
    with run_preview(tmp_path) as server:
        text = read_page(server, "/articles/chicago-immigration-standoff")
    parts = [
        "A City's Defiant Stand",
        "Highlights of the ongoing dispute include:",
        "refusal to grant ICE expanded access",
        "Recent Measures",
        "Enforced sanctuary city policies barred ICE from local jails",
        "Key recommendations for improving cooperation include:",
    ]
    positions = [text.find(part) for part in parts]
    assert -1 not in positions
    assert positions == sorted(positions)


def test_file_with_an_error_keeps_its_last_version_and_does_not_stop_others(tmp_path: Path) -> None:
    write_texts(tmp_path, {"a.md": article("Valid"), "b.md": article("Other")})
    problem = f"{tmp_path}/a.md:3:1"
    with run_preview(tmp_path) as server:
        write_texts(tmp_path, {"a.md": BROKEN, "b.md": article("Other, changed"), "c.md": BROKEN})
        wait_for_titles(server, "Valid", "Other, changed")
        wait_until(lambda: "2 errors in 2 files" in read_page(server))
        assert f"{problem} error: unknown key: 'shade' (expected one of title" in read_page(server)
        assert f"{problem} error: unknown key: 'shade'" in read_page(server, "/articles/a")
        assert "Text." in read_page(server, "/articles/a")
        assert problem not in read_page(server, "/articles/b")
        assert f"{problem}: unknown key: 'shade' (expected one of title" in server.log_text
        write_texts(tmp_path, {"a.md": article("Mended")})
        (tmp_path / "c.md").unlink()
        wait_for_titles(server, "Mended", "Other, changed")
        wait_until(lambda: "unknown key" not in read_page(server))
        wait_until(lambda: server.log_text.rstrip().rpartition("\n")[2].count("no errors") == 1)


def test_errors_at_the_start_are_shown(tmp_path: Path) -> None:
    write_texts(tmp_path, {"a.md": BROKEN})
    with run_preview(tmp_path) as server:
        assert "(0 articles, 0 drafts, 1 error in 1 file) is running on" in server.log_text
        assert "1 error in 1 file" in read_page(server)
        assert read_titles(server) == set()


@variant("postgresql")
def test_drafts_are_in_the_preview_but_not_published(tmp_path: Path, database_url: str) -> None:
    folder = write_texts(
        tmp_path / "articles",
        {
            "public.md": article("Public"),
            "marked.md": article("Marked", draft="true"),
            "_named.md": article("Named"),
            "_later/deep.md": article("In a folder"),
            "_notes.txt": "no article",
        },
    )
    with run_preview(folder, COUNTERPOINT_DATABASE_URL=f"sqlite:///{tmp_path}/untouched.db") as server:
        assert read_titles(server) == {"Public", "Marked", "Named", "In a folder"}
        page = read_page(server)
        assert "4 articles, 3 drafts" in page
        assert [title for title in ("Public", "Marked", "Named", "In a folder") if f"{title} draft" in page] == [
            "Marked",
            "Named",
            "In a folder",
        ]
        assert b"<mark>draft</mark>" in server.get("/articles/marked").body
        assert b"<mark>draft</mark>" not in server.get("/articles/public").body
    assert [*tmp_path.iterdir()] == [folder]
    seeded = run("seed", str(folder), COUNTERPOINT_DATABASE_URL=database_url)
    assert (seeded.exit_code, seeded.stdout.partition(",")[0]) == (0, "1 added")


def test_links_that_lead_nowhere_are_warned_about_until_they_do(tmp_path: Path) -> None:
    texts = {
        "a.md": article("A", "[draft](draft.md)\n\n[new](new.md#reasons)"),
        "draft.md": article("Draft", "[other](_other.md) [a](a.md)", draft="true"),
        "_other.md": article("Other"),
    }
    write_texts(tmp_path, texts)
    with run_preview(tmp_path) as server:
        assert server.log_text.count("for a link here") == 2
        assert "there is no article 'draft.md' for a link here" in read_page(server, "/articles/a")
        write_texts(tmp_path, {"new.md": article("New", "## Reason\n\nText.")})
        wait_until(lambda: "there is no section 'reasons' in new.md" in read_page(server, "/articles/a"))
        write_texts(tmp_path, {"new.md": article("New", "## Reasons\n\nText."), "draft.md": article("Published")})
        wait_until(lambda: "for a link here" not in read_page(server, "/articles/a"))


def test_new_moved_replaced_and_deleted_files_and_folders_are_followed(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "articles", {"a.md": article("A"), "b.md": article("B")})
    with run_preview(folder) as server:
        (folder / "a.md").rename(folder / "moved.md")
        wait_until(lambda: server.get("/articles/moved").status == 200 and server.get("/articles/a").status == 404)
        write_texts(folder, {".hidden": article("Replaced")})
        (folder / ".hidden").replace(folder / "b.md")
        wait_for_titles(server, "A", "Replaced")
        write_texts(folder, {"new/deep/c.md": article("C")})
        wait_for_titles(server, "A", "Replaced", "C")
        write_texts(folder, {"new/deep/c.md": article("C, changed")})
        wait_for_titles(server, "A", "Replaced", "C, changed")
        shutil.rmtree(folder / "new")
        (folder / "b.md").unlink()
        wait_for_titles(server, "A")
        (folder / "moved.md").unlink()
        wait_for_titles(server)
        assert "0 articles" in read_page(server)


def test_last_of_many_quick_saves_is_shown(tmp_path: Path) -> None:
    write_texts(tmp_path, {f"{number}.md": article(f"Article {number}") for number in range(50)})
    with run_preview(tmp_path) as server:
        for edit in range(20):
            write_texts(tmp_path, {f"{number}.md": article(f"Article {number}, {edit}") for number in range(50)})
        wait_for_titles(server, *(f"Article {number}, 19" for number in range(50)))


def test_folder_that_is_deleted_keeps_the_content_until_it_is_back(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "articles", {"a.md": article("A")})
    message = f"{folder} is not a folder: expected a folder with .md files."
    with run_preview(folder) as server:
        shutil.rmtree(folder)
        wait_until(lambda: message in read_page(server))
        assert read_titles(server) == {"A"}
        assert message in server.log_text
        write_texts(folder, {"b.md": article("B")})
        wait_for_titles(server, "B")
        assert message not in read_page(server)
        write_texts(folder, {"b.md": article("B, changed")})
        wait_for_titles(server, "B, changed")


def test_change_of_declared_headers_reads_all_articles_again(tmp_path: Path) -> None:
    table = "| Who | Says | Did |\n|---|---|---|\n| Mayor | No | |"
    headers = "en:\n  stances: [Who, Says, Did]\n"
    write_texts(tmp_path, {"a.md": article("A", table)})

    def read_parties(server: ServerProcess) -> int:
        count: int = server.post({"query": "{ parties { totalCount } }"}).json["data"]["parties"]["totalCount"]
        return count

    with run_preview(tmp_path) as server:
        assert read_parties(server) == 0
        write_texts(tmp_path, {"headers.yaml": headers})
        wait_until(lambda: read_parties(server) == 1)
        write_texts(tmp_path, {"headers.yaml": headers + "no words"})
        wait_until(lambda: f"{tmp_path}/headers.yaml:3:" in read_page(server))
        assert read_parties(server) == 1
        write_texts(tmp_path, {"a.md": article("B", table)})
        wait_for_titles(server, "B")
        write_texts(tmp_path, {"headers.yaml": headers})
        wait_until(lambda: "headers.yaml" not in read_page(server) and read_parties(server) == 1)


def test_articles_with_one_slug_are_reported_and_the_published_one_is_shown(tmp_path: Path) -> None:
    write_texts(tmp_path, {"_a.md": article("Draft"), "a.md": article("Published")})
    with run_preview(tmp_path) as server:
        assert read_titles(server) == {"Published"}
        assert f"{tmp_path}/_a.md:1:1 warning: duplicate slug 'a': a.md has it too" in read_page(server)
        write_texts(tmp_path, {"b.md": article("Second", slug="a")})
        wait_until(lambda: f"{tmp_path}/b.md:3:7 error: duplicate slug 'a': a.md has it too" in read_page(server))
        (tmp_path / "a.md").unlink()
        wait_for_titles(server, "Second")


def test_text_of_articles_and_messages_is_escaped(tmp_path: Path) -> None:
    attack = "<script>alert(1)"
    write_texts(
        tmp_path,
        {
            "a.md": article(
                attack, f"## {attack}\n\n{attack}:\n\n- x", subtitle=attack, authors=attack, summary=attack
            ),
            "b<b>.md": article("B", **{attack.replace(":", ""): "1"}),
        },
    )
    with run_preview(tmp_path) as server:
        for path in ("/", "/articles/a", f"/articles/{quote(attack, safe='')}"):
            html = server.get(path).body.decode()
            assert "&lt;script&gt;alert(1)" in html
            assert "<script>alert" not in html
            assert "b<b>" not in html


def test_lists_keep_their_numbers_and_columns_their_alignment(tmp_path: Path) -> None:
    text = "7. a\n8. b\n\n| A | B |\n|---|---:|\n| 1 | 2 |"
    with run_preview(write_texts(tmp_path, {"a.md": article("A", text)})) as server:
        html = server.get("/articles/a").body.decode()
        assert re.search(r'<ol [^>]*start="7">\s*<li>a</li>\s*<li>b</li>\s*</ol>', html)
        assert re.search('<td [^>]*class="align-right">2</td>', html)


def test_preview_has_the_other_pages_of_the_reader(tmp_path: Path) -> None:
    text = "| Party | Stance | Recent Measures |\n|---|---|---|\n| Mayor | Against | |"
    with run_preview(write_texts(tmp_path, {"a.md": article("A", text)}), COUNTERPOINT_READER="false") as server:
        (link,) = set(re.findall(r'href="(/parties/[^"]+)"', server.get("/articles/a").body.decode()))
        assert "Against" in read_page(server, link)
        (style,) = re.findall(r'rel="stylesheet" href="([^"]+)"', server.get("/").body.decode())
        assert server.get(style).status == 200


def test_slug_in_another_script_leads_to_its_article(tmp_path: Path) -> None:
    write_texts(tmp_path, {"東京都.md": article("Tokyo", language="ja")})
    with run_preview(tmp_path) as server:
        (link,) = re.findall(r'href="(/articles/[^"]+)"', server.get("/").body.decode())
        assert '<div class="text" lang="ja" dir="ltr">' in server.get(link).body.decode()
        assert server.get("/articles/missing").status == 404
        assert "No article 'missing'" in read_page(server, "/articles/missing")


def test_pages_of_other_origins_cannot_read_the_preview(tmp_path: Path) -> None:
    with run_preview(write_texts(tmp_path, {"a.md": article("A")})) as server:
        page = server.get("/")
        assert page.headers["content-security-policy"].startswith("default-src 'none'; ")
        assert page.headers["cache-control"] == "no-store"
        assert server.get("/", Host="attacker.example").status == 421
        assert server.get("/", Host="localhost:80").status == 200
        response = server.get("/graphql?query={articles{totalCount}}", Origin="https://attacker.example")
        assert response.status == 200
        assert "access-control-allow-origin" not in response.headers
        assert response.headers["cache-control"] == "no-cache"


def test_settings_allow_an_origin_to_read_the_preview(tmp_path: Path) -> None:
    origin = "http://localhost:3000"
    with run_preview(write_texts(tmp_path, {"a.md": article("A")}), COUNTERPOINT_CORS_ORIGINS=origin) as server:
        response = server.get("/graphql?query={articles{totalCount}}", Origin=origin)
        assert response.headers["access-control-allow-origin"] == origin


def test_preview_reads_its_own_database_where_the_server_reads_another(tmp_path: Path) -> None:
    write_texts(tmp_path, {"a.md": article("A")})
    with run_preview(tmp_path, COUNTERPOINT_READ_URL="sqlite:////nowhere/published.db") as server:
        assert read_titles(server) == {"A"}
        assert "A" in read_page(server)


def test_overview_lists_more_articles_than_a_page_of_the_api(tmp_path: Path) -> None:
    write_texts(tmp_path, {f"{letter}.md": article(f"Article {letter}") for letter in "abc"})
    with run_preview(tmp_path, COUNTERPOINT_LIMIT_PAGE_SIZE="2") as server:
        page = read_page(server)
        assert [letter for letter in "abc" if f"Article {letter}" in page] == ["a", "b", "c"]


def test_page_that_exceeds_a_limit_says_so(tmp_path: Path) -> None:
    with run_preview(write_texts(tmp_path, {"a.md": article("A")}), COUNTERPOINT_LIMIT_COST="1") as server:
        assert server.get("/articles/a").status == 503
        assert "exceeds the limit" in read_page(server, "/articles/a")


@pytest.mark.skipif(not CAN_LIMIT_WATCHES, reason="needs permission to create a user namespace (unshare -Ur)")
@pytest.mark.parametrize("limit", sample(["max_inotify_instances", "max_inotify_watches"], 2))
def test_folder_is_read_twice_a_second_if_the_system_has_no_watches_left(tmp_path: Path, limit: str) -> None:
    folder = write_texts(tmp_path / "articles", {"a.md": article("A")})
    log = tmp_path / "log"
    command = f"echo 0 > /proc/sys/user/{limit} && exec {sys.executable} -m counterpoint preview articles --port 0"
    with (
        log.open("w") as output,
        subprocess.Popen(
            ["unshare", "-Ur", "sh", "-c", command], cwd=tmp_path, stdout=output, stderr=output
        ) as process,
    ):
        try:
            wait_until(
                lambda: "The system can't watch articles, so the preview reads it twice a second: " in log.read_text()
            )
            write_texts(folder, {"a.md": article("A, changed")})
            wait_until(lambda: "changed a.md; no errors" in log.read_text())
        finally:
            process.terminate()
    assert process.returncode == 0


def test_error_of_the_database_is_shown_and_keeps_the_content(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "articles", {"a.md": article("A")})
    with run_preview(folder, TMPDIR=str(tmp_path)) as server:
        (path,) = tmp_path.glob("counterpoint-preview-*/preview.db")
        with closing(sqlite3.connect(path)) as database:
            database.execute("ALTER TABLE source_file RENAME TO lost")
        write_texts(folder, {"a.md": article("Changed")})
        wait_until(lambda: "The database reported an error: no such table: source_file" in read_page(server))
        assert read_titles(server) == {"A"}
        with closing(sqlite3.connect(path)) as database:
            database.execute("ALTER TABLE lost RENAME TO source_file")
        write_texts(folder, {"a.md": article("Repaired")})
        wait_for_titles(server, "Repaired")


def test_sigterm_ends_the_preview_and_removes_its_database(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    with run_preview(write_texts(tmp_path / "articles", {"a.md": article("A")}), TMPDIR=str(data)) as server:
        assert [*data.rglob("preview.db")]
        assert server.stop(signal.SIGTERM) == 0
    assert [*data.iterdir()] == []


def test_browser_is_opened_at_the_address(tmp_path: Path) -> None:
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.part && mv {opened}.part {opened}\n')
    browser.chmod(0o700)
    folder = write_texts(tmp_path / "articles", {"a.md": article("A")})
    with run_server("preview", str(folder), "--port", "0", "--open", BROWSER=f"{browser} %s") as server:
        wait_until(opened.exists)
        assert opened.read_text() == f"http://127.0.0.1:{server.port}/\n"


def test_port_in_use_is_one_clear_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = run("preview", str(tmp_path), "--port", str(port))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"The server can't listen on 127.0.0.1, port {port}: Address already in use. "
        "Choose another port with --port, or another address with --host.\n"
    )


def test_missing_folder_is_one_clear_line(tmp_path: Path) -> None:
    result = run_program("preview", "missing", "--port", "0", folder=tmp_path)
    assert (result.wait(), result.stdout) == (1, "")
    assert result.stderr == "missing is not a folder: expected a folder with .md files.\n"
