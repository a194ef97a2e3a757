"""ROOM 1, sources: what was received, decoded and cut into blocks with a map back to every character."""
