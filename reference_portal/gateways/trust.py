"""Whom the portal believes over TLS when it calls somebody: the roots that come with httpx, read once in a process."""

from __future__ import annotations

import functools
import ssl

import httpx


@functools.cache
def trusted_roots() -> ssl.SSLContext:
    """For `httpx.Client(verify=...)`: reading the roots anew for each client takes some twenty milliseconds."""
    return httpx.create_ssl_context(trust_env=False)
