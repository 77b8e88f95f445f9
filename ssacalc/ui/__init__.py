"""The window: widgets show values and emit wishes; :mod:`ssacalc.desktop` fulfils them."""
