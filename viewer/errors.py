"""What the viewer refuses, each in one sentence that the page shows."""

from __future__ import annotations


class ViewerError(Exception):
    """Something a person can put right; ``status`` is the HTTP status it is answered with."""

    status = 400


class BadAddressError(ViewerError):
    """Raised for a parameter of an address that makes no sense."""


class NotHeldError(ViewerError):
    """Raised for a document, screen or place that is not there."""

    status = 404


class TooMuchError(ViewerError):
    """Raised for a view that takes longer or more memory than one may."""

    status = 503
