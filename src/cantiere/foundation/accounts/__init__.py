"""People: how they sign in, what they may do, what they agreed to."""
