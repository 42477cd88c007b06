"""Disclosure control: which numbers of people may be shown, and how private replies are counted."""
