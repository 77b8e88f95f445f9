"""The law on disk: instruments, schemes and tables read, checked and made domain values."""
