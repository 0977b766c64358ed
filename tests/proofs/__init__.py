"""The long proofs: what is promised about durability, tried on a real server with real faults."""
