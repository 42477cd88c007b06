"""The board paper of a series, and what its references lead to."""
