"""The front door: starts the rooms, tells them of each other, walks the guide through them."""

__version__ = "0.1.0"
