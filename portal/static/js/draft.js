/* Keeps what is being written until the server has it: a guest's on this device, for 30 days at most; that of somebody
   signed in, and so whatever is internal, in this window alone. Sent by script, it is dropped with the answer; sent
   by the plain form, on the page that the server leads to. Nothing of it leaves the browser. */

const PREFIX = "parley.draft.";
const SENT = "parley.sent"; // the draft that a plain form has just sent
const LIFETIME = 30 * 24 * 60 * 60 * 1000;

/* A browser may keep nothing at all, by its settings or because it is full. */
function quietly(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}

function sweep(storage) {
  for (const key of Object.keys(storage).filter((name) => name.startsWith(PREFIX))) {
    const draft = quietly(() => JSON.parse(storage.getItem(key)));
    if (!(draft?.at > Date.now() - LIFETIME)) storage.removeItem(key);
  }
}

function dropSent() {
  const key = sessionStorage.getItem(SENT);
  if (!key || location.pathname.endsWith("/create/")) return; // there the form comes back, with what was wrong
  for (const storage of [localStorage, sessionStorage]) storage.removeItem(key);
  sessionStorage.removeItem(SENT);
}

class Draft {
  constructor(host) {
    this.host = host;
    this.form = host.querySelector("form");
    this.storage = quietly(() => (host.dataset.keep === "session" ? sessionStorage : localStorage));
    this.notice = host.querySelector("[data-draft]");
    this.key = this.currentKey;
    this.restore();
    this.form.addEventListener("input", () => this.keep());
    this.form.addEventListener("submit", () => (this.isLeaving = true));
    this.form.addEventListener("comment-form:parent", () => this.follow());
    this.notice?.querySelector("button").addEventListener("click", () => this.throwAway());
    host.addEventListener("comment-form:sent", () => this.drop());
    document.addEventListener("conversation:renew", () => (this.isLeaving = true));
    for (const sender of document.querySelectorAll("[data-sends-draft]")) sender.addEventListener("submit", () => this.isSent());
    window.addEventListener("pageshow", () => (this.isLeaving = false));
    window.addEventListener("beforeunload", (event) => this.warn(event));
  }

  get field() {
    return this.form.elements.text;
  }

  get currentKey() {
    return `${PREFIX}${this.host.dataset.page}.${this.form.elements.parent.value}`;
  }

  keep() {
    this.isLeaving = false;
    const text = this.field.value;
    if (!text.trim()) return this.drop();
    this.isKept = quietly(() => {
      this.storage.setItem(this.key, JSON.stringify({ text, at: Date.now() }));
      return true;
    });
  }

  restore() {
    const draft = quietly(() => JSON.parse(this.storage.getItem(this.key)));
    if (!draft?.text || this.field.value.trim()) return;
    this.field.value = draft.text;
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.isKept = true;
    this.tell(true);
  }

  tell(isKept) {
    if (!this.notice) return;
    this.notice.hidden = !isKept;
    this.notice.querySelector("[role=status]").textContent = isKept ? this.notice.dataset.draft : "";
  }

  /* The form goes from comment to comment, and takes what is written in it along. */
  follow() {
    const former = this.key;
    this.key = this.currentKey;
    if (!this.field.value.trim()) return this.restore();
    quietly(() => this.storage.removeItem(former));
    this.keep();
  }

  throwAway() {
    this.field.value = "";
    this.drop();
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.field.focus();
  }

  drop() {
    quietly(() => this.storage.removeItem(this.key));
    this.isKept = false;
    this.tell(false);
  }

  isSent() {
    this.isLeaving = true;
    quietly(() => sessionStorage.setItem(SENT, this.key));
  }

  /* What is kept on the device is there again; what goes with the window is asked about. */
  warn(event) {
    const isSafe = this.isKept && this.storage === window.localStorage;
    if (!this.isLeaving && !isSafe && this.field.value !== this.field.defaultValue && this.field.value.trim()) event.preventDefault();
  }
}

quietly(() => [localStorage, sessionStorage].forEach(sweep));
quietly(dropSent);
const host = document.querySelector("comment-form[data-page]");
if (host?.querySelector("form")) new Draft(host);
