"""Choose statements of a thread that others may answer with one press, and follow them through edits."""
