"""What every step shares in Discord: routing, access, rate limits, posting once, loops and reports."""
