"""The plan of a year, in versions, and narrative reports, as papers that are written here."""
