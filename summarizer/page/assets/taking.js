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

window.summarizerPage = {
  begin, follow, settled, back, forth, fill, save, copy, length, ask, edit, dropped, links, place, samples, languages,
  opening, opened, undo, redo,
};
