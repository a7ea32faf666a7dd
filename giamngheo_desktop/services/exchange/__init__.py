"""What travels: copies that meet, sheets for the villages, packages upward."""
