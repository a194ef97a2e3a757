"""Measurements: how long the press takes, beside a plain setting of the same words."""
