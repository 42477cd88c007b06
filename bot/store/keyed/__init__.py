"""Rows under a key of their own that is destroyed when a prompt or a check ends: private replies and views."""
