"""What goes to other files and comes back: packages, and how they are merged."""
