/* What goes on at the desk meanwhile. Without script, each screen says how things stood when it was made.

   moderation-attend: tells the server at which card somebody looks, and shows who else does, who has taken it on,
   and what others decided: each card stays in its place. What is new is offered, and moves nothing. Whoever does
   nothing for a while is not there, and asks nothing: the session of an idle browser ends as it would.
   It is loaded after pending.js. */

const EVERY = 10_000; // milliseconds; the server counts somebody as gone after thirty seconds
const SETTLED = 1_000; // at one card
const AWAKE = 120_000; // after the last sign of life
const SIGNS = ["pointermove", "pointerdown", "keydown", "scroll", "visibilitychange"];

/* Shows who has taken a comment on; whoever was at it stays there. */
function showClaim(card, html) {
  const place = card.querySelector("[data-claim]");
  if (!place) return;
  const isHeld = place.contains(document.activeElement);
  place.outerHTML = html;
  if (isHeld) (card.querySelector("[data-claims] button") ?? card).focus();
}

class AttendController extends Controller {
  static targets = ["fresh"];
  static values = { url: String, since: String, token: String };

  connect() {
    this.wake = () => {
      const wasAsleep = !this.isAwake();
      this.alive = Date.now();
      if (wasAsleep) this.soon();
    };
    this.soon = () => {
      clearTimeout(this.settling);
      this.settling = setTimeout(() => this.attend(), SETTLED);
    };
    for (const sign of SIGNS) document.addEventListener(sign, this.wake, { passive: true, capture: true });
    document.addEventListener("visibilitychange", this.soon);
    document.addEventListener("moderation-desk:armed", this.soon);
    this.wake();
    this.clock = setInterval(() => this.attend(), EVERY);
  }

  disconnect() {
    clearInterval(this.clock);
    clearTimeout(this.settling);
    for (const sign of SIGNS) document.removeEventListener(sign, this.wake, { capture: true });
    document.removeEventListener("visibilitychange", this.soon);
    document.removeEventListener("moderation-desk:armed", this.soon);
  }

  isAwake() {
    return Date.now() - (this.alive ?? 0) < AWAKE;
  }

  get cards() {
    return [...document.querySelectorAll("[data-attend]")];
  }

  async attend() {
    if (document.visibilityState !== "visible" || !this.isAwake() || this.isAsking) return;
    const { cards } = this;
    const body = new FormData();
    for (const card of cards) body.append("card", `${card.dataset.attend}:${claimerOf(card)}`);
    const armed = cards.find((card) => card.classList.contains("is-armed")) ?? (this.hasFreshTarget ? null : cards[0]);
    if (armed) body.append("looks", nameOf(armed));
    body.append("since", this.sinceValue);
    if (this.hasFreshTarget) body.append("list", "1");
    this.isAsking = true;
    const told = await post(this.urlValue, this.tokenValue, body);
    this.isAsking = false;
    // Signed out, or not a moderator any more: what is asked again is answered likewise.
    if (told?.status === 401 || told?.status === 403) this.disconnect();
    if (!told?.cards) return;
    for (const card of cards) {
      const one = told.cards[nameOf(card)];
      if (one) this.show(card, one);
    }
    if (this.hasFreshTarget && told.fresh) this.freshTarget.textContent = told.fresh;
    if (this.hasFreshTarget) this.freshTarget.hidden = !told.fresh;
  }

  show(card, { looking, done, claim }) {
    const place = card.querySelector("[data-looking]");
    place.textContent = looking;
    place.hidden = !looking;
    // What somebody decided here is told by the desk.
    if (!card.classList.contains("is-decided")) this.showDone(card, done);
    if (claim) showClaim(card, claim);
  }

  showDone(card, sentence) {
    const place = card.querySelector("[data-elsewhere]");
    const isDone = Boolean(sentence);
    place.textContent = sentence;
    if (isDone !== place.hidden) return;
    place.hidden = !isDone;
    card.classList.toggle("is-elsewhere", isDone);
    card.toggleAttribute("data-decided", isDone);
    // Only what somebody is at is worth a word.
    if (isDone && card.matches(".is-armed")) this.dispatch("done", { detail: { sentence } });
  }
}

const nameOf = (card) => card.dataset.attend.split(":")[0];
const claimerOf = (card) => card.querySelector("[data-claim]")?.dataset.claimer ?? "";

window.wagtail.app.register("moderation-attend", AttendController);
