"""The few private members of simcord that the demo needs, kept in this package (the version is pinned for them).

simcord has no public way to start its clock on another day, to cut a running bot off, or to move its preview from one
channel to the next; and its preview forbids being framed, which our page around it needs.
"""
