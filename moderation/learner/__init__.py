"""What screening learns from the moderators' decisions: training is heavy and rare, reading light.

`lessons` says from which comments, `training` weighs their words (and alone loads the library for it),
`moderation.rules.learned` reads the weights where a comment comes in.
"""
