"""ROOM 7, content: what the report says — a small closed tree of blocks and inlines."""
