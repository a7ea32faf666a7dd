"""A review (kỳ rà soát) from its beginning to its closing, and what comes in between years."""
