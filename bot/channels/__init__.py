"""The ways residents reach the bot: one folder per channel, all of the same shape."""
