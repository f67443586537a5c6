"""The body of a file, from its characters to its prose; ``builder.prose`` is the way in.

::

    raw ─ emendation ─ marks ─ patterns ─ markup ─ lines ─┬─ inline ─ fragment ─► passages.Prose
                                                  links ──┘

``raw`` knows the place of every character; ``emendation`` what an editorial mark means, ``marks`` where one stands;
``patterns`` and ``markup`` are Markdown; ``lines`` joins lines; ``links`` knows where a link may lead; ``inline`` and
``fragment`` write.
"""
