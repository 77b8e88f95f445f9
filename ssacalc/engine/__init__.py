"""The verbs: pure functions, one module per legal stage, in the order of the law."""
