"""The parts of uvicorn that the connection layer relies on, most of which uvicorn does not document.

If this fails, compare the named part of uvicorn's `httptools_impl.py` with the connection layer, then update the lists.
"""

from __future__ import annotations

import ast
import inspect
from typing import Any

import pytest
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import (
    HEADER_RE,
    HEADER_VALUE_RE,
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)
from uvicorn.server import ServerState

from counterpoint.server import direct_answers, protocol, response_writer, transports

CLASSES = (protocol.HttpConnection, direct_answers.DirectHttpProtocol)

OVERRIDDEN = {
    "__init__": ["config", "server_state", "app_state", "_loop"],
    "_should_upgrade": [],
    "_start_asgi_task": ["cycle", "app"],
    "connection_lost": ["exc"],
    "connection_made": ["transport"],
    "data_received": ["data"],
    "eof_received": [],
    "on_body": ["body"],
    "on_header": ["name", "value"],
    "on_message_begin": [],
    "on_headers_complete": [],
    "on_message_complete": [],
    "on_response_complete": [],
    "shutdown": [],
}
"""Methods of HttpToolsProtocol that the connection's classes replace or extends, with their parameters."""

USED: dict[type, set[str]] = {
    HttpToolsProtocol: {
        "access_log",
        "access_logger",
        "app",
        "app_state",
        "asgi_version",
        "client",
        "connections",
        "cycle",
        "expect_100_continue",
        "flow",
        "headers",
        "logger",
        "loop",
        "parser",
        "pipeline",
        "root_path",
        "scheme",
        "scope",
        "server",
        "server_state",
        "transport",
        "url",
    },
    RequestResponseCycle: {
        "access_log",
        "default_headers",
        "disconnected",
        "flow",
        "keep_alive",
        "message_event",
        "more_body",
        "on_response",
        "response_complete",
        "response_started",
        "scope",
        "send",
        "transport",
        "waiting_for_100_continue",
    },
    FlowControl: {"read_paused", "resume_reading", "write_paused"},
    ServerState: {"default_headers", "total_requests"},
}
"""Attributes that the connection layer reads, writes or calls."""


def attributes_of(module: Any, *owners: str) -> set[str]:
    """Return the attributes that a module's code accesses on expressions such as `self.flow`."""
    return {
        node.attr
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in owners
    }


def defined_attributes(class_: type) -> set[str]:
    """Return a class's methods and fields, and the attributes that its methods assign."""
    assigned = {
        node.attr
        for node in ast.walk(ast.parse(inspect.getsource(class_)))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and ast.unparse(node.value) == "self"
    }
    return assigned | vars(class_).keys() | getattr(class_, "__dataclass_fields__", {}).keys()


def inherited_attributes() -> set[str]:
    """Return the attributes that the connection's classes access on themselves and do not introduce or override."""
    introduced = {name for class_ in CLASSES for name in defined_attributes(class_) | class_.__annotations__.keys()}
    accessed = {name for class_ in CLASSES for name in attributes_of(class_, "self")}
    return accessed - (introduced - defined_attributes(HttpToolsProtocol)) - OVERRIDDEN.keys()


def test_used_attributes_are_declared_here() -> None:
    assert inherited_attributes() == USED[HttpToolsProtocol]
    cycle_attributes = attributes_of(protocol, "cycle", "self.cycle")
    for module in (transports, response_writer, direct_answers):
        cycle_attributes |= attributes_of(module, "cycle", "self._cycle")
    assert cycle_attributes == USED[RequestResponseCycle]
    flow_attributes = attributes_of(protocol, "self.flow") | attributes_of(response_writer, "cycle.flow")
    assert flow_attributes | attributes_of(direct_answers, "self.flow") == USED[FlowControl]
    state_attributes = {name for class_ in CLASSES for name in attributes_of(class_, "self.server_state")}
    assert state_attributes == USED[ServerState]


def test_overridden_methods_are_declared_here() -> None:
    methods = {name for class_ in CLASSES for name, value in vars(class_).items() if callable(value)}
    assert methods & vars(HttpToolsProtocol).keys() == OVERRIDDEN.keys()


@pytest.mark.parametrize("class_", USED, ids=lambda class_: class_.__name__)
def test_uvicorn_still_has_the_attributes(class_: type) -> None:
    assert USED[class_] - defined_attributes(class_) == set()


@pytest.mark.parametrize("method", OVERRIDDEN)
def test_uvicorn_still_has_the_methods(method: str) -> None:
    _, *parameters = inspect.signature(getattr(HttpToolsProtocol, method)).parameters
    assert parameters == OVERRIDDEN[method]


def test_uvicorn_still_has_status_lines_and_patterns() -> None:
    assert HEADER_RE.search(b"a b")
    assert not HEADER_RE.search(b"x-request-id")
    assert HEADER_VALUE_RE.search(b"a\nb")
    assert not HEADER_VALUE_RE.search(b"a\tb")
    assert STATUS_LINE[413].startswith(b"HTTP/1.1 413 ")
    assert STATUS_LINE[413].endswith(b"\r\n")
