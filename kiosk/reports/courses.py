"""What courses are called in a report. Pure."""

from __future__ import annotations

from typing import Final

from kiosk.checks.coursing import DRINKS
from kiosk.reports.rules import NOT_NAMED

NO_COURSE: Final = -1
"""Of a line that nobody rang here, as in the history of another system."""
_DRINKS: Final = "Drinks"
_COURSE: Final = "Course "
_LAST: Final = 9_999


def name_of_course(course: int) -> str:
    """The name of a course by its number: Drinks, Course 2."""
    if course == NO_COURSE:
        return NOT_NAMED
    return _DRINKS if course == DRINKS else f"{_COURSE}{course}"


def course_of(name: str) -> int:
    """The number of a course by its name. Raises ValueError."""
    known = {NOT_NAMED: NO_COURSE, _DRINKS: DRINKS}
    course = known[name] if name in known else int(name.removeprefix(_COURSE))
    if course > _LAST:
        raise ValueError(name)
    return course
