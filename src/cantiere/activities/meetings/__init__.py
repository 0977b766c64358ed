"""Meetings people register for, and pages that tell what happened elsewhere."""
