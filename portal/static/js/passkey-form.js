/* <passkey-form> shows its form where the browser knows passkeys, and lets one fill it in. */

class PasskeyForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = this.querySelector("[data-status]");
    if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
      this.status.textContent = this.dataset.unable;
      return;
    }
    this.status.textContent = "";
    this.form.hidden = false;
    this.form.addEventListener("submit", (event) => this.fillIn(event));
  }

  async fillIn(event) {
    if (this.isFilledIn) return;
    event.preventDefault();
    this.status.textContent = "";
    try {
      const credential = await this.ask(await this.readOptions());
      this.form.elements.credential.value = JSON.stringify(credential.toJSON());
    } catch {
      this.status.textContent = this.dataset.failed;
      return;
    }
    this.isFilledIn = true;
    this.form.requestSubmit();
  }

  async readOptions() {
    const given = this.form.querySelector("script");
    if (given) return JSON.parse(given.textContent);
    const response = await fetch(this.form.action, { headers: { Accept: "application/json" } });
    return response.json();
  }

  ask({ creation_options: creation, request_options: request }) {
    if (this.dataset.act === "create") {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(creation.publicKey);
      return navigator.credentials.create({ publicKey });
    }
    return navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(request.publicKey),
    });
  }
}

customElements.define("passkey-form", PasskeyForm);
