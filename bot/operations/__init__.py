"""What the people who run the bot see of it: whether it lives, how it does, and what is wrong with its machine."""
