"""`python -m sandbox` is the same as `caruman`."""

from sandbox.cli import main

raise SystemExit(main())
