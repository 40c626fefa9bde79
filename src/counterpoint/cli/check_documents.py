"""The command `check-documents`."""

from pathlib import Path

import click

from counterpoint.cli.errors import write_output
from counterpoint.settings import read_settings


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def check_documents(folder: Path | None) -> None:
    """Validate the trusted documents of FOLDER.

    FOLDER defaults to COUNTERPOINT_TRUSTED_DOCUMENTS_DIR. Each .graphql file in FOLDER and its subfolders contains one
    document, and each .json file is a manifest that GraphQL Code Generator, Relay or Apollo wrote. The command lists
    the ids of the documents. If any has a problem, or if there is none, it prints the problems instead.
    """
    from counterpoint.api.schema import build_schema  # noqa: PLC0415
    from counterpoint.app import load_trusted_documents  # noqa: PLC0415

    settings = read_settings()
    documents = load_trusted_documents(folder or settings.trusted_documents_dir, build_schema().graphql, settings)
    for document in documents:
        write_output(f"sha256:{document.hashes[0]}  {document.path}")
    write_output(f"Valid trusted documents: {len(documents)}.")
