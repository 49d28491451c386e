"""Other systems with the content of our site and an equivalent template: what is below runs in environments of theirs."""
