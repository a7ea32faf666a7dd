"""Chế độ báo cáo: what is due from whom, and what was handed in."""
