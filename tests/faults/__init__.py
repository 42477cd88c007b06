"""Weeks of the loop on a line that fails: a share of requests goes wrong, and in the end all is as it has to be."""
