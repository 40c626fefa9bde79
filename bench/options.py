"""Options that several commands of the benchmark share."""

from collections.abc import Callable, Sequence

import click

Command = Callable[..., None]

articles_option = click.option("--articles", default=1_000, show_default=True, help="Number of articles.")
seed_option = click.option("--seed", default=1, show_default=True, help="Seed of the article generator.")
database_option = click.option(
    "--database-url", help="Empty database to use instead of SQLite. It is migrated and seeded."
)
connections_option = click.option(
    "--connections", "-c", multiple=True, default=[32], show_default=True, help="Concurrent connections. Repeatable."
)
seconds_option = click.option("--seconds", default=3.0, show_default=True, help="Duration of a round.")
rounds_option = click.option("--rounds", default=3, show_default=True, help="Rounds for each server.")


def dataset_options(command: Command) -> Command:
    """Add the options that determine the database."""
    return articles_option(seed_option(database_option(command)))


def load_options(command: Command) -> Command:
    """Add the options that determine the load."""
    return connections_option(seconds_option(rounds_option(command)))


def scenario_option(names: Sequence[str]) -> Callable[[Command], Command]:
    """Return an option that selects scenarios; without it, all run."""
    return click.option(
        "--scenario", "names", multiple=True, default=names, type=click.Choice(names), help="Repeatable; default: all."
    )
