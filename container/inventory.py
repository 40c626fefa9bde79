"""List the packages in the image: `sbom.json` for programs (CycloneDX 1.6), `NOTICES.txt` with all licences for people.

Usage: inventory.py EXPLORER_PACKAGES FOLDER. The image is built with this script. It describes the packages of the
Python environment that runs it, and those in the explorer's bundle, which its build has listed.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

APPLICATION = "counterpoint"
LICENCE_FILE = re.compile(r"(.*/)?(licen[cs]e|notice|copying)[^/]*", re.IGNORECASE)
MAX_LICENCE_NAME_CHARS = 60
SEPARATOR = "\n" + "=" * 100 + "\n"


@dataclass(frozen=True, order=True)
class Package:
    """A package. `kind` is that of its package URL; `texts` are the contents of its licence files."""

    kind: str
    name: str
    version: str
    licence: str
    texts: tuple[str, ...]

    @property
    def url(self) -> str:
        """The package URL, as SBOMs identify packages."""
        return f"pkg:{self.kind}/{self.name.replace('@', '%40')}@{self.version}"


def read_python_packages(environment: Iterable[Distribution]) -> Iterator[Package]:
    """Yield the packages of a Python environment."""
    for distribution in environment:
        files = [path for path in distribution.files or () if _is_licence_file(path.as_posix())]
        texts = (Path(path.locate()).read_text(encoding="utf-8", errors="replace") for path in sorted(files))
        name = re.sub(r"[-_.]+", "-", distribution.name).lower()
        yield Package("pypi", name, distribution.version, _read_licence(distribution), tuple(texts))


def read_npm_packages(path: Path) -> Iterator[Package]:
    """Yield the packages that the explorer's build has listed."""
    for package in json.loads(path.read_text(encoding="utf-8")):
        yield Package("npm", package["name"], package["version"], package["licence"], tuple(package["texts"]))


def build_sbom(packages: Sequence[Package]) -> dict[str, Any]:
    """Return the CycloneDX document of the application and its packages."""
    application = next(package for package in packages if package.name == APPLICATION)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**_as_component(application), "type": "application"}},
        "components": [_as_component(package) for package in packages if package is not application],
    }


def build_notices(packages: Iterable[Package]) -> str:
    """Return the licences of all packages as a text."""
    return SEPARATOR.join(
        "\n\n".join([f"{package.name} {package.version} ({package.licence})", *package.texts]) for package in packages
    )


def _is_licence_file(path: str) -> bool:
    return ".dist-info/" in path and LICENCE_FILE.fullmatch(path) is not None


def _read_licence(distribution: Distribution) -> str:
    """Return the SPDX expression of a package, or what older metadata has in its place."""
    metadata = distribution.metadata
    licence = next((metadata[key] for key in ("License-Expression", "License") if metadata[key]), "")
    classifiers = [text for text in metadata.get_all("Classifier") or () if text.startswith("License :: ")]
    if classifiers and (not licence or "\n" in licence or len(licence) > MAX_LICENCE_NAME_CHARS):
        licence = " AND ".join(text.rpartition(" :: ")[2] for text in classifiers)
    return licence.strip() or "see its homepage"


def _as_component(package: Package) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": package.url,
        "name": package.name,
        "version": package.version,
        "licenses": [{"license": {"name": package.licence}}],
        "purl": package.url,
    }


def main(explorer_packages: Path, folder: Path) -> None:
    """Write both files into a folder."""
    packages = sorted({*read_python_packages(distributions()), *read_npm_packages(explorer_packages)})
    (folder / "sbom.json").write_text(json.dumps(build_sbom(packages), indent=1) + "\n", encoding="utf-8")
    (folder / "NOTICES.txt").write_text(build_notices(packages) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
