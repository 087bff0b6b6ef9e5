/* Lets an editor mark what of a comment is quoted, in a step of the chooser's window.

   All that happens is decided by the server: a press on a button sends which words are selected, and the answer is the
   step anew. Here stands only what a page without a script cannot do. */

(() => {
  const SHOWN_WORDS = 120; // characters of what is selected

  /* Places are counted in characters, as the server counts them: an emoji is one, and not two halves. */
  const count = (area, end) => [...area.value.slice(0, end)].length;

  /* A caret is seen in the text, so that it can be selected by keyboard; but nobody writes in it. */
  function protect(area) {
    area.addEventListener("beforeinput", (event) => event.preventDefault());
    area.addEventListener("input", () => (area.value = area.defaultValue)); // what some keyboards write all the same
  }

  function tellSelection(area, line) {
    const words = area.value.slice(area.selectionStart, area.selectionEnd).trim();
    const brief = words.length > SHOWN_WORDS ? `${words.slice(0, SHOWN_WORDS)}…` : words;
    line.textContent = words ? line.dataset.some.replace("{words}", () => brief) : line.dataset.none;
  }

  function watchSelection(area, line) {
    for (const sign of ["select", "keyup", "pointerup", "selectionchange"]) {
      area.addEventListener(sign, () => tellSelection(area, line));
    }
  }

  function sent(form, submitter) {
    const area = form.querySelector("textarea");
    form.elements.start.value = count(area, area.selectionStart);
    form.elements.end.value = count(area, area.selectionEnd);
    return new URLSearchParams(new FormData(form, submitter)).toString();
  }

  /* Another name, another look: only that is shown anew, and whoever chooses stays where they are. */
  async function showLook(form) {
    const body = new URLSearchParams(sent(form, form.querySelector("[name=act][value=show]")));
    const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
    if (!answer.ok) return;
    const { html } = await answer.json();
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const part = "[data-mark-excerpt-shown]";
    form.querySelector(part).replaceWith(fresh.querySelector(part));
  }

  let before = null; // where somebody was in a long text when they pressed a button

  function load(workflow) {
    const [body] = workflow.body;
    const [frame] = workflow.container;
    const news = body.querySelector("[data-mark-excerpt-news]");
    const form = body.querySelector("[data-mark-excerpt]");
    body.querySelector("[data-mark-excerpt-back]").addEventListener("click", (event) => {
      event.preventDefault();
      workflow.loadUrl(event.currentTarget.href);
    });
    frame.setAttribute("aria-label", body.querySelector("h1").textContent.trim());
    workflow.container.one("shown.bs.modal", () => news.focus());
    news.focus({ preventScroll: true });
    if (!form) return;
    const area = form.querySelector("textarea");
    if (before) {
      frame.scrollTop = before.scrolled;
      area.setSelectionRange(before.caret, before.caret);
      before = null;
    }
    protect(area);
    watchSelection(area, form.querySelector("#marked_words_selected"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      before = { scrolled: frame.scrollTop, caret: area.selectionEnd };
      workflow.postForm(form.action, sent(form, event.submitter));
    });
    form.querySelector("[data-mark-excerpt-look]").addEventListener("change", () => showLook(form));
  }

  class CommentChooser extends window.Chooser {
    constructor(id, options) {
      super(id, options);
      this.modal = this.newModal(options.modalUrl);
      const button = this.chooserElement.querySelector("[data-mark-excerpt-open]");
      button.addEventListener("click", () => this.openMarking(button.dataset.markExcerptOpen));
    }

    newModal(url) {
      const modal = new this.chooserModalClass(url);
      modal.onloadHandlers = { ...modal.onloadHandlers, mark_excerpt: load };
      return modal;
    }

    /* What is quoted already is too long for an address: jQuery takes the settings of a POST in its place. */
    openMarking(url) {
      const { CSRF_HEADER_NAME, CSRF_TOKEN, ACTIVE_CONTENT_LOCALE } = window.wagtailConfig;
      const query = ACTIVE_CONTENT_LOCALE ? `locale=${ACTIVE_CONTENT_LOCALE}` : "";
      const headers = { [CSRF_HEADER_NAME]: CSRF_TOKEN };
      const modal = this.newModal({ url, method: "POST", headers, data: { selection: this.getValue(), query } });
      modal.open(this.getModalOptions() || {}, (chosen) => this.setStateFromModalData(chosen));
    }
  }

  class CommentChooserFactory extends window.telepath.constructors["wagtail.admin.widgets.Chooser"] {
    widgetClass = CommentChooser;
  }

  window.telepath.register("dialogue.CommentChooser", CommentChooserFactory);
})();
