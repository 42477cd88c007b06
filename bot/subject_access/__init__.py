"""What is held about one person, told to that person: in words, as a page and as JSON. No Discord, no SQL, no clock."""
