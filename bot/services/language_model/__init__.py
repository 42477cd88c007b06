"""The connection to the language model that an organisation runs: what is asked, over which wire, and to whom."""
