"""What a language model is asked about a thread, and what of its answers stands: pure rules, no network, no clock.

The model only sorts numbers, names themes and writes draft questions. ``statements`` chooses what goes out and takes
names out of it, ``requests`` writes it down, ``answers`` reads what comes back, and ``grouping`` proves it.
"""
