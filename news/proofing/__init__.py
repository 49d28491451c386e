"""Proofing: what is to be looked at in an article before it goes on line. Without network; one module a kind of check.

`findings` says what a finding is, `body` where the text stands in the HTML, `checking` runs the checks and mends what
is certain, `overruling` keeps the decisions of reviewers. `starting_words.toml` is the list that a new site begins with.
"""

from news.proofing.checking import check, mend
from news.proofing.findings import Finding, Level
from news.proofing.overruling import blocking, overrule, overruled

__all__ = ["Finding", "Level", "blocking", "check", "mend", "overrule", "overruled"]
