"""The review: its pages, and the entry of paper forms."""
