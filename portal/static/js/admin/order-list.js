/* Moves the lines of a list whose order is sent with the form. The first goes no higher, the last no lower. */
window.wagtail.app.register(
  "order-list",
  class extends window.StimulusModule.Controller {
    static targets = ["item", "ways"];

    waysTargetConnected(ways) {
      ways.hidden = false;
    }

    up({ currentTarget }) {
      const item = this.itemOf(currentTarget);
      this.move(currentTarget, () => item.previousElementSibling?.before(item));
    }

    down({ currentTarget }) {
      const item = this.itemOf(currentTarget);
      this.move(currentTarget, () => item.nextElementSibling?.after(item));
    }

    /* The form has changed, which Wagtail must be told; the button that was pressed keeps the focus. */
    move(button, act) {
      act();
      button.focus();
      this.element.dispatchEvent(new Event("change", { bubbles: true }));
    }

    itemOf(button) {
      return this.itemTargets.find((item) => item.contains(button));
    }
  },
);
