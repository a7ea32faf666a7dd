"""How households came from one list to the next: flows, their reasons, corrections, editions."""
