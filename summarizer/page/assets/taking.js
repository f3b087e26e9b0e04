// Files are made in the browser from what it already holds: the server stores none. One that is no
// text comes as base64, made when it is asked for. format: { name, suffix, mime, base64 }.
const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
function save(files, format) {
  const file = files?.[format.name];
  if (typeof file !== "string") return;
  const held = format.base64 ? bytes(file) : file;
  const url = URL.createObjectURL(new Blob([held], { type: format.mime }));
  const link = Object.assign(document.createElement("a"), { href: url, download: files.name + format.suffix });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

// None is made of a text that a change is about to replace.
let unchecked = false;
function withhold(is = unchecked) {
  unchecked = is;
  const off = unchecked || Boolean(doing?.asked || doing?.restoring);
  document.querySelectorAll("#take button").forEach((button) => (button.disabled = off));
}

// The text with its marks and a short list of sources, as plain and as rich text at once. Where the
// page is not on https the clipboard has no such door, and a copy event carries both.
async function copy(files) {
  if (!files?.plain) return;
  let done = await wrote(files);
  done ||= carried(files);
  if (!done) save(files, { name: "plain", suffix: ".txt", mime: "text/plain;charset=utf-8" });
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

window.summarizerPage = {
  begin, follow, settled, back, forth, fill, save, copy, length, ask, edit, dropped, links, place, samples, languages,
  opening, opened, finished, undo, redo, pasted, parted, withhold, keep,
};
