"""The SecureCart platform: multi-account AWS networks through the Pulumi Automation API."""
