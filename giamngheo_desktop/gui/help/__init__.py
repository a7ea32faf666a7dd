"""User help: Vietnamese Markdown of the bundle, opened by F1."""
