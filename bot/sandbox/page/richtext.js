// Text and its entities into DOM nodes. JavaScript's strings count UTF-16 units, as Telegram's offsets do.

import { element } from "./dom.js";

const INLINE = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
};
const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);

export function richText(text, entities, onCommand) {
  const spans = [...(entities || [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, 0, text.length, spans, onCommand);
}

function build(text, from, to, spans, onCommand) {
  const fragment = document.createDocumentFragment();
  let at = from;
  let rest = spans;
  let afterBlock = false;
  const addText = (end) => {
    let piece = text.slice(at, end);
    if (afterBlock && piece.startsWith("\n")) piece = piece.slice(1);
    if (piece) fragment.append(piece);
    if (end > at) afterBlock = false;
    at = Math.max(at, end);
  };
  while (rest.length) {
    const [span, ...others] = rest;
    const end = Math.min(span.offset + span.length, to);
    addText(Math.max(at, span.offset));
    const inner = others.filter((other) => other.offset < end).map((other) => clip(other, at, end));
    rest = others.map((other) => clip(other, end, to)).filter((other) => other.length > 0);
    fragment.append(wrap(span, text.slice(at, end), build(text, at, end, inner, onCommand), onCommand));
    afterBlock = BLOCKS.has(span.type);
    at = end;
  }
  addText(to);
  return fragment;
}

function clip(span, from, to) {
  const offset = Math.max(span.offset, from);
  return { ...span, offset, length: Math.min(span.offset + span.length, to) - offset };
}

function wrap(span, covered, content, onCommand) {
  if (INLINE[span.type]) return element(INLINE[span.type], {}, content);
  switch (span.type) {
    case "pre":
      return element("pre", { "data-language": span.language }, element("code", {}, content));
    case "blockquote":
      return element("blockquote", {}, content);
    case "expandable_blockquote":
      return expandable(content);
    case "spoiler":
      return spoiler(content);
    case "text_link":
      return link(span.url, content);
    case "url":
      return link(/^https?:/i.test(covered) ? covered : `https://${covered}`, content);
    case "email":
      return link(`mailto:${covered}`, content);
    case "bot_command":
      return command(covered, content, onCommand);
    case "mention":
    case "text_mention":
    case "hashtag":
      return element("span", { class: "mention" }, content);
    default:
      return content;
  }
}

function link(address, content) {
  const safe = /^(https?|mailto|tel|tg):/i.test(address || "");
  if (!safe) return content;
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer", title: address }, content);
}

// A link, not a button: it breaks across lines with the text around it.
function command(covered, content, onCommand) {
  const send = (event) => {
    event.preventDefault();
    onCommand(covered);
  };
  return element("a", { class: "command", href: "#", role: "button", onclick: send }, content);
}

function spoiler(content) {
  const node = element("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "隐藏的内容，按下显示" }, content);
  const reveal = () => {
    node.classList.add("revealed");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", reveal, { once: true });
  node.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && reveal());
  return node;
}

// Three lines until opened; the button shows only where there is more (measured by `fitQuotes`, once on the page).
function expandable(content) {
  const body = element("div", { class: "quote-body" }, content);
  const toggle = element("button", { type: "button", class: "quote-toggle", "aria-expanded": "false", hidden: true }, "展开全文");
  const quote = element("blockquote", { class: "expandable" }, body, toggle);
  toggle.addEventListener("click", () => {
    const open = quote.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = open ? "收起" : "展开全文";
  });
  return quote;
}

export function fitQuotes(root) {
  for (const quote of root.querySelectorAll("blockquote.expandable:not(.open)")) {
    const body = quote.querySelector(".quote-body");
    const more = body.scrollHeight > body.clientHeight + 2;
    quote.querySelector(".quote-toggle").hidden = !more;
    quote.classList.toggle("clipped", more);
  }
}
