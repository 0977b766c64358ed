"""What is read of censuses, records and the toolbox."""
