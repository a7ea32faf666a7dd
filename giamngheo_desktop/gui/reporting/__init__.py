"""Chế độ báo cáo and lịch báo cáo: what is due, who handed it in."""
