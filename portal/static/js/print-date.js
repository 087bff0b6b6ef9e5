/* [data-printed="Printed on"]: writes on paper when it was printed. A page that is kept cannot know it. */

const place = document.querySelector("[data-printed]");
const dates = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" });

function tell() {
  const today = dates.format(new Date()).replace(/^1 /, "1er "); // in French, where a date begins with its day
  place.textContent = `${place.dataset.printed} ${today}`;
  place.hidden = false;
}

if (place) {
  tell();
  window.addEventListener("beforeprint", tell); // a window may stay open for days
}
