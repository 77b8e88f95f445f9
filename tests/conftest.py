"""What every test shares: no window on the screen, and how hard hypothesis searches."""

import os

from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The checks give the same answer twice; the nightly profile searches at random, and longer.
settings.register_profile("quick", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=10_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
