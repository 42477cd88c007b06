"""Replies as Discord delivers them: written in groups, their reactions, and what is held back."""
