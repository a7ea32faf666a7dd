"""Records of the programme on screen: their tables, forms and answers."""
