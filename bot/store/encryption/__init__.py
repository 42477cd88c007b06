"""The keys, and what is done with them: words sealed, ids made pseudonyms, keys changed and moved."""
