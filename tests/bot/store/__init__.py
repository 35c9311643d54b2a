"""One contract suite a port, over an SQLite file and over PostgreSQL."""
