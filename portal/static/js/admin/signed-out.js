/* Keeps what is written in the admin where it is when the session has ended.

   Before a form leaves, the server is asked who is signed in. If it is nobody, or somebody else, the page stays and
   says so; after a sign-in in another tab the form goes with the new session's token. The same is said when what a
   script of Wagtail's asked (a draft that saves itself, a chooser) is answered by a sign-in. Typing is a sign of
   life, which the server is told now and then: whoever writes is not idle. */

const SIGN_OF_LIFE = 2 * 60 * 1000; // well within the shortest limit on idleness, which is five minutes
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;

const notice = document.getElementById("signed-out");
const send = window.fetch.bind(window);
const { submit } = HTMLFormElement.prototype;

let { person } = notice.dataset; // for whom this page was made, or who has taken it over
let token = window.wagtailConfig?.CSRF_TOKEN;
let told = Date.now(); // when the server last heard that somebody is here
let held = null; // sends the form that was stopped
let before = null; // where somebody was when they were led to the notice

/* Asks who is signed in by now. The answer is the name of a sentence, and "" where all is well. */
async function ask() {
  told = Date.now();
  const answer = await send(notice.dataset.url, {
    headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
    credentials: "same-origin",
    cache: "no-store",
  }).catch(() => null);
  if (answer?.status === UNAUTHORIZED) return { state: "signed_out" };
  if (!answer?.ok) return { state: "unavailable" };
  const found = await answer.json();
  if (!found.may_enter) return { state: "not_allowed", ...found };
  if (String(found.person) !== person) return { state: (await mayOpen()) ? "somebody_else" : "not_allowed", ...found };
  renew(found.token);
  return { state: "" };
}

/* Whether whoever is signed in by now may open this very page: who may not would lose the words by saving them. */
async function mayOpen() {
  const options = { headers: { "X-Requested-With": "XMLHttpRequest" }, credentials: "same-origin", cache: "no-store" };
  const answer = await send(location.href, options).catch(() => null);
  return Boolean(answer?.ok && !answer.redirected);
}

function renew(fresh) {
  token = fresh;
  if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = fresh;
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = fresh;
}

/* Says it. Who is writing is not interrupted; who sent something is led to the answer. */
function say({ state, name }, { focus = false, found = {} } = {}) {
  if (!state) return close();
  const isNews = notice.dataset.state !== state || notice.dataset.name !== (name ?? "") || !notice.matches(":popover-open");
  if (isNews) {
    Object.assign(notice.dataset, { state, name: name ?? "" });
    // In a dialog, which keeps the focus to itself, the notice is a part of it.
    const place = document.querySelector(".modal.in, .w-dialog:not([aria-hidden])") ?? document.body;
    if (notice.parentElement !== place) place.append(notice);
    notice.showPopover();
    const words = notice.querySelector(`[data-when=${state}]`).content.cloneNode(true);
    for (const part of words.querySelectorAll("strong, button")) part.textContent = part.textContent.replace("{name}", name);
    words.querySelector("[data-accept]")?.addEventListener("click", () => accept(found));
    notice.querySelector("[data-words]").replaceChildren(words);
  }
  if (!focus) return;
  if (!notice.contains(document.activeElement)) before = document.activeElement;
  notice.focus();
}

function close() {
  delete notice.dataset.state;
  const isInside = notice.contains(document.activeElement);
  if (notice.matches(":popover-open")) notice.hidePopover();
  if (isInside) before?.focus();
}

/* Somebody else is signed in, and says that the words shall be theirs. */
function accept(found) {
  person = String(found.person);
  renew(found.token);
  const go = held;
  held = null;
  if (!go) return say({ state: "signed_in" }); // nothing had been sent: they save when they are ready
  close();
  go();
}

/* Wagtail's buttons are busy for half a minute once they are pressed. */
function release() {
  for (const progress of window.wagtail?.app.queryControllerAll("w-progress") ?? []) progress.deactivate();
}

