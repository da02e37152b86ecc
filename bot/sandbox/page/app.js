// The page: opening chats, painting what surrounds the messages, and what happens when an event arrives.

import * as api from "./api.js";
import { Composer } from "./composer.js";
import { element, paintAvatar } from "./dom.js";
import { attempt, showAlert, showToast } from "./feedback.js";
import { askWhereTo } from "./forward.js";
import { closeMenu, GONE, setUpMenu } from "./menu.js";
import { fitQuotes } from "./richtext.js";
import { paintChats } from "./sidebar.js";
import { chatOf, loadMessages, openChat, page, place, raiseUnread, refresh, speakerOf, threadKey, threadOf } from "./state.js";
import { paintThread } from "./thread.js";

const by = (id) => document.getElementById(id);
const TYPING_MS = 5000;

const say = (text, reply) => attempt(() => api.sendMessage({ ...place(), text, reply_to: reply?.message_id }));

const composer = new Composer({
  send: say,
  edit: (message, text) => attempt(() => api.editMessage({ chat_id: page.open, message_id: message.message_id, text })),
  upload: (file, caption, reply) => attempt(() => api.sendFile({ ...place(), caption, reply_to: reply?.message_id }, file)),
  candidates,
});

const actions = {
  onReply: (message) => composer.startReply(message),
  onForward: (message) => askWhereTo(message),
  onEdit: (message) => composer.startEdit(message),
  onCommand: (command) => say(command),
  onStart: () => say("/start"),
  onPress: press,
};

async function candidates(sign) {
  const chat = openChat();
  if (sign === "/") {
    const { commands } = await api.readCommands(chat.id, speakerOf(chat));
    const suffix = chat.type === "private" ? "" : `@${page.bot.username}`;
    return commands.map((command) => ({ name: `/${command.command}${suffix}`, note: command.description }));
  }
  if (chat.type === "private") return [];
  const others = chat.members.filter((id) => id !== speakerOf(chat)).map((id) => page.people.get(id));
  return [page.bot, ...others]
    .filter((user) => user.username)
    .map((user) => ({ name: `@${user.username}`, note: user.first_name }));
}

async function press(message, button) {
  const speaker = speakerOf(openChat());
  await attempt(async () => {
    const sent = { chat_id: page.open, message_id: message.message_id, from_id: speaker, data: button.callback_data };
    const { callback_query_id: id } = await api.pressButton(sent);
    page.pressed.add(id);
    if (page.answers.has(id)) showAnswer(page.answers.get(id));
  });
}

function showAnswer({ callback_query_id: id, text, show_alert: isAlert }) {
  page.pressed.delete(id);
  page.answers.delete(id);
  for (const node of document.querySelectorAll(".inline-button.waiting")) node.classList.remove("waiting");
  if (text) (isAlert ? showAlert : showToast)(text);
}

// ---- painting ----

function paintSidebar() {
  paintChats(by("chats"), page.chats, {
    open: page.open,
    unread: page.unread,
    onOpen: enter,
    role: (id) => (page.chats.some((chat) => chat.administrators.includes(id)) ? "管理员" : "职员"),
  });
}

function paintHead() {
  const chat = openChat();
  const isPrivate = chat.type === "private";
  by("head-title").textContent = isPrivate ? page.bot.first_name : chat.title;
  paintAvatar(by("head-avatar"), by("head-title").textContent, isPrivate ? page.bot.id : chat.id);
  const typing = page.typing.has(threadKey(chat.id, page.thread));
  const standing = isPrivate ? `你是${chat.title}` : `${chat.members.length + 1} 位成员 · 隐私模式${chat.privacy ? "开启" : "关闭"}`;
  by("head-status").textContent = typing ? "正在输入…" : GONE[chat.bot_status] || standing;
  by("head-status").classList.toggle("typing", typing);
}

function paintTopics() {
  const chat = openChat();
  const tabs = [{ thread_id: null, name: "综合" }, ...chat.topics];
  const tab = (topic) => {
    const fresh = page.unread.get(threadKey(chat.id, topic.thread_id)) ? "fresh" : "";
    const selected = String(topic.thread_id === page.thread);
    const open = () => enterTopic(topic.thread_id);
    return element("button", { type: "button", role: "tab", "aria-selected": selected, class: fresh, onclick: open }, topic.name);
  };
  by("topics").hidden = !chat.is_forum;
  by("topics").replaceChildren(...(chat.is_forum ? tabs.map(tab) : []));
}

