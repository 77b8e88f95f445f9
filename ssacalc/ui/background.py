"""Work beside the window, so that it never freezes."""

import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

T = TypeVar("T")


class Background(QObject):
    """Runs one piece of work at a time beside the window and says on its thread what came of it.

    Work wished later replaces what was wished before: the result of the earlier is dropped.
    """

    _next = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._wish = 0
        self._threads: list[threading.Thread] = []
        self._next.connect(self._deliver)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do ``work``, then call ``done`` or ``failed`` with what came of it."""
        self._wish += 1
        wish = self._wish

        def call() -> None:
            try:
                result = work()
            except Exception as error:  # noqa: BLE001 - handed to the window, which sorts errors
                self._next.emit((wish, failed, error))
            else:
                self._next.emit((wish, done, result))

        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=call, name="ssacalc-work", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _deliver(self, told: tuple[int, Callable[[object], None], object]) -> None:
        wish, tell, value = told
        if wish == self._wish:
            tell(value)

    def finish(self) -> None:
        """Drop what is wished and wait for the work under way."""
        self._wish += 1
        for thread in self._threads:
            thread.join()
