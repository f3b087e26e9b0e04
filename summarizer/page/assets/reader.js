// Linked reading: what rests on source sentences lights them, and a source sentence what it feeds.
// One listener for the page; ids come from the server and are letters and digits only.
const root = document.documentElement;
const quiet = matchMedia("(prefers-reduced-motion: reduce)");
const SOURCE = "#panes .s";
const LINK = "[data-src]";

// A sentence that goes over several paragraphs is an element with an id, and parts that name it.
const sourceId = (source) => source.dataset.part || source.id;
function partsOf(id) {
  const first = document.getElementById(id);
  return first ? [first, ...document.querySelectorAll(`${SOURCE}[data-part="${id}"]`)] : [];
}

const idsOf = (link) => (link.dataset.src || "").split(" ").filter(Boolean);
const links = () => [...document.querySelectorAll(`#account ${LINK}, #remarks ${LINK}`)];

const partOf = (link) => link.closest("#account, #remarks")?.id;

// What the eye is on, by its words and sources: new text is written into the old elements.
let eyed = null;
function clear() {
  eyed = null;
  document.querySelectorAll(".lit, .holds-lit").forEach((e) => e.classList.remove("lit", "holds-lit"));
  document.querySelectorAll('[aria-pressed="true"]').forEach((e) => e.setAttribute("aria-pressed", "false"));
}

function scrollIn(box, target) {
  if (!box || !target) return;
  const frame = box.getBoundingClientRect(), at = target.getBoundingClientRect();
  const top = box.scrollTop + at.top - frame.top - Math.max(12, (frame.height - at.height) / 3);
  box.scrollTo({ top, behavior: quiet.matches ? "auto" : "smooth" });
}

// An article that was set aside is a narrow strip until it is asked for.
function unfold(pane, is = true) {
  const button = pane?.querySelector(".unfold");
  if (!button) return;
  pane.classList.toggle("open", is);
  button.setAttribute("aria-expanded", String(is));
}

function showPane(pane) {
  document.querySelectorAll("#panes .pane").forEach((p) => p.classList.toggle("front", p === pane));
  document.querySelectorAll("#panes .tab").forEach((t) =>
    t.setAttribute("aria-pressed", String(t.dataset.pane === pane?.id)));
}

// On a phone the articles are a sheet at the foot of the screen, which opens when one is to be seen.
function sheet(is) {
  root.classList.toggle("summarizer-sheet", is);
  document.querySelector("#panes .sheet")?.setAttribute("aria-expanded", String(is));
}

function light(link) {
  clear();
  sheet(true);
  eyed = { src: link.dataset.src, text: link.textContent, part: partOf(link) };
  link.classList.add("lit");
  if (link.hasAttribute("aria-pressed")) link.setAttribute("aria-pressed", "true");
  link.closest("#account [data-n]")?.scrollIntoView({ block: "nearest" }); // its tools, too
  const seen = new Set(), holds = new Set(idsOf(link).map((id) => document.getElementById(id)?.closest(".pane")?.id));
  document.querySelectorAll("#panes .tab").forEach((t) => t.classList.toggle("holds-lit", holds.has(t.dataset.pane)));
  for (const id of idsOf(link)) {
    const [source, ...more] = partsOf(id);
    if (!source) continue;
    [source, ...more].forEach((part) => part.classList.add("lit"));
    const pane = source.closest(".pane");
    if (seen.has(pane)) continue;
    unfold(pane);
    if (!seen.size) {
      showPane(pane);
      const strip = pane.parentElement;
      const off = pane.offsetLeft - strip.offsetLeft;
      if (off < strip.scrollLeft || off + pane.offsetWidth > strip.scrollLeft + strip.clientWidth) {
        strip.scrollTo({ left: off, behavior: quiet.matches ? "auto" : "smooth" });
      }
    }
    seen.add(pane);
    scrollIn(pane.querySelector(".body"), source);
  }
}

function lightFed(source) {
  clear();
  eyed = { source };
  partsOf(sourceId(source)).forEach((part) => part.classList.add("lit"));
  const fed = links().filter((link) => idsOf(link).includes(sourceId(source)));
  fed.forEach((link) => link.classList.add("lit"));
  const first = fed.find((link) => link.closest("#account"));
  first?.closest("[data-n]").scrollIntoView({ block: "nearest", behavior: quiet.matches ? "auto" : "smooth" });
}

// Text that came anew: what was lit is lit in it again, and where it is gone nothing is.
function relight() {
  if (!eyed) return;
  const { source, src, text, part } = eyed;
  // Below, a claim may have a sentence's very words: it does not stand for it.
  const is = (l) => l.dataset.src === src && l.textContent === text && partOf(l) === part;
  const same = source ? source.isConnected : links().find(is);
  if (!same) return clear();
  if (source) return links().forEach((l) => l.classList.toggle("lit", idsOf(l).includes(sourceId(source))));
  same.classList.add("lit");
  if (same.hasAttribute("aria-pressed")) same.setAttribute("aria-pressed", "true");
}

