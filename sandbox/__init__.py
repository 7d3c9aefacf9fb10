"""The front door: starts the rooms, tells them of each other, walks the guide through them."""

from emulators.foundation.product import VERSION as __version__

__all__ = ["__version__"]
