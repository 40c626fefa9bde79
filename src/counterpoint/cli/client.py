"""The command `client`, which writes an npm package for front ends."""

import json
import re
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from counterpoint.article.messages import count
from counterpoint.cli.errors import write_output
from counterpoint.cli.output_files import write_new_file
from counterpoint.errors import NotReady, OutputError
from counterpoint.files import read_file
from counterpoint.settings import read_settings

DEFAULT_NAME = "counterpoint-client"
MAX_NAME_CHARS = 214

MANIFEST = "package.json"
SCHEMA = "schema.graphql"

MARKER = "counterpointSchema"
"""The key in the manifest that marks a package of this command. Its value is the hash of the schema."""

PACKAGE_NAME = re.compile(r"(?:@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]*")


class PackageNameType(click.ParamType[str]):
    """The name of an npm package."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the name."""
        if not PACKAGE_NAME.fullmatch(value) or len(value) > MAX_NAME_CHARS:
            self.fail(f"{value!r} is not a name of an npm package: expected one such as @site/content.", param, ctx)
        return str(value)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--name", type=PackageNameType(), default=DEFAULT_NAME, show_default=True, help="The name of the package."
)
def client(folder: Path, name: str) -> None:
    """Write an npm package for front ends into FOLDER.

    It contains the schema, its types for TypeScript, and rules for the caches of Apollo Client and urql. The version of
    the package contains a hash of the schema. FOLDER must be new, empty, or hold a package that this command wrote.
    """
    files = _fill_in_manifest(_read_built_files(read_settings().explorer_dir / "client"), name)
    _check_folder(folder)
    changed = {path: text for path, text in files.items() if _read_existing(folder / path) != text.encode()}
    for path, text in changed.items():
        write_new_file(folder / path, text, is_overwrite_allowed=True)
    unchanged = len(files) - len(changed)
    package = json.loads(files[MANIFEST])
    write_output(f"{count(len(changed), 'file')} written, {unchanged} unchanged: {name} {package['version']}.")


def _read_built_files(built: Path) -> dict[str, str]:
    """Return the texts of the built package by path. Raise NotReady if it was not built for this schema."""
    from counterpoint.api.schema import build_schema  # noqa: PLC0415

    hint = "run `./run client` in the repository, or use the container image, which contains it."
    if not (built / MANIFEST).is_file():
        raise NotReady(f"There is no built package in {built}: {hint}")
    paths = sorted(path.name for path in built.iterdir() if not path.name.startswith("."))
    files = {path: read_file(built, path).decode() for path in paths}
    if files.get(SCHEMA) != build_schema().print_sdl() + "\n":
        raise NotReady(f"The package in {built} was built for another schema: {hint}")
    # The manifest comes first, because it marks the folder if the command is interrupted.
    return {MANIFEST: files[MANIFEST], **files}


def _fill_in_manifest(files: dict[str, str], name: str) -> dict[str, str]:
    digest = sha256(files[SCHEMA].encode()).hexdigest()
    package_version = f"{version('counterpoint')}-schema-{digest[:12]}"
    manifest = {**json.loads(files[MANIFEST]), "name": name, "version": package_version, MARKER: f"sha256:{digest}"}
    readme = files["README.md"].replace(DEFAULT_NAME, name)
    return {**files, MANIFEST: json.dumps(manifest, indent=2) + "\n", "README.md": readme}


def _check_folder(folder: Path) -> None:
    """Raise OutputError if files could be lost that this command did not write."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    try:
        manifest = json.loads(_read_existing(folder / MANIFEST) or "{}")
    except ValueError:
        manifest = None
    if not isinstance(manifest, dict) or MARKER not in manifest:
        expected = "expected a new or empty folder, or one with a package that this command wrote."
        raise OutputError(f"{folder} holds something else: {expected} Nothing was written.")


def _read_existing(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
