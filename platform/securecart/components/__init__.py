"""Reusable ComponentResources of the network, and the two tables of rules that they carry out."""
