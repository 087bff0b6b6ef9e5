/* The moderation desk. Without script every act is a plain form; this makes it quick.

   moderation-pending: counts down the time to take a decision back, and has it carried out when that is over. */

class PendingController extends window.StimulusModule.Controller {
  static targets = ["go", "remaining"];
  static values = { url: String, token: String, left: String };

  goTargetConnected(go) {
    go.dataset.until = String(Date.now() + Number(go.dataset.seconds) * 1000);
    if (!this.clock) this.clock = setInterval(() => this.tick(), 250);
    this.tick();
  }

  disconnect() {
    clearInterval(this.clock);
  }

  tick() {
    let isDue = false;
    for (const go of this.goTargets) {
      const left = Math.ceil((Number(go.dataset.until) - Date.now()) / 1000);
      if (left > 0) {
        go.querySelector("[data-moderation-pending-target='remaining']").textContent = this.leftValue.replace("0", String(left));
      } else if (!go.hasAttribute("data-done")) {
        go.setAttribute("data-done", "");
        isDue = true;
      }
    }
    if (isDue) this.carryOut();
  }

  /* What fails here, the periodic work does. */
  async carryOut() {
    const headers = { "X-CSRFToken": this.tokenValue };
    const answer = await fetch(this.urlValue, { method: "POST", headers }).catch(() => null);
    for (const go of this.goTargets) {
      if (!go.hasAttribute("data-done")) continue;
      if (answer?.ok) go.remove();
      else go.querySelector("button").disabled = true;
    }
    if (!this.goTargets.length) clearInterval(this.clock);
  }
}

window.wagtail.app.register("moderation-pending", PendingController);
