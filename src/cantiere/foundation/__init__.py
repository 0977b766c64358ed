"""What every room stands on: access, audit, jobs, mail, look, people, places."""
