// What this browser keeps of its own: the boxes and the summary of each window, and the last ten
// summaries. The server keeps nothing. Where the page's owner says so, nothing is kept here either.
const KEPT = "summarizer", MOST_SUMMARIES = 10, MOST_WINDOWS = 5, MOST_KEPT = 40_000_000; // code units
const line = element.querySelector(".keeping .told");
const UNFINISHED = " The summary that was being made when the page was left was not finished; press Summarise again.";
let keepsOn = Boolean(line), storing = 0, resumed = false;

const place_ = location.pathname.replace(/[^/]*$/, ""); // several pages may share one address
function database() {
  return new Promise((done, fail) => {
    const asked = indexedDB.open(`${KEPT}:${place_}`, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("windows", { keyPath: "id" });
      asked.result.createObjectStore("summaries", { keyPath: "id" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
    asked.onblocked = () => fail(new Error("the storage is in use"));
  });
}
const answered = (asked) => new Promise((done, fail) => {
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => fail(asked.error);
});
// Runs `work` on the stores and closes; null where this browser lets nothing be kept.
async function stored(mode, work) {
  let opened;
  try {
    opened = await database();
    const deal = opened.transaction(["windows", "summaries"], mode);
    const over = new Promise((done, fail) => {
      deal.oncomplete = done;
      deal.onabort = deal.onerror = () => fail(deal.error);
    });
    const result = await work(deal.objectStore("windows"), deal.objectStore("summaries"));
    await over;
    return result;
  } catch (fault) {
    if (!(fault instanceof DOMException) && !(fault instanceof Error)) throw fault;
    if (line) line.textContent = fault.name === "QuotaExceededError"
      ? "This browser has no room left: the newest changes are not kept here."
      : "This browser lets nothing be kept: a reload loses what is here.";
    return null;
  } finally {
    opened?.close();
  }
}

// This window's own name, which outlives a reload.
function windowName() {
  try {
    const id = sessionStorage.getItem(KEPT) || fresh();
    sessionStorage.setItem(KEPT, id);
    return id;
  } catch {
    return fresh(); // this browser keeps nothing of its own: neither will the stores
  }
}
const name = keepsOn ? windowName() : "";
// What is on the page is written soon after it changed, and at the latest when the page is left.
function keep() {
  if (!keepsOn || !resumed) return; // not before what is kept was read
  root.dataset.keeping = "soon";
  clearTimeout(storing);
  storing = setTimeout(write_down, 200);
}
const present = (history = null) => ({
  history, id: name, when: Date.now(), boxes: collect(), shown: now.shown, chosen: chose ? chosen() : null,
  running: Boolean(doing?.fresh), typed: [...(window.summarizerReader?.typed() || []), ...(doing?.typed || [])],
});
// The states that Undo goes back to, the newest of them, each text once.
const MOST_STEPS = 60, MOST_STEPPED = 3_000_000; // states, and code units of them together
function packed() {
  const texts = [], places = new Map();
  let weight = 0, first = states.length;
  const place = (text) => {
    if (text === null || text === undefined) return null;
    if (!places.has(text)) {
      places.set(text, texts.push(text) - 1);
      weight += text.length;
    }
    return places.get(text);
  };
  const kept = [];
  while (first > 0 && states.length - first < MOST_STEPS) {
    const { boxes, shown, what } = states[first - 1];
    const one = {
      what, boxes: boxes.map((box) => ({ ...box, text: place(box.text) })),
      shown: shown && { id: shown.id, json: place(shown.json), marks: place(shown.marks) },
    };
    if (weight > MOST_STEPPED) break;
    kept.unshift(one);
    first -= 1;
  }
  return at >= first ? { states: kept, texts, weight, at: at - first } : null;
}
function unpack({ states: kept, texts, at: place }) {
  const summaries = new Map();
  const summary = (shown) => {
    const key = `${shown.id} ${shown.json} ${shown.marks}`;
    if (!summaries.has(key)) summaries.set(key, { id: shown.id, json: texts[shown.json], marks: texts[shown.marks] });
    return summaries.get(key);
  };
  states = kept.map(({ boxes, shown, what }) => ({
    what, boxes: boxes.map((box) => ({ ...box, text: texts[box.text] })), shown: shown && summary(shown),
  }));
  [at, now] = [place, states[place]];
}
// A page that is left at once may not live until the stores have answered: what is short is laid
// where no answer is needed, and read from there when the page comes again.
const SHORT = 2_000_000;
function leave() {
  const early = !root.dataset.keeping && articleBoxes().length; // left before what is kept was listed
  if (!keepsOn || (root.dataset.keeping !== "soon" && !early)) return;
  const state = JSON.stringify(present());
  if (storing) write_down();
  if (state.length > SHORT) return;
  try {
    localStorage.setItem(`${KEPT}:${name}`, state);
  } catch {
    return; // no room: the stores have it, if they answered in time
  }
}
function left_behind() {
  const state = localStorage.getItem(`${KEPT}:${name}`);
  localStorage.removeItem(`${KEPT}:${name}`);
  return state ? [JSON.parse(state)] : [];
}
let writing = Promise.resolve(), written = null;
function write_down() {
  clearTimeout(storing);
  storing = 0;
  if (!keepsOn || !resumed) return;
  const state = present(packed());
  writing = writing.then(() => stored("readwrite", async (windows, summaries) => {
    windows.put(state);
    await bound(windows, MOST_WINDOWS, (one) => one.id !== state.id);
    if (!state.shown || state.shown === written) return;
    const before = await answered(summaries.get(state.shown.id));
    summaries.put({ ...state.shown, made: before?.made || state.when, ...heading(state.shown) });
    const dropped = await bound(summaries, MOST_SUMMARIES, (one) => one.id !== state.shown.id);
    written = state.shown;
    if (dropped) line.textContent = `The oldest ${dropped === 1 ? "summary was" : `${dropped} summaries were`} dropped: ${told()}`;
    await list(summaries);
  })).then(() => {
    if (!storing) root.dataset.keeping = "done";
  });
}
// The oldest go where there are too many, or they are too long together.
async function bound(store, most, may) {
  const all = (await answered(store.getAll())).sort((one, other) => (other.made || other.when) - (one.made || one.when));
  let total = 0, dropped = 0;
  all.forEach((one, n) => {
    total += (one.history?.weight || 0) + (one.json || one.shown?.json || "").length + (one.boxes || []).reduce((sum, box) => sum + box.text.length, 0);
    if ((n >= most || total > MOST_KEPT) && may(one)) {
      store.delete(one.id);
      dropped += 1;
    }
  });
  return dropped;
}
function heading({ json }) {
  const { title, sentences } = JSON.parse(json);
  return { headline: (title || sentences[0])?.text || "Nothing could be verified", sentences: sentences.length };
}
const told = () => line.dataset.told;

// The summaries that can be opened again, newest first.
async function list(store) {
  const all = store ? await answered(store.getAll()) : await stored("readonly", (windows, summaries) => answered(summaries.getAll()));
  const fold = element.querySelector(".earlier");
  const items = (all || []).sort((one, other) => other.made - one.made).map((one) => {
    const item = document.createElement("li"), button = document.createElement("button");
    Object.assign(button, { type: "button", className: "again", textContent: one.headline, dir: "auto" });
    const when = new Date(one.made).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" });
    const about = Object.assign(document.createElement("span"), { textContent: `${when} · ${plural(one.sentences, "sentence")}` });
    button.addEventListener("click", () => again(one.id));
    item.append(button, about);
    return item;
  });
  fold.hidden = !items.length;
  fold.querySelector("summary").textContent = `Earlier summaries (${items.length})`;
  fold.querySelector("ul").replaceChildren(...items);
}
async function again(id) {
  const one = await stored("readonly", (windows, summaries) => answered(summaries.get(id)));
  if (!one) return;
  const summary = JSON.parse(one.json);
  open({ summary, marks: JSON.parse(one.marks), said: "Opened as it was left." },
    { what: "opening a summary", id, articles: summary.articles.filter((a) => a.text) });
}

// A window that is loaded again goes on where it was; a new one where the last one was.
async function resume() {
  if (!keepsOn) return;
  const windows = await stored("readonly", (store) => answered(store.getAll()));
  resumed = true;
  const all = windows ? [...left_behind(), ...windows] : [];
  const last = all.find((one) => one.id === name) || all.sort((one, other) => other.when - one.when)[0];
  // What was left behind before the stores were read does not say what was chosen.
  const before = all.find((one) => one.id === last?.id && one.chosen);
  if (before && !chose) choose(before.chosen);
  const history = all.find((one) => one.id === last?.id && one.history)?.history;
  if (last && !doing && same(snapshot(), now.boxes) && (last.shown || last.boxes.some((box) => box.text || box.title || box.outlet))) {
    write(last.boxes);
    [states, at, now] = [[], 0, null]; // the page while it was still empty is nothing to go back to
    if (history) unpack(history);
    const held_one = now?.shown;
    const known = last.shown && held_one?.id === last.shown.id && held_one.json === last.shown.json && held_one.marks === last.shown.marks;
    last.shown = known ? held_one : last.shown;
    commit("going on from before", last.shown ?? null);
    offer();
    const own = last.id === name;
    const said = `Back where you were: this browser had kept it.${own && last.running ? UNFINISHED : ""}`;
    if (last.shown) ask_to_show(last.shown, said, own ? last.typed : []);
    else note(said);
  }
  await list();
  if (!storing && same(snapshot(), now.boxes) && states.length === 1) root.dataset.keeping = "done";
  else keep();
}
async function forget() {
  const sure = await question("Forget the articles and summaries that this browser keeps? What is on the page stays until you leave it.",
    "Forget them", "Cancel");
  if (sure !== 0) return;
  keepsOn = false;
  await writing;
  await stored("readwrite", (windows, summaries) => {
    windows.clear();
    summaries.clear();
  });
  await list();
  line.textContent = "Forgotten. Nothing more is kept until the page is loaded again.";
  element.querySelector(".forget").hidden = true;
}
element.querySelector(".forget")?.addEventListener("click", forget);
// Opened at the foot of the page, the list would lie under the controls.
element.querySelector(".earlier")?.addEventListener("toggle", ({ target }) => target.open && target.scrollIntoView({ block: "nearest" }));
addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => document.hidden && leave());

// The buttons come after the boxes: what is to be shown waits for them.
function whenThere(work) {
  if (document.querySelector("#opening") && document.querySelector("#status")) work();
  else requestAnimationFrame(() => whenThere(work));
}
commit("the beginning");
whenThere(() => {
  resume();
  offer();
});
