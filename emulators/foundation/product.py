"""What this is called and which version it is: for reports that leave the sandbox."""

from __future__ import annotations

NAME = "Caruman Sandbox"
VERSION = "0.1.0"
