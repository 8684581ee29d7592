"""E-mail for alerts, deadlines and invitations: a sentence and a link, through the relay of the settings."""
