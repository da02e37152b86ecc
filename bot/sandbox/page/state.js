// What the page knows: the chats, their messages, which one is open and who speaks.

import * as api from "./api.js";

export const page = {
  bot: null,
  people: new Map(),
  chats: [],
  messages: new Map(), // chat id -> Map(message id -> message)
  unread: new Map(), // chat id or thread key -> count
  open: null,
  thread: null, // null: General, or the only thread there is
  speaker: new Map(), // chat id -> person id
  pressed: new Set(), // callback queries that wait for their answer
  answers: new Map(), // answers that came before the press was confirmed
  typing: new Map(), // thread key -> timer
};

export const chatOf = (id) => page.chats.find((chat) => chat.id === id);
export const openChat = () => chatOf(page.open);
export const speakerOf = (chat) => page.speaker.get(chat.id) ?? chat.members[0];
export const threadKey = (chatId, thread) => `${chatId}:${thread ?? ""}`;
export const threadOf = (message) => (message.is_topic_message ? message.message_thread_id : null);

// Where and as whom the next message is sent.
export function place() {
  const chat = openChat();
  return { chat_id: chat.id, from_id: speakerOf(chat), thread_id: page.thread };
}

export async function refresh() {
  const state = await api.readState();
  page.bot = state.bot;
  page.people = new Map(state.people.map((person) => [person.id, person]));
  page.chats = state.chats;
  return state;
}

export async function loadMessages(chatId) {
  const { messages } = await api.readMessages(chatId);
  page.messages.set(chatId, new Map(messages.map((message) => [message.message_id, message])));
}

export function shownMessages() {
  const all = [...(page.messages.get(page.open)?.values() ?? [])];
  return openChat().is_forum ? all.filter((message) => threadOf(message) === page.thread) : all;
}

export function raiseUnread(key) {
  page.unread.set(key, (page.unread.get(key) || 0) + 1);
}
