"""Forms drawn from definitions: one widget per kind of field, one view per list of sections."""
