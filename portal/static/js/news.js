/* <conversation-news>: says, while somebody reads, that there are new comments. It asks once a minute and ever more
   seldom, only while the page is looked at, and moves nothing: whoever wants to see them renews the page. */

const SHORTEST = 60_000;
const LONGEST = 15 * SHORTEST;

class ConversationNews extends HTMLElement {
  connectedCallback() {
    this.shown = Number(this.dataset.count);
    this.interval = SHORTEST;
    this.wait();
    document.addEventListener("visibilitychange", () => this.wait());
  }

  wait() {
    clearTimeout(this.timer);
    if (document.visibilityState === "visible") this.timer = setTimeout(() => this.ask(), this.interval);
  }

  async ask() {
    this.interval = Math.min(this.interval * 1.5, LONGEST);
    try {
      const answer = await fetch(this.dataset.url, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-cache" });
      if (answer.ok) this.tell((await answer.json()).count);
      else if (answer.status < 500) return; // closed to this reader by now: no more questions
    } catch {
      // the line is down; the next question comes later
    }
    this.wait();
  }

  tell(count) {
    this.shown = Math.min(this.shown, count); // some may have been taken back meanwhile
    const number = count - this.shown;
    if (number === this.told || number < 1) return;
    this.told = number;
    this.interval = SHORTEST;
    const link = document.createElement("a");
    link.href = "#conversation";
    link.className = "button";
    link.textContent = (number === 1 ? this.dataset.one : this.dataset.many).replace("{count}", number);
    link.addEventListener("click", (event) => this.renew(event));
    this.querySelector("[role=status]").replaceChildren(link);
  }

  renew(event) {
    event.preventDefault();
    document.dispatchEvent(new Event("conversation:renew"));
    location.reload();
  }
}

customElements.define("conversation-news", ConversationNews);
