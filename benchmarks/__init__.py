"""How fast the bot is, beside what the same stack can do without it. See README.md."""
