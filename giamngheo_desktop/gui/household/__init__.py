"""The screens of the register: the list of households, the page of one, its events."""
