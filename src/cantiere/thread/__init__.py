"""The thread: contributions, themes, proposals, answers, commitments."""
