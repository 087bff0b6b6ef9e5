/* <video-embed data-src="player" data-title="…">: a click puts the player in the place of the poster.
   Nothing is loaded from elsewhere before that. Without this file the link opens the film at its provider's. */

class VideoEmbed extends HTMLElement {
  connectedCallback() {
    const trigger = this.querySelector("a, button");
    if (!trigger || !this.dataset.src) return;
    trigger.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.play();
    });
  }

  play() {
    const frame = document.createElement("iframe");
    frame.src = this.dataset.src;
    frame.title = this.dataset.title || this.textContent.trim();
    frame.allow = "autoplay; fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    this.replaceChildren(frame);
    frame.focus();
  }
}

customElements.define("video-embed", VideoEmbed);
