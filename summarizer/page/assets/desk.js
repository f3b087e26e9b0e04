// The desk: boxes for articles, counted as you type. What is sent is read from the boxes alone.
const boxes = element.querySelector(".boxes");
const template = element.querySelector("template.box");
const total = element.querySelector(".total");
const root = document.documentElement;
const plural = (n, what) => `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;
const wordsIn = (text) => (text.match(/\S+/g) || []).length;

function count() {
  let words = 0, filled = 0;
  boxes.querySelectorAll("fieldset").forEach((box, i) => {
    const n = wordsIn(box.querySelector(".text").value);
    box.querySelector("legend").textContent = `Article ${i + 1}`;
    box.querySelector(".remove").setAttribute("aria-label", `Remove article ${i + 1}`);
    box.querySelector(".count").textContent = n ? plural(n, "word") : "";
    words += n;
    filled += n > 0;
  });
  total.textContent = filled ? `${plural(filled, "article")}, ${plural(words, "word")}` : "";
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
  return collect();
}
// Called whenever the status line changes: the server's word, not the click, ends a run.
function follow() {
  const running = Boolean(document.querySelector("#status .busy"));
  busy(running);
  if (running) return;
  const told = Boolean(document.querySelector("#account .tally"));
  root.classList.toggle("summarizer-done", told);
  if (!document.querySelector("#account .account")) back();
}
function cancel() {
  busy(false);
  return [];
}
function back() {
  root.classList.remove("summarizer-reading");
}

// Files are made in the browser from what it already holds: the server stores none.
function save(files, form, ending) {
  if (!files || typeof files[form] !== "string") return;
  const types = { markdown: "text/markdown", json: "application/json", html: "text/html", text: "text/plain" };
  const url = URL.createObjectURL(new Blob([files[form]], { type: `${types[form]};charset=utf-8` }));
  const link = Object.assign(document.createElement("a"), { href: url, download: `summary.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
async function copy(files) {
  if (files && files.text) await navigator.clipboard.writeText(files.text);
}

element.addEventListener("input", count);
element.addEventListener("click", (event) => {
  if (event.target.closest(".add")) add().querySelector(".text").focus();
  const remove = event.target.closest(".remove");
  if (remove) {
    remove.closest("fieldset").remove();
    if (!boxes.children.length) add();
    count();
  }
});
element.addEventListener("dragover", (event) => event.preventDefault());
element.addEventListener("drop", async (event) => {
  const dropped = [...(event.dataTransfer?.files || [])];
  if (!dropped.length) return;
  event.preventDefault();
  for (const file of dropped) {
    if (!/\.(txt|md|markdown)$/i.test(file.name)) {
      total.textContent = `${file.name} is not a .txt or .md file; paste its text instead`;
      continue;
    }
    const text = await file.text();
    const empty = [...boxes.querySelectorAll("fieldset")].find((b) => !b.querySelector(".text").value.trim());
    (empty || add()).querySelector(".text").value = text;
    count();
  }
});

add();
add();
window.summarizerPage = { begin, follow, cancel, back, fill, save, copy };
