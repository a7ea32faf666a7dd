"""The parts of Tổng quan: figures, words about them, what to do next."""
