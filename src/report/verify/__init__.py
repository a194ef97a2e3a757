"""ROOM 9, verify: is it true, whole and readable."""
