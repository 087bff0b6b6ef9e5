/* Brings the one comment form of the page under the comment that is replied to, and back again.
   Without this file the Reply link is a page of its own. */

const panel = document.getElementById("comment-form");
const form = panel?.querySelector("form");

if (form) {
  const home = document.createComment("the form's own place");
  panel.before(home);
  const cancel = form.querySelector("[data-cancel-reply]");
  const title = panel.querySelector("[data-reply-title]");
  const ownTitle = title?.textContent;
  let lastLink = null;

  const setParent = (publicId, name) => {
    form.querySelector("[name=parent]").value = publicId;
    const note = form.querySelector("[data-reply-note]");
    note.hidden = !publicId;
    note.querySelector("[data-reply-name]").textContent = name;
    cancel.hidden = !publicId;
    if (title) title.textContent = publicId ? title.dataset.replyTitle : ownTitle;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-reply-to]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    lastLink = link;
    link.closest(".comment").querySelector(".comment__reply-slot").append(panel);
    setParent(link.dataset.replyTo, link.dataset.replyName);
    form.querySelector("textarea").focus();
  });

  cancel.addEventListener("click", () => {
    home.after(panel);
    setParent("", "");
    lastLink?.focus();
  });
}
