"""SecureCart's policy rules, the CrossGuard pack made of them, and the server that runs them for a fleet."""
