"""What happens to a comment when it comes in: it is held, or a rule publishes it at once.

A guest's comes in when its author has confirmed the address.
Every comment gets one decision here, so that none is ever public without a recorded one.
"""

from dialogue.models import Comment, CommentPolicy
from moderation.actions import hold_comment, publish_by_rule
from moderation.models import Decision, Rule

PUBLISHING_RULES = frozenset({Rule.ORGANISATION, Rule.KNOWN_PERSON, Rule.SIGNED_IN})


def screen_comment(comment: Comment) -> Decision:
    """Hold or publish a comment that has just been written, and write down by which rule."""
    rule = rule_for(comment)
    if rule in PUBLISHING_RULES:
        return publish_by_rule(comment, rule=rule)
    return hold_comment(comment, rule=rule, signals=comment.signals)


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
    has_been_published = Comment.objects.filter(participant=comment.participant_id).published().exists()
    return Rule.KNOWN_PERSON if has_been_published else Rule.FIRST_TIMER
