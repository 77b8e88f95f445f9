"""People's files, kept and encrypted."""
