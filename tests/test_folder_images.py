"""Articles may show images of the seed folder only: real image files, inside it, of sane size."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from counterpoint.article.image_formats import ImageLimits
from counterpoint.article.records import ImageFile
from counterpoint.article_folder import ArticleFolder
from counterpoint.errors import InvalidFiles
from counterpoint.folder_images import FolderImages
from support.commands import error_lines, run, write_texts
from support.image_files import build_jpeg, build_png

ARTICLE = "---\ntitle: T\n---\n\n![a]({})\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder `seed` with images, in an otherwise empty working directory."""
    monkeypatch.chdir(tmp_path)
    for path, content in {
        "seed/images/map.png": build_png(4, 3),
        "seed/images/50 % of #1?.png": build_png(),
        "seed/2024/photo.png": build_jpeg(2, 1),
        "seed/images/cut.png": build_png(40, 40)[:60],
        "seed/images/empty.png": b"",
        "seed/images/drawing.svg": b"<svg onload='alert(1)'/>",
        "seed/images/.hidden.png": build_png(),
        "secret.png": build_png(),
    }.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(content)
    os.mkfifo("seed/images/pipe.png")
    return Path("seed")


def check(folder: Path, address: str) -> list[str]:
    """Return the problems of an article in a subfolder that shows this image."""
    write_texts(folder, {"2024/a.md": ARTICLE.format(address)})
    *problems, _ = [line for line in error_lines(run("check", "seed/2024/a.md")) if line] or [""]
    return problems


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("photo.png", "2024/photo.png"),
        ("./photo.png", "2024/photo.png"),
        ("../images/map.png", "images/map.png"),
        ("../2024/../images//map.png", "images/map.png"),
        ("../images/map.png?width=3#top", "images/map.png"),
        ("../images/50%20%25%20of%20%231%3F.png", "images/50 % of #1?.png"),
        ("<../images/50 %25 of %231%3F.png>", "images/50 % of #1?.png"),
    ],
)
def test_relative_address_names_a_file(folder: Path, address: str, path: str) -> None:
    write_texts(folder, {"2024/a.md": ARTICLE.format(address)})
    (article,) = ArticleFolder(folder).read_articles(["2024/a.md"])
    assert [image.path for image in article.image_files] == [path]


def test_type_is_that_of_the_bytes(folder: Path) -> None:
    write_texts(folder, {"2024/a.md": ARTICLE.format("photo.png")})
    (article,) = ArticleFolder(folder).read_articles(["2024/a.md"])
    (image,) = article.image_files
    assert (image.media_type, image.width, image.height) == ("image/jpeg", 2, 1)
    assert image.address == f"/images/{image.sha256}.jpg"


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("../images/maps.png", "there is no image 'images/maps.png': did you mean 'images/map.png'?"),
        ("../image/map.png", "there is no image 'image/map.png': there is no folder 'image'"),
        ("../images/Map.png", "there is no image 'images/Map.png': did you mean 'images/map.png'?"),
        ("../images", "the image 'images' is not a regular file: write the path of an image file"),
        ("../images/pipe.png", "the image 'images/pipe.png' is not a regular file: write the path of an image file"),
        ("../images/cut.png", "the image 'images/cut.png' is damaged or incomplete: save it again"),
        (
            "../images/empty.png",
            "the image 'images/empty.png' is no image of a supported type: expected a PNG, JPEG, GIF, WebP or AVIF "
            "image",
        ),
        (
            "../images/drawing.svg",
            "the image 'images/drawing.svg' is no image of a supported type: expected a PNG, JPEG, GIF, WebP or AVIF "
            "image",
        ),
        (
            "../images/.hidden.png",
            "the image 'images/.hidden.png' is hidden: rename it, without a full stop at the start",
        ),
        (
            "%2e%2e/%2e%2e/secret.png",
            "the image '../secret.png' is outside of the seed folder: copy it into the folder",
        ),
        ("%00.png", "the image '2024/\\x00.png' has unprintable characters in its name: rename the file"),
        ("", "the image has no address: write the path of a file, or https://…"),
        (
            "/images/map.png",
            "the image address '/images/map.png' begins with /: write a path from this file, or https://…",
        ),
        (
            "//e.example/x.png",
            "the image address '//e.example/x.png' begins with /: write a path from this file, or https://…",
        ),
    ],
)
def test_other_address_is_an_error(folder: Path, address: str, message: str) -> None:
    assert check(folder, address) == [f"seed/2024/a.md:5:1: {message}"]


def test_name_that_the_system_refuses_is_an_error(folder: Path) -> None:
    (problem,) = check(folder, f"{'x' * 300}.png")
    assert problem.startswith(f"seed/2024/a.md:5:1: there is no image '2024/{'x' * 300}.png'")


def test_link_out_of_the_folder_is_an_error(folder: Path) -> None:
    Path("seed/images/link.png").symlink_to(Path("secret.png").absolute())
    Path("seed/inside.png").symlink_to("images/map.png")
    assert check(folder, "../inside.png") == []
    assert check(folder, "../images/link.png") == [
        "seed/2024/a.md:5:1: the image 'images/link.png' is outside of the seed folder: copy it into the folder"
    ]


def test_limits_are_settings(folder: Path) -> None:
    write_texts(folder, {"a.md": ARTICLE.format("images/map.png")})
    for name, value in {"BYTES": "10", "PIXELS": "11"}.items():
        result = run("check", **{f"COUNTERPOINT_LIMIT_IMAGE_{name}": value})
        assert f"or raise COUNTERPOINT_LIMIT_IMAGE_{name}" in error_lines(result)[0]
        assert result.exit_code == 1


def test_image_that_changes_while_it_is_read_is_an_error(folder: Path) -> None:
    images = FolderImages(folder, ImageLimits())
    image = images.resolve("2024/a.md", "photo.png")
    assert isinstance(image, ImageFile)
    (folder / "2024/photo.png").write_bytes(build_png())
    with pytest.raises(InvalidFiles, match=r"^2024/photo\.png:1:1: the file changed while it was read \(seed again\)$"):
        images.read(image)


def test_images_that_articles_show_are_not_ignored(folder: Path) -> None:
    write_texts(folder, {"a.md": ARTICLE.format("images/map.png")})
    output = run("check", "--verbose").stdout
    assert "ignored  seed/2024/photo.png  no .md file" in output
    assert "map.png" not in output
