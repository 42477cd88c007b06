"""A whole database copied from a file to a server, or back: compared row by row before anybody may use it."""
