"""The tests. Two run at once, each on a core of its own: numpy's own threads would only stand in each other's way."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy reads it when it is first imported
