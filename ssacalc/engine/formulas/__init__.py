"""National pension formulas: the closed set of building blocks, evaluated."""
