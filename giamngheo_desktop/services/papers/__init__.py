"""What papers say of their subjects, read from the file in one snapshot."""
