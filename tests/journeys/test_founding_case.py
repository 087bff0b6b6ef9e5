"""The founding case: from the portal that `setup_site` leaves to a conversation that became an article.

One walk through the real screens, in French, with nothing but a browser; nothing is prepared behind its back.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from demo.cast import SignIn
from demo.pictures import document, picture
from tests.journeys.conftest import sign_in
from tests.journeys.editing import said
from tests.journeys.newsroom import (
    answer_with_article,
    make_account,
    offer_every_share_target,
    open_dialogue,
    publish_comment,
    sign_in_to_admin,
    translate_article,
    write_article,
)
from tests.journeys.readers import (
    comment_of,
    comment_on,
    confirm_by_mail,
    expect_no_trace,
    expect_share_links,
    expect_to_wait,
    follow_permalinks,
    path_of,
    print_article,
    read_answer,
    read_article,
    read_thread,
    reply_in_dialogue,
    reply_to,
)
from tests.journeys.story import (
    ADMINISTRATOR,
    ANSWER_TITLE,
    COMMENT,
    EDITOR,
    EMPLOYEE,
    FIRST_VISITOR,
    INTERNAL_QUESTION,
    INTERNAL_TITLE,
    MODERATOR,
    PUBLIC_QUESTION,
    REMARK,
    REPLY,
    SECOND_VISITOR,
    SOURCE,
    TITLE,
)
from tests.samples import WHOLE

pytestmark = [pytest.mark.database, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
if not WHOLE:  # the walk is long: once is enough for a sample
    pytestmark.append(pytest.mark.postgresql)


@pytest.fixture
def first_account(new_portal: None, monkeypatch: pytest.MonkeyPatch) -> SignIn:
    """The account that `setup_site` makes when it is given an address."""
    monkeypatch.setenv("PARLEY_ADMIN_PASSWORD", ADMINISTRATOR.password)
    names = {"admin_email": ADMINISTRATOR.email, "admin_username": ADMINISTRATOR.username}
    call_command("setup_site", interactive=False, verbosity=0, **names)
    return ADMINISTRATOR


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Two pictures and a document, as an editor has them at hand."""
    contents = {
        "ferry.jpg": picture("ferry-crossing"),
        "wharf.jpg": picture("wharf-night"),
        "plan.pdf": document("ice-plan-fr"),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return {name: tmp_path / name for name in contents}


class TestFoundingCase:
    def test_it_can_be_walked_from_an_empty_portal_to_a_conversation(
        self,
        open_window: Callable[..., Page],
        complaints: list[str],
        first_account: SignIn,
        files: dict[str, Path],
    ) -> None:
        administrator, editor, moderator, employee = (open_window() for _ in range(4))
        first_visitor, second_visitor, stranger = (open_window() for _ in range(3))
        # 1. The administrator signs in, and makes accounts.
        sign_in_to_admin(administrator, first_account)
        for person in (EDITOR, MODERATOR, EMPLOYEE):
            make_account(administrator, person)
        offer_every_share_target(administrator)

        # 2. An editor writes an article, previews and publishes it; then its twin.
        sign_in_to_admin(editor, EDITOR)
        write_article(editor, files)
        translate_article(editor)

        # 3. A visitor reads it, and comments in four paragraphs.
        first_visitor.goto("/fr/")
        first_visitor.get_by_role("main").get_by_role("link", name=TITLE).click()
        read_article(first_visitor, complaints)
        article = path_of(first_visitor)
        comment_on(first_visitor, FIRST_VISITOR, "\n\n".join(COMMENT), may_quote=True)
        confirm_by_mail(first_visitor, FIRST_VISITOR)
        expect_to_wait(first_visitor)
        status = path_of(first_visitor)
        stranger.goto(article)
        expect(stranger.locator(".comment")).to_have_count(0)

        # 4. A moderator publishes it.
        sign_in_to_admin(moderator, MODERATOR)
        publish_comment(moderator, FIRST_VISITOR.name)
        first_visitor.goto(status)
        first_visitor.get_by_role("link", name=said("Go to your comment")).click()
        comment = comment_of(first_visitor, FIRST_VISITOR.name)
        expect(comment.locator(".comment__words > p")).to_have_count(len(COMMENT))
        expect(comment.locator(f"a[href='{SOURCE}']")).to_have_text("l’horaire d’il y a dix ans")
        expect(comment).to_be_focused()

        # 5. The editor makes an article of it.
        editor.goto(article)
        answer_with_article(editor)
        stranger.goto("/fr/")
        stranger.get_by_role("main").get_by_role("link", name=ANSWER_TITLE).first.click()
        expect(stranger.get_by_role("heading", level=1)).to_have_text(ANSWER_TITLE)
        answer = path_of(stranger)
        read_answer(stranger, article)

        # 6. Another visitor speaks under it, and the first, who is known by now, replies and is read at once.
        second_visitor.goto(answer)
        comment_on(second_visitor, SECOND_VISITOR, REMARK)
        confirm_by_mail(second_visitor, SECOND_VISITOR)
        expect_to_wait(second_visitor)
        publish_comment(moderator, SECOND_VISITOR.name)
        first_visitor.goto(answer)
        reply_to(first_visitor, SECOND_VISITOR, FIRST_VISITOR, REPLY)
        expect(comment_of(first_visitor, FIRST_VISITOR.name)).to_contain_text(REPLY)
        assert path_of(first_visitor) == answer
        read_thread(stranger, answer)
        for address, count in ((article, 1), (answer, 2)):
            follow_permalinks(stranger, address, count)

        # 7. It is printed and shared.
        print_article(stranger, article)
        expect_share_links(stranger, article)

        # 8. A dialogue for everybody, and one for employees.
        open_dialogue(editor, "Dialogues", "Déplacer un arrêt", PUBLIC_QUESTION)
        open_dialogue(editor, "Dialogues internes", INTERNAL_TITLE, INTERNAL_QUESTION)
        employee.goto("/fr/")
        employee.get_by_role("link", name=said("Employee sign-in")).first.click()
        sign_in(employee, EMPLOYEE.username)
        reply_in_dialogue(employee, "/fr/dialogues/", PUBLIC_QUESTION, "Celui de l’église.")
        internal = reply_in_dialogue(employee, "/fr/interne/", INTERNAL_QUESTION, "Au vestiaire, sans doute.")
        publish_comment(moderator, EMPLOYEE.name)
        publish_comment(moderator, EMPLOYEE.name)
        employee.goto(internal)
        expect(comment_of(employee, EMPLOYEE.name)).to_contain_text("Au vestiaire")
        expect_no_trace(stranger, internal)
        stranger.goto("/fr/dialogues/")
        stranger.get_by_role("link", name=PUBLIC_QUESTION).click()
        expect(comment_of(stranger, EMPLOYEE.name)).to_contain_text("Celui de l’église.")
