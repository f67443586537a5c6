"""The package behind ``build.py``: a folder of Markdown files in, a static site out.

The rooms and the one direction in which data flows are drawn in ``docs/architecture.md``.
"""
