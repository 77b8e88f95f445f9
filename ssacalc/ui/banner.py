"""The head of a case: who, what is claimed, and the outcome in one line each."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ssacalc.domain.case import Case
from ssacalc.report.wording import Wording
from ssacalc.ui.cards import label, selectable
from ssacalc.ui.headline import Headline
from ssacalc.ui.look import Look


class Banner(QFrame):
    """Shows the person, the claim and the outcome, with and without the agreements."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._look = Look()
        self._name, self._claim, self._facts = label("name"), label("plain"), label("muted")
        self._with, self._without = label("figure"), label("figure-aside")
        selectable(self._name, self._facts, self._claim, self._with, self._without)
        self.save = QPushButton(self.tr("Save statement…"))
        self.save.setProperty("role", "primary")
        self.save.setAccessibleName(self.tr("Save the statement as PDF"))
        self.print = QPushButton(self.tr("Print…"))
        self.print.setAccessibleName(self.tr("Print the statement"))
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._person = QVBoxLayout()
        for told in (self._name, self._claim, self._facts):
            self._person.addWidget(told)
        self._outcome = QGridLayout()
        captions = (self.tr("With the agreements"), self.tr("Without any agreement"))
        for column, (caption, value) in enumerate(
            zip(captions, (self._with, self._without), strict=True)
        ):
            self._outcome.addWidget(label("muted", caption), 0, column)
            self._outcome.addWidget(value, 1, column, Qt.AlignmentFlag.AlignTop)
            self._outcome.setColumnStretch(column, 1)
        self._outcome.setRowStretch(1, 1)
        self._buttons = QVBoxLayout()
        self._buttons.addWidget(self.save)
        self._buttons.addWidget(self.print)
        self._buttons.addStretch(1)
        self._across.addLayout(self._person, 5)
        self._across.addLayout(self._outcome, 7)
        self._across.addLayout(self._buttons)

    def show_case(self, case: Case, outcome: Headline, wording: Wording) -> None:
        """Show another case."""
        person = case.person
        facts = [self.tr("born {day}").format(day=wording.date(person.born))]
        if person.died is not None:
            facts.append(self.tr("died {day}").format(day=wording.date(person.died)))
        if person.nationalities:
            named = (wording.name("country", code) for code in person.nationalities)
            facts.append(self.tr("national of {states}").format(states=", ".join(named)))
        residence = wording.name("country", person.residence)
        lives = self.tr("lives in {state}") if person.died is None else self.tr("lived in {state}")
        facts.append(lives.format(state=residence))
        self._name.setText(person.name)
        self._facts.setText(" · ".join(facts))
        benefit = case.claim.benefit.value
        self._claim.setText(wording.text("claimed", benefit=benefit, on=case.claim.on))
        self._with.setText(outcome.with_agreements)
        self._without.setText(outcome.without)

    def set_narrow(self, narrow: bool) -> None:
        """Set the parts below one another where the window is narrow for its print."""
        across = QBoxLayout.Direction
        self._across.setDirection(across.TopToBottom if narrow else across.LeftToRight)
        self._buttons.setDirection(across.LeftToRight if narrow else across.TopToBottom)
        self._across.setSpacing(self._look.px(10 if narrow else 24))

    def set_look(self, look: Look) -> None:
        """Paint by this look from now on."""
        self._look = look
        side = look.px(20)
        self._across.setContentsMargins(side, look.px(10), side, look.px(10))
        self._person.setSpacing(look.px(2))
        self._outcome.setHorizontalSpacing(look.px(24))
        self._outcome.setVerticalSpacing(look.px(2))
        self._buttons.setSpacing(look.px(6))
