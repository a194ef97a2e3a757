"""ROOM 8, writers: content and theme to bytes."""
