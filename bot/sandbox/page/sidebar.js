// The list of chats: who or what, the last line, unread messages.

import { plainText } from "./bubbles.js";
import { element, paintAvatar } from "./dom.js";

export function paintChats(nav, chats, view) {
  nav.replaceChildren(...chats.map((chat) => row(chat, view)));
}

function row(chat, view) {
  const last = chat.last_message;
  const unread = view.unread.get(chat.id) || 0;
  const preview = last ? `${chat.type === "private" ? "" : `${last.from.first_name}：`}${plainText(last)}` : about(chat);
  return element(
    "button",
    {
      type: "button",
      class: `chat${chat.id === view.open ? " current" : ""}`,
      "aria-current": chat.id === view.open ? "true" : null,
      "data-chat-id": String(chat.id),
      onclick: () => view.onOpen(chat.id),
    },
    paintAvatar(element("span", { "aria-hidden": "true" }), chat.title, chat.id),
    element(
      "span",
      { class: "chat-text" },
      element("span", { class: "chat-top" }, element("strong", {}, chat.title), tag(chat, view), last ? clock(last.date) : null),
      element("span", { class: "chat-bottom" }, element("span", { class: "preview" }, preview), unread ? badge(unread) : null),
    ),
  );
}

function about(chat) {
  return chat.type === "private" ? `以${chat.title}的身份与机器人对话` : `${chat.members.length} 人和机器人`;
}

function tag(chat, view) {
  const text = chat.type === "private" ? view.role(chat.id) : chat.is_forum ? "话题群" : "群";
  return element("em", { class: "chat-tag" }, text);
}

function clock(date) {
  const text = new Date(date * 1000).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
  return element("time", {}, text);
}

function badge(count) {
  return element("span", { class: "unread", "aria-label": `${count} 条未读` }, String(count));
}
