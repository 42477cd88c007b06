"""What a reviewer changes in a draft, and what staff and a board see of it afterwards."""
