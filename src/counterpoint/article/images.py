"""The images of an article that are files: the service serves them, so their addresses are replaced by its own."""

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it.token import Token

from counterpoint.article.records import ImageFile

ResolveImage = Callable[[str, str], ImageFile | str]
"""Returns the image file for the path of an article and an address without scheme in it, or the problem with it."""

PROBLEM = "image_problem"
"""The key of a problem in the metadata of an image's token."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_START = re.compile(r"\\.|(!\[)", re.DOTALL)
"""An escaped character, or the start of an image as its group."""


class ArticleImages:
    """The image files of one article, collected while its inline content is parsed."""

    def __init__(self, article_path: str, resolve: ResolveImage | None) -> None:
        self._article_path = article_path
        self._resolve = resolve
        self._files: dict[str, ImageFile] = {}

    @property
    def files(self) -> tuple[ImageFile, ...]:
        """The image files found so far, by path."""
        return tuple(self._files[path] for path in sorted(self._files))

    def resolve(self, tokens: Sequence[Token]) -> None:
        """Replace the addresses of image files among inline tokens, and add the size of the images."""
        for token in tokens:
            if self._resolve and token.type == "image" and not _SCHEME.match(str(token.attrs["src"])):
                image = self._resolve(self._article_path, str(token.attrs["src"]))
                if isinstance(image, ImageFile):
                    self._files[image.path] = image
                    token.attrs |= {"src": image.address, "width": image.width, "height": image.height}
                else:
                    token.meta[PROBLEM] = image


def find_image_problems(tokens: Sequence[Token], content: str) -> Iterator[tuple[int, str, str]]:
    """Yield the offset, the address and the problem of each image that cannot be shown, in inline content."""
    starts = [match.start() for match in _START.finditer(content) if match[1]]
    number = 0
    for token in tokens:
        if PROBLEM in token.meta:
            yield starts[min(number, len(starts) - 1)], str(token.attrs["src"]), token.meta[PROBLEM]
        number += _count_starts(token)


def _count_starts(token: Token) -> int:
    """Return how often the Markdown of an inline token contains the start of an image."""
    if token.type == "image":
        return 1 + sum(map(_count_starts, token.children or ()))
    return token.content.count("![")
