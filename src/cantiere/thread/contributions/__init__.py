"""Contributions: what people said, the themes it belongs to, and what became of it."""
