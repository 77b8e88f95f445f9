"""A determination on paper."""
