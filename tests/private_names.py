"""Says at once if a new version of a package no longer has a private name that the tests' own machinery uses."""

from __future__ import annotations

from importlib.metadata import version


def require_names(package: str, owner: object, *names: str) -> None:
    """Raise RuntimeError with a clear sentence unless a part of a package has all these names."""
    gone = [name for name in names if not hasattr(owner, name)]
    if gone:
        where = getattr(owner, "__name__", type(owner).__name__)
        raise RuntimeError(
            f"{package} {version(package)} has no {' and no '.join(gone)} in {where}, which the tests use to be quick. "
            f"Find what took its place, or allow only versions below this one in pyproject.toml."
        )
