"""ROOM 3, dataset: what we believe — reconciled, checked, derived."""
