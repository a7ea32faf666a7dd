"""Long lists: rows as tuples, columns as objects, one view with copy, paste and column chooser."""
