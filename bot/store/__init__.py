"""The database behind `bot.ports.Store`: SQLite in one file by default, PostgreSQL by URL.

types, base, tables     what is stored, and how times, words and addresses are
engine, unit, errors    a transaction, the ports it offers, and what becomes of a failing one
one module a port       inbox, people, accounts, groups, dialogues, inquiries, cases, outbox, entries, audit
forgetting              all that goes when a resident asks to be forgotten
migrate, migrations/    bring a database to the newest revision
"""
