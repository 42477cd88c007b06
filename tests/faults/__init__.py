"""Weeks of the loop on a line that fails: a share of the bot's requests goes wrong, and in the end all is as it has to be."""
