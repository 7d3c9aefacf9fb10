"""The front door: starts the rooms, tells them of each other, walks the guide through them."""

from emulators.foundation import product

__version__ = product.VERSION
