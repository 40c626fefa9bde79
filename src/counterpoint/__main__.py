"""Run the command line: as `counterpoint`, or with `python -m counterpoint`."""

from counterpoint.imports import undisturbed_imports


def main() -> None:
    """Run the command that the arguments name."""
    with undisturbed_imports():
        from counterpoint.cli import main as run_command  # noqa: PLC0415
    run_command()


if __name__ == "__main__":
    main()
