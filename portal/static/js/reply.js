/* Brings the one comment form of the page under the comment that is replied to, and back again; and lets marked
   words of a comment be quoted. Without this file the Reply link is a page of its own, with a tick to quote. */

const panel = document.getElementById("comment-form");
const form = panel?.querySelector("form");

if (form) {
  const home = document.createComment("the form's own place");
  panel.before(home);
  const cancel = form.querySelector("[data-cancel-reply]");
  const title = panel.querySelector("[data-reply-title]");
  const ownTitle = title?.textContent;
  let lastLink = null;

  const setPassage = (words, isQuoted) => {
    form.elements.passage.value = words;
    form.elements.quote.checked = isQuoted;
    const shown = form.querySelector("[data-passage-words]");
    shown.textContent = words;
    shown.hidden = !words;
  };

  const setParent = (publicId, name) => {
    form.querySelector("[name=parent]").value = publicId;
    const note = form.querySelector("[data-reply-note]");
    note.hidden = !publicId;
    note.querySelector("[data-reply-name]").textContent = name;
    cancel.hidden = !publicId;
    setPassage("", false);
    form.querySelector("[data-quote]").hidden = !publicId;
    form.dispatchEvent(new CustomEvent("comment-form:parent", { bubbles: true }));
    if (title) title.textContent = publicId ? title.dataset.replyTitle : ownTitle;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".comment__reply");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    lastLink = link;
    const comment = link.closest(".comment");
    comment.append(panel);
    setParent(comment.id.replace("c-", ""), comment.querySelector(".comment__name").textContent);
    form.querySelector("textarea").focus();
  });

  cancel.addEventListener("click", () => {
    home.after(panel);
    setParent("", "");
    lastLink?.focus();
  });

  /* The button comes into the foot of the comment whose words are marked: right behind them, for every key. */
  const quote = document.querySelector("[data-quote-selection]");
  let marked = "";

  const commentOf = (node) => (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest(".comment__words")?.closest("article.comment");

  document.addEventListener("selectionchange", () => {
    if (!quote || document.activeElement === quote) return;
    const selection = document.getSelection();
    const comment = commentOf(selection.anchorNode);
    const foot = comment === commentOf(selection.focusNode) && comment?.querySelector(":scope > .comment__foot");
    const words = selection.toString().trim();
    quote.hidden = !(words && foot?.querySelector(".comment__reply"));
    if (quote.hidden || foot.contains(quote)) return void (marked = words);
    marked = words;
    foot.append(quote);
  });

  quote?.addEventListener("mousedown", (event) => event.preventDefault()); // the words stay marked
  quote?.addEventListener("click", () => {
    quote.closest(".comment__foot").querySelector(".comment__reply").click();
    setPassage(marked, true);
    quote.hidden = true;
    form.querySelector("textarea").focus();
  });

  // Other comments are about to take the place of these: the form, and what is written in it, must not go.
  document.addEventListener("conversation-turns", () => {
    home.after(panel);
    if (quote) home.after(quote);
  });
}
