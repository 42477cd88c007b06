"""The kit of which every card, button, list and form is made. It knows Discord's limits and nothing of the loop."""
