"""Public bodies, firms and associations."""
