"""What remains of a summary when words go: deletion, refused quotes, and the end of retention."""
