"""Settings: the environment variables that start with COUNTERPOINT_. Commands read them once and pass them on."""

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL

from counterpoint.database_url import parse_database_url
from counterpoint.environment import check_names, read_setting_files
from counterpoint.errors import SettingsError
from counterpoint.logs import LogFormat
from counterpoint.setting_formats import (
    check_allowed_hosts,
    check_cache_control,
    check_database_url,
    check_optional_database_url,
    check_origins,
    check_public_url,
    check_receivers,
    check_secret,
)

PREFIX = "COUNTERPOINT_"

MAX_WORKERS = 256


class Settings(BaseSettings):
    """All settings. docs/settings.md lists the same names, defaults and descriptions."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

    database_url: Annotated[str, AfterValidator(check_database_url)] = Field(
        "sqlite:///data/counterpoint.db",
        description="URL of the database: `sqlite:///file` (relative to the working directory), "
        "`sqlite:////absolute/file` or `postgresql://user:password@host/name`. Write `%40` for an `@` in the password, "
        "or omit the password and set `PGPASSWORD`. Several hosts are separated by commas: the first that accepts a "
        "connection is used. `?immutable=1` after an SQLite file says that nothing changes it, so that its folder can "
        "be read-only.",
    )
    read_url: Annotated[str, AfterValidator(check_optional_database_url)] = Field(
        "",
        description="URL of the database that `counterpoint serve` reads, such as a replica, if it is not that of "
        "`COUNTERPOINT_DATABASE_URL`.",
    )
    query_timeout_seconds: float = Field(
        2.0, gt=0, le=3600, description="Seconds after which a database query is cancelled. The client gets `TIMEOUT`."
    )
    max_concurrent_queries: int = Field(8, gt=0, description="Maximum number of database queries that run at once.")
    max_queued_queries: int = Field(
        32,
        ge=0,
        description="Maximum number of database queries that wait until another one ends. If the queue is full, "
        "further requests get `OVERLOADED`.",
    )
    sqlite_mmap_bytes: int = Field(
        2_147_418_112,
        ge=0,
        description="Maximum number of bytes of an SQLite file to map into memory. The operating system can reclaim "
        "this memory at any time. To replace a mapped file, move another file into its place, because copying over it "
        "can crash the server.",
    )
    pooler_keeps_prepared: bool = Field(
        False,
        description="Whether a pooler in front of PostgreSQL keeps prepared queries, as PgBouncer does since 1.21 with "
        "`max_prepared_statements`. Otherwise each query through a pooler is planned anew.",
    )

    seed_dir: Path = Field(Path("seed"), description="Directory of the articles that `counterpoint seed` reads.")
    seed_at_start: Literal["auto", "always", "never"] = Field(
        "auto",
        description="Whether the container seeds before it serves. `auto`: with SQLite only. `always`: with PostgreSQL "
        "too. `never`: it serves what the database holds.",
    )
    limit_article_bytes: int = Field(
        5_000_000, gt=0, description="Maximum bytes of an article file, of `headers.yaml` and of `names.yaml`."
    )
    limit_article_nesting: int = Field(
        20, gt=1, le=40, description="Maximum depth of nested quotes in an article. A list counts twice."
    )
    limit_table_rows: int = Field(10_000, gt=0, description="Maximum number of rows in a table of an article.")
    limit_cell_chars: int = Field(10_000, gt=0, description="Maximum number of characters in a cell of a table.")
    limit_paragraph_chars: int = Field(
        50_000, gt=0, description="Maximum number of characters in a paragraph, heading or list item of an article."
    )
    limit_image_bytes: int = Field(5_000_000, gt=0, le=50_000_000, description="Maximum bytes of an image file.")
    limit_image_pixels: int = Field(50_000_000, gt=0, description="Maximum number of pixels of an image.")

    notify_urls: Annotated[str, AfterValidator(check_receivers)] = Field(
        "",
        description="Comma-separated URLs that `counterpoint seed` notifies of changed content. Write `%2C` for a "
        "comma in a URL. Credentials (`https://user:password@host/`) are sent as a header.",
    )
    notify_secret: Annotated[SecretStr, AfterValidator(check_secret)] = Field(
        SecretStr(""),
        description="Secret that signs notifications: `whsec_` and 24 to 64 random bytes in base64. Without it, they "
        "are not signed.",
    )

    host: str = Field(
        "127.0.0.1",
        description="IP address or host name to listen on. `0.0.0.0` is every address of IPv4, `::` every one of IPv6, "
        "and an empty value every one of both.",
    )
    port: int = Field(8000, ge=0, le=65535, description="TCP port to listen on.")
    workers: int = Field(
        1,
        gt=0,
        le=MAX_WORKERS,
        description="Number of processes that answer requests, at most one for each core of the processor.",
    )
    reader: bool = Field(
        True, description="Serve pages for people at `/`, and feeds of the articles, beside the API at `/graphql`."
    )
    public_url: Annotated[str, AfterValidator(check_public_url)] = Field(
        "",
        description="Scheme and host of absolute addresses in pages and feeds, such as `https://example.org`. If it is "
        "empty, they have those of the request. Set it behind a proxy that accepts HTTPS.",
    )
    explorer_dir: Path = Field(
        Path("assets"),
        description="Directory of the built explorer, and of the package that `counterpoint client` writes. If the "
        "explorer is not there, browsers get a plain page for queries.",
    )
    max_connections: int = Field(
        1_000, gt=0, description="Maximum number of open client connections. Further connections get `OVERLOADED`."
    )
    header_timeout_seconds: float = Field(
        10, gt=0, description="Seconds within which the request line and headers of a request must arrive."
    )
    body_timeout_seconds: float = Field(30, gt=0, description="Seconds within which the body of a request must arrive.")
    write_timeout_seconds: float = Field(
        30,
        gt=0,
        description="Seconds after which a connection is closed if the client does not read the response. The time "
        "starts again each time the client has read 64 KiB.",
    )
    keepalive_timeout_seconds: float = Field(
        5,
        gt=0,
        description="Seconds after which an idle connection is closed. Behind a proxy, set it higher than the proxy's "
        "timeout for idle connections to the server.",
    )
    drain_seconds: float = Field(
        3,
        ge=0,
        le=3600,
        description="Seconds for which the server still answers requests after SIGTERM, while `/readyz` says that it "
        "is draining. Set it higher than the time in which balancers notice that. SIGINT (Ctrl-C) stops it at once.",
    )

    log_format: LogFormat = Field("text", description="Format of the log, `text` or `json`: one line for each event.")
    access_log: bool = Field(
        False,
        description="Log each request: its id, operation, hash of the document, cost, status, cache status, and times. "
        "Values of variables are never logged.",
    )
    metrics_port: int | None = Field(
        None,
        gt=0,
        le=65535,
        description="TCP port of `/metrics`, for Prometheus. Without it, `/metrics` is on the port of the API. With "
        "several workers it is needed: the second worker has the next port, and so on.",
    )

    cors_origins: Annotated[str, AfterValidator(check_origins)] = Field(
        "*",
        description="Comma-separated origins whose pages may read responses (CORS), such as `https://a.example`. `*` "
        "allows all origins, and an empty value allows none. Credentials are never allowed.",
    )
    allowed_hosts: Annotated[str, AfterValidator(check_allowed_hosts)] = Field(
        "*",
        description="Comma-separated hosts that the `Host` header may name, with any port. `*.example.org` allows all "
        "subdomains, `*` allows any host. Other requests get status 421.",
    )

    trusted_documents_dir: Path = Field(
        Path("documents"),
        description="Directory of the trusted documents: `.graphql` files, and `.json` manifests of GraphQL Code "
        "Generator, Relay or Apollo. It must contain a document if this setting or "
        "`COUNTERPOINT_TRUSTED_DOCUMENTS_ONLY` is set.",
    )
    trusted_documents_only: bool = Field(
        False, description="Execute only trusted documents. Others are rejected with `DOCUMENT_NOT_TRUSTED`."
    )
    apq_cache_bytes: int = Field(
        4_000_000, ge=0, description="Bytes of memory for automatic persisted queries (APQ). 0 disables them."
    )

    response_cache_bytes: int = Field(
        64 * 1024 * 1024,
        ge=0,
        description="Bytes of memory for cached responses of the API, most of it for those that are requested again: "
        "at most 8 MB are for new ones. Cached pages may use a quarter of it in addition. 0 disables both caches.",
    )
    cache_control: Annotated[str, AfterValidator(check_cache_control)] = Field(
        "public, max-age=0, s-maxage=30, stale-while-revalidate=60, stale-if-error=86400",
        description="The `Cache-Control` header of responses, for browsers and shared caches, such as a CDN. A CDN can "
        "purge responses by `Cache-Tag`.",
    )

    allow_explain: bool = Field(
        False,
        description='If a request contains `extensions: {"explain": true}`, add the SQL, query plan, cost and timings '
        "to the response.",
    )
    show_cost: bool = Field(False, description="Add the cost of the operation to each response, as `extensions.cost`.")

    limit_tokens: int = Field(10_000, gt=0, description="Maximum number of tokens in a document.")
    limit_depth: int = Field(15, gt=0, description="Maximum depth of nested fields in an operation.")
    limit_introspection_depth: int = Field(15, gt=0, description="Maximum depth of nested fields in introspection.")
    limit_introspection_values: int = Field(
        20_000,
        gt=0,
        description="Maximum number of values in an introspection response. GraphiQL needs about 8,000.",
    )
    limit_aliases: int = Field(
        100, ge=0, description="Maximum number of aliases in an operation, with fragments expanded."
    )
    limit_directives: int = Field(100, ge=0, description="Maximum number of directives in a document.")
    limit_directives_in_one_place: int = Field(
        10, ge=0, description="Maximum number of directives on one field, fragment, variable or operation."
    )
    limit_root_fields: int = Field(50, gt=0, description="Maximum number of root fields in an operation.")
    limit_page_size: int = Field(
        100,
        gt=0,
        description="Highest value allowed for `first` and for `last`. The default page size is 20, or this limit if "
        "it is lower.",
    )
    limit_node_ids: int = Field(100, gt=0, description="Maximum number of ids that `nodes` accepts.")
    limit_cost: int = Field(
        20_000,
        gt=0,
        description="Maximum cost of an operation: an estimate of the rows that it reads. Nested page sizes are "
        "multiplied. A list without pages counts as 10.",
    )
    limit_variable_values: int = Field(
        10_000,
        gt=0,
        description="Maximum number of values in the variables of a request. Lists and objects count too, besides "
        "their members.",
    )
    limit_filter_conditions: int = Field(
        500, gt=0, description="Maximum number of conditions in the filters of an operation."
    )
    limit_filter_depth: int = Field(20, gt=0, description="Maximum depth of nested conditions in a filter.")
    limit_sql_chars: int = Field(
        100_000,
        gt=0,
        description="Maximum number of characters in the SQL of an operation. A query for all content of an article "
        "needs about 5,000.",
    )
    limit_search_chars: int = Field(2_000, gt=0, description="Maximum number of characters in a search query.")
    limit_search_hits: int = Field(
        50_000,
        gt=0,
        le=1_000_000_000,
        description="Maximum number of hits of a search that can be read, beside names. `totalCount` counts all.",
    )
    limit_errors: int = Field(100, gt=0, description="Maximum number of errors in a response.")
    limit_url_bytes: int = Field(16_000, gt=0, description="Maximum bytes of the path and query string of a request.")
    limit_header_bytes: int = Field(32_000, gt=0, description="Maximum bytes of all headers of a request.")
    limit_body_bytes: int = Field(1_000_000, gt=0, description="Maximum bytes of the body of a request.")

    @property
    def database(self) -> URL:
        """The URL of the database for SQLAlchemy, with the driver."""
        return parse_database_url(self.database_url)

    @property
    def read_database(self) -> URL:
        """The URL of the database that the server reads."""
        return parse_database_url(self.read_url or self.database_url)


SETTING_NAMES = tuple(f"{PREFIX}{name}".upper() for name in Settings.model_fields)


def read_settings() -> Settings:
    """Read the settings from the environment and the files that it names. Raise SettingsError with all problems."""
    check_names(os.environ, PREFIX, SETTING_NAMES)
    values: dict[str, Any] = {**read_setting_files(os.environ, PREFIX, Settings.model_fields)}
    try:
        return Settings(**values)
    except ValidationError as error:
        raise SettingsError("; ".join(map(_describe_problem, error.errors()))) from None


def _describe_problem(problem: ErrorDetails) -> str:
    name = f"{PREFIX}{'_'.join(map(str, problem['loc'])).upper()}"
    if problem["type"] == "value_error":
        # Our validators decide whether to show the value, because a database URL may contain a password.
        return f"{name}: {problem['ctx']['error']}"
    return f"{name}: invalid value {problem['input']!r}, {problem['msg'][0].lower()}{problem['msg'][1:]}"
