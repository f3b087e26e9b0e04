// Articles, each in a box of its own, counted as you type, and the runs that read them. The last box is
// blank: what is pasted or typed into it is the next article. What is sent is read from the boxes alone.
const boxes = element.querySelector(".boxes");
const template = element.querySelector("template.box");
const total = element.querySelector(".total");
const root = document.documentElement;
const fetches = Boolean(template.content.querySelector(".fetch")); // only where the page's owner lets it
const plural = (n, what) => `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;
const wordsIn = (text) => (text.match(/\S+/g) || []).length;
// A page on a slow machine may not be whole yet when something is dropped on it: the press waits for its button.
const PATIENCE = 100; // times a tenth of a second
function press(id, tries = PATIENCE) {
  const button = document.querySelector(id);
  if (button) button.click();
  else if (tries) setTimeout(() => press(id, tries - 1), 100);
}

const filledBoxes = () => [...boxes.querySelectorAll("fieldset")];
const blank = (box) => ![".text", ".title", ".outlet"].some((field) => box.querySelector(field).value.trim());
// Every box but the last one, which is blank and waits for the next article.
const articleBoxes = () => filledBoxes().filter((box, i, all) => i < all.length - 1 || !blank(box));
function offerNext() {
  const all = filledBoxes();
  while (all.length > 1 && blank(all.at(-1)) && blank(all.at(-2))) {
    const spare = all.splice(all.at(-1).contains(document.activeElement) ? -2 : -1, 1)[0];
    spare.remove();
  }
  if (!all.length || !blank(all.at(-1))) boxes.append(boxOf());
  root.classList.toggle("summarizer-entered", boxes.children.length > 1);
}
const ONLY_LINKS = /^\s*https?:\/\/[^\s<>"]+(?:\s+https?:\/\/[^\s<>"]+)*\s*$/i;
const hostOf = (url) => (URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, "") : url.slice(0, 60));
const tongues = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });

// The direction is told from the beginning: for `dir="auto"` a browser looks through a megabyte again
// and again.
const RIGHT_TO_LEFT = /^[^\p{L}]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
function count() {
  let words = 0, filled = 0, linked = 0;
  offerNext();
  filledBoxes().forEach((box, i, all) => {
    const area = box.querySelector(".text"), n = wordsIn(area.value), tongue = n && box.dataset.tongue;
    area.dir = RIGHT_TO_LEFT.test(area.value.slice(0, SAMPLE)) ? "rtl" : "ltr";
    const next = i === all.length - 1;
    box.className = next ? "next" : `box o${(i % 8) + 1}`;
    box.classList.toggle("links", ONLY_LINKS.test(area.value));
    box.querySelector("legend").textContent = next ? "Next article" : `Article ${i + 1}`;
    area.setAttribute("aria-label", !next ? "Text" : fetches ? "Articles or links" : "Articles");
    area.placeholder = !next ? "" : i
      ? `Paste another article${fetches ? " or link" : ""}` : `Paste here: one article${fetches ? ", several, or links" : ", or several"}`;
    box.querySelector(".join").textContent = `Join to ${i}`;
    box.querySelector(".join").setAttribute("aria-label", `Join to article ${i}`);
    box.querySelector(".badge").textContent = i + 1;
    box.querySelector(".remove").setAttribute("aria-label", `Remove article ${i + 1}`);
    const only = box.matches(".links");
    const said = n ? [plural(n, only ? "link" : "word")] : [];
    if (tongue) said.push(tongues.of(tongue) + (tongue === "en" ? "" : ": summaries are made for English"));
    const line = box.querySelector(".count");
    if (box.given.url && n) said.push(hostOf(box.given.url));
    line.textContent = said.join(" · ");
    line.classList.toggle("foreign", Boolean(tongue && tongue !== "en"));
    if (only) linked += n;
    else {
      words += n;
      filled += n > 0;
    }
  });
  const all = filled ? [plural(filled, "article"), plural(words, "word")] : [];
  if (linked) all.push(plural(linked, "link"));
  total.textContent = all.join(", ");
  clearTimeout(typing);
  typing = setTimeout(look, 600);
}

// The language of each article is told by the server from its beginning, once the hand rests.
const SAMPLE = 1_000;
let typing = 0, looked = "", asking = [];
const beginning = (box) => box.querySelector(".text").value.slice(0, SAMPLE);
function look() {
  const key = JSON.stringify(filledBoxes().map(beginning));
  if (key === looked || root.matches(".summarizer-busy")) return;
  looked = key;
  if (filledBoxes().some((box) => wordsIn(beginning(box)) > 19)) press("#look");
}
function samples() {
  asking = filledBoxes();
  return asking.map(beginning);
}
function languages(codes) {
  (codes || []).forEach((code, i) => {
    if (asking[i]) asking[i].dataset.tongue = code || "";
  });
  if (asking.length) count();
}

function boxOf(article = {}) {
  const box = template.content.firstElementChild.cloneNode(true);
  for (const key of ["text", "title", "outlet"]) {
    box.querySelector(`.${key}`).value = article[key] || "";
  }
  // What the boxes do not show stays with the article it came with: its link, and the hour of its date.
  box.given = { url: article.url || null, published: article.published || null };
  box.querySelector(".published").value = dayOf(article.published);
  return box;
}
const dayOf = (published) => /^\d{4}-\d\d-\d\d/.exec(published || "")?.[0] || "";
function articleOf(box) {
  const day = box.querySelector(".published").value;
  return {
    ...box.given,
    published: day === dayOf(box.given.published) ? box.given.published : day || null,
    text: box.querySelector(".text").value,
    title: box.querySelector(".title").value || null,
    outlet: box.querySelector(".outlet").value || null,
  };
}

function write(articles) {
  boxes.replaceChildren(...articles.map(boxOf));
  count();
}
function fill(articles) {
  commit("typing");
  write(articles);
  commit("the example");
  example = now.boxes;
  back();
}

const collect = () => articleBoxes().map(articleOf);

const start = () => document.querySelector("#start");
function busy(is) {
  root.classList.toggle("summarizer-busy", is);
  if (start()) start().disabled = is;
}
function begin() {
  commit("typing");
  busy(true);
  root.classList.remove("summarizer-done");
  const keep = keeping;
  keeping = false;
  const articles = collect();
  return { articles: articles.length ? articles : [{ text: "" }], length: length(), keep };
}
// How long it has been at it is said beside what it does, which may stay the same for a minute.
const QUIET = 3; // seconds for which nothing is said of them
let began = 0, ticking = 0;
function tick(running) {
  if (running === Boolean(began)) return;
  began = running ? Date.now() : 0;
  clearInterval(ticking);
  const { style } = document.querySelector("#status");
  style.removeProperty("--elapsed");
  if (running) ticking = setInterval(() => {
    const seconds = Math.round((Date.now() - began) / 1000);
    if (seconds >= QUIET) style.setProperty("--elapsed", `" · ${seconds} s"`);
  }, 1000);
}
let lastTold = "";
// What was said of the last job is not said of what the reader now enters.
function stale() {
  if (!doing) root.classList.add("summarizer-stale");
}
// Called whenever the status line changes: the server's word, not the click, ends a run.
function follow() {
  const running = Boolean(document.querySelector("#status .busy"));
  const told = document.querySelector("#status .status")?.textContent || "";
  busy(running);
  tick(running);
  if (running && !document.querySelector("#account .tally")) root.classList.remove("summarizer-done");
  if (told !== lastTold) root.classList.remove("summarizer-stale");
  lastTold = told;
  if (spot) spot.textContent = told;
  if (!running) ended();
}
// Beside the button that was pressed, what its job does is said as in the status line.
let spot = null;
function sayAt(place) {
  if (spot) spot.textContent = "";
  spot = place;
}
function ended() {
  busy(false);
  root.classList.toggle("summarizer-done", Boolean(document.querySelector("#account .tally")));
  if (!document.querySelector("#account .account")) back();
}
function back() {
  root.classList.remove("summarizer-reading");
}
const toSummary = () => Boolean(document.querySelector("#account .account")) && (root.classList.add("summarizer-reading"), true);
function forth() {
  if (toSummary() && now?.shown && !doing) follow_names();
}
// An outlet is what an article is called: where a box has another name for it, so has the summary. What
// else was changed is only said, since the text rests on it.
function follow_names() {
  commit("typing");
  const these = collect(), summary = JSON.parse(now.shown.json);
  const whole = ({ text, title }) => these.filter((box) => box.text === text && (box.title || "") === (title || ""));
  let renamed = 0;
  for (const article of summary.articles) {
    const [box, ...more] = whole(article);
    if (!box || more.length || (box.outlet || "").trim() === (article.outlet || "")) continue;
    article.outlet = (box.outlet || "").trim() || null;
    renamed += 1;
  }
  const asked = { summary, marks: JSON.parse(now.shown.marks), said: "The outlets have their new names." };
  if (renamed) open(asked, { naming: true, id: now.shown.id });
  else if (these.length && shares(summary, these) && !alike(summary, these, ["text", "title", "published"])) {
    const status = document.querySelector("#status .status:not(.busy)");
    if (status) status.textContent = "The articles were changed since this was made; Summarise reads them.";
  }
}

// What is being done, until it is done: its name for undo; whether it makes another summary; and
// whether the focus goes to the summary. Nothing else is begun meanwhile but another length.
let doing = null;
function begun(what) {
  doing = what;
  if (what) lost_doing = null;
  said_before = null;
  root.classList.toggle("summarizer-doing", Boolean(what));
  withhold();
  keep();
  if (what) root.classList.remove("summarizer-stale");
}
// A summary is opened at any time: what is being done is cancelled first, and has settled then.
const settling = [];
function free() {
  if (!doing) return Promise.resolve();
  press("#cancel");
  return new Promise((done) => settling.push(done));
}
const freed = () => settling.splice(0).forEach((done) => done());
const SUMMARISING = { what: "summarising", fresh: true, focus: true };
function tellReader({ asked, typed, lost }, files) {
  const event = new CustomEvent("summarizer-settled", { detail: { asked, typed, lost, json: files?.json } });
  setTimeout(() => document.dispatchEvent(event), 100); // by then what came is drawn
}
// After a run, a change or a new length: `files` is what the page now holds.
function settled(files) {
  const done = doing || lost_doing || { what: "the length" }; // the slider alone begins anew before the last is done
  begun(null);
  ended();
  if (files?.json) shown(files, done);
  tellReader(done, files);
  if (done.fresh && /^Done/.test(document.querySelector("#status .status")?.textContent)) toSummary();
  if (done.focus && (document.activeElement === document.body || document.activeElement?.closest("#controls, #articles"))) {
    document.querySelector("#account .account")?.focus({ preventScroll: true });
  }
  freed();
  catchUp();
}

// A server that was stopped says nothing: whether it answers is looked at while something is being done.
const EVERY = 3_000, MISSES = 2; // milliseconds; answers in a row that do not come
let missed = 0, lost_doing = null; // what was being done then, should its answer come after all
async function beat() {
  if (!doing && !root.matches(".summarizer-busy")) return void (missed = 0);
  try {
    await fetch(location.pathname, { method: "HEAD", cache: "no-store" });
    missed = 0;
  } catch {
    missed += 1; // nothing but a connection that fails is thrown
  }
  if (missed >= MISSES) lost();
}
setInterval(beat, EVERY);
function lost() {
  const done = (lost_doing = doing) || {};
  missed = 0;
  begun(null);
  held = null;
  const status = document.querySelector("#status .status");
  if (status) Object.assign(status, { className: "status error", textContent: "The server of this page does not answer. What is here stays, and can be copied." });
  ended();
  tellReader({ ...done, lost: true });
  freed();
}

// What would overwrite the reader's own work asks first.
const dialog = element.querySelector("dialog.question");
document.body.append(dialog); // while reading, the boxes are not drawn, and nothing in them would be
function question(text, ...choices) {
  dialog.querySelector("p").textContent = text;
  const made = choices.map((words, n) =>
    Object.assign(document.createElement("button"), { type: "submit", value: String(n), textContent: words, className: n ? "" : "first" }));
  dialog.querySelector(".choices").replaceChildren(...made);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((told) => dialog.addEventListener("close", () =>
    told(dialog.returnValue === "" ? null : Number(dialog.returnValue)), { once: true }));
}
// Whether a run can start. Where it cannot, it says why at once, and nothing is asked before.
const startable = () => collect().some((box) => box.text.trim()) && !boxes.querySelector(".links");
let agreed = null, keeping = false, afresh = false, example = null, asking_first = false;
async function asksFirst(button) {
  if (button.id === "start") {
    [keeping, afresh] = [false, false];
    if (now.shown && !shares(toldOf(now.shown), collect())) return true; // of other articles there is nothing to keep
    const { worded = [], locked = [], gone = [] } = marksOf(now.shown);
    const changed = [...worded, ...document.querySelectorAll("#account .editor")];
    const told = [[changed, "changed"], [locked, "locked"], [gone, "deleted"]].filter(([all]) => all.length).map(([, word]) => word);
    if (!told.length || !startable()) return true;
    const chosen = await question(`In this summary you have ${told.join(", ").replace(/, (?=\w+$)/, " or ")} sentences. Keep that in the new one?`,
      "Keep my changes", "Begin afresh", "Cancel");
    [keeping, afresh] = [chosen === 0, chosen === 1];
    return chosen === 0 || chosen === 1;
  }
  commit("typing");
  const blank = !now.boxes.some((box) => box.text.trim() || box.title || box.outlet);
  if (blank || (example && same(now.boxes, example))) return true;
  return (await question("The boxes hold articles. Put the example in their place? Undo brings them back.",
    "Load the example", "Cancel")) === 0;
}
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("#start, #controls .example");
  if (!button || agreed === button) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (doing || dialog.open || asking_first) return;
  asking_first = true;
  await calm(); // what was just pasted is parted first
  const goes = await asksFirst(button);
  asking_first = false;
  if (!goes) return;
  if (button.id === "start" && !afresh && onlyLength()) {
    keeping = false; // a new plan keeps it anyway
    begun({ what: "the length", focus: true });
    press("#replan");
    return;
  }
  if (button.id === "start") begun(SUMMARISING);
  // Not within the press itself: a button pressed by key cannot be clicked again before that is over.
  setTimeout(() => {
    agreed = button;
    button.click();
    agreed = null;
  });
}, true);

// What a summary tells of: its articles, what it was made with, and how long it was asked to be.
function toldOf({ json, marks }) {
  const { articles, signature = {} } = JSON.parse(json);
  const asked = signature.sentences ? { unit: "sentences", n: signature.sentences } : { unit: "words", n: signature.words };
  return { articles, asked, model: JSON.parse(marks).model || "" };
}
// Whether one of these articles is of the summary, be it with a word changed; true where it does not hold them.
const opening_of = (text) => text.trim().slice(0, 80);
const shares = ({ articles }, these) => articles.some(({ text }) => !text || these.some((box) => opening_of(box.text || "") === opening_of(text)));
const alike = ({ articles }, these, keys) => articles.length === these.length &&
  articles.every((one, n) => keys.every((key) => (one[key] || "").trim() === (these[n][key] || "").trim()));

// The length: a slider for the usual, a number for all that is allowed, in words or sentences. Quotations
// are planned anew at once, when the hand has come to rest; what a model writes takes minutes, so that
// only the difference is said, and Summarise plans anew.
const WRITES = /^(default$|https?:)/;
const range = () => document.querySelector("#length-range");
const number = () => document.querySelector("#length-number");
const unit = () => document.querySelector("#length-unit");
const BOUNDS = {
  words: { slider: [20, 600, 10], number: [10, 5000], usual: 150 },
  sentences: { slider: [1, 24, 1], number: [1, 500], usual: 6 },
};
let resting = 0;
const length = () => ({ unit: unit().value, n: number().value === "" ? null : Number(number().value) });
function measure() {
  const { slider, number: [least, most], usual } = BOUNDS[unit().value];
  [range().min, range().max, range().step] = slider;
  [number().min, number().max] = [least, most];
  const told = document.querySelectorAll("#account .sentence").length;
  number().value = range().value = unit().value === "sentences" && told ? told : usual;
}
// How the next summary is to be made: with which model, how long.
const models = () => [...document.querySelectorAll("#model input")];
const chosen = () => ({ model: models().find((one) => one.checked)?.value || "", length: length() });
let chose = false; // the reader has chosen, on this page or before it was loaded; else nothing is kept of it
function choose({ model, length: { unit: of, n } }) {
  const radio = models().find((one) => one.value === model);
  if (radio && !radio.checked) radio.click();
  chose = true;
  if (!BOUNDS[of]) return;
  unit().value = of;
  measure();
  if (n) number().value = range().value = n;
}
document.addEventListener("change", (event) => {
  if (!event.target.matches?.("#model input")) return;
  chose = true;
  keep();
});
document.addEventListener("input", (event) => {
  if (event.target === range()) number().value = range().value;
  else if (event.target === number()) range().value = number().value;
  else if (event.target === unit()) measure();
  else return;
  chose = true;
  keep();
  clearTimeout(resting);
  resting = setTimeout(replan, 500);
});
const otherLength = ({ asked }) => asked.unit !== length().unit || asked.n !== length().n;
// Whether Summarise would change nothing but the length of what is shown.
function onlyLength() {
  if (!now.shown || !root.matches(".summarizer-done")) return false;
  const told = toldOf(now.shown);
  return otherLength(told) && told.model === chosen().model && alike(told, collect(), ["text", "title", "published", "url"]);
}
let said_before = null; // what the status line said before the length was touched
function sayLength(told) {
  const status = document.querySelector("#status .status:not(.busy)");
  if (!status) return;
  said_before ??= status.textContent;
  const { unit: of, n } = told.asked, differs = otherLength(told) && number().value !== "";
  status.textContent = differs ? `Made for ${n} ${of}. Press Summarise for ${number().value} ${unit().value}.` : said_before;
  if (!differs) said_before = null;
}
function replan() {
  if (!root.matches(".summarizer-done.summarizer-reading")) return;
  if (!doing && now.shown) {
    const told = toldOf(now.shown);
    if (WRITES.test(told.model)) return sayLength(told);
  }
  if (doing && doing.what !== "the length") {
    resting = setTimeout(replan, 500);
    return;
  }
  begun({ what: "the length" });
  press("#replan");
}

// What the reader asks of a sentence: one thing at a time, since the next one's number may hang on it.
const NAMES = {
  change: "the wording", others: "the other wordings", take: "the other wording", lock: "the lock", up: "the move", down: "the move",
  delete: "the deletion",
};
function ask(what) {
  if (doing) return false;
  begun({ what: NAMES[what.op], asked: what });
  press("#edit");
  return true;
}
const edit = () => doing?.asked;

function put(articles) {
  commit("typing");
  for (const article of articles) {
    const made = boxOf(article), box = filledBoxes().find((b) => !b.querySelector(".text").value.trim());
    if (box) box.replaceWith(made);
    else boxes.append(made);
  }
  count();
  commit("the articles added");
}

// Dropped files go to the server as they are, are read there in memory, and come back as text.
const LARGEST = 10_000_000, ALL = 28_000_000;
let waiting = [];
async function send(files) {
  const summary = await savedIn(files);
  if (summary) return show(summary);
  const found = [];
  let bytes = 0;
  for (const file of files) {
    bytes += file.size;
    if (file.size > LARGEST || bytes > ALL) {
      total.textContent = `${file.name} is too large; the page takes ${LARGEST / 1e6} MB a file and ${ALL / 1e6} MB at once`;
      return;
    }
    const raw = new Uint8Array(await file.arrayBuffer());
    let data = "";
    for (let i = 0; i < raw.length; i += 32768) data += String.fromCharCode(...raw.subarray(i, i + 32768));
    found.push({ name: file.name, data: btoa(data) });
  }
  if (!found.length) return;
  waiting = found;
  fetching = [];
  sayAt(element.querySelector(".bar .doing"));
  press("#drop");
}
// A summary that was saved as JSON is shown again, with its articles in the boxes.
async function savedIn(files) {
  if (files.length !== 1 || !/\.json$/i.test(files[0].name) || files[0].size > ALL) return null;
  try {
    const value = JSON.parse(await files[0].text());
    return value && value.schema_version && Array.isArray(value.sentences) ? value : null;
  } catch {
    return null; // the server says what is wrong with it
  }
}
function show(summary) {
  const articles = summary.articles.filter?.((a) => a.text) || [];
  open({ summary, said: "Opened as it was saved; nothing was checked again." }, { what: "opening a summary", fresh: true, articles });
}
// The finished example is a summary that was saved; the box stays free for the reader's own articles, and
// in the list of earlier summaries it stands once.
const finished = (summary) =>
  open({ summary, said: "A finished example. Your own begins at Articles." }, { what: "the finished example", id: "example" });

// The server shows what the browser holds: a file, a summary it kept, or what was there before.
let held = null;
async function open(sent, done) {
  await free();
  commit("typing");
  held = sent;
  begun(done);
  press("#opening");
}
const opening = () => held;
function opened(files) {
  const done = doing || {};
  begun(null);
  held = null;
  ended();
  if (!done.restoring && files?.json && !document.querySelector("#status .error")) {
    if (done.articles?.length) write(done.articles);
    if (done.naming) amend({ id: done.id, json: files.json, marks: files.marks });
    else shown(files, done);
    toSummary();
  }
  tellReader(done, files);
  freed();
  catchUp();
}

function dropped() {
  const files = waiting;
  waiting = [];
  return files;
}
// What was read of files or links: articles in the place of the links, or in boxes of their own.
function place(found) {
  const asked = fetching.filter((box) => box.isConnected);
  fetching = [];
  if (!found || !found.articles) {
    spot = null; // why it failed stays beside the button
    return;
  }
  sayAt(null);
  if (asked.length) {
    commit("typing");
    const left = found.left?.length ? [{ text: found.left.join("\n") }] : [];
    const made = [...found.articles, ...left].map(boxOf);
    if (left.length) made.at(-1).querySelector(".doing").textContent = found.warnings.join(" · ");
    asked[0].replaceWith(...made);
    asked.slice(1).forEach((box) => box.remove());
    count();
    commit("the articles fetched");
  } else put(found.articles);
  back();
  if (found.warnings.length) note(found.warnings.join(" · "));
}

element.addEventListener("input", () => {
  stale();
  count();
  typed();
});
element.addEventListener("click", (event) => {
  if (event.target.closest(".fetch")) fetchLinks();
  if (event.target.closest(".see")) press("#finished");
  if (event.target.closest(".join")) join(event.target.closest("fieldset"));
  if (event.target.closest(".split")) split(event.target.closest("fieldset"));
  if (event.target.closest(".open")) element.querySelector(".files").click();
  if (event.target.closest(".reopen")) element.querySelector(".saved").click();
  if (event.target.closest(".clear")) {
    commit("typing");
    write([]);
    commit("the removal of all articles");
    note("All articles were removed. Undo brings them back.");
    boxes.querySelector(".text").focus({ preventScroll: true });
  }
  const remove = event.target.closest(".remove");
  if (remove) {
    commit("typing");
    remove.closest("fieldset").remove();
    count();
    commit("the removal of an article");
    boxes.querySelector(".text").focus({ preventScroll: true });
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || dialog.open) return;
  event.preventDefault();
  if (!start()?.disabled) start()?.click();
});
element.addEventListener("change", (event) => {
  if (!event.target.matches(".files, .saved")) return;
  send([...event.target.files]);
  event.target.value = "";
});
// A file that is dropped beside the boxes would otherwise take the place of the page.
const drags = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
document.addEventListener("dragover", (event) => {
  if (drags(event)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const files = [...(event.dataTransfer?.files || [])];
  if (!files.length) return;
  event.preventDefault();
  send(files);
});

write([]);
