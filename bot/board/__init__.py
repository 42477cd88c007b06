"""The board paper: one series for those who decide, on two pages, with every number traceable.

It knows no Discord and no SQL. ``board_files`` makes the files; ``to_do`` says what must be done before.
"""
