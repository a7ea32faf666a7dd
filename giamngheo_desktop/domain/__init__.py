"""The rules of the field as values and pure functions: no Qt, no SQL, no files, no clock."""
