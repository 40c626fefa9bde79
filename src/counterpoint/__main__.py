"""Run the command line: as `counterpoint`, or with `python -m counterpoint`."""

import signal


def main() -> None:
    """Run the command that the arguments name."""
    handler = signal.getsignal(signal.SIGINT)
    if handler is signal.default_int_handler:
        # End the process at once while the modules are imported, because a KeyboardInterrupt would be a traceback.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from counterpoint.cli import main as run_command  # noqa: PLC0415

    signal.signal(signal.SIGINT, handler)
    run_command()


if __name__ == "__main__":
    main()
