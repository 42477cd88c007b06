"""The tables, a module for each part; bot.store.tables names them all."""
