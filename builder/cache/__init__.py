"""What a build keeps for the next: records and prose as bytes, relations as tables of ids, and who has read what.

::

    entries ─► shelf ─► store          store ─► shelf ─► documents as far as they are read ─┐
    archive ─► tables ─► store         store ─► tables ─► tracked ─► an archive that notes ─┴─► units of the engine
"""
