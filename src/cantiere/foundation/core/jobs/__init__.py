"""Work done later: leases, retries, dead letters."""
