"""What the web answers over HTTP."""
