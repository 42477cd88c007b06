"""The board paper: one series for those who decide: a front sheet, two pages, and an annex; every number traceable.

It knows no Discord and no SQL. ``board_files`` makes the files; ``list_open_tasks`` says what must be done before.
"""
