// The desk: boxes for articles, counted as you type. What is sent is read from the boxes alone.
const boxes = element.querySelector(".boxes");
const template = element.querySelector("template.box");
const total = element.querySelector(".total");
const root = document.documentElement;
const plural = (n, what) => `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;
const wordsIn = (text) => (text.match(/\S+/g) || []).length;
const press = (id) => document.querySelector(id)?.click();

const filledBoxes = () => [...boxes.querySelectorAll("fieldset")];
const tongues = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });

function count() {
  let words = 0, filled = 0;
  filledBoxes().forEach((box, i) => {
    const n = wordsIn(box.querySelector(".text").value), tongue = n && box.dataset.tongue;
    box.className = `box o${(i % 8) + 1}`;
    box.querySelector("legend").textContent = `Article ${i + 1}`;
    box.querySelector(".badge").textContent = i + 1;
    box.querySelector(".remove").setAttribute("aria-label", `Remove article ${i + 1}`);
    const said = n ? [plural(n, "word")] : [];
    if (tongue) said.push(tongues.of(tongue) + (tongue === "en" ? "" : ": summaries are made for English"));
    const line = box.querySelector(".count");
    line.textContent = said.join(" · ");
    line.classList.toggle("foreign", Boolean(tongue && tongue !== "en"));
    words += n;
    filled += n > 0;
  });
  total.textContent = filled ? `${plural(filled, "article")}, ${plural(words, "word")}` : "";
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

function add(article = {}) {
  const box = template.content.firstElementChild.cloneNode(true);
  for (const key of ["text", "title", "outlet"]) {
    box.querySelector(`.${key}`).value = article[key] || "";
  }
  // What the boxes do not show stays with the article it came with.
  box.given = { url: article.url || null, published: article.published || null };
  boxes.append(box);
  count();
  return box;
}

function fill(articles) {
  boxes.replaceChildren();
  articles.forEach(add);
  while (boxes.children.length < 2) add();
  back();
}

function collect() {
  return [...boxes.querySelectorAll("fieldset")].map((box) => ({
    ...box.given,
    text: box.querySelector(".text").value,
    title: box.querySelector(".title").value || null,
    outlet: box.querySelector(".outlet").value || null,
  }));
}

const start = () => document.querySelector("#start");
function busy(is) {
  root.classList.toggle("summarizer-busy", is);
  if (start()) start().disabled = is;
}
function begin() {
  busy(true);
  root.classList.remove("summarizer-done");
  return { articles: collect(), length: length() };
}
// Called whenever the status line changes: the server's word, not the click, ends a run.
function follow() {
  const running = Boolean(document.querySelector("#status .busy"));
  busy(running);
  if (!running) ended();
}
function ended() {
  busy(false);
  root.classList.toggle("summarizer-done", Boolean(document.querySelector("#account .tally")));
  if (!document.querySelector("#account .account")) back();
}
function back() {
  root.classList.remove("summarizer-reading");
}

// The length: a slider for the usual, a number for all that is allowed, in words or sentences. A
// change while a summary is on the page plans it anew, once the hand has come to rest.
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
document.addEventListener("input", (event) => {
  if (event.target === range()) number().value = range().value;
  else if (event.target === number()) range().value = number().value;
  else if (event.target === unit()) measure();
  else return;
  clearTimeout(resting);
  resting = setTimeout(() => {
    if (root.matches(".summarizer-done.summarizer-reading")) press("#replan");
  }, 500);
});

// What the reader asks of a sentence, in the order asked.
const asked = [];
function ask(what) {
  asked.push(what);
  press("#edit");
}
const edit = () => asked.shift() ?? null;

// Files are made in the browser from what it already holds: the server stores none. Word's comes
// as base64, made when it is asked for.
const TYPES = {
  markdown: "text/markdown;charset=utf-8", json: "application/json;charset=utf-8", html: "text/html;charset=utf-8",
  text: "text/plain;charset=utf-8", plain: "text/plain;charset=utf-8",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};
const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
function save(files, form, ending) {
  if (!files || typeof files[form] !== "string") return;
  const held = form === "docx" ? bytes(files[form]) : files[form];
  const url = URL.createObjectURL(new Blob([held], { type: TYPES[form] }));
  const link = Object.assign(document.createElement("a"), { href: url, download: `summary.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

