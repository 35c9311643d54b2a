"""Pure rules: what a message means, what is decided, how it is said, how a case moves. Standard library only."""
