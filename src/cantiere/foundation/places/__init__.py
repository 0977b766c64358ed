"""Regions, provinces, municipalities and areas, with residents and boundaries."""
