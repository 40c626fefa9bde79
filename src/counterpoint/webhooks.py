"""Webhooks by the Standard Webhooks specification 1.0.0: signed POST requests that are repeated until they succeed."""

import hmac
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPException, responses
from random import uniform
from re import sub
from threading import Thread
from typing import Any, Self
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener
from uuid import uuid4

SECRET_PREFIX = "whsec_"
MIN_SECRET_BYTES = 24
MAX_SECRET_BYTES = 64

RETRIED_STATUSES = frozenset({408, 425, 429, *range(500, 600)})
"""Statuses that may be others a moment later. All others but 2xx are final."""

MAX_TOKEN_CHARS = 20
"""Maximum characters of a part of a path that is shown, because longer parts may be secrets."""

MAX_REASON_CHARS = 200
"""Maximum characters of the reason of a failure that are shown."""

MAX_RESPONSE_BYTES = 65_536
"""Bytes of a response that are read, so that a receiver has finished when its request counts as done."""


@dataclass(frozen=True)
class RetryPolicy:
    """How often and how long to try. The delay doubles after each attempt, and half of it is random."""

    max_attempts: int = 5
    first_delay_seconds: float = 1.0
    attempt_timeout_seconds: float = 15.0
    total_timeout_seconds: float = 60.0


@dataclass(frozen=True)
class Receiver:
    """The address that webhooks are posted to. Printing it shows neither credentials nor the query."""

    url: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse an http(s) URL. Raise ValueError, which does not quote it, because it may contain a secret."""
        try:
            parts = urlsplit(text)
            # Names that have no encoding would fail only when they are looked up.
            is_valid = parts.scheme in {"http", "https"} and (parts.hostname or "").encode("idna") and parts.port != 0
        except ValueError:
            is_valid = False
        if not is_valid or not text.isascii() or not text.isprintable() or " " in text or "#" in text:
            raise ValueError("not the URL of a receiver, expected one such as https://site.example/api/publish")
        return cls(text)

    @property
    def key(self) -> str:
        """The digest that stands for the URL where it must not be read."""
        return sha256(self.url.encode()).hexdigest()

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        path = sub(rf"[^/]{{{MAX_TOKEN_CHARS + 1},}}", "...", parts.path)
        return f"{parts.scheme}://{_host(parts)}{path}"


@dataclass(frozen=True)
class Webhook:
    """A message to one receiver. It is not signed without a secret."""

    receiver: Receiver
    body: bytes
    secret: bytes | None = None
    id: str = field(default_factory=lambda: f"msg_{uuid4().hex}")


@dataclass(frozen=True)
class Delivery:
    """The outcome of the attempts to deliver a webhook. `failure` is None if the last one succeeded."""

    attempts: int
    failure: str | None = None


def parse_receivers(text: str) -> list[Receiver]:
    """Parse comma-separated URLs. Raise ValueError."""
    return [Receiver.parse(url.strip()) for url in text.split(",") if url.strip()]


def parse_secret(text: str) -> bytes:
    """Return the bytes of a secret. Raise ValueError, which does not quote it."""
    try:
        secret = b64decode(text.removeprefix(SECRET_PREFIX), validate=True)
    except ValueError:
        secret = b""
    if not text.startswith(SECRET_PREFIX) or not MIN_SECRET_BYTES <= len(secret) <= MAX_SECRET_BYTES:
        raise ValueError(
            f"not a secret, expected {SECRET_PREFIX} and {MIN_SECRET_BYTES} to {MAX_SECRET_BYTES} random bytes in "
            "base64, as `openssl rand -base64 32` prints them"
        )
    return secret


def sign(secret: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """Return the signature of a message, for the header `webhook-signature`."""
    content = b"%b.%d.%b" % (message_id.encode(), timestamp, body)
    return f"v1,{b64encode(hmac.digest(secret, content, 'sha256')).decode()}"


def deliver_all(webhooks: Sequence[Webhook], policy: RetryPolicy, on_retry: Callable[[str], None]) -> list[Delivery]:
    """Deliver webhooks at the same time, and return their outcomes. `on_retry` receives a line about each retry."""
    deadline = time.monotonic() + policy.total_timeout_seconds
    deliveries = [Delivery(0, _describe_timeout(policy.total_timeout_seconds)) for _ in webhooks]

    def run(index: int) -> None:
        deliveries[index] = deliver(webhooks[index], policy, on_retry)

    # Daemon threads, because a receiver that sends byte by byte must not keep the process from ending.
    threads = [Thread(target=run, args=(index,), daemon=True) for index in range(len(webhooks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    return [*deliveries]


def deliver(webhook: Webhook, policy: RetryPolicy, on_retry: Callable[[str], None]) -> Delivery:
    """Deliver a webhook, and repeat attempts that fail for a reason that may pass."""
    deadline = time.monotonic() + policy.total_timeout_seconds
    attempt = 1
    while failure := _attempt(webhook, _limit_timeout(policy, deadline)):
        delay = max(_draw_delay(policy, attempt), failure.retry_after_seconds)
        if failure.is_final or attempt == policy.max_attempts or time.monotonic() + delay >= deadline:
            return Delivery(attempt, failure.reason)
        on_retry(f"{webhook.receiver}: {failure.reason}. Trying again in {delay:.1f} seconds.")
        time.sleep(delay)
        attempt += 1
    return Delivery(attempt)


@dataclass(frozen=True)
class _Failure:
    reason: str
    is_final: bool = False
    retry_after_seconds: float = 0.0


def _attempt(webhook: Webhook, timeout: float) -> _Failure | None:
    """Send a webhook once, and return why that failed, or None."""
    try:
        with _OPENER.open(_build_request(webhook), timeout=timeout) as response:
            response.read(MAX_RESPONSE_BYTES)
    except HTTPError as error:
        with error:
            return _describe_status(error)
    except TimeoutError:
        return _Failure(_describe_timeout(timeout))
    except URLError as error:
        is_timeout = isinstance(error.reason, TimeoutError)
        return _Failure(_describe_timeout(timeout) if is_timeout else f"no connection ({_describe(error.reason)})")
    except (OSError, HTTPException) as error:
        return _Failure(f"no HTTP response ({_describe(error)})")
    return None


def _build_request(webhook: Webhook) -> Request:
    parts = urlsplit(webhook.receiver.url)
    timestamp = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Counterpoint",
        "webhook-id": webhook.id,
        "webhook-timestamp": str(timestamp),
    }
    if webhook.secret:
        headers["webhook-signature"] = sign(webhook.secret, webhook.id, timestamp, webhook.body)
    if "@" in parts.netloc:
        credentials = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
        headers["Authorization"] = f"Basic {b64encode(credentials.encode()).decode()}"
    url = parts._replace(netloc=_host(parts)).geturl()
    return Request(url, webhook.body, headers, method="POST")


class _RedirectRefusal(HTTPRedirectHandler):
    """Makes a redirect an error, because another address might not be one that the operator trusts."""

    def redirect_request(self, *_: Any) -> None:
        """Follow no redirect."""


_OPENER = build_opener(_RedirectRefusal)


def _describe_status(error: HTTPError) -> _Failure:
    # Not the reason that the receiver sends, because it may contain control characters.
    status = f"HTTP {error.code} {responses.get(error.code, '')}".strip()
    if 300 <= error.code < 400:
        return _Failure(f"{status} (redirects are not followed: use the new address)", is_final=True)
    if error.code in {401, 403}:
        return _Failure(f"{status} (does the receiver have the same secret?)", is_final=True)
    return _Failure(status, error.code not in RETRIED_STATUSES, _parse_retry_after(error.headers.get("Retry-After")))


def _parse_retry_after(value: str | None) -> float:
    """Return the seconds of the header; 0 for a date, which only long interruptions have."""
    return float(value) if value and value.isascii() and value.isdigit() else 0.0


def _limit_timeout(policy: RetryPolicy, deadline: float) -> float:
    return min(policy.attempt_timeout_seconds, max(0.001, deadline - time.monotonic()))


def _draw_delay(policy: RetryPolicy, attempt: int) -> float:
    """Return a random delay, so that several senders do not repeat their requests at the same time."""
    delay = policy.first_delay_seconds * 2 ** (attempt - 1)
    return uniform(delay / 2, delay)


def _describe_timeout(seconds: float) -> str:
    return f"no response within {seconds:.3g} seconds"


def _describe(error: object) -> str:
    text = getattr(error, "strerror", None) or str(error)
    # A text that quotes the receiver may have any length and contain control characters.
    return text if text and len(text) <= MAX_REASON_CHARS and text.isprintable() else type(error).__name__


def _host(parts: SplitResult) -> str:
    """Return the host and the port, without credentials."""
    return parts.netloc.rpartition("@")[2]
