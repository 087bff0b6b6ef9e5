/* <comment-form>: sends a comment in one step, and keeps the text whatever happens.
   Without this file the form posts to the preview page, which does the same work in two steps. */

const NUMBERS = new Intl.NumberFormat(`${document.documentElement.lang}-CA`); // 1 250, 1,250: as the server writes

const SIGN_OF_LIFE = 2 * 60 * 1000; // milliseconds between telling the server that somebody signed in is writing
const REST = 600; // milliseconds without a key before the preview is renewed
const FORBIDDEN = 403;
const NOT_FOUND = 404; // as an internal page is to whoever is signed out
const OWN = "parley.own"; // comments sent from this window that may still be changed

function readOwn() {
  try {
    return JSON.parse(sessionStorage.getItem(OWN)) || {};
  } catch {
    return {};
  }
}

function keepOwn({ anchor, change_url: url, change_until: until }) {
  try {
    sessionStorage.setItem(OWN, JSON.stringify({ ...readOwn(), [anchor]: { url, until } }));
  } catch {
    // the personal page leads there too
  }
}

class CommentForm extends HTMLElement {
  connectedCallback() {
    if (this.form) return; // moved under a comment: everything is set up already
    this.form = this.querySelector("form");
    if (!this.form) return;
    this.fields = this.form.querySelector("[data-fields]");
    this.status = this.form.querySelector(".comment-form__status");
    this.button = this.form.querySelector("button[type=submit]");
    this.awaitUse();
    window.addEventListener("pageshow", (event) => event.persisted && this.setSending(false));
    this.form.addEventListener("input", () => this.count());
    if (this.dataset.signedOut) this.form.addEventListener("input", () => this.showLife());
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.form.addEventListener("keydown", (event) => this.sendByKey(event));
    this.count();
    this.offerPreview();
    this.offerToChange();
  }

  sendByKey(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    this.form.requestSubmit(this.button);
  }

  /* How the words will look, while they are written: only where its fold is open, and once the hands rest. */
  offerPreview() {
    this.preview = this.querySelector("[data-live-preview]");
    if (!this.preview) return;
    this.preview.hidden = false;
    this.preview.addEventListener("toggle", () => this.showPreview());
    this.form.addEventListener("input", (event) => this.waitToPreview(event));
    this.form.addEventListener("compositionend", (event) => this.waitToPreview(event));
  }

  waitToPreview(event) {
    clearTimeout(this.rest);
    if (this.preview.open && !event.isComposing) this.rest = setTimeout(() => this.showPreview(), REST);
  }

  async showPreview() {
    if (!this.preview.open) return;
    const text = this.form.elements.text.value;
    const place = this.preview.querySelector("[data-words]");
    if (!text.trim()) return place.replaceChildren();
    const data = new FormData();
    data.set("text", text);
    try {
      const answer = await fetch(this.form.action, {
        method: "POST",
        body: data,
        credentials: "same-origin",
        headers: { Accept: "text/html", "X-Requested-With": "live-preview" },
      });
      if (!answer.ok || text !== this.form.elements.text.value) return; // written on meanwhile: the next one counts
      place.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
    } catch {
      // nothing is lost: the last preview stays
    }
  }

  /* A guest's page is everybody's page: that a comment on it is one's own, only this window knows. */
  offerToChange() {
    for (const [anchor, own] of Object.entries(readOwn())) {
      const comment = document.getElementById(anchor);
      if (!comment || own.until < Date.now()) continue;
      const link = document.createElement("a");
      link.href = own.url;
      link.textContent = this.dataset.change;
      comment.querySelector(":scope > .comment__foot")?.append(link);
    }
  }

  /* On a slow line somebody may be writing before this file has come. */
  awaitUse() {
    if (this.form.contains(document.activeElement)) this.getTicket();
    else this.form.addEventListener("focusin", () => this.getTicket(), { once: true });
  }

  /* The ticket (one key for one comment, a signed time, a token against forgery) is fetched on first use,
     so that the stored page is the same for everybody. */
  async getTicket() {
    try {
      const answer = await fetch(this.dataset.ticketUrl, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) return;
      this.ticket = { ...(await answer.json()), ...this.carried };
      this.revealConsent();
      this.recogniseWriter();
      this.recallChoices();
      this.button.textContent = this.dataset.send;
      if (this.ticket.silence) this.say(this.ticket.silence); // before they write for nothing
    } catch {
      this.ticket = null; // the preview page still works
    }
  }

  /* Whoever writes is not idle: with rights in the admin, a session would end while its owner types. */
  showLife() {
    this.told ??= Date.now();
    if (Date.now() - this.told < SIGN_OF_LIFE) return;
    this.told = Date.now();
    fetch(this.dataset.ticketUrl, { headers: { Accept: "application/json" }, credentials: "same-origin" }).catch(() => null);
  }

  /* Below a preview, the form carries the ticket of what may have been sent from there: it stays the same comment. */
  get carried() {
    const { ticket_key: key, ticket_time: time } = this.form.elements;
    return key && time ? { key: key.value, time: time.value } : {};
  }

  dropCarried() {
    for (const field of this.form.querySelectorAll("[name=ticket_key], [name=ticket_time]")) field.remove();
  }

  revealConsent() {
    const consent = this.form.querySelector("[data-consent]");
    if (!consent) return;
    consent.hidden = false;
    for (const box of consent.querySelectorAll("input")) box.disabled = false;
  }

