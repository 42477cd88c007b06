"""Use cases that Discord and the command line share, over the store, the worker and the rules. They know neither."""
