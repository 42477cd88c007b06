"""The words and phrases by which the engine recognises what a statement does."""
