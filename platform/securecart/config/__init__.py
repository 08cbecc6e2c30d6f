"""The fleet file: frozen models, a loader that keeps line numbers, and the rules between its objects."""
