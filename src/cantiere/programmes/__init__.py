"""Programmes, their phases, activities and appointments: what every kind of activity shares."""
