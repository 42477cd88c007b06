"""Words for people to read: counted, cut, cleaned, escaped for each place, and dated. Pure, so any rule may use it."""
