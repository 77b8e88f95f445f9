"""Social security agreements: totalisation, pro-rata pensions, portability."""

__version__ = "0.1.0"
