"""Measuring what the service does, and fitting its lines."""
