"""Stage 1: voice. What a resident says, kept apart from who said it, grouped into matters.

At this level: the tables, the rules and the verbs on a single voice. The rooms:
``matters`` (voices about the same thing, brought together and taken apart), ``say`` (the
residents' pages), ``intake`` (counter and telephone), ``sheets`` (spreadsheets in).
"""
