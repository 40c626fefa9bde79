"""The profiles of Hypothesis: how many examples the tests of properties try, and whether they are new ones.

`quick`    the default. It draws the same examples in each run, so that a new failure has its cause in a change
`ci`       for `.ci/run`, defined by Hypothesis: the same in each run too, but four times as many
`explore`  draws new examples in each run, and many of them, to find old mistakes
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

QUICK_EXAMPLES = 25


def load_profile() -> None:
    """Register the profiles, and load the one of a run that names none."""
    # Hypothesis also draws constants of the source code. Examples would depend on the modules that happen to be
    # imported, and change with every text in them. No setting prevents it.
    providers._get_local_constants = Constants
    # No limits of time, because the machine may be busy.
    common = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
    settings.register_profile("quick", common, max_examples=QUICK_EXAMPLES, derandomize=True)
    settings.register_profile("explore", common, max_examples=1000)
    settings.load_profile("quick")


def scale_examples(quick: int) -> int:
    """Return how many examples a slow test tries, from the number in the profile `quick`."""
    return quick * settings().max_examples // QUICK_EXAMPLES
