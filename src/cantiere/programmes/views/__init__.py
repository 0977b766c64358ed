"""What programmes answer over HTTP."""
