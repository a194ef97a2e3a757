"""ROOM 6, charts: pictures of data — spec, resolve (pure), draw."""
