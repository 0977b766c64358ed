"""The tables of questionnaires, forward only."""
