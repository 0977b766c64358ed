"""Questionnaires: published in versions, answered page by page, saved and resumed."""
