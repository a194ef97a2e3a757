"""ROOM 5, theme: how it looks — role to look, pages, palette, fonts; engine-neutral."""
