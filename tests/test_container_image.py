"""The labels of the container image, and the lists of the packages in it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import pytest

from support.database_helpers import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

LABEL = re.compile(r'org\.opencontainers\.image\.(\w+)="([^"]+)"')
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NPM_PACKAGE = {"name": "@scope/editor", "version": "1.2.0", "licence": "MIT", "texts": ["Copyright the editors"]}


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    """Return a folder with the lists for this Python environment and one npm package."""
    (tmp_path / "packages.json").write_text(json.dumps([NPM_PACKAGE]), encoding="utf-8")
    script = REPOSITORY / "container" / "inventory.py"
    subprocess.run([sys.executable, script, tmp_path / "packages.json", tmp_path], check=True)
    return tmp_path


def read_sbom(inventory: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((inventory / "sbom.json").read_text(encoding="utf-8"))
    return document


def test_labels_are_those_of_the_project() -> None:
    labels = dict(LABEL.findall((REPOSITORY / "Dockerfile").read_text(encoding="utf-8")))
    assert (labels["title"], labels["version"], labels["licenses"]) == (
        "Counterpoint",
        PROJECT["version"],
        PROJECT["license"],
    )
    assert PROJECT["description"].startswith(labels["description"])


def test_bill_of_materials_has_every_package_of_the_lock(inventory: Path) -> None:
    lock = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    locked = {f"pkg:pypi/{name}" for name in re.findall(r"^([\w.-]+)==[^;\n]+ \\$", lock, re.MULTILINE)}
    components = {component["purl"].partition("@")[0] for component in read_sbom(inventory)["components"]}
    assert len(locked) > 30
    assert locked - components == set()


def test_components_have_versions_and_licences(inventory: Path) -> None:
    components = {component["name"]: component for component in read_sbom(inventory)["components"]}
    assert components["sqlalchemy"] == {
        "type": "library",
        "bom-ref": f"pkg:pypi/sqlalchemy@{version('sqlalchemy')}",
        "name": "sqlalchemy",
        "version": version("sqlalchemy"),
        "licenses": [{"license": {"name": "MIT"}}],
        "purl": f"pkg:pypi/sqlalchemy@{version('sqlalchemy')}",
    }
    assert components["@scope/editor"]["purl"] == "pkg:npm/%40scope/editor@1.2.0"


def test_application_is_the_subject_and_no_component(inventory: Path) -> None:
    document = read_sbom(inventory)
    assert document["metadata"]["component"]["purl"] == f"pkg:pypi/counterpoint@{version('counterpoint')}"
    assert "counterpoint" not in {component["name"] for component in document["components"]}


def test_notices_quote_the_licences(inventory: Path) -> None:
    notices = (inventory / "NOTICES.txt").read_text(encoding="utf-8")
    assert "\n@scope/editor 1.2.0 (MIT)\n\nCopyright the editors\n" in f"\n{notices}"
    assert f"\nsqlalchemy {version('sqlalchemy')} (MIT)\n\nCopyright 2005-" in notices
