"""What the bot does, over ports: conversation, casework, sending, publishing."""