function paintSpeakers() {
  const chat = openChat();
  const several = chat.members.length > 1;
  const choice = (id) => {
    const input = element("input", { type: "radio", name: "speaker", value: String(id), checked: id === speakerOf(chat) });
    input.addEventListener("change", () => {
      page.speaker.set(chat.id, id);
      paintThread(actions, true);
    });
    return element("label", {}, input, element("span", {}, page.people.get(id).first_name));
  };
  by("speakers").hidden = !several;
  by("speakers").replaceChildren(element("legend", {}, "发言身份"), ...(several ? chat.members.map(choice) : []));
}

function paint(toEnd) {
  paintSidebar();
  if (page.open === null) return;
  paintHead();
  paintTopics();
  paintThread(actions, toEnd);
}

// ---- moving ----

async function enter(id) {
  if (!page.messages.has(id)) await loadMessages(id);
  page.open = id;
  page.thread = null;
  page.unread.delete(id);
  page.unread.delete(threadKey(id, null));
  history.replaceState(null, "", `#${id}`);
  document.body.classList.add("chat-open");
  composer.clear();
  closeMenu();
  paintSpeakers();
  paint(true);
  if (matchMedia("(hover: hover)").matches) by("text").focus();
}

function enterTopic(thread) {
  page.thread = thread;
  page.unread.delete(threadKey(page.open, thread));
  composer.clear(false);
  paint(true);
}

function leave() {
  document.body.classList.remove("chat-open");
  history.replaceState(null, "", location.pathname);
  page.open = null;
  paintSidebar();
}

// ---- what arrives ----

const arrivals = {
  message({ chat_id: chatId, message }) {
    if (!message) return;
    const chat = chatOf(chatId);
    const thread = threadOf(message);
    chat.last_message = message;
    page.messages.get(chatId)?.set(message.message_id, message);
    if (message.from.is_bot) stopTyping(threadKey(chatId, thread));
    if (chatId !== page.open) raiseUnread(chatId);
    if (chat.is_forum && (chatId !== page.open || thread !== page.thread)) raiseUnread(threadKey(chatId, thread));
    paint(chatId === page.open && message.from.id === speakerOf(chat));
  },
  edited({ chat_id: chatId, message }) {
    if (!message) return;
    const chat = chatOf(chatId);
    page.messages.get(chatId)?.set(message.message_id, message);
    if (chat.last_message?.message_id === message.message_id) chat.last_message = message;
    paint();
  },
  async deleted({ chat_id: chatId, message_id: id }) {
    page.messages.get(chatId)?.delete(id);
    await refresh();
    paint();
  },
  typing({ chat_id: chatId, thread_id: thread }) {
    const key = threadKey(chatId, thread);
    clearTimeout(page.typing.get(key));
    page.typing.set(key, setTimeout(() => stopTyping(key), TYPING_MS));
    if (page.open !== null) paintHead();
  },
  answered(event) {
    if (page.pressed.has(event.callback_query_id)) showAnswer(event);
    else page.answers.set(event.callback_query_id, event);
  },
  async commands() {
    await refresh();
    paint();
  },
  async chat() {
    await refresh();
    paint();
  },
};

function stopTyping(key) {
  clearTimeout(page.typing.get(key));
  if (page.typing.delete(key) && page.open !== null) paintHead();
}

async function begin() {
  const state = await refresh();
  paintSidebar();
  const wanted = Number(location.hash.slice(1));
  const wide = matchMedia("(min-width: 720px)").matches;
  if (chatOf(wanted)) await enter(wanted);
  else if (wide) await enter(page.chats[0].id);
  api.follow(state.last_event, (event) => arrivals[event.kind]?.(event), connection);
}

// After a break everything is read anew: the sandbox may have been started again with an empty world.
async function connection(up) {
  const again = up && !by("connection").hidden;
  by("connection").hidden = up;
  if (!again) return;
  await refresh();
  page.messages.clear();
  if (page.open !== null) await loadMessages(page.open);
  paint();
}

by("back").addEventListener("click", leave);
window.addEventListener("resize", () => fitQuotes(by("messages")));
setUpMenu();
begin();
