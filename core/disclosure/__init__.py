"""What an attacker can work out from linked tables of counts, and what is hidden against it."""
