"""What both suites, tests/ and features/, share: how often the interpreter looks for garbage."""

from __future__ import annotations

import gc

# Collecting a suite leaves hundreds of thousands of objects that live to its end; looking through them again and
# again costs a tenth of the whole run.
gc.freeze()
gc.set_threshold(100_000, 50, 100)
