"""The examples in the report's docstrings hold."""

import doctest
from types import ModuleType

import pytest

from ssacalc.report import annex, numbers, result, timeline


@pytest.mark.parametrize("module", [annex, numbers, result, timeline], ids=lambda m: m.__name__)
def test_the_examples_of_a_module_hold(module: ModuleType) -> None:
    found = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert found.attempted
    assert not found.failed
