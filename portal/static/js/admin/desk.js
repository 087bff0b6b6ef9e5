/* The moderation desk. Without script every act is a plain form; this makes it quick.

   moderation-desk: decides on a card without leaving the list, goes from card to card by keys, and lets them be chosen.
   It is loaded after pending.js and attend.js. */

const KEPT_AS = "parley.desk.keys";
const FIELDS = "input, textarea, select, [contenteditable]";

class DeskController extends Controller {
  static targets = ["card", "voice", "help", "opener", "zen", "key", "switch", "clash"];
  static values = { token: String, lost: String };

  connect() {
    this.openerTarget.hidden = this.zenTarget.hidden = false;
    const kept = this.kept();
    this.switchTarget.checked = kept.on !== false;
    for (const field of this.keyTargets) field.value = kept.keys?.[field.name] ?? field.dataset.usual;
    this.arm(this.waiting()[0], false);
  }

  /* --- Cards --- */

  waiting() {
    return this.cardTargets.filter((card) => !card.hasAttribute("data-decided"));
  }

  arm(card, isMoved = true) {
    this.armed?.classList.remove("is-armed");
    this.armed = card;
    if (!card) return;
    card.classList.add("is-armed");
    this.dispatch("armed");
    if (!isMoved) return;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }

  move(step) {
    // One on which somebody else has decided meanwhile stays armed until it is left.
    const cards = this.cardTargets.filter((card) => card === this.armed || !card.hasAttribute("data-decided"));
    const at = cards.indexOf(this.armed);
    this.arm(cards[Math.min(Math.max(at + step, 0), cards.length - 1)]);
  }

  armNextOf(card) {
    const cards = this.cardTargets;
    const at = cards.indexOf(card);
    const after = cards.slice(at + 1).concat(cards.slice(0, at).reverse());
    const next = after.find((one) => !one.hasAttribute("data-decided"));
    if (next) this.arm(next);
    else this.reload();
  }

  /* All of this page is decided on: what comes next is another page. */
  reload() {
    this.arm(undefined);
    if (!this.element.querySelector("[data-failed]")) window.location.reload();
  }

  /* --- Deciding --- */

  async send(event) {
    const form = event.target;
    if (form.matches("[data-claims]")) return this.sendClaim(event);
    if (!form.dataset.verb) return;
    event.preventDefault();
    const card = form.closest(".moderation-card");
    if (card.hasAttribute("data-decided")) return this.say(card.querySelector("[data-elsewhere]").textContent);
    card.setAttribute("data-decided", "");
    const answer = await post(form.action, this.tokenValue, new FormData(form));
    if (answer?.ok) return this.decided(card, answer);
    card.removeAttribute("data-decided");
    if (answer?.status === 409) return this.conflicted(card, answer);
    this.tell(card, answer?.sentence ?? this.lostValue);
    form.querySelector("select, textarea, button")?.focus();
  }

  decided(card, answer) {
    card.classList.add("is-decided");
    card.querySelector("details[open].moderation-card__reasons")?.removeAttribute("open");
    this.tell(card, answer.sentence);
    this.count(-1);
    if (answer.go) document.querySelector(".moderation-pending").insertAdjacentHTML("beforeend", answer.go);
    this.armNextOf(card);
  }

  /* Somebody else was first: it stays in its place, and says who did what. */
  conflicted(card, answer) {
    card.setAttribute("data-decided", "");
    card.setAttribute("data-failed", "");
    card.classList.add("is-decided");
    this.tell(card, answer.sentence);
    this.armNextOf(card);
  }

  /* Takes a comment on, or releases it. */
  async sendClaim(event) {
    event.preventDefault();
    const form = event.target;
    const card = form.closest(".moderation-card");
    const answer = await post(form.action, this.tokenValue, new FormData(form));
    if (answer?.claim) showClaim(card, answer.claim);
    this.say(answer?.sentence ?? this.lostValue);
  }

  undone({ detail }) {
    const cards = this.cardTargets.filter((card) => detail.comments.includes(card.id.replace("card-", "")));
    if (!cards.length) return window.location.reload();
    for (const card of cards) {
      card.removeAttribute("data-decided");
      card.classList.remove("is-decided");
      this.tell(card, "");
      this.count(1);
    }
    this.say(detail.sentence);
    this.arm(cards[0]);
  }

  /* What others do is told of the card that somebody is at alone. */
  hear({ detail }) {
    this.say(detail.sentence);
  }

