"""Seedings store the images that articles show, and the service serves them at an address of their content."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert

from counterpoint.store.image_files import delete_unreferenced, find_unreferenced
from counterpoint.store.models import ImageFile, sql_table
from support.commands import error_lines, run, write_texts
from support.database_helpers import create_sqlite_database, open_client, open_write_engine
from support.image_files import build_jpeg, build_png
from support.servers import ServerProcess, run_service
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

pytestmark = variant("postgresql")

RED, BLUE, PHOTO = build_png(4, 3, (255, 0, 0)), build_png(4, 3, (0, 0, 255)), build_jpeg(2, 1)
ARTICLES = {
    "a.md": "---\ntitle: A\n---\n\n![map](images/map.png)\n\nText with ![photo](2024/photo.png).\n",
    "2024/b.md": "---\ntitle: B\n---\n\n![map](../images/map.png)\n",
    "c.md": "---\ntitle: C\n---\n\nText.\n",
}
IMAGES = {"images/map.png": RED, "2024/photo.png": PHOTO, "images/unused.png": BLUE}
SOURCES = "{ articles { nodes { slug sections { blocks { ... on Paragraph { images { src } } } } } } }"


def address(content: bytes, suffix: str = "png") -> str:
    return f"/images/{sha256(content).hexdigest()}.{suffix}"


@pytest.fixture(autouse=True)
def working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def folder() -> Path:
    return write_folder(Path("seed"))


def write_folder(folder: Path) -> Path:
    """Write three articles, of which two show images."""
    write_texts(folder, ARTICLES)
    for path, content in IMAGES.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def seed(url: str, folder: Path, *options: str) -> Result:
    return run("seed", "--no-wait", str(folder), *options, COUNTERPOINT_DATABASE_URL=url)


def find_revision(result: Result) -> str:
    match = re.search(r"the revision is (\w+)", result.stdout)
    assert match, (result.stdout, result.stderr)
    return match[1]


def read_sources(url: str) -> set[str]:
    """Return the addresses of all images in answers."""
    with open_client(url) as api:
        return set(re.findall(r"/images/[0-9a-f]{64}\.[a-z]+", str(api.execute(SOURCES))))


def read_statuses(url: str, *paths: str) -> list[int]:
    with run_service(url) as server:
        return [server.get(path).status for path in paths]


def test_answers_contain_the_addresses_of_images(database_url: str, folder: Path) -> None:
    assert seed(database_url, folder).exit_code == 0
    assert read_sources(database_url) == {address(RED), address(PHOTO, "jpg")}
    with run_service(database_url) as server:
        for content, suffix, media_type in ((RED, "png", "image/png"), (PHOTO, "jpg", "image/jpeg")):
            response = server.get(address(content, suffix))
            assert (response.status, response.headers["content-type"], response.body) == (200, media_type, content)
        assert server.get(address(BLUE)).status == 404


def test_changed_image_changes_the_articles_that_show_it(database_url: str, folder: Path) -> None:
    first = find_revision(seed(database_url, folder))
    assert find_revision(seed(database_url, folder)) == first
    (folder / "images" / "map.png").write_bytes(BLUE)
    result = seed(database_url, folder, "--tags", "tags.txt")
    assert result.stdout.startswith("0 added, 2 changed, 0 removed, 1 unchanged;")
    assert find_revision(result) != first
    assert {"article:a", "article:b", "image", "paragraph"} <= set(Path("tags.txt").read_text().split())
    assert read_sources(database_url) == {address(BLUE), address(PHOTO, "jpg")}


def test_equal_folders_have_equal_revisions(database_url: str, migrated_sqlite_url: str, folder: Path) -> None:
    (folder / "images" / "map.png").write_bytes(BLUE)
    seed(database_url, folder)
    (folder / "images" / "map.png").write_bytes(RED)
    assert find_revision(seed(database_url, folder)) == find_revision(seed(migrated_sqlite_url, folder))


def test_old_address_is_served_until_the_seeding_after_the_next_change(database_url: str, folder: Path) -> None:
    write_texts(folder, {"draft.md": "---\ntitle: A draft, which each seeding reads\ndraft: true\n---\n\nText.\n"})
    seed(database_url, folder)
    (folder / "images" / "map.png").write_bytes(BLUE)
    seed(database_url, folder)
    seed(database_url, folder)
    assert read_statuses(database_url, address(RED), address(BLUE)) == [200, 200]
    write_texts(folder, {"c.md": "---\ntitle: C\n---\n\nOther text.\n"})
    seed(database_url, folder)
    assert read_statuses(database_url, address(RED), address(BLUE)) == [404, 200]


def test_any_number_of_old_images_is_deleted(database_url: str) -> None:
    """Databases limit the number of parameters in a statement: SQLite to 250,000 or fewer, PostgreSQL to 65,535."""
    with open_write_engine(database_url) as engine, engine.begin() as connection:
        digests = list(map(str, range(260_000)))
        row = {"digest": digests[-1], "media_type": "image/png", "content": RED}
        connection.execute(insert(sql_table(ImageFile)), row)
        delete_unreferenced(connection, digests)
        assert find_unreferenced(connection) == []


def test_missing_image_of_an_unchanged_article_is_an_error(database_url: str, folder: Path) -> None:
    seed(database_url, folder)
    (folder / "images" / "map.png").unlink()
    result = seed(database_url, folder)
    assert result.exit_code == 1
    assert [line.partition(":1: ")[0] for line in error_lines(result)[:2]] == ["seed/2024/b.md:5", "seed/a.md:5"]
    assert read_sources(database_url) == {address(RED), address(PHOTO, "jpg")}


def test_dry_run_stores_no_image(database_url: str, folder: Path) -> None:
    assert seed(database_url, folder, "--dry-run").exit_code == 0
    assert read_statuses(database_url, address(RED)) == [404]


def test_unused_images_are_listed_as_ignored(database_url: str, folder: Path) -> None:
    for _ in range(2):
        output = seed(database_url, folder, "--verbose").stdout
        assert re.findall("^ignored .*", output, re.MULTILINE) == ["ignored  images/unused.png  no .md file"]


def test_export_writes_images_beside_the_articles(database_url: str, migrated_sqlite_url: str, folder: Path) -> None:
    seed(database_url, folder)
    assert run("export", "--all", "copy", COUNTERPOINT_DATABASE_URL=database_url).exit_code == 0
    images = {path.relative_to("copy").as_posix(): path.read_bytes() for path in Path("copy").rglob("*.png")}
    assert images == {path: content for path, content in IMAGES.items() if content != BLUE}
    assert find_revision(seed(database_url, folder)) == find_revision(seed(migrated_sqlite_url, Path("copy")))


def test_export_replaces_no_other_image(database_url: str, folder: Path) -> None:
    seed(database_url, folder)
    Path("copy/images").mkdir(parents=True)
    Path("copy/images/map.png").write_bytes(BLUE)
    result = run("export", "a", "copy", COUNTERPOINT_DATABASE_URL=database_url)
    assert error_lines(result)[0] == (
        "copy/images/map.png:1:1: the file differs from the image to export (move it away, or add --force to replace "
        "it)"
    )
    assert sorted(path.name for path in Path("copy").rglob("*")) == ["images", "map.png"]
    assert run("export", "a", "copy", "--force", COUNTERPOINT_DATABASE_URL=database_url).exit_code == 0
    assert Path("copy/images/map.png").read_bytes() == RED


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """Run the service on the three articles, with one allowed origin."""
    url = create_sqlite_database(tmp_path_factory)
    seed(url, write_folder(tmp_path_factory.mktemp("seed")))
    with run_service(url, COUNTERPOINT_CORS_ORIGINS="https://one.example") as process:
        yield process


def test_images_may_be_cached_for_ever_and_run_no_script(server: ServerProcess) -> None:
    response = server.get(address(RED))
    expected = {
        "content-length": str(len(RED)),
        "cache-control": "public, max-age=31536000, immutable",
        "etag": f'"{sha256(RED).hexdigest()}"',
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
        "cross-origin-resource-policy": "cross-origin",
        "vary": "Origin",
    }
    assert {name: response.headers.get(name) for name in expected} == expected


def test_pages_of_allowed_origins_may_read_images(server: ServerProcess) -> None:
    allowed = server.get(address(RED), Origin="https://one.example")
    assert allowed.headers["access-control-allow-origin"] == "https://one.example"
    assert "access-control-allow-origin" not in server.get(address(RED), Origin="https://two.example").headers


def test_head_has_the_headers_and_no_body(server: ServerProcess) -> None:
    response = server.request("HEAD", address(RED))
    assert (response.status, response.headers["content-length"], response.body) == (200, str(len(RED)), b"")


@pytest.mark.parametrize("prefix", ["", "W/"])
def test_unchanged_image_is_not_sent_again(server: ServerProcess, prefix: str) -> None:
    etag = server.get(address(RED)).headers["etag"]
    response = server.get(address(RED), **{"If-None-Match": f'"other", {prefix}{etag}'})
    assert (response.status, response.body, response.headers["etag"]) == (304, b"", etag)
    assert server.get(address(RED), **{"If-None-Match": '"other"'}).status == 200


@pytest.mark.parametrize(
    "path",
    [
        address(BLUE),
        address(RED, "jpg"),
        address(RED).upper().replace("/IMAGES", "/images"),
        "/images/",
        "/images/map.png",
        f"/images/../{address(RED)}",
    ],
)
def test_other_addresses_are_not_found(server: ServerProcess, path: str) -> None:
    response = server.get(path, **{"If-None-Match": "*"})
    assert (response.status, response.error_codes) == (404, ["NOT_FOUND"])
    assert response.headers["cache-control"] == "no-store"


def test_other_methods_are_not_allowed(server: ServerProcess) -> None:
    response = server.request("POST", address(RED), b"")
    assert (response.status, response.headers["allow"], response.error_codes) == (
        405,
        "GET, HEAD, OPTIONS",
        ["METHOD_NOT_ALLOWED"],
    )
