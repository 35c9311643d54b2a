"""法润助手: a resident's message in, a checked answer or a named adviser out."""
