"""标尺 Biaochi: a matter, from the voice that raised it to a result the people confirm."""

__version__ = "0.1.0"
