"""The schema this program speaks; a test holds it against the newest migration."""

HEAD = "0013"
