"""The sections of Gửi – nhận."""
