// Undo and redo: every state of the boxes and the summary, as the browser holds it. The server is only
// asked to show a summary again.
const MOST_STATES = 200, MOST_HELD = 60_000_000; // states, and code units of all of them together
let states = [], at = 0, now = null;

// A text that did not change is the same string in both states, and held once.
function snapshot() {
  return collect().map((box, n) => {
    const before = now?.boxes[n];
    return before && before.text === box.text ? { ...box, text: before.text } : box;
  });
}
const FIELDS = ["text", "title", "outlet", "url", "published"];
const same = (one, other) =>
  one.length === other.length && one.every((box, n) => FIELDS.every((key) => (box[key] || "") === (other[n][key] || "")));
const marksOf = (summary) => (summary ? JSON.parse(summary.marks) : {});

// The state that is on the page, with the name of what led to it; nothing where nothing changed.
function commit(what, summary = now?.shown ?? null) {
  clearTimeout(pausing);
  const boxes = snapshot();
  if (now && now.shown === summary && same(now.boxes, boxes)) return false;
  now = { boxes, shown: summary, what };
  states = [...states.slice(0, at + 1), now];
  let total = 0;
  const seen = new Set();
  const weight = (text) => (text && !seen.has(text) ? (seen.add(text), text.length) : 0);
  for (let n = states.length - 1; n >= 0; n--) {
    for (const box of states[n].boxes) total += weight(box.text);
    total += weight(states[n].shown?.json);
    if (n < states.length - 1 && (total > MOST_HELD || states.length - n > MOST_STATES)) {
      states = states.slice(n + 1);
      break;
    }
  }
  at = states.length - 1;
  offer();
  keep();
  return true;
}

// What the page itself adds to what was just done is undone with it.
function amend(summary = now.shown) {
  now = states[at] = { ...now, boxes: snapshot(), shown: summary };
  keep();
}

// Typing is undone in the stretches between two pauses, or in one box.
let pausing = 0;
function typed() {
  clearTimeout(pausing);
  pausing = setTimeout(() => commit("typing"), 800);
  keep();
}

element.addEventListener("focusin", (event) => event.target.closest("fieldset") && commit("typing"));

// What a run, a change or a file has put on the page.
function shown(files, done) {
  const { json, marks } = files, before = now.shown;
  if (before && before.json === json && before.marks === marks) return;
  const id = done.id || (done.fresh || !before ? fresh() : before.id);
  commit(done.what, { id, json, marks });
}
const fresh = () => `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;

function offer() {
  for (const [id, n, from] of [["undo", at - 1, at], ["redo", at + 1, at + 1]]) {
    const button = document.querySelector(`#${id}`);
    if (!button) continue;
    button.disabled = !states[n];
    const name = id === "undo" ? "Undo" : "Redo", keys = id === "undo" ? "Ctrl+Z" : "Ctrl+Shift+Z";
    button.title = states[n] ? `${name} ${states[from].what} (${keys})` : `Nothing to ${id}`;
  }
}

// The step back over a run, from its summary to one of other articles: that is another story, and asked first.
const otherStory = (one, other) =>
  Boolean(one.shown && other.shown && one.shown.id !== other.shown.id && !shares(toldOf(one.shown), toldOf(other.shown).articles));
let crossing = false;
async function step(by) {
  if (!doing) commit("typing"); // what was typed and not yet taken note of
  if (doing && !doing.fresh) later += by; // pressed again before the last step is shown
  if (doing || dialog.open || crossing || !states[at + by]) return;
  if (by < 0 && now.what === SUMMARISING.what && otherStory(now, states[at - 1])) {
    crossing = true;
    const goes = await question("Before this, a summary of other articles was here. Go back to it? Redo brings this one again.", "Go back to it", "Stay here");
    crossing = false;
    if (goes !== 0 || doing) return;
  }
  const what = states[by < 0 ? at : at + 1].what, before = now;
  at += by;
  restore(states[at], before, `${by < 0 ? "Undone" : "Done again"}: ${what}.`);
  offer();
}
let later = 0;
function catchUp() {
  const by = Math.sign(later);
  later -= by;
  if (by) step(by);
}
const undo = () => step(-1);
const redo = () => step(1);

function restore(state, before, said) {
  now = state;
  if (!same(snapshot(), state.boxes)) write(state.boxes);
  if (before?.shown !== state.shown) ask_to_show(state.shown, said);
  else {
    note(said);
    back();
  }
  keep();
}
function ask_to_show(summary, said, typed = []) {
  if (!summary) back();
  else toSummary();
  held = { summary: summary && JSON.parse(summary.json), marks: summary && JSON.parse(summary.marks), said };
  begun({ restoring: true, typed });
  press("#opening");
}
// One line above the boxes on what was just done; the status line is the server's.
function note(said) {
  element.querySelector(".note").textContent = said;
}

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.closest?.(".editor")) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault();
  if (key === "y" || event.shiftKey) redo();
  else undo();
});
// Undo from the browser's own menu.
document.addEventListener("beforeinput", (event) => {
  if (!/^history(Undo|Redo)$/.test(event.inputType) || !event.target.closest?.("#articles fieldset")) return;
  event.preventDefault();
  if (event.inputType === "historyUndo") undo();
  else redo();
});
