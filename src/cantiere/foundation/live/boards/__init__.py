"""Shared boards of live rooms: judged before they are merged, shown and confirmed once committed."""
