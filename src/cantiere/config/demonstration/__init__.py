"""Four programmes of Italy retold, so that a newcomer sees what the house is for."""
