"""One archive of all that the installation keeps, made while it works, and its way back.

In it: the database as it was at one moment, the stored files with their digests, the journal of
erasures, and a manifest that says how many rows each table had. Never in it: the secret key.
"""
