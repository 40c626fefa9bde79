"""Errors of FastAPI's router and of pages behind it, reported as those of the API."""

from http import HTTPStatus

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from counterpoint.errors import CounterpointError
from counterpoint.http.error_responses import ErrorResponder, HttpError, InternalError, UnknownPath
from counterpoint.http.responses import HeaderLines


def report_routing_errors(app: FastAPI, error_responder: ErrorResponder) -> None:
    """Make unknown paths, unsupported methods and unexpected exceptions lead to error responses of the responder."""

    async def report(request: Request, exception: Exception) -> Response:
        error = _describe(request.method, exception)
        built = error_responder.build_complete_response(error, dict(request.scope["headers"]))
        response = Response(built.body, built.status)
        response.raw_headers = [*HeaderLines(built.header_lines)]
        return response

    app.add_exception_handler(HTTPException, report)
    app.add_exception_handler(Exception, report)


def _describe(method: str, exception: Exception) -> CounterpointError:
    if not isinstance(exception, HTTPException):
        return InternalError(exception)
    if exception.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allow = (exception.headers or {})["Allow"]
        return HttpError(405, "METHOD_NOT_ALLOWED", f"Method {method} is not supported.", [(b"allow", allow.encode())])
    return UnknownPath()
