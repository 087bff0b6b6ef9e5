/* What the moderator has just decided, and may take back. Without script it is a plain form.

   moderation-pending: counts down the time to take a decision back, and has it carried out when that is over.
   `Controller` and `post` are for the scripts of the desk, which are loaded after this one. */

const { Controller } = window.StimulusModule;

/* Sends a form, or nothing but the token, and returns the answer with what it says; null where nothing came back. */
async function post(url, token, body) {
  const headers = { "X-CSRFToken": token, Accept: "application/json" };
  try {
    const answer = await fetch(url, { method: "POST", headers, body });
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    return { ok: answer.ok, status: answer.status, ...(isJson ? await answer.json() : {}) };
  } catch {
    return null;
  }
}

class PendingController extends Controller {
  static targets = ["go"];
  static values = { url: String, token: String, left: String, reloads: Boolean };

  goTargetConnected(go) {
    if (!go.dataset.until) go.dataset.until = String(Date.now() + Number(go.dataset.seconds) * 1000);
    this.clock ??= setInterval(() => this.tick(), 250);
  }

  disconnect() {
    clearInterval(this.clock);
    this.clock = undefined;
  }

  tick() {
    const due = [];
    for (const go of this.goTargets) {
      const left = Math.ceil((Number(go.dataset.until) - Date.now()) / 1000);
      if (left > 0) go.querySelector("[data-remaining]").textContent = this.leftValue.replace("0", String(left));
      else if (!go.hasAttribute("data-over")) due.push(go);
    }
    if (due.length) this.carryOut(due);
  }

  /* What fails here, the periodic work does. */
  async carryOut(goes) {
    for (const go of goes) {
      go.setAttribute("data-over", "");
      go.querySelector("button").disabled = true;
    }
    await post(this.urlValue, this.tokenValue);
    for (const go of goes) {
      const held = go.contains(document.activeElement);
      go.remove();
      if (held) this.dispatch("gone");
    }
    this.reload();
  }

  /* What is being written stays. */
  reload() {
    if (this.reloadsValue && !document.querySelector("details[open]")) window.location.reload();
  }

  /* Where no card is there to come back, the plain form leads to what was taken back. */
  async takeBack(event) {
    if (!this.reloadsValue && !document.querySelector(".moderation-desk")) return;
    event.preventDefault();
    const go = event.currentTarget;
    const answer = await post(go.action, this.tokenValue, new FormData(go));
    if (!answer?.ok) return go.submit();
    go.remove();
    this.dispatch("undone", { detail: { comments: go.dataset.comments.split(" "), sentence: answer.sentence } });
    this.reload();
  }
}

window.wagtail.app.register("moderation-pending", PendingController);
