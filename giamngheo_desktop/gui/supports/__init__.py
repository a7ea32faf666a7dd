"""Hand-outs to many households, and the lists of a period."""
