"""THE WIRE: one way to fetch a file from a publisher, for every source.

* :mod:`.fetching`, :mod:`.fetched`: ``fetch``, and what it gives
* :mod:`.keys`: where keys come from, and how they are kept out of sight
* :mod:`.limits`: how long, how fast, how often
* :mod:`.partial`: what is left of a download that broke, and how it goes on
* :mod:`.edge`: what goes out and what may come in
* :mod:`.body`, :mod:`.gzipped`: bodies, unpacked whole or not at all; :mod:`.showing`: what is told of them
* :mod:`.cache`: answers kept, asked for again only if they changed
* :mod:`.client`: one request, from the first try to a file that is believed; :mod:`.wire`: its way out

Importing this package loads no network library: ``edge``, ``cache`` and ``client`` are imported
when something is fetched.
"""

from __future__ import annotations

from monazite.sources.http.fetched import Fetched
from monazite.sources.http.fetching import fetch
from monazite.sources.http.keys import key_for
from monazite.sources.http.limits import LIMITS, Limits

__all__ = ["LIMITS", "Fetched", "Limits", "fetch", "key_for"]
