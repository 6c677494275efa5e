"""Counts of cells, as histograms are: described once, made in the way that suits the engine."""

from collections.abc import Mapping
from dataclasses import dataclass

from data.engine.positions import by_position, numbers


@dataclass(frozen=True, slots=True)
class CellCount:
    """How many pupils of a school fall into each cell, by subject position.

    A pupil without one of a cell's values is in no cell. The result has the columns position,
    school, those of ``names``, and n.

    Parameters
    ----------
    pupils : str
        SQL text with one row per pupil: school, and all columns that make cells, whole numbers.
    names : tuple of str
        What the values of a cell are called in the result.
    columns : mapping of int to tuple of str
        For each position the columns of ``pupils`` that hold the values.
    """

    pupils: str
    names: tuple[str, ...]
    columns: Mapping[int, tuple[str, ...]]

    @property
    def text(self) -> str:
        """The count as one SQL text: a row for each pupil and position, then grouped."""
        of_position = {
            name: [(k, f"p.{columns[i]}") for k, columns in self.columns.items()]
            for i, name in enumerate(self.names)
        }
        values = ", ".join(f"{by_position(of)} AS {name}" for name, of in of_position.items())
        names = ", ".join(self.names)
        present = " AND ".join(f"{name} IS NOT NULL" for name in self.names)
        return f"""
SELECT position, school, {names}, COUNT(*) AS n
FROM (SELECT k.position, p.school, {values}
      FROM ({self.pupils}) p CROSS JOIN {numbers(self.columns)} k) cells
WHERE {present}
GROUP BY position, school, {names}"""  # noqa: S608 names and positions are ours
