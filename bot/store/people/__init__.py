"""What is kept of people: their choices, the tables of their staff groups, and whatever holds their pseudonym."""
