"""A question on a page: how it is drawn, what a form says to it, and what came out, in words."""
