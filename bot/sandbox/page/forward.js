// Forwarding a message: a dialog with the chats that the speaker is in.

import * as api from "./api.js";
import { element, paintAvatar } from "./dom.js";
import { attempt, showToast } from "./feedback.js";
import { openChat, page, speakerOf } from "./state.js";

const by = (id) => document.getElementById(id);

export function askWhereTo(message) {
  const speaker = speakerOf(openChat());
  const source = { source_chat_id: page.open, message_id: message.message_id };
  const choice = (chat) => {
    const title = chat.type === "private" ? page.bot.first_name : chat.title;
    const send = async () => {
      by("forward").close();
      const done = await attempt(() => api.forwardMessage({ chat_id: chat.id, from_id: speaker, ...source }));
      if (done && chat.id !== page.open) showToast(`已转发到「${title}」`);
    };
    const avatar = paintAvatar(element("span", { "aria-hidden": "true" }), title, chat.type === "private" ? page.bot.id : chat.id);
    return element("button", { type: "button", onclick: send }, avatar, title);
  };
  const chats = page.chats.filter((chat) => chat.members.includes(speaker));
  by("forward-chats").replaceChildren(...chats.map(choice));
  by("forward").showModal();
}
