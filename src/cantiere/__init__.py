"""Cantiere: participatory development programmes of a territory, from listening to results."""

__version__ = "0.1.0"
