"""ROOM 2, observations: every figure the sources state, with its sentence."""
