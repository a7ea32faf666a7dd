"""Giảm nghèo Desktop: the program of a Vietnamese commune's poverty-reduction work."""

__version__ = "0.1.0"
