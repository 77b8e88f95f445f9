"""A fault of the program itself: said plainly, with a report that the user can read and save."""

import platform
import traceback
from pathlib import Path

from PySide6.QtCore import QSysInfo, qVersion
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ssacalc import __version__
from ssacalc.ui.cards import label


def report_text(error: BaseException) -> str:
    """Return all that helps to mend a fault: versions and where it happened, no facts of a case."""
    return "\n".join(
        (
            f"ssacalc {__version__}",
            f"Python {platform.python_version()}, Qt {qVersion()}",
            QSysInfo.prettyProductName(),
            "",
            "".join(traceback.format_exception(error)).rstrip(),
            "",
        )
    )


class BugDialog(QDialog):
    """Tells of a fault of the program. Further faults are added to the same report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("A fault in ssacalc"))
        self._said = label(
            "plain",
            self.tr(
                "ssacalc has made a mistake. Your files are as they were, "
                "and you can go on working."
            ),
        )
        self._asked = label(
            "muted",
            self.tr(
                "Please save the report and pass it on. Read it first: it may name files of yours."
            ),
        )
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(self.tr("Report of the fault"))
        roles = QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox()
        self.save = buttons.addButton(self.tr("Save the report…"), roles.ActionRole)
        self.copy = buttons.addButton(self.tr("Copy the report"), roles.ActionRole)
        self.close_button = buttons.addButton(self.tr("Go on working"), roles.RejectRole)
        self.save.clicked.connect(self._save)
        self.copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        for widget in (self._said, self._asked, self.report, buttons):
            layout.addWidget(widget)
        self.resize(720, 460)

    def tell(self, error: BaseException) -> None:
        """Show a fault, together with those told before and not yet closed."""
        before = self.report.toPlainText() if self.isVisible() else ""
        parts = (before, report_text(error)) if before else (report_text(error),)
        self.report.setPlainText("\n".join(parts))
        self.open()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.report.toPlainText())

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the report"), "ssacalc-report.txt", self.tr("Text (*.txt)")
        )
        if not name:
            return
        try:
            Path(name).write_text(self.report.toPlainText(), encoding="utf-8")
        except OSError as error:
            told = self.tr("The report could not be saved: {why}")
            self._asked.setText(told.format(why=error.strerror or str(error)))
        else:
            self._asked.setText(self.tr("Saved as {name}.").format(name=name))
