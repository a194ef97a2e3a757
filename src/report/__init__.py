"""A press for policy reports: source documents in, a set report with its evidence out."""
