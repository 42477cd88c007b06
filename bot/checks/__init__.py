"""What staff say of the points of a summary, counted: no Discord, no SQL, no clock."""
