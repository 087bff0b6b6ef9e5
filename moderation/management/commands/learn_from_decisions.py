"""`manage.py learn_from_decisions`: let screening learn which words moderators refuse."""

from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

from moderation.learner import lessons
from moderation.models import Training

# By its name, so that a process that finds nothing to learn from does not load the library.
TRAIN = "moderation.learner.training.train"


class Command(BaseCommand):
    """Learns anew from the decisions of moderators, and says from how many, and how often it is right."""

    help = "Learns from the moderators' decisions which words are refused; run_periodic does so once a day."

    def handle(self, *args: object, **options: object) -> None:
        training = self._train()
        if training is None:
            self.stdout.write(
                f"Nothing learned: that takes {lessons.ENOUGH} decisions of moderators, "
                f"{lessons.ENOUGH_OF_EACH} of each kind, and words that several people use."
            )
            return
        self.stdout.write(
            f"Learned {training.words.count()} words from {training.decisions} decisions; "
            f"right in {training.accuracy:.0%} of those it had not seen (balanced; guessing: 50%)."
        )

    def _train(self) -> Training | None:
        if lessons.are_enough(lessons.decided_comments()):
            return import_string(TRAIN)()
        lessons.forget_training()
        return None
