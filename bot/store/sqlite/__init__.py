"""A database in one SQLite file: its engine, the lock of a running bot, and whole copies."""
