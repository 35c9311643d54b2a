"""One linear history of the tables, run by `bot.store.migrate`."""
