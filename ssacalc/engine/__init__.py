"""The verbs: pure functions, one module per stage of the law."""
