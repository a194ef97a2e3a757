"""The kinds of charts: each lays its marks out below `top` and returns where they end, in points."""
