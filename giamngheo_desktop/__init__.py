"""Giảm nghèo Desktop: the program with which a Vietnamese commune runs its poverty-reduction work."""

__version__ = "0.1.0"
