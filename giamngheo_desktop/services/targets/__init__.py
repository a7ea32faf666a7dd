"""Targets of the plan: what is to be reached, where, and how far it is."""
