"""Weighs the words of what moderators published and refused. It alone loads scikit-learn."""

from django.db import transaction
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline

from moderation.learner.lessons import (
    BAD,
    Lesson,
    decided_comments,
    forget_training,
    learned_words,
    words_of_several,
)
from moderation.matching.folding import words_of
from moderation.models import LearnedWord, Training

FOLDS = 5
SEED = 1  # of the shuffle alone, so that the same decisions teach the same


def train() -> Training | None:
    """Learn from the decisions that there are, in the place of what was learned before.

    All or nothing: whoever reads meanwhile has the old weights or the new ones. Returns None, with nothing
    learned, where no word is used by several people.

    :raises ValueError: there are too few decisions (`moderation.learner.lessons.are_enough`).
    """
    lessons = [
        Lesson(tuple(learned_words(words_of(text))), verb in BAD, person)
        for text, person, verb in decided_comments().values_list("text", "participant", "verb")
    ]
    vocabulary = words_of_several(lessons)
    if not vocabulary:
        forget_training()
        return None
    texts = [lesson.words for lesson in lessons]
    are_refused = [lesson.is_refused for lesson in lessons]
    weigher = TfidfVectorizer(analyzer=list, vocabulary=vocabulary, sublinear_tf=True)
    model = LogisticRegression(class_weight="balanced", max_iter=1000)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    accuracy = cross_val_score(
        make_pipeline(weigher, model), texts, are_refused, cv=folds, scoring="balanced_accuracy"
    ).mean()
    model.fit(weigher.fit_transform(texts), are_refused)
    with transaction.atomic():
        forget_training()
        training = Training.objects.create(
            decisions=len(lessons), accuracy=accuracy, intercept=model.intercept_[0]
        )
        LearnedWord.objects.bulk_create(
            (
                LearnedWord(training=training, word=word, rarity=rarity, weight=weight)
                for word, rarity, weight in zip(vocabulary, weigher.idf_, model.coef_[0], strict=True)
            ),
            batch_size=1000,
        )
    return training
