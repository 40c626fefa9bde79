"""Audit the locked Python packages, and the npm packages in the explorer, for known vulnerabilities.

`./run audit` installs pip-audit and runs this. It fails if a package has a known vulnerability. Some package indexes
serve no advisories: packages without them are reported, and do not fail the audit. The variables of pip-audit choose
another source, for example PIP_AUDIT_VULNERABILITY_SERVICE=osv.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

LOCKS = ("requirements.lock", "tests/requirements.lock")


@dataclass(frozen=True)
class Audit:
    """The result for some packages. `gap` says why some were not audited, if any."""

    audited: int
    vulnerabilities: tuple[str, ...] = ()
    gap: str = ""


def read_pip_report(text: str) -> Audit:
    """Read the JSON report of pip-audit."""
    packages = json.loads(text)["dependencies"]
    audited = [package for package in packages if "skip_reason" not in package]
    skipped = len(packages) - len(audited)
    gap = f"the index serves no advisories for {skipped} of {len(packages)} packages" if skipped else ""
    return Audit(
        len(audited), tuple(_describe(package, issue) for package in audited for issue in package["vulns"]), gap
    )


def read_npm_report(text: str) -> Audit:
    """Read the JSON report of `npm audit`."""
    report = json.loads(text)
    if "vulnerabilities" not in report:
        return Audit(0, gap="the registry serves no advisories")
    packages = report["vulnerabilities"].values()
    vulnerabilities = tuple(f"{package['name']} {package['range']}: {package['severity']}" for package in packages)
    return Audit(report["metadata"]["dependencies"]["prod"], vulnerabilities)


def _describe(package: dict[str, Any], vulnerability: dict[str, Any]) -> str:
    fix = ", ".join(vulnerability["fix_versions"])
    return f"{package['name']} {package['version']}: {vulnerability['id']}" + (f", fixed in {fix}" if fix else "")


def _audit_python() -> Audit:
    requirements = [option for lock in LOCKS for option in ("--requirement", lock)]
    options = ("--progress-spinner", "off", "--disable-pip", "--require-hashes", "--format", "json")
    result = _run([sys.executable, "-m", "pip_audit", *options, *requirements])
    return read_pip_report(result.stdout) if result.stdout else Audit(0, gap=result.stderr.strip().splitlines()[-1])


def _audit_npm() -> Audit:
    if not shutil.which("npm"):
        return Audit(0, gap="npm is not installed")
    options = ("--json", "--omit=dev", "--package-lock-only", "--audit=true")
    return read_npm_report(_run(["npm", "--prefix", "explorer", "audit", *options]).stdout)


def _run(command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, capture_output=True, text=True, check=False)


def main() -> int:
    """Report each audit. Return the exit status."""
    audits = {"Python": _audit_python(), "npm": _audit_npm()}
    for name, audit in audits.items():
        for vulnerability in audit.vulnerabilities:
            print(f"{name}: vulnerable: {vulnerability}")
        summary = f"{audit.audited} packages audited, {len(audit.vulnerabilities)} known vulnerabilities"
        print(f"{name}: {summary}" + (f"; not audited: {audit.gap}" if audit.gap else ""))
    return 1 if any(audit.vulnerabilities for audit in audits.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
