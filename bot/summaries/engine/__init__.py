"""The engine: a thread goes in, a summary comes out. It knows nothing of review, storage or output."""
