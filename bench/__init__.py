"""How fast the archive is built: a made-up archive of any size (``corpus``), and builds that are timed (``run``)."""