  say(sentence) {
    this.voiceTarget.textContent = sentence;
  }

  tell(card, sentence) {
    const place = card.querySelector(".moderation-card__done");
    place.textContent = sentence;
    place.hidden = !sentence;
    this.say(sentence);
  }

  count(step) {
    const place = document.querySelector(".moderation-statuses [aria-current] .moderation-statuses__count");
    const number = Number(place?.dataset.count);
    if (!place || Number.isNaN(number)) return;
    place.dataset.count = String(number + step);
    place.textContent = (number + step).toLocaleString(document.documentElement.lang);
  }

  /* --- Keys --- */

  press(event) {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if ([...document.querySelectorAll("dialog[open], [role='dialog']")].some((one) => one.checkVisibility())) return;
    if (event.target.matches?.(FIELDS)) return this.pressInField(event);
    if (event.key === "?") return this.help(event);
    if (!this.switchTarget.checked) return;
    const field = this.keyTargets.find((one) => one.value && one.value === event.key);
    if (!field) return;
    event.preventDefault();
    this[field.name](event);
  }

  /* In the reasons: a digit chooses, Enter sends, Escape closes. Elsewhere a field is left alone. */
  pressInField(event) {
    const reasons = event.target.closest(".moderation-card__reasons");
    if (!reasons) return;
    if (event.key === "Escape") {
      reasons.removeAttribute("open");
      this.arm(reasons.closest(".moderation-card"));
    } else if (event.target.matches("select") && event.key === "Enter") {
      event.preventDefault();
      event.target.form.requestSubmit();
    } else if (event.target.matches("select") && /^[1-9]$/.test(event.key)) {
      event.preventDefault();
      if (event.key < event.target.options.length) event.target.selectedIndex = Number(event.key);
    }
  }

  next() {
    this.move(1);
  }

  previous() {
    this.move(-1);
  }

  approve() {
    this.armed?.querySelector(".moderation-card__acts > form[data-verb]")?.requestSubmit();
  }

  refuse() {
    const reasons = this.armed?.querySelector(".moderation-card__reasons");
    if (!reasons) return;
    reasons.open = true;
    reasons.querySelector("select, textarea").focus();
  }

  undo() {
    const goes = document.querySelectorAll(".moderation-pending__go:not([data-over])");
    goes[goes.length - 1]?.requestSubmit();
  }

  tick() {
    this.armed?.querySelector(".moderation-card__tick")?.click();
  }

  claim() {
    this.armed?.querySelector("[data-claims]")?.requestSubmit();
  }

  open() {
    this.armed?.querySelector(".moderation-card__more").click();
  }

  measure() {
    this.armed?.querySelector(".moderation-card__measures").click();
  }

  note() {
    const notes = this.armed?.querySelector(".moderation-notes");
    if (!notes) return;
    notes.open = true;
    notes.querySelector("textarea").focus();
  }

  search() {
    document.querySelector("input[name='q']")?.focus();
  }

  zen() {
    const isOn = this.element.classList.toggle("is-zen");
    this.zenTarget.setAttribute("aria-pressed", String(isOn));
    if (this.armed) this.arm(this.armed);
  }

  help(event) {
    event.preventDefault();
    this.helpTarget.showModal();
  }

  /* --- The choice of keys, kept in this browser --- */

  kept() {
    try {
      return JSON.parse(localStorage.getItem(KEPT_AS)) ?? {};
    } catch {
      return {};
    }
  }

  keep() {
    const keys = Object.fromEntries(this.keyTargets.map((field) => [field.name, field.value]));
    try {
      localStorage.setItem(KEPT_AS, JSON.stringify({ on: this.switchTarget.checked, keys }));
    } catch {
      // A browser that keeps nothing has the usual keys the next time.
    }
  }

  switch() {
    this.keep();
  }

  choose(event) {
    if (event.type !== "input" && event.type !== "change") return;
    const values = this.keyTargets.map((field) => field.value).filter(Boolean);
    const isClash = new Set(values).size < values.length;
    this.clashTarget.hidden = !isClash;
    if (!isClash) this.keep();
  }

  forget() {
    for (const field of this.keyTargets) field.value = field.dataset.usual;
    this.switchTarget.checked = true;
    this.clashTarget.hidden = true;
    this.keep();
  }
}

window.wagtail.app.register("moderation-desk", DeskController);
