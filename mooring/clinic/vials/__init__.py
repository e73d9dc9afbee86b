"""What is in the hand, held against the signed order before it is drawn up."""