// Where the pointer or the focus rests, what it rests on is hinted at, without moving anything.
function hint(link) {
  document.querySelectorAll(".hint-lit").forEach((e) => e.classList.remove("hint-lit"));
  if (!link) return;
  for (const id of idsOf(link)) {
    const [source, ...more] = partsOf(id);
    [source, ...more].forEach((part) => part?.classList.add("hint-lit"));
    source?.closest(".pane").querySelector("header").classList.add("hint-lit");
  }
}

// At a mark, the words it stands for are shown beside it. Only text is put in, never markup.
const peek = document.querySelector("#summarizer-peek") || document.body.appendChild(
  Object.assign(document.createElement("div"), { id: "summarizer-peek", role: "tooltip", hidden: true }));
const cut = (text) => (text.length > 600 ? `${text.slice(0, 600)}…` : text);
function glance(mark) {
  document.querySelectorAll("[aria-describedby='summarizer-peek']").forEach((m) => m.removeAttribute("aria-describedby"));
  const first = mark && document.getElementById(mark.getAttribute("href").slice(1));
  peek.hidden = !first;
  if (!first) return;
  const pane = first.closest(".pane");
  const owner = mark.closest("li, .heading, .sentence, .card")?.querySelector(LINK);
  const words = (owner ? idsOf(owner) : [first.id])
    .map((id) => document.getElementById(id)).filter((s) => s && s.closest(".pane") === pane);
  const line = (tag, text) => Object.assign(document.createElement(tag), { textContent: text, dir: "auto" });
  peek.className = [...pane.classList].find((c) => /^o\d$/.test(c)) || "";
  peek.replaceChildren(line("b", pane.querySelector(".outlet").textContent),
    ...(words.length ? words : [first]).map((s) => cut(s.textContent.trim())).map((said) => line(/^["“„«]|["”»]$/.test(said) ? "span" : "q", said)));
  mark.setAttribute("aria-describedby", peek.id);
  const at = mark.getBoundingClientRect(), box = peek.getBoundingClientRect();
  const below = at.bottom + 8 + box.height < innerHeight;
  peek.style.left = `${Math.max(8, Math.min(at.left - 12, innerWidth - box.width - 8))}px`;
  peek.style.top = `${Math.max(8, below ? at.bottom + 8 : at.top - box.height - 8)}px`;
}

// The sentence last touched is chosen again in the text that came back, and so is the tool.
let tool = "";
function rechoose() {
  const touched = document.querySelector("#account [data-chosen]:not([data-seen])");
  if (!touched) return;
  touched.dataset.seen = "1";
  const link = touched.querySelector(LINK);
  light(link);
  const again = tool && touched.querySelector(`.tools [data-op="${tool}"]:not(:disabled)`);
  (again || link).focus({ preventScroll: true });
  touched.scrollIntoView({ block: "nearest" });
  tool = "";
}

const sentenceAt = (n) => document.querySelector(`#account [data-n="${n}"]`);
const claimAt = (n) => sentenceAt(n)?.querySelector(".claim");
// Whether the sentence still has the wording in whose place another was typed.
const stands = ({ n, was }) => claimAt(n)?.textContent === was;

// What is being typed outlasts a text that comes back meanwhile, if its sentence is the same.
const editing = new Set(); // { n, was, area }
function reopen() {
  for (const one of editing) {
    const { n, area } = one, ours = stands(one);
    if (area.isConnected || (!ours && root.matches(".summarizer-doing"))) continue;
    editing.delete(one);
    if (ours) openEditor(sentenceAt(n), area.value);
    else if (area.value !== one.was) untaken(area.value);
  }
}
// A wording whose sentence is no longer there is shown, to be copied, behind what the server said.
function untaken(text) {
  document.querySelector("#status .status")?.append(` Not taken, since its sentence is no longer there: “${text}”`);
}
function openEditor(sentence, typed) {
  const claim = sentence.querySelector(".claim");
  const form = document.createElement("form");
  form.className = "editor";
  const area = Object.assign(document.createElement("textarea"), { value: typed ?? claim.textContent, maxLength: 2000, dir: "auto" });
  area.setAttribute("aria-label", "The sentence's wording");
  const button = (words, kind) => Object.assign(document.createElement("button"), { type: kind, textContent: words, className: "tool" });
  form.append(area, button("Save and check", "submit"), button("Leave as it was", "reset"));
  const n = Number(sentence.dataset.n), before = unchecked.find((other) => other.n === n && other.text === claim.textContent);
  const one = { n, was: before ? before.was : claim.textContent, area };
  editing.add(one);
  area.addEventListener("input", () => window.summarizerPage.keep());
  const close = () => {
    editing.delete(one);
    window.summarizerPage.keep();
    form.remove();
    sentence.classList.remove("editing");
    claim.focus({ preventScroll: true });
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    close();
    const text = area.value.trim().replace(/\s+/g, " ");
    if (text === claim.textContent && !before) return;
    if (before) {
      hideChecking();
      unchecked.splice(unchecked.indexOf(before), 1);
    }
    if (text === one.was) return showChecking();
    saved.push({ n: one.n, was: one.was, text });
    askNext();
  });
  form.addEventListener("reset", close);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    }
    event.stopPropagation();
  });
  sentence.classList.add("editing");
  sentence.prepend(form);
  area.style.height = `${Math.min(area.scrollHeight + 4, 320)}px`;
  if (!document.activeElement?.closest(".editor")) area.focus();
}

