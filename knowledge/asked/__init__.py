"""How people ask about single articles of law: `*.yaml`, read by `questions`."""
