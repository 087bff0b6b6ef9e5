/* Puts the cursor into the introduction of a page when the address says ?focus=introduction.
   The rich text field is built by Wagtail's own script, so we wait until it is there. */

const PATIENCE = 10000; // milliseconds: a slow machine, not for ever

function find() {
  const fields = document.querySelectorAll(
    '[data-contentpath="introduction"] :is([contenteditable="true"], textarea, input)',
  );
  return [...fields].find((field) => field.offsetParent !== null);
}

function focus(field) {
  field.scrollIntoView({ block: "center" });
  field.focus();
}

if (new URLSearchParams(window.location.search).get("focus") === "introduction") {
  const field = find();
  if (field) {
    focus(field);
  } else {
    const observer = new MutationObserver(() => {
      const late = find();
      if (late) {
        observer.disconnect();
        focus(late);
      }
    });
    observer.observe(document.body, { childList: true, subtree: true });
    setTimeout(() => observer.disconnect(), PATIENCE);
  }
}