// Wordings that were saved are checked one after the other. Each stands in its sentence's place, without a
// word on what carries it, until the server has said so. Where it does not come to that, the sentence is
// there again as it was, and the wording in its editor.
// Where the server is gone, a wording stays there, and says that it was not checked.
const saved = [], unchecked = []; // { n, was, text, asked?, nodes? }
function showChecking() {
  for (const one of [...saved, ...unchecked]) {
    const sentence = sentenceAt(one.n), claim = claimAt(one.n);
    if (sentence?.matches(".checking, .unchecked") || !stands(one)) continue;
    one.nodes = [...claim.childNodes];
    claim.replaceChildren(one.text);
    sentence.classList.add(saved.includes(one) ? "checking" : "unchecked");
  }
}
function hideChecking() {
  for (const one of [...saved, ...unchecked]) {
    const sentence = sentenceAt(one.n);
    if (one.nodes && sentence?.matches(".checking, .unchecked")) {
      claimAt(one.n).replaceChildren(...one.nodes);
      sentence.classList.remove("checking", "unchecked");
    }
    one.nodes = null;
  }
}
function askNext() {
  hideChecking();
  while (saved.length && !saved[0].asked) {
    const [one] = saved, change = { op: "change", n: one.n, text: one.text };
    if (stands(one)) {
      if (ask(change)) one.asked = change;
      break;
    }
    saved.shift();
    untaken(one.text);
  }
  showChecking();
  window.summarizerPage.withhold(saved.length > 0);
}
// What was asked has been done, or not. json: the summary on the page now, which may not be drawn yet.
function settled({ asked, typed = [], json, lost }) {
  hideChecking();
  const now = JSON.parse(json || '{"sentences":[]}');
  const taken_now = unchecked.filter(({ n, text }) => (n ? now.sentences[n - 1] : now.title)?.text === text);
  taken_now.forEach((one) => unchecked.splice(unchecked.indexOf(one), 1)); // it was checked after all
  if (lost) unchecked.push(...saved.splice(0).map(({ n, was, text }) => ({ n, was, text })));
  for (const { n, was, text } of typed) { // before the page was loaded again
    editing.add({ n, was, area: Object.assign(document.createElement("textarea"), { value: text }) });
  }
  if (asked && saved[0]?.asked === asked) {
    const one = saved.shift(), { title, sentences } = JSON.parse(json || '{"sentences":[]}');
    const taken = (one.n ? sentences[one.n - 1] : title)?.text === one.text;
    if (!taken && stands(one)) openEditor(sentenceAt(one.n), one.text);
    else if (!taken) untaken(one.text);
  }
  askNext();
  reopen();
}

function ask(what) {
  tool = what.op;
  return window.summarizerPage.ask(what);
}

let shownText = "";
function markCited() {
  const used = new Set(links().filter((l) => l.closest("#account")).flatMap(idsOf));
  document.querySelectorAll(SOURCE).forEach((s) => {
    const cited = used.has(sourceId(s));
    if (cited === s.classList.contains("cited")) return;
    s.classList.toggle("cited", cited);
    if (s.dataset.part) return; // one stop for the keyboard is enough
    if (cited) {
      s.tabIndex = 0;
      s.setAttribute("role", "button");
    } else {
      s.removeAttribute("tabindex");
      s.removeAttribute("role");
    }
  });
  // Another text is shown at once; the same one, drawn again, does not take the reader from the boxes.
  const text = document.querySelector("#account .account")?.textContent || "";
  if (text !== shownText && links().length) root.classList.add("summarizer-reading");
  shownText = text;
  sheet(root.classList.contains("summarizer-sheet"));
  const front = document.querySelector("#panes .pane.front");
  if (!front) showPane(document.querySelector("#panes .pane"));
  showChecking();
  rechoose();
  relight();
}

