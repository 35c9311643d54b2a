"""What people write that is no matter of law, and what is one in the same words: `*.yaml`, read by `examples`."""
