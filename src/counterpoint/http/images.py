"""The image files of articles, each served at an address made from the digest of its bytes."""

import re
from collections.abc import Awaitable, Callable

from counterpoint.article.image_formats import MEDIA_TYPES
from counterpoint.http.application import RequestHead
from counterpoint.http.cors import CorsPolicy
from counterpoint.http.error_responses import HttpError
from counterpoint.http.etags import etag_matches
from counterpoint.http.responses import CACHE_FOREVER, NOSNIFF, Headers, Response
from counterpoint.http.revision_polling import CurrentRevision

IMAGES_PATH = "/images/"

_ADDRESS = re.compile(rf"{IMAGES_PATH}([0-9a-f]{{64}})\.([a-z]+)")

_IMAGE_HEADERS: Headers = [
    CACHE_FOREVER,
    NOSNIFF,
    (b"content-security-policy", b"default-src 'none'; sandbox"),
    (b"cross-origin-resource-policy", b"cross-origin"),
]

ReadImage = Callable[[str], Awaitable[tuple[str, bytes] | None]]
"""Returns the media type and the bytes of the image with a digest, if there is one."""


class ImageEndpoint:
    """Serves the images at the paths below IMAGES_PATH."""

    def __init__(self, read_image: ReadImage, revision: CurrentRevision, cors: CorsPolicy) -> None:
        self._read_image = read_image
        self._revision = revision
        self._cors = cors

    async def read(self, head: RequestHead) -> Response:
        """Return an image, or 304 if the client has it. Raise HttpError if there is none."""
        await self._revision.check_reachable()
        match = _ADDRESS.fullmatch(head.path)
        image = await self._read_image(match[1]) if match else None
        if not match or not image or MEDIA_TYPES.get(image[0]) != match[2]:
            raise HttpError(404, "NOT_FOUND", "There is no image at this address.")
        media_type, content = image
        etag = f'"{match[1]}"'.encode()
        headers = [*_IMAGE_HEADERS, (b"etag", etag), *self._cors.vary_by_origin]
        if etag_matches(head.headers.get(b"if-none-match"), etag):
            return Response(304, headers, b"")
        headers_of_content = [(b"content-type", media_type.encode()), (b"content-length", b"%d" % len(content))]
        return Response(200, [*headers_of_content, *headers], content)
