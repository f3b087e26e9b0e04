// Files are made in the browser from what it already holds: the server stores none. One that is no
// text comes as base64, made when it is asked for. format: { name, suffix, mime, base64 }.
const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
function save(files, format) {
  const file = format.base64 ? files?.[format.name] : withOwn(files, format.name);
  if (file === null) say(NEEDS_SERVER);
  if (typeof file !== "string") return;
  const held = format.base64 ? bytes(file) : file;
  const url = URL.createObjectURL(new Blob([held], { type: format.mime }));
  const link = Object.assign(document.createElement("a"), { href: url, download: files.name + format.suffix });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

// A wording that no server has checked is put in here, without the marks of the one before; null where
// a form cannot be told so.
const NOT_CHECKED = "your own words, not checked", NEEDS_SERVER = "This form needs the server, which does not answer; take Copy, Text, Markdown or JSON.";
const plainly = (text) => text, inHtml = (text) => text.replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" })[c]);
const inMarkdown = (text) => text.replace(/[\\`*_{}[\]<>#|~&!$^@]/g, "\\$&");
const FORMS = { plain: plainly, text: plainly, markdown: inMarkdown, rich: inHtml };
function withOwn(files, form) {
  let file = files?.[form];
  const own = typeof file === "string" ? window.summarizerReader?.unchecked() || [] : [];
  if (own.length && form === "json") {
    const summary = JSON.parse(file);
    for (const { n, text } of own) {
      Object.assign(n ? summary.sentences[n - 1] : summary.title, { text, method: "edited", support: 0, problems: ["unsupported"], faults: [] });
    }
    return `${JSON.stringify(summary, null, 2)}\n`;
  }
  if (!own.length) return file;
  const { title, sentences } = JSON.parse(files.json), write = FORMS[form];
  let done = "";
  for (const [n, told] of [title, ...sentences].entries()) { // in their order: two may have the same words
    if (!told) continue;
    const mine = own.find((one) => one.n === n), words = write?.(told.text), place = write ? file.indexOf(words) : -1;
    if (place < 0) return null;
    done += file.slice(0, place) + (mine ? `${write(mine.text)} (${NOT_CHECKED})` : words);
    file = file.slice(place + words.length);
    if (mine) file = file.replace(/^(?: ?(?:\[\d+\])+|<sup>[^<]*<\/sup>)/, "");
  }
  return done + file;
}
function say(text) {
  const status = document.querySelector("#status .status");
  if (status) status.textContent = text;
}

// None is made of a text that a change is about to replace.
let checking = false;
function withhold(is = checking) {
  checking = is;
  const off = checking || Boolean(doing?.asked || doing?.restoring);
  document.querySelectorAll("#take button").forEach((button) => (button.disabled = off));
}

// The text with its marks and a short list of sources, as plain and as rich text at once. Where the
// page is not on https the clipboard has no such door, and a copy event carries both.
async function copy(taken) {
  if (!taken?.plain) return;
  const files = { ...taken, plain: withOwn(taken, "plain"), rich: withOwn(taken, "rich") };
  if (files.plain === null || files.rich === null) return say(NEEDS_SERVER);
  let done = await wrote(files);
  done ||= carried(files);
  if (!done) save(files, { name: "plain", suffix: ".txt", mime: "text/plain;charset=utf-8" });
  say(done ? "Copied, with its marks and sources." : "The clipboard is closed; saved as a text file.");
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

window.summarizerPage = {
  begin, follow, settled, back, forth, fill, save, copy, length, ask, edit, dropped, links, place, samples, languages,
  opening, opened, finished, undo, redo, pasted, parted, withhold, keep,
};
