"""`./run audit` reports known vulnerabilities, and what has no advisories."""

from __future__ import annotations

import json
import runpy
from typing import Any

from support.database_helpers import REPOSITORY

AUDIT = runpy.run_path(str(REPOSITORY / ".ci" / "audit.py"))


def read(kind: str, report: object) -> tuple[int, tuple[str, ...], str]:
    audit: Any = AUDIT[f"read_{kind}_report"](json.dumps(report))
    return audit.audited, audit.vulnerabilities, audit.gap


def test_vulnerabilities_name_package_version_and_fix() -> None:
    issues = [{"id": "PYSEC-2021-66", "fix_versions": ["2.11.3"]}, {"id": "GHSA-1", "fix_versions": []}]
    packages = [{"name": "jinja2", "version": "2.11.0", "vulns": issues}, {"name": "a", "version": "1", "vulns": []}]
    expected = ("jinja2 2.11.0: PYSEC-2021-66, fixed in 2.11.3", "jinja2 2.11.0: GHSA-1")
    assert read("pip", {"dependencies": packages, "fixes": []}) == (2, expected, "")


def test_packages_without_advisories_are_a_gap() -> None:
    packages = [{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "not found"}]
    gap = "the index serves no advisories for 1 of 2 packages"
    assert read("pip", {"dependencies": packages, "fixes": []}) == (1, (), gap)


def test_vulnerable_npm_packages_have_a_severity() -> None:
    vulnerabilities = {"ws": {"name": "ws", "range": "<8.17.1", "severity": "high"}}
    report = {"vulnerabilities": vulnerabilities, "metadata": {"dependencies": {"prod": 30, "total": 40}}}
    assert read("npm", report) == (30, ("ws <8.17.1: high",), "")


def test_registry_without_advisories_is_a_gap() -> None:
    assert read("npm", {"message": "405 Method Not Allowed", "statusCode": 405}) == (
        0,
        (),
        "the registry serves no advisories",
    )
