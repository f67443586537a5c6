"""The day on which somebody runs ``new``: the one place of the builder where the clock is asked.

A file is begun once, by a person, and the day is written into it; from then on it is content like any other, and what
is built of it depends on no clock.
"""

import datetime
from collections.abc import Mapping


def today(environment: Mapping[str, str]) -> str:
    """Return this day where the editor is, or the day (UTC) of ``SOURCE_DATE_EPOCH``, as ``2026-05-01``.

    Raises ``ValueError`` where ``SOURCE_DATE_EPOCH`` is no number of seconds that has a day.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.date.today().isoformat()
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date().isoformat()
    except (OverflowError, OSError, ValueError) as error:
        raise ValueError(epoch) from error
