"""Errors of FastAPI's router and of pages behind it, reported as those of the API."""

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from counterpoint.http.error_responses import ErrorResponder, InternalError, UnknownPath
from counterpoint.http.responses import HeaderLines


def report_routing_errors(app: FastAPI, error_responder: ErrorResponder) -> None:
    """Make unknown paths and unexpected exceptions lead to error responses of the responder.

    The router refuses no method: resources answer all methods themselves, and the reader answers what no page does.
    """

    async def report(request: Request, exception: Exception) -> Response:
        error = UnknownPath() if isinstance(exception, HTTPException) else InternalError(exception)
        built = error_responder.build_complete_response(error, dict(request.scope["headers"]))
        response = Response(built.body, built.status)
        response.raw_headers = [*HeaderLines(built.header_lines)]
        return response

    app.add_exception_handler(HTTPException, report)
    app.add_exception_handler(Exception, report)
