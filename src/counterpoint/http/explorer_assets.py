"""The scripts and styles of the explorer, in the encodings that its build wrote."""

import gzip
from functools import partial
from pathlib import Path, PurePosixPath

from counterpoint.http.application import RequestHead
from counterpoint.http.error_responses import HttpError
from counterpoint.http.explorer import read_bundle
from counterpoint.http.responses import Response
from counterpoint.http.static_resource import LateResource, StaticResource

ASSETS_PATH = "/assets/"

_MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript"}
# The address of a file contains the digest of the bundle.
_CACHE_FOREVER = (b"cache-control", b"public, max-age=31536000, immutable")


class ExplorerAssets:
    """Serves the files of the built explorer at the paths below ASSETS_PATH."""

    def __init__(self, folder: Path) -> None:
        """Serve the files of the bundle in a folder, if there is one. Each is read when it is first requested."""
        bundle = read_bundle(folder)
        files = (folder / PurePosixPath(bundle.script).parent).rglob("*.gz") if bundle else ()
        paths = (path.with_suffix("") for path in files)
        self._resources = {
            path.relative_to(folder).as_posix(): LateResource(partial(_read_asset, path))
            for path in paths
            if path.suffix in _MEDIA_TYPES
        }

    async def read(self, head: RequestHead) -> Response:
        """Return a file. Raise HttpError if there is none."""
        resource = self._resources.get(head.path.removeprefix(ASSETS_PATH))
        try:
            if resource:
                return await resource.read(head)
        except FileNotFoundError:
            pass  # because the explorer was removed or replaced since the server started
        raise HttpError(404, "NOT_FOUND", "There is no file at this address.")


def _read_asset(path: Path) -> StaticResource:
    """Read a file, of which only the compressed versions are there."""
    brotli, gz = (path.with_name(path.name + suffix).read_bytes() for suffix in (".br", ".gz"))
    return StaticResource(
        gzip.decompress(gz), _MEDIA_TYPES[path.suffix], [_CACHE_FOREVER], encoded={"br": brotli, "gzip": gz}
    )
