"""What several studies read of the world: who trades with whom, who produces, how they are governed."""

from __future__ import annotations

from pathlib import Path

from monazite.store.home import Store, default_folder


def held(store: Store | Path | str | None) -> Store:
    """The store meant: the one given, or in the folder given, or the user's own.

    >>> held("elsewhere").folder.name
    'elsewhere'
    """
    return store if isinstance(store, Store) else Store(Path(store) if store else default_folder())
