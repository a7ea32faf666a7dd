"""Projects and activities, the money, the supports, and who stands by a household."""
