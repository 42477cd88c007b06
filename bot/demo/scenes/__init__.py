"""The scenes of the demo in the order in which they are played, each with what must be seen in it."""
