/* <copy-link> copies the page's address; <print-page> opens the print dialogue. Both appear with script only. */

class CopyLink extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard) return;
    this.closest("li").hidden = false;
    this.querySelector("button").addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.dataset.url || location.href.split("#")[0]);
      const status = this.closest(".share-links").querySelector("[role=status]");
      status.textContent = this.dataset.done;
    });
  }
}

class PrintPage extends HTMLElement {
  connectedCallback() {
    this.closest("li").hidden = false;
    this.querySelector("button").addEventListener("click", () => window.print());
  }
}

customElements.define("copy-link", CopyLink);
customElements.define("print-page", PrintPage);
