/* <conversation-reader>: turns the pages of a conversation in place, adds folded replies, and finds what is new
   to those who come back. Without this file every link leads to a page of its own. */

const KEPT = "parley:read:"; // in the browser alone: the time of the newest comment that was shown, for each page

class ConversationReader extends HTMLElement {
  connectedCallback() {
    this.status = this.querySelector("[data-said]");
    this.next = this.querySelector("[data-next-unread]");
    if (!this.status) return;
    this.shown = location.pathname + location.search;
    this.addEventListener("click", (event) => this.click(event));
    this.next.addEventListener("click", () => this.goToUnread());
    window.addEventListener("popstate", () => this.goBack());
    this.lastRead = this.recall();
    this.look();
  }

  click(event) {
    const link = event.target.closest("a[data-turn], a[data-more]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if ("more" in link.dataset) this.unfold(link);
    else this.turn(link.href);
  }

  /* Another page of the conversation, or the same in another order, in the place of this one. */
  async turn(address, isNew = true) {
    const other = await this.fetch(address);
    const threads = other?.querySelector("[data-threads]");
    if (!threads) return;
    document.dispatchEvent(new Event("conversation-turns")); // js/reply.js brings the form home
    this.querySelector("[data-threads]").replaceWith(threads);
    const ways = other.querySelector(".conversation__ways");
    if (ways) this.querySelector(".conversation__ways")?.replaceWith(ways);
    if (isNew) history.pushState(null, "", address);
    this.shown = location.pathname + location.search;
    this.look();
    this.say(threads.querySelector("[data-place]")?.textContent || this.dataset.loaded);
    this.goTo(threads.querySelector(".comment") || threads);
  }

  goBack() {
    if (location.pathname + location.search !== this.shown) this.turn(location.href, false);
  }

  /* The folded replies of a thread, below those that are there. */
  async unfold(link) {
    const other = await this.fetch(link.href);
    if (!other) return;
    const item = link.closest("li");
    const known = (element) => document.getElementById(element.querySelector("[id^='c-']")?.id);
    const added = [...other.querySelectorAll("[data-thread] .comment__replies > li")].filter((reply) => !known(reply));
    item.before(...added);
    const next = other.querySelector("a[rel=next]");
    if (next) [link.href, link.textContent] = [next.href, next.textContent];
    else item.remove();
    this.look();
    this.say(`${this.dataset.added} ${added.length}`);
    const first = added[0]?.querySelector(".comment");
    if (first) this.goTo(first);
  }

  async fetch(address) {
    this.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { credentials: "same-origin" });
      if (answer.ok) return new DOMParser().parseFromString(await answer.text(), "text/html");
      location.assign(address); // what stands there says what is the matter
    } catch {
      this.say(this.dataset.failed);
    } finally {
      this.removeAttribute("aria-busy");
    }
    return null;
  }

  /* --- What is new --- */

  recall() {
    try {
      return Number(localStorage.getItem(KEPT + this.dataset.page)) || 0;
    } catch {
      return 0; // a browser that keeps nothing
    }
  }

  look() {
    const comments = [...this.querySelectorAll(".comment[data-at]")];
    if (this.lastRead) {
      for (const comment of comments) if (Number(comment.dataset.at) > this.lastRead) this.mark(comment);
    }
    const newest = Math.max(this.recall(), ...comments.map((comment) => Number(comment.dataset.at)));
    try {
      if (newest) localStorage.setItem(KEPT + this.dataset.page, newest);
    } catch {
      // nothing is marked the next time
    }
    this.count();
  }

  mark(comment) {
    const heading = comment.querySelector(".comment__heading");
    if (comment.isUnread !== undefined || !heading) return;
    comment.isUnread = true;
    const word = document.createElement("span");
    word.className = "comment__new";
    word.textContent = this.dataset.new;
    heading.append(" ", word);
    comment.addEventListener("focusin", () => this.setRead(comment), { once: true });
  }

  setRead(comment) {
    comment.isUnread = false;
    this.count();
  }

  get unread() {
    return [...this.querySelectorAll(".comment")].filter((comment) => comment.isUnread);
  }

  count() {
    const { length } = this.unread;
    this.next.hidden = !length;
    this.next.textContent = `${this.dataset.next} (${length})`;
  }

  /* The next one below where the reader is, or else the first of all. */
  goToUnread() {
    const { unread } = this;
    const below = unread.find((comment) => comment.getBoundingClientRect().top > 1);
    const comment = below || unread[0];
    if (!comment) return;
    this.goTo(comment);
    this.setRead(comment);
    if (!this.unread.length) this.say(this.dataset.noneLeft);
  }

  /* --- Telling, and leading --- */

  goTo(element) {
    element.closest("details")?.setAttribute("open", "");
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "start" });
  }

  say(words) {
    this.status.textContent = words;
  }
}

customElements.define("conversation-reader", ConversationReader);
