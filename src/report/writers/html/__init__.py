"""The web writer: content and theme to one self-contained page, no network, no script."""
