"""The door to the NLP library: the parse and the small encoder, loaded once, shared."""
