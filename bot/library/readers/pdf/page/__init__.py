"""What is where on a page: boxes, tables and columns, and the order in which they are read."""
