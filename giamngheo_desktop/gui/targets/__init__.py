"""Chỉ tiêu: what the commune promises in a year, by village, and how far it has come."""
