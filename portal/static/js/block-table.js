/* <block-table>: where a table is wider than its place it scrolls, and is a stop of the keyboard; else it is none.
   Without this file it always is one. */

class BlockTable extends HTMLElement {
  connectedCallback() {
    const room = new ResizeObserver(() => this.tell());
    room.observe(this);
    room.observe(this.querySelector("table"));
  }

  tell() {
    if (this.scrollWidth > this.clientWidth) this.tabIndex = 0;
    else if (document.activeElement !== this) this.removeAttribute("tabindex");
  }
}

customElements.define("block-table", BlockTable);