  /* A guest whose browser is trusted need not say again who writes; whoever typed something else is believed. */
  recogniseWriter() {
    const { writer } = this.ticket;
    const line = this.form.querySelector("[data-writer]");
    const { name, email } = this.form.elements;
    if (!writer || !line || this.isSomebodyElse) return;
    if ((name.value && name.value !== writer.name) || (email.value && email.value !== writer.email)) return;
    [name.value, email.value] = [writer.name, writer.email];
    line.querySelector("[data-writer-name]").textContent = writer.name;
    this.showWriter(true);
    line.querySelector("[data-not-writer]").addEventListener("click", () => {
      this.isSomebodyElse = true;
      name.value = email.value = "";
      this.showWriter(false);
      name.focus();
    });
  }

  showWriter(isKnown) {
    this.form.querySelector("[data-writer]").hidden = !isKnown;
    this.form.querySelector("[data-who]").hidden = isKnown;
  }

  /* What somebody agreed to before goes on: both questions are folded behind the line that says it. */
  recallChoices() {
    const { choices } = this.ticket;
    const fold = this.form.querySelector("[data-choices]");
    if (!choices || !fold || this.hasRecalled || this.isSomebodyElse) return;
    this.hasRecalled = true;
    fold.querySelector(`[name=quoting][value=${choices.quoting}]`).checked = true;
    fold.querySelector("[name=tell_me]").checked = choices.tell_me;
    fold.querySelector("[data-choices-line]").textContent = choices.line;
    fold.querySelector("summary").hidden = false;
    fold.open = false;
  }

  count() {
    for (const place of this.form.querySelectorAll("[data-count-for]")) {
      const field = document.getElementById(place.dataset.countFor);
      const limit = field && Number(field.dataset.maxlength);
      if (!limit) continue;
      const left = limit - [...field.value].length;
      place.hidden = left > limit / 4;
      place.dataset.state = left < 0 ? "over" : "within";
      place.textContent = place.dataset[left < 0 ? "over" : "left"].replace("{count}", NUMBERS.format(Math.abs(left)));
    }
  }

  async submit(event) {
    if (!this.ticket) return; // the plain way: the form goes to the preview
    event.preventDefault();
    if (this.isSending) return;
    this.setSending(true);
    await this.send();
  }

  async send() {
    const data = new FormData(this.form);
    data.set("ticket_key", this.ticket.key);
    data.set("ticket_time", this.ticket.time);
    data.set("csrfmiddlewaretoken", this.ticket.csrf);
    try {
      const answer = await fetch(this.dataset.createUrl, {
        method: "POST",
        body: data,
        credentials: "same-origin",
        headers: { Accept: "application/json, text/html;q=0.9", "X-Requested-With": "comment-form" },
      });
      await this.receive(answer);
    } catch {
      this.setSending(false);
      this.say(this.dataset.offline);
    }
  }

  async receive(answer) {
    const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    if (answer.ok && isJson) {
      const sent = await answer.json();
      if (sent.change_url) keepOwn(sent);
      return this.leave(sent.url);
    }
    if (answer.ok && answer.redirected) return this.leave(answer.url);
    if (answer.status === FORBIDDEN && !this.isRenewed) return this.sendAgain();
    this.setSending(false);
    if (answer.status >= 500) return this.say(this.dataset.offline);
    const text = await answer.text();
    this.dropCarried();
    this.getTicket(); // the old one may be what was refused
    if (this.mend(text)) return;
    this.say((answer.status === NOT_FOUND && this.dataset.signedOut) || this.dataset.offline);
  }

  /* Whoever has signed in again meanwhile, in another tab, has another token. */
  async sendAgain() {
    this.isRenewed = true;
    const { key, time } = this.ticket; // it is the same comment, begun when it was begun
    await this.getTicket();
    this.ticket = { ...this.ticket, key, time };
    await this.send();
    this.isRenewed = false;
  }

  /* Where the place is on this very page, a new fragment alone would not load the new comment. */
  leave(address) {
    this.empty();
    const target = new URL(address, location.href);
    if (target.pathname === location.pathname && target.search === location.search) {
      history.replaceState(null, "", target);
      location.reload();
    } else {
      location.assign(target);
    }
  }

  /* What was sent is gone from the form before the page is left: "Back" shows a form for the next comment, with
     who speaks still filled in, and never the same words under a ticket that is used up. */
  empty() {
    this.dispatchEvent(new CustomEvent("comment-form:sent", { bubbles: true }));
    this.form.elements.text.value = "";
    for (const box of this.form.querySelectorAll("[data-consent] input")) box.checked = box.value === "no";
    this.hasRecalled = false;
    this.count();
    this.ticket = null;
    this.dropCarried();
    document.activeElement?.blur();
    this.awaitUse();
  }

  /* Puts the fields that came back, with their errors, in the place of ours. */
  mend(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const fields = page.querySelector("[data-fields]") || page.querySelector("body > [data-error-summary]")?.parentElement;
    if (!fields || !fields.querySelector("textarea")) return false;
    this.fields.replaceChildren(...fields.childNodes);
    if ("closed" in fields.dataset) this.form.querySelector(".button-row").remove(); // nothing can be sent any more
    this.revealConsent();
    this.count();
    this.form.querySelector("[data-error-summary]")?.focus();
    return true;
  }

  setSending(isSending) {
    this.isSending = isSending;
    this.button.setAttribute("aria-disabled", String(isSending));
    this.button.textContent = isSending ? this.dataset.sending : this.dataset.send;
    if (isSending) this.say("");
  }

  say(words) {
    this.status.replaceChildren();
    if (!words) return;
    const line = document.createElement("p");
    line.className = "notice notice--warning";
    line.textContent = words;
    this.status.append(line);
  }
}

customElements.define("comment-form", CommentForm);

/* After posting, the server leads to the comment's fragment; focus follows the eye. */
const target = location.hash.startsWith("#c-") && document.getElementById(location.hash.slice(1));
if (target) {
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
}
