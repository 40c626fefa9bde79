"""Settings: read once from the environment, at a door, and handed in."""

import re
from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from counterpoint.errors import SettingsError

PREFIX = "COUNTERPOINT_"
_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_DIRECTIVE = rf'{_TOKEN}(=({_TOKEN}|"[ !#-\[\]-~]*"))?'
CACHE_CONTROL = re.compile(rf"{_DIRECTIVE}(, *{_DIRECTIVE})*")
"""One or more directives, each with an optional token or quoted string as its value (RFC 9111, section 5.2)."""

SQLALCHEMY_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


class Settings(BaseSettings):
    """What an operator may set, each as COUNTERPOINT_ and its name in capitals. docs/settings.md repeats all of it."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

    database_url: str = Field(
        "sqlite:///data/counterpoint.db",
        description="`sqlite:///file` (from where the command is started), `sqlite:////absolute/file` or "
        "`postgresql://user:password@host/name`, with `%40` for an `@` in the password, which "
        "may be in `PGPASSWORD` instead",
    )
    host: str = Field("127.0.0.1", description="the address to serve on")
    port: int = Field(8000, ge=0, le=65535, description="the port to serve on")
    seed_dir: Path = Field(Path("seed"), description="the folder of articles that `seed` reads")
    explorer_dir: Path = Field(
        Path("assets"), description="the folder of the built explorer; where there is none, browsers get it from a CDN"
    )

    cors_origins: str = Field(
        "*",
        description="the origins whose pages may read answers, by commas (`https://a.example`); `*` is all, empty "
        "none; never with credentials",
    )
    allowed_hosts: str = Field(
        "*",
        description="the hosts that requests may be addressed to, by commas, `*.example.org` for all below one, `*` "
        "for any; others get 421",
    )

    trusted_documents_dir: Path = Field(
        Path("documents"),
        description="the folder of trusted documents, `.graphql` files; it must be there if this or "
        "`COUNTERPOINT_TRUSTED_DOCUMENTS_ONLY` is set",
    )
    trusted_documents_only: bool = Field(
        False, description="whether all other documents are refused, with `DOCUMENT_NOT_TRUSTED`"
    )
    apq_cache_bytes: int = Field(
        4_000_000, ge=0, description="how many bytes automatic persisted queries may take; 0 turns them off"
    )

    response_cache_bytes: int = Field(
        64 * 1024 * 1024, ge=0, description="how many bytes of answers are kept; 0 keeps none"
    )
    cache_control: str = Field(
        "public, max-age=0, s-maxage=30, stale-while-revalidate=60, stale-if-error=86400",
        description="the `Cache-Control` header of answers; shared caches, such as a CDN, can be purged by `Cache-Tag`",
    )

    allow_explain: bool = Field(
        False,
        description='whether `extensions: {"explain": true}` in a request is answered with statement, plan, cost and '
        "timings",
    )
    show_cost: bool = Field(False, description="whether answers tell their cost, in rows, as `extensions.cost`")
    limit_errors: int = Field(100, gt=0, description="how many errors are told in one answer")

    max_connections: int = Field(
        1_000, gt=0, description="how many connections may be open; what comes then gets `OVERLOADED`"
    )
    header_timeout_seconds: float = Field(
        10, gt=0, description="how many seconds the head of a request may take to come"
    )
    body_timeout_seconds: float = Field(30, gt=0, description="how many seconds the body of a request may take to come")
    write_timeout_seconds: float = Field(
        30,
        gt=0,
        description="for how many seconds a client may leave its answer unread; each 64 KiB that it reads give it as "
        "long again",
    )
    keepalive_timeout_seconds: float = Field(
        5,
        gt=0,
        description="for how many seconds a connection is kept for its next request; behind a proxy, longer than the "
        "proxy keeps it",
    )
    query_timeout_seconds: float = Field(
        2.0, gt=0, le=3600, description="how many seconds one statement may take before it is stopped"
    )
    max_concurrent_queries: int = Field(8, gt=0, description="how many statements run at once")
    max_queued_queries: int = Field(
        32, ge=0, description="how many statements may wait for their turn; what comes then gets `OVERLOADED`"
    )
    sqlite_mmap_bytes: int = Field(
        2_147_418_112,
        ge=0,
        description="how many bytes of an SQLite file are mapped into memory, which the system takes back when it "
        "needs it; a file must then be replaced by moving another in its place: copied over, it may end the server",
    )

    limit_tokens: int = Field(10_000, gt=0, description="how many tokens a document may have")
    limit_depth: int = Field(15, gt=0, description="how deep the fields of an operation may nest")
    limit_introspection_depth: int = Field(15, gt=0, description="how deep the fields of an introspection may nest")
    limit_introspection_values: int = Field(
        20_000, gt=0, description="how many values an introspection may give; GraphiQL's gives some 8,000"
    )
    limit_aliases: int = Field(100, ge=0, description="how many aliases an operation may have, fragments expanded")
    limit_directives: int = Field(100, ge=0, description="how many directives a document may have")
    limit_directives_in_one_place: int = Field(10, ge=0, description="how many directives may stand in one place")
    limit_root_fields: int = Field(50, gt=0, description="how many fields of the query itself may be asked for")
    limit_page_size: int = Field(
        100,
        gt=0,
        description="how many objects `first` and `last` may ask for; without them a page has 20, or so many if that "
        "is less",
    )
    limit_node_ids: int = Field(100, gt=0, description="how many ids `nodes` takes")
    limit_cost: int = Field(
        20_000,
        gt=0,
        description="how many rows an operation may read: page sizes multiplied, a plain list counted as 10",
    )
    limit_variable_values: int = Field(
        10_000, gt=0, description="how many values the variables of a request may hold, lists and objects counted in"
    )
    limit_filter_conditions: int = Field(
        500, gt=0, description="how many conditions the filters of an operation may have"
    )
    limit_filter_depth: int = Field(20, gt=0, description="how deep the conditions of a filter may nest")
    limit_sql_chars: int = Field(
        100_000,
        gt=0,
        description="how many characters the SQL for an operation may have; a page of everything about an article has "
        "5,000",
    )
    limit_url_bytes: int = Field(
        16_000, gt=0, description="how many bytes the target of a request may have: path and query"
    )
    limit_header_bytes: int = Field(32_000, gt=0, description="how many bytes all header lines of a request may have")
    limit_body_bytes: int = Field(1_000_000, gt=0, description="how many bytes the body of a request may have")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        parse_database_url(value)
        return value

    @field_validator("cache_control")
    @classmethod
    def _check_cache_control(cls, value: str) -> str:
        if not CACHE_CONTROL.fullmatch(value):
            raise ValueError(f"{value!r} is not a Cache-Control header: expected directives such as public, max-age=60")
        return value

    @property
    def database(self) -> URL:
        """The database's address as SQLAlchemy takes it, with our driver."""
        return parse_database_url(self.database_url)


def parse_database_url(text: str) -> URL:
    """Read a database's address as users write it."""
    try:
        url = make_url(text)
    except ArgumentError:
        raise ValueError("is no database address: write sqlite:///file or postgresql://user@host/name") from None
    family = url.drivername.partition("+")[0]
    if family not in SQLALCHEMY_DRIVERS:
        raise ValueError(f"names the database {family!r}: sqlite and postgresql are known")
    if family == "sqlite" and url.database in (None, "", ":memory:"):
        raise ValueError("names no file: write sqlite:///file, for the server and the seeding share it")
    return url.set(drivername=SQLALCHEMY_DRIVERS[family])


def read_settings() -> Settings:
    """Read the settings from the environment. Raise SettingsError naming each that can't be used."""
    try:
        return Settings()
    except ValidationError as error:
        told = "; ".join(
            f"{PREFIX}{'_'.join(str(part) for part in each['loc']).upper()}: {each['msg']}" for each in error.errors()
        )
        raise SettingsError(told) from None
