"""Cells of tables: one line each, nothing that a spreadsheet or a terminal would obey.

The defusing can be undone, so that a file that is read in again gives the same names.
"""

import re

from dragoman.render.characters import on_one_line, visible

RUN = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for a formula when a cell begins with it
MARK = "'"
SEPARATOR = "; "
NO_XML = re.compile("[\ufffe\uffff]")  # beside the controls that `visible` writes out


def defused(text: str) -> str:
    """Return a text that a spreadsheet shows and does not run.

    >>> defused("=1+1"), defused("Geneva")
    ("'=1+1", 'Geneva')
    """
    return MARK + text if text.startswith(RUN) else text


def armed(cell: str) -> str:
    """Return the text that `defused` made a cell of.

    >>> armed("'=1+1"), armed("'s-Hertogenbosch")
    ('=1+1', "'s-Hertogenbosch")
    """
    return cell[1:] if cell.startswith(MARK) and cell[1:].startswith(RUN) else cell


def one_line(text: str) -> str:
    r"""Return a text as a cell of a file without quoting: blanks, tabs and line ends are one space each stretch.

    >>> one_line("=SUM(A1)\tTalks\nfailed")
    "'=SUM(A1) Talks failed"
    """
    return defused(on_one_line(text))


def part(text: str) -> str:
    """Return a text as one of several values in a cell, which `; ` parts.

    >>> part("Smith; Sons")
    'Smith, Sons'
    """
    return one_line(text).replace(";", ",")


def quoted_cell(text: str) -> str:
    """Return a text as a cell of a CSV file, where quoting keeps its lines apart."""
    return visible(defused(text))


def xml_text(text: str) -> str:
    r"""Return a text that XML can hold: characters that it forbids are written out.

    >>> xml_text("a\x00b")
    'a\\x00b'
    """
    return NO_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", visible(text))
