"""The text of a PDF, where the library that reads PDF is installed."""

from pathlib import Path

from ssacalc.domain.errors import InvalidLaw, Problem
from ssacalc.files import LARGEST_FILE


def pdf_text(path: Path) -> str:
    """Return the text of a PDF, a form feed before each page but the first.

    Raises :class:`InvalidLaw` where it cannot be read, or pypdf is not installed.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        fault = "reading PDF needs the library pypdf, which is not installed."
        raise refused(path, fault, "Install it (pip install pypdf), or attach text.") from None
    if not path.is_file():
        raise refused(path, "there is no such file.", "Check the name and the folder.")
    if path.stat().st_size > LARGEST_FILE:
        raise refused(path, f"at most {LARGEST_FILE / 1e6:,.0f} MB are read.")
    try:
        return "\f".join(page.extract_text() for page in PdfReader(path).pages)
    except (PyPdfError, OSError, ValueError, LookupError, TypeError) as broken:
        raise refused(path, f"the PDF cannot be read ({broken}).") from None


def refused(path: Path, fault: str, remedy: str = "") -> InvalidLaw:
    """Return the error by which a file is not attached."""
    return InvalidLaw(f"{path.name} cannot be attached.", (Problem(str(path), fault, remedy),))
