"""Programmes, their phases, activities and appointments."""
