"""Settings: read once from the environment, at a door, and handed in."""

from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from counterpoint.errors import SettingsError

PREFIX = "COUNTERPOINT_"
DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


class Settings(BaseSettings):
    """What an operator may set, each as COUNTERPOINT_ and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

    database_url: str = Field(
        "sqlite:///data/counterpoint.db",
        description="The database: sqlite:///file (relative to where it is started), sqlite:////file (absolute), or "
        "postgresql://user:password@host/name.",
    )
    host: str = Field("127.0.0.1", description="The address to serve on.")
    port: int = Field(8000, ge=0, le=65535, description="The port to serve on.")
    seed: Path = Field(Path("seed"), description="The folder of articles that `seed` reads.")
    assets: Path = Field(Path("assets"), description="The folder of the built explorer, if there is one.")
    documents: Path = Field(Path("documents"), description="The folder of trusted documents, if there is one.")
    trusted_only: bool = Field(False, description="Whether all but trusted documents are refused.")
    persisted_bytes: int = Field(
        4_000_000, ge=0, description="How many bytes automatic persisted queries may take; 0 turns them off."
    )
    statement_seconds: float = Field(2.0, gt=0, le=3600, description="How long one statement may take, in seconds.")

    connections: int = Field(1_000, gt=0, description="How many connections may be open.")
    head_seconds: float = Field(10, gt=0, description="How long the head of a request may take to come, in seconds.")
    body_seconds: float = Field(30, gt=0, description="How long its body may.")
    answer_seconds: float = Field(30, gt=0, description="How long a client may leave its answer unread.")
    idle_seconds: float = Field(5, gt=0, description="How long a connection may be idle.")
    statements: int = Field(8, gt=0, description="How many statements run at once.")
    statements_waiting: int = Field(32, ge=0, description="How many may wait for their turn; others are refused.")

    explain: bool = Field(False, description="Whether requests may ask how they are answered, by their extensions.")
    cost: bool = Field(False, description="Whether answers tell their cost, in their extensions.")
    cache_bytes: int = Field(64 * 1024 * 1024, ge=0, description="How many bytes of answers are kept; 0 keeps none.")
    max_age: int = Field(0, ge=0, description="How many seconds browsers may keep an answer.")
    s_maxage: int = Field(30, ge=0, description="How many seconds shared caches may keep an answer.")
    stale_while_revalidate: int = Field(60, ge=0, description="How many seconds more, while they ask anew.")
    stale_if_error: int = Field(86_400, ge=0, description="How many seconds more, while they get no answer.")
    cors_origins: str = Field("*", description="Which origins' pages may read answers, by commas; * is all.")
    allowed_hosts: str = Field("*", description="Which hosts requests may be addressed to, by commas; * is all.")
    limit_tokens: int = Field(10_000, gt=0, description="How many tokens a document may have.")
    limit_depth: int = Field(15, gt=0, description="How deep the fields of an operation may nest.")
    limit_introspection_depth: int = Field(15, gt=0, description="How deep the fields of an introspection may nest.")
    limit_introspection_values: int = Field(
        20_000, gt=0, description="How many values an introspection may give; GraphiQL's gives some 8,000."
    )
    limit_aliases: int = Field(100, ge=0, description="How many aliases an operation may have, fragments expanded.")
    limit_directives: int = Field(100, ge=0, description="How many directives a document may have.")
    limit_directives_in_one_place: int = Field(10, ge=0, description="How many directives may stand in one place.")
    limit_root_fields: int = Field(50, gt=0, description="How many fields of the query itself may be asked for.")
    limit_page_size: int = Field(100, gt=0, description="How many objects a page may have.")
    limit_ids: int = Field(100, gt=0, description="How many ids `nodes` takes.")
    limit_cost: int = Field(20_000, gt=0, description="How many rows an operation may read, page sizes multiplied.")
    limit_variable_values: int = Field(
        10_000, gt=0, description="How many values the variables of a request may hold, lists and objects counted in."
    )
    limit_conditions: int = Field(500, gt=0, description="How many conditions the filters of an operation may have.")
    limit_filter_depth: int = Field(20, gt=0, description="How deep the conditions of a filter may nest.")
    limit_statement: int = Field(
        100_000, gt=0, description="How many characters the statement for an operation may have."
    )
    limit_errors: int = Field(100, gt=0, description="How many errors are told in one answer.")
    limit_target: int = Field(16_000, gt=0, description="How many bytes the target of a request may have.")
    limit_head: int = Field(32_000, gt=0, description="How many bytes the header lines of a request may have.")
    limit_body: int = Field(1_000_000, gt=0, description="How many bytes the body of a request may have.")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        database_address(value)
        return value

    @property
    def database(self) -> URL:
        """The database's address as SQLAlchemy takes it, with our driver."""
        return database_address(self.database_url)


def database_address(text: str) -> URL:
    """Read a database's address as users write it."""
    try:
        url = make_url(text)
    except ArgumentError:
        raise ValueError("is no database address: write sqlite:///file or postgresql://user@host/name") from None
    family = url.drivername.partition("+")[0]
    if family not in DRIVERS:
        raise ValueError(f"names the database {family!r}: sqlite and postgresql are known")
    if family == "sqlite" and url.database in (None, "", ":memory:"):
        raise ValueError("names no file: write sqlite:///file, for the server and the seeding share it")
    return url.set(drivername=DRIVERS[family])


def read_settings() -> Settings:
    """Read the settings from the environment. Raise SettingsError naming each that can't be used."""
    try:
        return Settings()
    except ValidationError as error:
        told = "; ".join(
            f"{PREFIX}{'_'.join(str(part) for part in each['loc']).upper()}: {each['msg']}" for each in error.errors()
        )
        raise SettingsError(told) from None
