"""The image files of articles: an ASGI application that serves each at an address made from the digest of its bytes."""

import re
from collections.abc import Awaitable, Callable
from time import perf_counter

from counterpoint.errors import CounterpointError
from counterpoint.http.endpoint import RequestHead, Scope, Send, read_head
from counterpoint.http.error_responses import ErrorResponder, HttpError, InternalError
from counterpoint.http.etags import etag_matches
from counterpoint.http.requests import Receive
from counterpoint.http.responses import Headers, Response

IMAGES_PATH = "/images/"

_ADDRESS = re.compile(rf"{IMAGES_PATH}([0-9a-f]{{64}})\.([a-z]+)")
_SUFFIXES = {"image/jpeg": "jpg"}
"""The suffixes of media types that are not the second part of their name."""

_ALLOW = (b"allow", b"GET, HEAD")
_IMAGE_HEADERS: Headers = [
    # The bytes at an address never change.
    (b"cache-control", b"public, max-age=31536000, immutable"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; sandbox"),
    (b"cross-origin-resource-policy", b"cross-origin"),
]

ReadImage = Callable[[str], Awaitable[tuple[str, bytes] | None]]
"""Returns the media type and the bytes of the image with a digest, if there is one."""


class ImageEndpoint:
    """Serves GET and HEAD of images. Every error is JSON, as that of the API."""

    def __init__(self, read_image: ReadImage, error_responder: ErrorResponder) -> None:
        self._read_image = read_image
        self._error_responder = error_responder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        start = perf_counter()
        head = read_head(scope)
        request_id = self._error_responder.request_id(head.headers.get(b"x-request-id", b""))
        response = await self._respond(scope["path"], head, request_id)
        headers = self._error_responder.complete_headers(response, request_id, head.headers.get(b"origin"), start)
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if head.method == "HEAD" else response.body})

    async def _respond(self, path: str, head: RequestHead, request_id: str) -> Response:
        try:
            if head.method not in ("GET", "HEAD"):
                message = f"Method {head.method} is not supported: use GET."
                raise HttpError(405, "METHOD_NOT_ALLOWED", message, [_ALLOW])
            return await self._serve(path, head.headers.get(b"if-none-match"))
        except CounterpointError as error:
            return self._error_responder.build_response(error, request_id)
        except Exception as error:
            return self._error_responder.build_response(InternalError(error), request_id)

    async def _serve(self, path: str, if_none_match: bytes | None) -> Response:
        match = _ADDRESS.fullmatch(path)
        image = await self._read_image(match[1]) if match else None
        if not match or not image or _suffix(image[0]) != match[2]:
            raise HttpError(404, "NOT_FOUND", "There is no image at this address.")
        media_type, content = image
        etag = f'"{match[1]}"'.encode()
        headers = [*_IMAGE_HEADERS, (b"etag", etag), *self._error_responder.cors.vary_by_origin]
        if if_none_match and etag_matches(if_none_match, etag):
            return Response(304, headers, b"")
        content_headers = [(b"content-type", media_type.encode()), (b"content-length", b"%d" % len(content))]
        return Response(200, [*content_headers, *headers], content)


def _suffix(media_type: str) -> str:
    return _SUFFIXES.get(media_type, media_type.partition("/")[2])
