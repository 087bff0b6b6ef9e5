/* [data-printed="Printed on"]: writes on paper when it was printed. A page that is kept cannot know it. */

const place = document.querySelector("[data-printed]");
const dates = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" });

function tell() {
  place.textContent = `${place.dataset.printed} ${dates.format(new Date())}`;
  place.hidden = false;
}

if (place) {
  tell();
  window.addEventListener("beforeprint", tell); // a window may stay open for days
}
