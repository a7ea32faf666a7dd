"""Phát hành, giấy xác nhận: what was signed or sent, and the books of it."""