/* Lets a form go once it is known to arrive, or keeps it and says why. */
async function check(go) {
  const found = await ask();
  held = found.state ? go : null;
  if (found.state) {
    release();
    return say(found, { focus: true, found });
  }
  close();
  return go();
}

function isOurs(form, submitter) {
  const method = submitter?.getAttribute("formmethod") ?? form.getAttribute("method") ?? "";
  const action = submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? "";
  return method.toLowerCase() === "post" && new URL(action, location.href).origin === location.origin;
}

const asked = new WeakSet(); // forms about which the server is being asked
const sure = new WeakSet(); // forms that may go

window.addEventListener(
  "submit",
  (event) => {
    const { target: form, submitter } = event;
    if (!(form instanceof HTMLFormElement) || !isOurs(form, submitter) || sure.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (asked.has(form)) return;
    asked.add(form);
    check(() => {
      sure.add(form);
      const isBusy = submitter?.disabled;
      if (submitter) submitter.disabled = false; // a button that is busy would not be sent along
      form.requestSubmit(submitter);
      if (submitter) submitter.disabled = isBusy;
      sure.delete(form);
    }).finally(() => asked.delete(form));
  },
  { capture: true },
);

/* Sent by a script, a form tells nobody that it goes. */
HTMLFormElement.prototype.submit = function submitWhenSure() {
  if (isOurs(this)) check(() => submit.call(this));
  else submit.call(this);
};

/* What Wagtail's scripts ask. After a new sign-in, a form of the old session is refused once, and sent again. */
window.fetch = async (resource, options = {}) => {
  const answer = await send(resource, options);
  const isRefused = answer.status === UNAUTHORIZED || answer.status === FORBIDDEN;
  if (!isRefused || new URL(answer.url).origin !== location.origin) return answer;
  const found = await ask();
  say(found, { found });
  if (found.state || (options.method ?? "GET").toUpperCase() === "GET") return answer;
  const headers = new Headers(options.headers);
  if (headers.has(window.wagtailConfig?.CSRF_HEADER_NAME)) headers.set(window.wagtailConfig.CSRF_HEADER_NAME, token);
  if (options.body instanceof FormData) options.body.set("csrfmiddlewaretoken", token);
  return send(resource, { ...options, headers });
};

/* A chooser, or what stands in one, did not come. Its button is free again. */
window.jQuery?.(document).on("ajaxError", async (event, { status }) => {
  if (status !== UNAUTHORIZED && status !== FORBIDDEN) return;
  window.jQuery("body > .modal:not(.in)").trigger("hide.bs.modal").remove();
  const found = await ask();
  const isTyping = document.activeElement?.matches("input, textarea, [contenteditable]"); // a search, as one writes
  say(found, { focus: !isTyping, found });
});

/* The draft that saves itself: what failed is not the server. */
document.addEventListener(
  "w-autosave:error",
  (event) => {
    const { state, name } = notice.dataset;
    if (!state) return;
    const sentence = notice.querySelector(`[data-when=${state}]`).content.querySelector("p").textContent;
    event.detail.text = sentence.replace("{name}", name).trim();
  },
  { capture: true },
);

async function showLife() {
  if (Date.now() - told < SIGN_OF_LIFE) return;
  const found = await ask();
  if (found.state && found.state !== "unavailable") say(found, { found });
}

for (const sign of ["keydown", "input"]) document.addEventListener(sign, showLife, { capture: true, passive: true });

/* Back from the other tab: the notice says what is so by now. */
async function lookAgain() {
  if (document.visibilityState !== "visible" || !notice.dataset.state || notice.dataset.state === "signed_in") return;
  const found = await ask();
  say(found.state ? found : { state: "signed_in" }, { found });
}

document.addEventListener("visibilitychange", lookAgain);
window.addEventListener("focus", lookAgain);
notice.querySelector("[data-close]").addEventListener("click", close);
notice.addEventListener("keydown", (event) => event.key === "Escape" && close());
