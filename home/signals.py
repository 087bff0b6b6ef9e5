"""Whom a review of a page is told."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from home.mail import tell_of_approval, tell_of_rejection, tell_reviewers
from people.models import User


@receiver(task_submitted)
def on_submission(instance: TaskState, user: User | None = None, **kwargs: Any) -> None:
    tell_reviewers(instance, user)


@receiver(workflow_approved)
def on_approval(instance: WorkflowState, user: User | None = None, **kwargs: Any) -> None:
    tell_of_approval(instance, user)


@receiver(workflow_rejected)
def on_rejection(instance: WorkflowState, user: User | None = None, **kwargs: Any) -> None:
    tell_of_rejection(instance, user)
