"""The printed paper on screen: the PDF itself, page by page, with its cells to press."""
