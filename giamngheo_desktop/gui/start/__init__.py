"""What stands before an open file: the first window and the assistant *Xã mới*."""
