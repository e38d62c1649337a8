"""The connection to the network, through the proxy that the environment names, if any."""

from __future__ import annotations

from urllib.request import getproxies, proxy_bypass

import httpx2

from monazite.errors import UsageError


def wire_to(url: str) -> httpx2.HTTPTransport:
    """A connection that can reach an address; the client would otherwise not look for a proxy."""
    host, proxies = httpx2.URL(url).host, getproxies()
    proxy = None if proxy_bypass(host) else proxies.get("https") or proxies.get("all")
    try:
        return httpx2.HTTPTransport(proxy=proxy)
    except (ImportError, ValueError, httpx2.InvalidURL) as error:
        raise UsageError("the proxy that the environment names cannot be used: https_proxy") from error
