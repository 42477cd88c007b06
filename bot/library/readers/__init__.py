"""Readers of report files: each turns one kind of file into blocks of clean text in reading order."""
