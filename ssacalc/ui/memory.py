"""What the window remembers from one day to the next: files, dress, size; nothing of a case."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from ssacalc.ui.look import NORMAL, Appearance, scaled

MOST = 8


def on_disk() -> QSettings:
    """Return the user's own settings file."""
    form, scope = QSettings.Format.IniFormat, QSettings.Scope.UserScope
    return QSettings(form, scope, "ssacalc", "window")


class Memory:
    """Reads and writes the window's settings; what cannot be read is as if never written."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def recent(self) -> tuple[Path, ...]:
        """The files opened last that are still there, the latest first."""
        stored = self._settings.value("recent", [])
        listed = [stored] if isinstance(stored, str) else stored
        paths = [Path(str(path)) for path in listed] if isinstance(listed, list) else []
        return tuple(path for path in paths if path.is_file())

    def remember(self, path: Path) -> None:
        """Put a file first among those opened."""
        others = [known for known in self.recent if known != path]
        self._settings.setValue("recent", [str(p) for p in (path, *others)[:MOST]])

    def forget(self) -> None:
        """Forget which files were opened."""
        self._settings.remove("recent")

    @property
    def appearance(self) -> Appearance:
        """The dress chosen."""
        stored = str(self._settings.value("appearance", ""))
        return Appearance(stored) if stored in list(Appearance) else Appearance.SYSTEM

    @appearance.setter
    def appearance(self, appearance: Appearance) -> None:
        self._settings.setValue("appearance", appearance.value)

    @property
    def scale(self) -> float:
        """The size of print chosen."""
        try:
            return scaled(float(str(self._settings.value("scale", NORMAL))), 0)
        except ValueError:
            return NORMAL

    @scale.setter
    def scale(self, scale: float) -> None:
        self._settings.setValue("scale", scale)

    @property
    def geometry(self) -> QByteArray | None:
        """Where the window stood."""
        stored = self._settings.value("geometry")
        return stored if isinstance(stored, QByteArray) else None

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)