// Below, one of several views of the same claims is seen.
function view(tab) {
  tab.parentElement.querySelectorAll("[role='tab']").forEach((other) => {
    other.setAttribute("aria-selected", String(other === tab));
    other.tabIndex = other === tab ? 0 : -1;
    document.getElementById(other.getAttribute("aria-controls")).hidden = other !== tab;
  });
}
function betweenViews(event) {
  const all = [...event.target.parentElement.querySelectorAll("[role='tab']")], at = all.indexOf(event.target);
  const to = { ArrowRight: all[at + 1], ArrowLeft: all[at - 1], Home: all[0], End: all.at(-1) }[event.key];
  if (!to) return;
  event.preventDefault();
  view(to);
  to.focus();
}

function choose(event) {
  const seen = event.target.closest("[role='tab']");
  if (seen) return view(seen), true;
  if (event.target.closest(".sheet")) return sheet(!root.classList.contains("summarizer-sheet")), true;
  const used = event.target.closest(".tool[data-op]");
  if (used) {
    const sentence = used.closest("[data-n]"), op = used.dataset.op;
    if (op === "change") openEditor(sentence);
    else ask({ op, n: Number(sentence.dataset.n), k: Number(used.dataset.k || 0) });
    return true;
  }
  if (event.target.closest(".editor")) return true;
  const mark = event.target.closest("a.mark");
  if (mark) {
    event.preventDefault();
    const owner = mark.closest("li, .heading, .sentence")?.querySelector(LINK);
    if (owner) light(owner);
    const source = document.getElementById(mark.getAttribute("href").slice(1));
    const pane = source?.closest(".pane");
    if (pane) {
      sheet(true);
      unfold(pane);
      showPane(pane);
      scrollIn(pane.querySelector(".body"), source);
      if (!pane.matches(".front")) pane.scrollIntoView({ inline: "nearest", block: "nearest" });
    }
    return true;
  }
  const fold = event.target.closest(".unfold");
  if (fold) return unfold(fold.closest(".pane"), fold.getAttribute("aria-expanded") === "false"), true;
  const tab = event.target.closest(".tab[data-pane]");
  if (tab) {
    const pane = document.getElementById(tab.dataset.pane);
    sheet(true);
    unfold(pane);
    showPane(pane);
    pane.scrollIntoView({ inline: "nearest", block: "nearest" });
    return true;
  }
  const link = event.target.closest(LINK);
  if (link) return light(link), true;
  const source = event.target.closest(SOURCE);
  if (source) return lightFed(source), true;
  return false;
}

// Arrows go from sentence to sentence; where one was chosen, the next one is.
function between(event) {
  const from = event.target;
  if (!from.matches?.("#account .claim, #account .account") || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = [...document.querySelectorAll("#account .claim")], place = all.indexOf(from);
  const to = all[place + (event.key === "ArrowDown" ? 1 : -1)];
  event.preventDefault();
  if (!to) return;
  if (from.matches(".lit")) light(to);
  to.focus({ preventScroll: true });
  to.closest("[data-n]").scrollIntoView({ block: "nearest" });
}

if (!window.summarizerReader) {
  document.addEventListener("summarizer-settled", ({ detail }) => settled(detail));
  window.summarizerReader = {
    unchecked: () => unchecked.filter((one) => sentenceAt(one.n)?.matches(".unchecked")),
    typed: () => [...editing, ...saved, ...unchecked].map(({ n, was, area, text }) => ({ n, was, text: area ? area.value : text })),
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#account, #panes, #remarks")) choose(event);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      // Its tools go; the focus stays on the sentence that they were of.
      event.target.closest?.("#account [data-n]")?.querySelector(".claim").focus({ preventScroll: true });
      clear();
      glance(null);
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") return between(event);
    if (event.target.matches?.("#remarks [role='tab']")) betweenViews(event);
    if (event.key !== "Enter" && event.key !== " ") return;
    const target = event.target.closest?.('[role="button"]');
    if (target && target.closest("#account, #panes, #remarks")) {
      event.preventDefault();
      choose(event);
    }
  });
  const hinting = (event) => {
    hint(event.target.closest?.(`#account ${LINK}, #remarks ${LINK}`));
    glance(event.target.closest?.("#account a.mark, #remarks a.mark"));
  };
  document.addEventListener("mouseover", hinting);
  document.addEventListener("focusin", hinting);
  let waiting = 0;
  new MutationObserver((changes) => {
    if (changes.some((c) => c.target.closest?.("#status, #account"))) window.summarizerPage?.follow();
    const ours = changes.some((c) => c.target.closest?.("#account, #panes") || c.target.id === "reader");
    if (!ours || waiting) return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      markCited();
      reopen();
    });
  }).observe(document.body, { childList: true, subtree: true });
}
