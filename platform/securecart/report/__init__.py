"""One model of a run; tables and JSON from it."""
