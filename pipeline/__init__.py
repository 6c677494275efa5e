"""The verbs of the flow, and the command line."""
