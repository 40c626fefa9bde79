"""The images of a seed folder: the files beside the articles that these show."""

import os
import posixpath
import re
from collections.abc import Iterable
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from counterpoint.article.image_formats import ImageLimits, inspect_image
from counterpoint.article.records import ImageFile
from counterpoint.errors import InvalidFiles, Place, Problem
from counterpoint.files import read_bytes, read_file

_DECORATION = re.compile(r"[?#].*", re.DOTALL)
"""The parts of an address that do not name the file."""


class FolderImages:
    """Finds and checks the image files of a seed folder. Each is read once, and its bytes are not remembered."""

    def __init__(self, folder: Path, limits: ImageLimits) -> None:
        self._folder = folder
        self._root = os.path.realpath(folder)
        self._limits = limits
        self._results: dict[str, ImageFile | str] = {}

    @property
    def paths(self) -> set[str]:
        """The paths of the images found so far."""
        return {path for path, result in self._results.items() if isinstance(result, ImageFile)}

    def record(self, images: Iterable[ImageFile]) -> None:
        """Record images that another process found."""
        for image in images:
            self._results.setdefault(image.path, image)

    def resolve(self, article_path: str, address: str) -> ImageFile | str:
        """Return the image file that a relative address in an article names, or the problem with it."""
        if address.startswith("/"):
            return f"the image address {address!r} begins with /: write a path from this file, or https://…"
        name = unquote(_DECORATION.sub("", address))
        if not name:
            return "the image has no address: write the path of a file, or https://…"
        return self._find(posixpath.normpath(posixpath.join(posixpath.dirname(article_path), name)))

    def digest(self, article_path: str, path: str) -> str:
        """Return the SHA-256 digest of the image file at a path; an empty text if it cannot be shown."""
        image = self._find(path)
        return image.sha256 if isinstance(image, ImageFile) else ""

    def read(self, image: ImageFile) -> bytes:
        """Return the bytes of an image. Raise InvalidFiles if the file changed since it was checked."""
        content = read_file(self._folder, image.path, self._limits.file_bytes + 1)
        if sha256(content).hexdigest() != image.sha256:
            raise InvalidFiles([Problem(Place(image.path, 1), "the file changed while it was read", "seed again")])
        return content

    def _find(self, path: str) -> ImageFile | str:
        if path not in self._results:
            try:
                self._results[path] = self._inspect(path)
            except OSError as error:
                self._results[path] = f"the image {path!r} can't be read: {error.strerror}"
        return self._results[path]

    def _inspect(self, path: str) -> ImageFile | str:
        if not path.isprintable():
            return f"the image {path!a} has unprintable characters in its name: rename the file"
        if any(part.startswith(".") and part != ".." for part in path.split("/")):
            return f"the image {path!r} is hidden: rename it, without a full stop at the start"
        real_path = os.path.realpath(Path(self._root) / path)
        if os.path.commonpath([self._root, real_path]) != self._root:
            return f"the image {path!r} is outside of the seed folder: copy it into the folder"
        if not os.path.lexists(real_path):
            return f"there is no image {path!r}{self._suggest(path)}"
        if not Path(real_path).is_file():
            return f"the image {path!r} is not a regular file: write the path of an image file"
        content = read_bytes(self._folder, path, self._limits.file_bytes + 1)
        image = inspect_image(content, self._limits)
        if isinstance(image, str):
            return f"the image {path!r} {image}"
        return ImageFile(path, sha256(content).hexdigest(), image.media_type, image.width, image.height)

    def _suggest(self, path: str) -> str:
        """Return a hint at a file of a similar name in the same folder."""
        folder, _, name = path.rpartition("/")
        try:
            names = {entry.name.lower(): entry.name for entry in Path(self._root, folder).iterdir()}
        except OSError:
            return f": there is no folder {folder!r}" if folder else ""
        closest = get_close_matches(name.lower(), names, n=1)
        return f": did you mean {posixpath.join(folder, names[closest[0]])!r}?" if closest else ""
