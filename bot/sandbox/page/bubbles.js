// One message as a bubble: sender, reply, text, document, buttons, time.

import { fileAddress } from "./api.js";
import { element, icon } from "./dom.js";
import { richText } from "./richtext.js";

const ICONS = {
  reply: "M9 7L4 12l5 5M4 12h9a7 7 0 0 1 7 7",
  forward: "M15 7l5 5-5 5M20 12h-9a7 7 0 0 0-7 7",
  edit: "M5 19l1-4L16.5 4.5l3 3L9 18z",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
};

export function bubble(message, view) {
  if (message.forum_topic_created) return notice(`话题「${message.forum_topic_created.name}」已创建`);
  const mine = message.from.id === view.speaker;
  const item = element("li", {
    class: `message ${mine ? "mine" : "theirs"}${view.follows ? " follows" : ""}`,
    id: `message-${message.message_id}`,
    "data-message-id": String(message.message_id),
    "data-from": message.from.is_bot ? "bot" : String(message.from.id),
  });
  const box = element(
    "div",
    { class: "bubble", ondblclick: () => view.onReply(message) },
    view.showNames && !mine && !view.follows ? senderName(message.from) : null,
    forwarded(message),
    replied(message),
    message.document ? documentCard(message.document) : null,
    content(message, view),
    meta(message),
  );
  const column = element("div", { class: "column" }, box, keyboard(message, view));
  item.append(column, actions(message, mine, view));
  return item;
}

export function notice(text) {
  return element("li", { class: "notice" }, element("span", {}, text));
}

export function plainText(message) {
  if (!message) return "";
  const text = message.text || message.caption || "";
  return message.document ? `[文件] ${message.document.file_name}${text ? ` ${text}` : ""}` : text;
}

function senderName(user) {
  return element("span", { class: `sender tone-text-${user.id % 6}` }, user.first_name, user.is_bot ? element("small", {}, "机器人") : null);
}

function forwarded(message) {
  const sender = message.forward_origin?.sender_user;
  return sender ? element("span", { class: "forwarded" }, `转发自 ${sender.first_name}`) : null;
}

function replied(message) {
  const reply = message.reply_to_message;
  if (!reply || reply.forum_topic_created) return null;
  const jump = () => {
    const target = document.getElementById(`message-${reply.message_id}`);
    if (!target) return;
    target.scrollIntoView({ block: "center", behavior: "smooth" });
    target.classList.add("flash");
    setTimeout(() => target.classList.remove("flash"), 1200);
  };
  return element(
    "button",
    { type: "button", class: "quote-preview", onclick: jump, "aria-label": `回复 ${reply.from.first_name} 的消息` },
    element("strong", {}, reply.from.first_name),
    element("span", {}, message.quote?.text || plainText(reply)),
  );
}

function content(message, view) {
  const text = message.text || message.caption;
  if (!text) return null;
  const entities = message.text ? message.entities : message.caption_entities;
  return element("div", { class: "text" }, richText(text, entities, view.onCommand));
}

function documentCard(file) {
  return element(
    "a",
    { class: "document", href: fileAddress(file.file_id), download: file.file_name, "aria-label": `下载 ${file.file_name}` },
    element("span", { class: "document-icon" }, icon(ICONS.file)),
    element("span", { class: "document-text" }, element("strong", {}, file.file_name), element("small", {}, size(file.file_size))),
  );
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} 字节`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function meta(message) {
  const at = new Date(message.date * 1000);
  const clock = at.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
  return element("span", { class: "meta" }, message.edit_date ? "已编辑 " : null, element("time", { datetime: at.toISOString() }, clock));
}

function keyboard(message, view) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return element("div", { class: "keyboard", role: "group", "aria-label": "按钮" }, ...rows.map((row) => keyboardRow(row, message, view)));
}

function keyboardRow(row, message, view) {
  return element("div", { class: "keyboard-row" }, ...row.map((button) => inlineButton(button, message, view)));
}

function inlineButton(button, message, view) {
  if (button.url && /^https?:/i.test(button.url)) {
    return element("a", { class: "inline-button", href: button.url, target: "_blank", rel: "noopener noreferrer" }, `${button.text} ↗`);
  }
  const press = async (event) => {
    const node = event.currentTarget;
    node.classList.add("waiting");
    await view.onPress(message, button);
    setTimeout(() => node.classList.remove("waiting"), 8000);
  };
  return element("button", { type: "button", class: "inline-button", disabled: !button.callback_data, onclick: press }, button.text);
}

function actions(message, mine, view) {
  const action = (name, path, act) =>
    element("button", { type: "button", "aria-label": `${name}这条消息`, title: name, onclick: () => act(message) }, icon(path));
  return element(
    "div",
    { class: "actions" },
    action("回复", ICONS.reply, view.onReply),
    action("转发", ICONS.forward, view.onForward),
    mine && !message.from.is_bot ? action("编辑", ICONS.edit, view.onEdit) : null,
  );
}
