"""Import of lists: what a foreign workbook would change, looked at first, then written at once."""
