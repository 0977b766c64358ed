"""A house of mechanisms alone: the ground floor, one address that writes, a few jobs."""
