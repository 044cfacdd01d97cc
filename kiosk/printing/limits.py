"""How long the parts of printing may take, in one place; tests pass shorter ones."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Seconds, but for `ms_per_mm`, the milliseconds a printer may take for a millimetre of paper.

    `fence_s` is how long the proof may take beyond the printing itself. A failed try is repeated after `retry_s` and
    then twice as long each time up to `most_retry_s`; once it has failed for `patient_after_s`, every `patient_s`.
    `blocked_s`: between two questions whether a printer without paper has some. `held_s`: how long half a paper may
    stay in a printer before its backup prints it. `told_after_s`: how late a paper must be for people to be told.
    """

    connect_s: float = 1
    status_s: float = 0.5
    write_s: float = 3
    fence_s: float = 3
    ms_per_mm: float = 15
    retry_s: float = 0.05
    most_retry_s: float = 1
    patient_after_s: float = 5
    patient_s: float = 2
    blocked_s: float = 1
    held_s: float = 60
    told_after_s: float = 3
    health_s: float = 10
    look_s: float = 5
    kick_s: float = 2
