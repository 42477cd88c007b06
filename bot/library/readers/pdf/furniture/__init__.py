"""What is no running text: heads and feet, contents, covers, notes and labels."""
