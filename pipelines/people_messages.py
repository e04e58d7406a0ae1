"""What `families link` tells the user beside its figures; apart, since these are words and not steps."""

from matching.blocking import RuleSummary

NOTHING_TO_BLOCK_BY = (
    "The records hold nothing to block by: no two of forename, surname, birth date and address, and no number or code. Every record is a person of its own."
)


UNTAUGHT = (
    "No pairs were found to learn from how one person's values vary, as pairs of one date of birth, address or number would be: starting values stand for that."
    " They order pairs well, but probabilities are only rough: judge a sample of pairs by hand, or with --truth, before you choose a threshold."
)
ONE_SOURCE = (
    "The model file says link_only, but there is one source, so no two records may meet. Give another file, name the source column, or leave link_type out."
)


def refusal(rule: RuleSummary) -> str:
    """That a blocking rule left blocks out, and what can be done."""
    return (
        f"Blocking rule {rule.rule}: {rule.refused_block_count:,} blocks with {rule.refused_record_count:,} records were refused: so many share a value"
        " that comparing them all finds little. They may still meet by another rule; raise the rule's limit in the model file to compare them."
    )
