"""The parts of Cài đặt: units, population, targets, offices, years, look, backups."""
