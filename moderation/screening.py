"""What happens to a comment when it comes in: it is held, or a rule publishes it at once.

A guest's comes in when its author has confirmed the address.
Every comment gets one decision here, so that none is ever public without a recorded one.
"""

from dialogue.models import Comment, CommentPolicy, CommentRevision
from moderation.actions import accept_edit_by_rule, hold_comment, hold_edit, publish_by_rule
from moderation.models import Decision, Rule

PUBLISHING_RULES = frozenset({Rule.ORGANISATION, Rule.KNOWN_PERSON, Rule.SIGNED_IN})


def screen_comment(comment: Comment) -> Decision:
    """Hold or publish a comment that has just been written, and write down by which rule."""
    rule = rule_for(comment)
    if rule in PUBLISHING_RULES:
        return publish_by_rule(comment, rule=rule)
    return hold_comment(comment, rule=rule, signals=comment.signals)


def screen_edit(comment: Comment, revision: CommentRevision) -> Decision:
    """Let a change of a published comment be read, or hold it: by the rule for a new one of its author."""
    rule = rule_for(comment)
    if rule in PUBLISHING_RULES:
        return accept_edit_by_rule(comment, revision, rule=rule)
    return hold_edit(comment, revision, rule=rule)


def rule_for(comment: Comment) -> Rule:
    """Return the first rule that decides. What holds comes before what publishes."""
    if comment.signals:
        return Rule.SIGNALS
    policy = comment.page.specific.get_comment_policy()
    if policy == CommentPolicy.HOLD_ALL:
        return Rule.HOLD_ALL
    # Policy: the right to speak for the organisation is trust enough, except where everything is held.
    if comment.is_for_organisation:
        return Rule.ORGANISATION
    if policy == CommentPolicy.PUBLISH_SIGNED_IN:
        return Rule.GUEST if comment.participant.is_guest else Rule.SIGNED_IN
    # What is left is `HOLD_FIRST_TIMERS`.
    has_been_published = Comment.objects.filter(participant=comment.participant_id).published().exists()
    return Rule.KNOWN_PERSON if has_been_published else Rule.FIRST_TIMER
