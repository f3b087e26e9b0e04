// What is pasted is put where it was pasted at once; the server then says where one article ends and the
// next begins, and which outlet, headline and day it names. What it says is done only where nobody typed on.
const parting = [], unquiet = [];
let parted_now = null, parted_last = 0;

// job: { box, text, html?, whole?, former, said? }. former: what the box held before; null where nothing.
function part(job) {
  const area = job.box.querySelector(".text");
  if (!job.said) note(""); // what was said of an earlier paste
  parting.push({ ...job, id: ++parted_last, after: area.value });
  partNext();
}
const untouched = ({ box, after }) => box.isConnected && box.querySelector(".text").value === after;
// One is asked at a time, and none whose answer would be left undone.
function partNext() {
  if (parted_now) return;
  do parted_now = parting.shift() || null;
  while (parted_now && !untouched(parted_now));
  if (!parted_now) {
    unquiet.splice(0).forEach((done) => done());
    return;
  }
  parted_now.late = setTimeout(() => parted(null), 20_000);
  press("#part");
}
const pasted = () => (parted_now ? { id: parted_now.id, text: parted_now.text, html: parted_now.html || "", whole: Boolean(parted_now.whole) } : {});
function parted(answer) {
  if (!parted_now || (answer && answer.id !== parted_now.id)) return;
  const job = parted_now;
  clearTimeout(job.late);
  parted_now = null;
  if (answer && untouched(job)) place_parts(job, job.box.querySelector(".text"), answer);
  partNext();
}
function calm() {
  arrived();
  return new Promise((done) => (parted_now ? unquiet.push(done) : done()));
}

function place_parts({ box, former, said: before = "" }, area, { articles, said }) {
  const told = [before, said], before_it = new Set(filledBoxes());
  if (articles.length > 1) {
    const made = articles.map(boxOf);
    if (former === null) box.replaceWith(...made);
    else {
      area.value = former;
      box.after(...made);
    }
    count();
    commit("the parting");
    boxes.lastElementChild.querySelector(".text").focus({ preventScroll: true });
    told.push("Undo puts the paste back whole.");
  } else if (former !== null) return;
  else if (articles.length) {
    const [{ text, url, published, ...fields }] = articles;
    for (const [key, value] of Object.entries({ ...fields, published: dayOf(published) })) {
      const field = box.querySelector(`.${key}`);
      if (!field.value) field.value = value || "";
    }
    box.given = { url: box.given.url || url, published: box.given.published || published };
    if (text !== null) area.value = text;
    count();
    if (text === null) amend();
    else commit("reading the paste");
  }
  const line = told.filter(Boolean).join(" ");
  if (line) note(line);
  if (fetches) fetchLinks(linkBoxes().filter((one) => one === box || !before_it.has(one)));
}

element.addEventListener("paste", (event) => {
  const area = event.target, given = event.clipboardData;
  if (!area.matches(".text")) return;
  const text = given.getData("text/plain").replace(/\r\n?/g, "\n");
  if (!text) return;
  event.preventDefault();
  stale();
  commit("typing");
  const { selectionStart: from, selectionEnd: to, value } = area, box = area.closest("fieldset");
  const alone = !`${value.slice(0, from)}${value.slice(to)}`.trim();
  area.setRangeText(text, from, to, "end"); // as typing, a browser would take minutes over many lines
  if (area.value === value) return;
  count();
  commit("the paste");
  part({ box, text, html: given.getData("text/html"), former: alone ? null : value });
});
// What comes at once without a paste, from a phone's keyboard or dragged here, is a paste too. A browser
// may tell of it line by line, in hundreds of events: it is looked at once, when they are over.
const AT_ONCE = 200;
const held_text = new WeakMap(); // whether a box's text was more than white space before it changed
let arriving = null, over = 0;
element.addEventListener("beforeinput", ({ target }) => {
  if (target.matches(".text")) held_text.set(target, /\S/.test(target.value));
});
element.addEventListener("input", (event) => {
  const area = event.target, failed = area.closest("fieldset")?.querySelector("span.doing");
  if (failed) failed.textContent = "";
  if (!area.matches(".text")) return;
  const held_some = held_text.get(area);
  held_text.set(area, /\S/.test(area.value));
  if (!event.inputType || held_some || arriving === area) return;
  arrived();
  arriving = area;
  over = setTimeout(arrived);
});
function arrived() {
  const area = arriving;
  clearTimeout(over);
  arriving = null;
  if (!area?.isConnected || area.value.length < AT_ONCE) return;
  commit("the paste");
  part({ box: area.closest("fieldset"), text: area.value, former: null });
}

// Corrected by hand: two articles made one, or one made two where the cursor is.
function join(box) {
  const before = box.previousElementSibling;
  if (!before) return;
  commit("typing");
  const one = articleOf(before), other = articleOf(box);
  const headline = one.title && other.title && other.title !== one.title && !other.text.includes(other.title) ? [other.title] : [];
  const text = [one.text, ...headline, other.text].filter((t) => t.trim()).join("\n\n");
  const filled = Object.fromEntries(Object.entries(one).map(([key, value]) => [key, value || other[key]]));
  const made = boxOf({ ...filled, text });
  before.replaceWith(made);
  box.remove();
  count();
  commit("the joining");
  note("Joined. Undo parts them again.");
  const area = made.querySelector(".text");
  area.focus({ preventScroll: true });
  area.setSelectionRange(one.text.length, one.text.length);
}
function split(box) {
  const area = box.querySelector(".text"), at_ = area.selectionStart, { value } = area;
  const first = value.slice(0, at_), rest = value.slice(at_);
  if (!first.trim() || !rest.trim()) {
    note("Put the cursor where the next article begins, then split.");
    area.focus();
    return;
  }
  commit("typing");
  area.value = first.replace(/\n+$/, "");
  const made = boxOf({ text: rest.replace(/^\n+/, "") });
  box.after(made);
  count();
  commit("the split");
  note("Split in two. Undo joins them again.");
  const text = made.querySelector(".text");
  text.focus({ preventScroll: true });
  text.setSelectionRange(0, 0);
  part({ box: made, text: text.value, whole: true, former: null, said: "Split in two." });
}

// Boxes that hold nothing but links: fetched together, only where the page's owner lets it.
let fetching = [];
const linkBoxes = () => filledBoxes().filter((box) => box.matches(".links"));
function fetchLinks(these = linkBoxes()) {
  if (fetching.length || !these.length) return;
  fetching = these;
  sayAt(fetching[0].querySelector(".doing"));
  press("#fetch");
}
const links = () => fetching.map((box) => box.querySelector(".text").value).join("\n");
