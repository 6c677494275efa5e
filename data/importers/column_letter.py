"""Letters of columns, as a spreadsheet shows them."""


def column_letter(position: int) -> str:
    """Return a column's letter, counted from 0.

    Examples
    --------
    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    name, rest = "", position + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(65 + letter) + name
    return name
