"""The format of the log: one line for each event, as text or as JSON, always with its time."""

import logging
import traceback
from datetime import UTC, datetime
from typing import Literal

import orjson

LogFormat = Literal["text", "json"]


def configure_logging(log_format: LogFormat) -> None:
    """Log to stderr from now on."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if log_format == "json" else TextFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler])


class TextFormatter(logging.Formatter):
    """Writes the time, the level and the message, and the fields of the record as `name=value`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the text of a record; a traceback follows in further lines."""
        fields = "".join(f" {name}={value}" for name, value in _fields(record).items() if value is not None)
        line = f"{_time(record)} {record.levelname}: {record.getMessage()}{fields}"
        return "\n".join([line, *_traceback(record)])


class JsonFormatter(logging.Formatter):
    """Writes each record as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the JSON of a record."""
        entry: dict[str, object] = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_fields(record),
        }
        if lines := _traceback(record):
            entry["traceback"] = "\n".join(lines)
        return orjson.dumps(entry, default=str).decode()


def _fields(record: logging.LogRecord) -> dict[str, object]:
    fields: dict[str, object] = getattr(record, "fields", {})
    return fields


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _traceback(record: logging.LogRecord) -> list[str]:
    if not record.exc_info or record.exc_info[1] is None:
        return []
    return "".join(traceback.format_exception(record.exc_info[1])).rstrip().split("\n")
