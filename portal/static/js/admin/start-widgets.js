/* Starts the fields that Wagtail would start by an inline script, which our content policy refuses.

   <template data-controller="start-widget"
             data-start-widget-name-value="PageChooser"
             data-start-widget-arguments-value='["id_page", {}]'></template>

   Templates in the admin and `portal.wagtail_patches.choosers` write such elements. Stimulus finds them wherever they appear:
   in the page, in a dialog, in a row that was added. */

const KNOWN = /^[A-Za-z]*(Chooser|Panel)$/; // no attribute may call anything else

class StartWidget extends window.StimulusModule.Controller {
  static values = { name: String, arguments: Array };

  connect() {
    if (!KNOWN.test(this.nameValue)) return;
    const start = window[this.nameValue];
    const isClass = /^[A-Z]/.test(this.nameValue);
    this.element.remove(); // once is enough, also when the page comes back from the browser's memory
    if (isClass) new start(...this.argumentsValue);
    else start(...this.argumentsValue);
  }
}

window.wagtail.app.register("start-widget", StartWidget);
