"""The plan of a year and its narrative reports as papers that are written on screen."""
