"""ROOM 4, templates: how a report is asked for."""
