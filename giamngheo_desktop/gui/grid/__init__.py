"""Tables that are typed into: villages, population, targets; Excel's clipboard both ways."""
