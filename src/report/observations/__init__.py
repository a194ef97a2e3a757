"""ROOM 2, observations: every figure the sources state, with its sentence."""

from report.observations.extract import extract_observations
from report.observations.figure import Figure
from report.observations.figures import figures_in
from report.observations.normalise import normalise
from report.observations.observation import Observation

__all__ = ["Figure", "Observation", "extract_observations", "figures_in", "normalise"]