// The text with its marks and a short list of sources, as plain and as rich text at once. Where the
// page is not on https the clipboard has no such door, and a copy event carries both.
async function copy(files) {
  if (!files?.plain) return;
  let done = await wrote(files);
  done ||= carried(files);
  if (!done) save(files, "plain", "txt");
  const status = document.querySelector("#status .status");
  if (status) status.textContent = done ? "Copied, with its marks and sources." : "The clipboard is closed; saved as a text file.";
}
async function wrote({ plain, rich }) {
  const blob = (text, type) => new Blob([text], { type });
  try {
    if (window.ClipboardItem && navigator.clipboard?.write) {
      const both = { "text/plain": blob(plain, "text/plain"), "text/html": blob(rich, "text/html") };
      await navigator.clipboard.write([new ClipboardItem(both)]);
      return true;
    }
    return false;
  } catch {
    return false; // not allowed here, or another type than text is not
  }
}
function carried({ plain, rich }) {
  let done = false;
  const fill = (event) => {
    event.clipboardData.setData("text/plain", plain);
    event.clipboardData.setData("text/html", rich);
    event.preventDefault();
    event.stopImmediatePropagation();
    done = true;
  };
  document.addEventListener("copy", fill, { capture: true, once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", fill, { capture: true });
  return done;
}

// Several articles in one paste: <article> blocks, or lines of dashes between them.
function partition(text) {
  const blocks = [...text.matchAll(/<article\b[^>]*>([\s\S]*?)<\/article>/gi)].map((m) => m[1]);
  const parts = blocks.length ? blocks : text.split(/^[ \t]*(?:-{4,}|[—–_=]{3,})[ \t]*$/m);
  return parts.map((part) => part.trim()).filter(Boolean);
}
// From here on a browser takes minutes to paste many lines as typing; put in at once, it takes none.
const LONG = 100_000;
const empty = () =>
  [...boxes.querySelectorAll("fieldset")].find((b) => !b.querySelector(".text").value.trim());
function put(articles, alone = false) {
  if (alone) boxes.replaceChildren();
  for (const article of articles) {
    const box = empty();
    const made = add(article);
    if (box) box.replaceWith(made);
  }
  count();
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
  press("#drop");
}
// A summary that was saved as JSON is shown again, with its articles in the boxes.
let kept = null;
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
  kept = summary;
  press("#opening");
}
function saved() {
  const value = kept;
  kept = null;
  return value;
}
function opened(found) {
  if (!found || !document.querySelector("#account .account")) return;
  if (found.articles.length) put(found.articles, true);
  ended();
}

// Links go to the server only where its owner lets it fetch them.
const links = () => element.querySelector(".link").value;
function dropped() {
  const files = waiting;
  waiting = [];
  return files;
}
function place(found) {
  if (!found || !found.articles) return;
  put(found.articles);
  back();
  const link = element.querySelector(".link");
  if (link && found.articles.some((a) => a.url && link.value.includes(new URL(a.url).host))) link.value = "";
  if (found.warnings.length) total.textContent = found.warnings.join(" · ");
}

element.addEventListener("input", count);
element.addEventListener("paste", (event) => {
  if (!event.target.matches(".text")) return;
  const text = event.clipboardData.getData("text/plain"), parts = partition(text), box = event.target;
  if (parts.length > 1) {
    event.preventDefault();
    put(parts.map((text) => ({ text })));
  } else if (text.length > LONG) {
    event.preventDefault();
    box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
    count();
  }
});
element.addEventListener("click", (event) => {
  if (event.target.closest(".add")) add().querySelector(".text").focus();
  if (event.target.closest(".fetch")) press("#fetch");
  if (event.target.closest(".open")) element.querySelector(".files").click();
  if (event.target.closest(".reopen")) element.querySelector(".saved").click();
  const remove = event.target.closest(".remove");
  if (remove) {
    remove.closest("fieldset").remove();
    if (!boxes.children.length) add();
    count();
  }
});
element.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches(".link")) press("#fetch");
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

add();
add();
window.summarizerPage = {
  begin, follow, ended, back, fill, save, copy, length, ask, edit, dropped, links, place, samples, languages,
  saved, opened,
};
