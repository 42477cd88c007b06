"""OpenDocument texts (.odt): their lists, their looks, their blocks."""
