"""What a request asks for, at whom or what it is aimed, and for which period."""
