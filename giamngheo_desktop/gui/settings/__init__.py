"""The parts of Cài đặt: units, population, targets, offices, tables, years, look, backups."""
