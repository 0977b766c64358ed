"""Measurements, printed beside their targets; run by ``script/bench``."""
