"""Search over everything that the public may see.

`normal` says what counts as the same text, `terms` what the index holds, `parsing` what a query means. `entries` keeps
the index in step with the rows, inside their transaction; `registry` is where apps say what they have to be found.
`sqlite` and `postgresql` find entries by the terms that `rarity` says tell most, `finding` chooses between them,
`ranking` orders a bounded number of them, and `extracts` marks the hits for readers.
"""
