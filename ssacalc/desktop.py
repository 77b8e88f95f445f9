"""Join library, casebook, engine, report and window, and start the program on screen."""
