"""ROOM 10, review: who says so, and what changed since."""
